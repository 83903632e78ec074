//! A backup holds everything as of one moment. It's restored completely or not at all, on either database.

mod damaged;
mod upgrade;

use std::collections::BTreeSet;
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};

use flate2::read::GzDecoder;

use crate::support::{Outcome, PASSWORD, Place, Program, chorus, fixture_path, is_postgres};

/// Riverside with an account, responses, a forum, a codebook, decisions, and a plan.
fn riverside() -> Place {
    let place = Place::migrated();
    place.add_admin("ana@riverside.example");
    let (round, by) = (
        ["--round", "vision-2031"],
        ["--as", "ana@riverside.example"],
    );
    let files: [(&str, &str, &[&str]); 7] = [
        ("district", "district.toml", &[]),
        ("survey", "survey.toml", &[round[0], round[1], "--publish"]),
        (
            "responses",
            "responses.csv",
            &[
                "--survey",
                "family",
                "--map",
                &fixture_path("riverside/map.toml"),
            ],
        ),
        ("forum", "forum.toml", &round),
        ("codebook", "codebook.toml", &round),
        (
            "decisions",
            "decisions.toml",
            &[&round[..], &by[..]].concat(),
        ),
        ("plan", "plan.toml", &round),
    ];
    for (kind, file, options) in files {
        place
            .run(
                &[
                    &["import", kind, &fixture_path(&format!("riverside/{file}"))],
                    options,
                ]
                .concat(),
            )
            .expect_success();
    }
    place
}

fn back_up(place: &Place) -> String {
    let file = place
        .folder()
        .join("backup.gz")
        .into_os_string()
        .into_string()
        .unwrap();
    place.run(&["backup", &file]).expect_success();
    file
}

/// The lines of a backup except the first, sorted.
fn lines(file: &str) -> Vec<String> {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(file).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    let mut lines: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
    lines.sort();
    lines
}

/// The lines of [`Place::contents`] without the header.
fn without_first_line(contents: Vec<String>) -> Vec<String> {
    contents
        .into_iter()
        .filter(|line| !line.starts_with("{\"chorus_backup\""))
        .collect()
}

#[test]
fn a_backup_has_every_row_and_restores_them_unchanged() {
    let here = riverside();
    let file = back_up(&here);
    let before = without_first_line(here.contents());
    assert!(before.len() > 1000);
    assert_eq!(lines(&file), before);
    let there = Place::empty();
    let outcome = there.run(&["restore", &file]).expect_success();
    assert!(outcome.output.contains("rows of"), "{}", outcome.output);
    assert_eq!(without_first_line(there.contents()), before);
    // The restored place works like any other.
    there
        .run(&["doctor"])
        .output
        .lines()
        .filter(|line| line.contains("database:"))
        .for_each(|line| assert!(line.starts_with("ok"), "{line}"));
    let again = [
        "import",
        "responses",
        &fixture_path("riverside/responses.csv"),
        "--survey",
        "family",
        "--map",
        &fixture_path("riverside/map.toml"),
    ];
    assert!(
        there
            .run(&again)
            .expect_success()
            .output
            .contains("420 rows were already imported with the same answers")
    );
}

#[test]
fn a_backup_from_one_engine_restores_on_the_other() {
    let here = riverside();
    let file = back_up(&here);
    // Every run restores to SQLite. On PostgreSQL, the run then restores that backup to PostgreSQL.
    let folder = tempfile::tempdir().unwrap();
    let data = folder
        .path()
        .join("sqlite")
        .into_os_string()
        .into_string()
        .unwrap();
    let second = folder
        .path()
        .join("second.gz")
        .into_os_string()
        .into_string()
        .unwrap();
    let run = |arguments: &[&str]| {
        Outcome::of(&mut chorus(&[arguments, &["--data", &data]].concat()), "").expect_success()
    };
    run(&["restore", &file]);
    run(&["backup", &second]);
    assert_eq!(lines(&second), lines(&file));
    if is_postgres() {
        let there = Place::empty();
        there.run(&["restore", &second]).expect_success();
        assert_eq!(without_first_line(there.contents()), lines(&file));
    }
}

#[test]
fn after_a_restore_people_can_sign_in_and_receipts_open() {
    let here = riverside();
    let program = Program::serve(&here);
    let phone = program.browser();
    phone.get("/s/family").expect(200);
    let sent = phone
        .post("/s/family", &[("who", "staff"), ("hope", "Warm rooms")])
        .expect(303);
    let code = phone
        .get(sent.location())
        .expect(200)
        .texts(".receipt")
        .remove(0);
    let file = back_up(&here);
    let there = Place::empty();
    there.run(&["restore", &file]).expect_success();
    std::fs::copy(
        here.folder().join("secret.key"),
        there.folder().join("secret.key"),
    )
    .unwrap();
    let program = Program::serve(&there);
    program
        .browser()
        .sign_in("ana@riverside.example", PASSWORD)
        .expect(303);
    let opened = program.browser().post("/r", &[("code", &code)]).expect(200);
    assert!(opened.text().contains("Warm rooms"), "{}", opened.text());
}

#[test]
fn a_backup_under_load_is_from_one_moment_and_blocks_nobody() {
    let here = riverside();
    let program = Program::serve(&here);
    let (stop, mut acknowledged) = (AtomicBool::new(false), BTreeSet::new());
    let file = std::thread::scope(|scope| {
        let phones: Vec<_> = (0..3)
            .map(|phone| {
                let (browser, stop) = (program.browser(), &stop);
                scope.spawn(move || {
                    let mut sent = BTreeSet::new();
                    for number in 0.. {
                        if stop.load(Ordering::Relaxed) {
                            break;
                        }
                        browser.forget_cookies();
                        let words = format!("hope {phone} {number}");
                        browser
                            .post("/s/family", &[("who", "staff"), ("hope", &words)])
                            .expect(303);
                        sent.insert(words);
                    }
                    sent
                })
            })
            .collect();
        // Three backups in a row, so that responses arrive before, during, and after them.
        for number in 0..2 {
            let file = here.folder().join(format!("other-{number}.gz"));
            here.run(&["backup", file.to_str().unwrap()])
                .expect_success();
        }
        let file = back_up(&here);
        stop.store(true, Ordering::Relaxed);
        for phone in phones {
            acknowledged.extend(phone.join().unwrap());
        }
        file
    });
    let there = Place::empty();
    there.run(&["restore", &file]).expect_success();
    let exported = there
        .run(&[
            "export",
            "responses",
            "--survey",
            "family",
            "--format",
            "jsonl",
        ])
        .expect_success();
    let mut restored = BTreeSet::new();
    for line in exported
        .output
        .lines()
        .filter(|line| line.contains("\"hope\":\"hope "))
    {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(
            restored.insert(row["hope"].as_str().unwrap().to_owned()),
            "{line}"
        );
    }
    // Only complete responses with their words, and none that nobody sent.
    assert!(
        !restored.is_empty() && restored.is_subset(&acknowledged),
        "{} of {}",
        restored.len(),
        acknowledged.len()
    );
    let hope = there
        .contents()
        .iter()
        .filter(|line| line.contains("\"hope "))
        .count();
    assert_eq!(
        hope,
        2 * restored.len(),
        "each in its response and as a comment"
    );
}

#[test]
fn a_backup_is_only_restored_into_an_empty_database() {
    let here = riverside();
    let file = back_up(&here);
    let there = Place::riverside();
    let before = there.contents();
    let refused = there.run(&["restore", &file]);
    assert!(
        refused.expect_failure().starts_with("a backup can only be restored into an empty database. These tables already have rows: audit, districts, groups, rounds, schools"),
        "{}",
        refused.errors
    );
    assert_eq!(there.contents(), before);
}

#[test]
fn a_backup_never_overwrites_a_file_and_only_its_owner_can_read_it() {
    let here = Place::migrated();
    let file = back_up(&here);
    let written = std::fs::read(&file).unwrap();
    let again = here.run(&["backup", &file]);
    assert!(
        again
            .expect_failure()
            .contains("backup.gz already exists and was not replaced")
    );
    assert_eq!(std::fs::read(&file).unwrap(), written);
    let nowhere = here.folder().join("none").join("backup.gz");
    let refused = here.run(&["backup", nowhere.to_str().unwrap()]);
    assert!(
        refused
            .expect_failure()
            .contains("No such file or directory"),
        "{}",
        refused.errors
    );
    let missing = here
        .folder()
        .join("elsewhere")
        .into_os_string()
        .into_string()
        .unwrap();
    let file_of_none = here
        .folder()
        .join("of-none.gz")
        .into_os_string()
        .into_string()
        .unwrap();
    let refused = Outcome::of(
        &mut chorus(&["backup", &file_of_none, "--data", &missing]),
        "",
    );
    assert!(
        refused
            .expect_failure()
            .starts_with("there is no database at ")
    );
    assert!(
        !std::path::Path::new(&missing).exists() && !std::path::Path::new(&file_of_none).exists()
    );
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(&file).unwrap().permissions(),
        );
        assert_eq!(mode & 0o777, 0o600);
    }
}
