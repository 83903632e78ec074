//! `chorus demo` as a newcomer sees it: it fills its own folder, keeps it, and doesn't touch any other.

use std::path::Path;
use std::process::Stdio;

use crate::support::{Outcome, Program, Running, chorus, is_postgres};

/// The demo's error message with these arguments.
fn refused(arguments: &[&str]) -> String {
    let outcome = Outcome::of(&mut chorus(&[&["demo"], arguments].concat()), "");
    assert_eq!(outcome.output, "");
    outcome.expect_failure().to_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_folder_that_is_not_a_demo_is_refused_and_left_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letters.txt"), "mine").unwrap();
    let data = folder.path().to_str().unwrap();
    let anywhere = ["--listen", "127.0.0.1:0"];
    assert_eq!(
        refused(&[&["--data", data], &anywhere[..]].concat()),
        format!(
            "{data} is not empty and was not made by `chorus demo`: choose another folder with --data"
        )
    );
    assert_eq!(names(folder.path()), ["letters.txt"]);
    let file = folder.path().join("letters.txt");
    let reason = refused(&[&["--data", file.to_str().unwrap()], &anywhere[..]].concat());
    assert!(
        reason.starts_with(&format!("cannot write {}: ", file.display())),
        "{reason}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn an_unwritable_folder_is_reported_in_one_clear_line() {
    // Nobody can create a folder in `/proc`, not even root.
    let reason = refused(&["--data", "/proc/chorus-demo", "--listen", "127.0.0.1:0"]);
    assert!(
        reason.starts_with("cannot write /proc/chorus-demo: "),
        "{reason}"
    );
}

#[test]
fn a_port_in_use_is_reported_in_one_clear_line_and_no_folder_is_created() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert_eq!(
        refused(&["--data", data.to_str().unwrap(), "--listen", &address]),
        format!(
            "cannot listen on {address}: another program uses that port: choose another with --listen"
        )
    );
    assert!(!data.exists());
}

#[test]
fn the_demo_only_uses_its_own_database() {
    let reason = refused(&[
        "--database-url",
        "postgres://db.district.example/chorus",
        "--listen",
        "127.0.0.1:0",
    ]);
    assert_eq!(
        reason,
        "the demo uses its own database: remove --database-url"
    );
}

#[test]
fn an_unfinished_demo_starts_over_and_a_finished_one_is_kept() {
    if is_postgres() {
        // The demo always uses SQLite, so the SQLite run covers it.
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let command = || {
        let mut command = chorus(&[
            "demo",
            "--data",
            data.to_str().unwrap(),
            "--listen",
            "127.0.0.1:0",
        ]);
        // The demo ignores a database that's set up for another Chorus.
        command.env("CHORUS_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
        command
    };
    let mut killed = Running::reading_errors(&mut command());
    killed.wait_for("loading Bowling Green 2018: the statements");
    killed.kill();
    assert!(names(&data).contains(&"chorus.sqlite".to_owned()));

    let mut program = Program::start(&mut command(), Stdio::null());
    for line in [
        "  A survey on a phone    ",
        "  The plan               ",
        "  The planners' desk     ",
    ] {
        let address = program.wait_for(line);
        let path = address.strip_prefix(program.address()).unwrap().to_owned();
        let status = program.browser().get(&path).status;
        assert!(
            status == 200 || path == "/desk" && status == 303,
            "{path}: {status}"
        );
    }
    let told = program.wait_for("  Sign in as ");
    let (email, password) = told.split_once(" with the password: ").unwrap();
    let planner = program.browser();
    planner.sign_in(email, password).expect(303);
    planner.get("/desk").expect(200);
    for (path, words) in [
        ("/", "Riverside"),
        ("/heard", "Riverside"),
        ("/plan/bowling-green-2018", "Bowling Green"),
    ] {
        let page = program.browser().get(path).expect(200);
        assert!(page.text().contains(words), "{path}: {}", page.text());
    }
    let phone = program.browser();
    phone.get("/s/family").expect(200);
    let sent = phone
        .post(
            "/s/family",
            &[("who", "staff"), ("hope", "A demo that is kept")],
        )
        .expect(303);
    let code = phone
        .get(sent.location())
        .expect(200)
        .texts(".receipt")
        .remove(0);
    program.kill();

    let log = folder.path().join("log");
    let written = Stdio::from(std::fs::File::create(&log).unwrap());
    let program = Program::start(&mut command(), written);
    let log = std::fs::read_to_string(&log).unwrap();
    assert!(!log.contains("loading"), "{log}");
    let opened = program.browser().post("/r", &[("code", &code)]).expect(200);
    assert!(
        opened.text().contains("A demo that is kept"),
        "{}",
        opened.text()
    );
}
