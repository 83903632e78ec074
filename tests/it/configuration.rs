//! Settings: flags override variables, variables override the file, and a setting that nobody can have meant stops the
//! start.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::process::Stdio;

use chorus::config::Config;

use crate::support::{Outcome, Place, Program, chorus, fixture};

/// What `chorus doctor` reports with these settings.
fn doctor(arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
    let mut command = chorus(&[&["doctor"], arguments].concat());
    Outcome::of(command.envs(variables.iter().copied()), "")
}

#[test]
fn a_flag_overrides_a_variable_and_a_variable_overrides_the_file() {
    let place = Place::migrated();
    let file = place.file("chorus.toml", "listen = '127.0.0.2:0'\n");
    let serve = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = place.command(&[&["serve"], arguments].concat());
        let program = Program::start(command.envs(variables.iter().copied()), Stdio::inherit());
        program.browser().get("/health").expect(200);
        program.address().to_owned()
    };
    let (file, variable) = (
        ["--config", file.as_str()],
        [("CHORUS_LISTEN", "127.0.0.3:0")],
    );
    assert!(serve(&file, &[]).starts_with("http://127.0.0.2:"));
    assert!(serve(&file, &variable).starts_with("http://127.0.0.3:"));
    let flag = ["--listen", "127.0.0.4:0"];
    assert!(serve(&[file, flag].concat(), &variable).starts_with("http://127.0.0.4:"));
}

/// The README starts the demo with `cargo run`, which passes the build script's variables on.
#[test]
fn what_the_build_script_sets_is_not_taken_for_a_setting() {
    let script = std::fs::read_to_string("build.rs").unwrap();
    let names: Vec<&str> = script
        .split("rustc-env=")
        .skip(1)
        .map(|rest| rest.split('=').next().unwrap())
        .collect();
    assert!(names.len() >= 2, "{names:?}");
    let set: Vec<(&str, &str)> = names.iter().map(|name| (*name, "4.2")).collect();
    let place = Place::migrated();
    let data = place.folder().to_str().unwrap().to_owned();
    let said = doctor(&["--data", &data], &set).output;
    assert!(!said.contains("is not known here"), "{said}");
    // A setting that nobody knows is still refused.
    let said = doctor(&["--data", &data], &[("CHORUS_VERSION", "4.2")]).output;
    assert!(said.contains("is not known here"), "{said}");
}

#[test]
fn the_data_folder_and_database_follow_the_same_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(&path).unwrap();
        path.into_os_string().into_string().unwrap()
    };
    let (file, variable, flag) = (path("file"), path("variable"), path("flag"));
    let config = folder.path().join("chorus.toml");
    std::fs::write(&config, format!("\u{feff}data = '{file}'\r\n")).unwrap();
    let config = ["--config", config.to_str().unwrap()];
    let variables = [("CHORUS_DATA", variable.as_str())];
    let found = |arguments: &[&str], variables: &[(&str, &str)]| {
        let outcome = doctor(arguments, variables);
        let line = outcome
            .output
            .lines()
            .find(|line| line.contains(" database: "))
            .unwrap();
        line.to_owned()
    };
    assert!(found(&config, &[]).contains(&format!("there is none at {file}/chorus.sqlite")));
    assert!(found(&config, &variables).contains(&variable));
    let data = ["--data", flag.as_str()];
    assert!(found(&[config, data].concat(), &variables).contains(&flag));
    // A folder given on the command line wins over the server that the environment names.
    let elsewhere = [("CHORUS_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")];
    assert!(found(&data, &elsewhere).contains(&flag));
    let url = format!("sqlite://{flag}/other.sqlite");
    assert!(
        found(
            &[data, ["--database-url", url.as_str()]].concat(),
            &elsewhere
        )
        .contains("other.sqlite")
    );
}

#[test]
fn an_unknown_key_is_reported_with_its_line_or_variable() {
    let place = Place::migrated();
    let file = place.file("chorus.toml", "listen = '127.0.0.1:0'\n\nreader = 3\n");
    let refused = place.run(&["serve", "--config", &file]);
    assert!(
        refused.expect_failure().starts_with(&format!(
            "{file}: line 3: “reader” is not known here; use one of: listen"
        )),
        "{}",
        refused.errors
    );
    let mut command = place.command(&["serve"]);
    let refused = Outcome::of(command.env("CHORUS_LISEN", "x"), "");
    assert!(
        refused
            .expect_failure()
            .starts_with("CHORUS_LISEN: “lisen” is not known here"),
        "{}",
        refused.errors
    );
}

#[test]
fn an_invalid_value_is_reported_in_one_clear_line() {
    let place = Place::migrated();
    let fault = |text: &[u8]| {
        let file = place.file("chorus.toml", text);
        let refused = place.run(&["migrate", "--config", &file]);
        refused.expect_failure().replace(&file, "FILE")
    };
    for (text, told) in [
        (
            &b"listen = 'x\n"[..],
            "FILE: line 1: invalid literal string",
        ),
        (b"listen = 1\n", "FILE: line 1: use text in quotes, not 1"),
        (
            b"readers = -1\n",
            "FILE: line 1: use a whole number, not -1",
        ),
        (b"log_format = 'xml'\n", "log_format must be text or json"),
        (
            b"base_url = ['ftp://x']\n",
            "base_url “ftp://x” is not an address: use http:// or https:// and a host, without a path",
        ),
        (
            b"log = 'a\xff'\n",
            "FILE: line 1 is not UTF-8 text: save the file as UTF-8",
        ),
        (
            b"database_url = 'chorus.sqlite'\n",
            "the database's address starts with postgres:// or sqlite://",
        ),
    ] {
        let found = fault(text);
        assert!(found.starts_with(told), "{found}");
    }
    let missing = place.run(&["migrate", "--config", "/nowhere/chorus.toml"]);
    assert_eq!(
        missing.expect_failure(),
        "/nowhere/chorus.toml: the file does not exist"
    );
    let mut command = place.command(&["migrate"]);
    let refused = Outcome::of(command.env("CHORUS_READERS", "many"), "");
    assert!(
        refused
            .expect_failure()
            .starts_with("CHORUS_READERS: use a whole number, not “"),
        "{}",
        refused.errors
    );
}

#[cfg(unix)]
#[test]
fn unrelated_environment_variables_are_ignored() {
    let broken = |bytes: &'static [u8]| -> &'static OsStr {
        std::os::unix::ffi::OsStrExt::from_bytes(bytes)
    };
    let place = Place::migrated();
    let run =
        |name: &OsStr, value: &OsStr| Outcome::of(place.command(&["migrate"]).env(name, value), "");
    run(OsStr::new("SOMETHING"), broken(b"a\xff")).expect_success();
    run(broken(b"A\xff"), OsStr::new("a")).expect_success();
    let refused = run(OsStr::new("CHORUS_LOG"), broken(b"a\xff"));
    assert_eq!(refused.expect_failure(), "CHORUS_LOG is not UTF-8 text");
}

#[test]
fn the_database_password_is_never_printed() {
    let secret = "tops3cret";
    for (arguments, variables) in [
        (
            vec![
                "migrate",
                "--database-url",
                "postgres://planner:tops3cret@127.0.0.1:1/chorus",
            ],
            vec![],
        ),
        (
            vec!["migrate"],
            vec![(
                "CHORUS_DATABASE_URL",
                "postgres://planner:tops3cret@127.0.0.1:1/chorus",
            )],
        ),
        (
            vec!["doctor"],
            vec![(
                "CHORUS_DATABASE_URL",
                "postgres://planner:tops3cret@127.0.0.1:1/chorus",
            )],
        ),
    ] {
        let outcome = Outcome::of(chorus(&arguments).envs(variables), "");
        assert_eq!(outcome.code, Some(1));
        let said = format!("{}{}", outcome.output, outcome.errors);
        assert!(
            said.contains("cannot open postgres://planner:…@127.0.0.1:1/chorus")
                && !said.contains(secret),
            "{said}"
        );
    }
}

/// The valid keys, as the program itself lists them.
fn keys() -> BTreeSet<String> {
    let error = Config::read("no-such-key = 1", &[])
        .unwrap_err()
        .to_string();
    let listed = error.split_once("use one of: ").unwrap().1;
    listed.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_readme_lists_every_key_with_its_variable_and_default() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let rows = readme.lines().filter(|line| line.contains("| `CHORUS_"));
    let mut named = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let plain = |cell: &str| cell.trim_matches('`').to_owned();
        let (key, variable, default) = (plain(cells[1]), plain(cells[2]), cells[4]);
        assert_eq!(variable, format!("CHORUS_{}", key.to_ascii_uppercase()));
        if default.starts_with('`') == default.ends_with('`') && !default.contains(' ')
            || default.contains('<')
        {
            let set = Config::read("", &[(variable, plain(default))]).unwrap();
            assert_eq!(set, Config::default(), "{key} is not {default} by itself");
        }
        named.insert(key);
    }
    assert_eq!(named, keys());
}

#[test]
fn the_documented_file_explains_every_key() {
    let text = fixture("chorus.toml");
    Config::read(&text, &[]).unwrap();
    let lines = text.lines().map(|line| line.trim_start_matches("# "));
    let named: BTreeSet<String> = lines
        .filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()))
        .collect();
    assert_eq!(named, keys());
}
