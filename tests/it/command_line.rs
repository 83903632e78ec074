//! The command line as an operator uses it: helpful help, one database and data folder for every command, and one clear
//! line per error.

use std::process::Command;

use chorus::cli::CommandLine;
use clap::CommandFactory;
use diesel::prelude::*;

use crate::support::{Outcome, Place, chorus, fixture_path, is_postgres};

fn run(arguments: &[&str]) -> Outcome {
    Outcome::of(&mut chorus(arguments), "")
}

/// The words of every command that does something, such as `import votes`.
fn commands() -> Vec<Vec<String>> {
    fn gather(command: &clap::Command, words: &[String], found: &mut Vec<Vec<String>>) {
        for part in command.get_subcommands() {
            let words = [words, &[part.get_name().to_owned()]].concat();
            gather(part, &words, found);
            if !part.has_subcommands() {
                found.push(words);
            }
        }
    }
    let mut found = Vec::new();
    gather(&CommandLine::command(), &[], &mut found);
    found
}

#[test]
fn every_command_has_help_with_an_example_and_accepts_a_data_folder_and_database() {
    let commands = commands();
    let names: Vec<&str> = commands.iter().map(|words| words[0].as_str()).collect();
    for name in [
        "serve", "demo", "migrate", "import", "export", "themes", "user", "doctor", "backup",
        "restore",
    ] {
        assert!(names.contains(&name), "there is no {name}");
    }
    for words in &commands {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let help = run(&[&words[..], &["--help"]].concat())
            .expect_success()
            .output;
        let own = format!("chorus {}", words.join(" "));
        assert!(
            help.contains(&format!("  {own}")) || help.contains(&format!("| {own}")),
            "{own} shows no example of itself: {help}"
        );
        for option in ["--data <DIR>", "--database-url <URL>", "--config <FILE>"] {
            assert!(help.contains(option), "{own} does not take {option}");
        }
    }
    let whole = run(&["--help"]).expect_success().output;
    assert!(
        whole.contains("chorus demo") && whole.contains("chorus serve"),
        "{whole}"
    );
}

#[test]
fn an_unknown_command_is_answered_with_the_usage() {
    for arguments in [
        &["improt"][..],
        &["import", "rosters"],
        &["export", "responses"],
        &["serve", "--port", "1"],
        &[],
    ] {
        let outcome = run(arguments);
        assert_eq!(
            (outcome.code, outcome.output.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        assert!(
            outcome.errors.contains("Usage: chorus"),
            "{arguments:?}: {}",
            outcome.errors
        );
    }
}

#[test]
fn a_mistyped_folder_does_not_create_an_empty_database() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder
        .path()
        .join("typo")
        .into_os_string()
        .into_string()
        .unwrap();
    let backup = folder
        .path()
        .join("b.gz")
        .into_os_string()
        .into_string()
        .unwrap();
    let (responses, map, survey) = (
        fixture_path("riverside/responses.csv"),
        fixture_path("riverside/map.toml"),
        fixture_path("riverside/survey.toml"),
    );
    for arguments in [
        &["export", "responses", "--survey", "family"][..],
        &["export", "survey", "family"],
        &["import", "survey", &survey, "--round", "vision-2031"],
        &[
            "import",
            "responses",
            &responses,
            "--survey",
            "family",
            "--map",
            &map,
        ],
        &["import", "votes", &responses, "--survey", "family"],
        &["backup", &backup],
    ] {
        let outcome = run(&[arguments, &["--data", &data]].concat());
        assert_eq!(
            outcome.expect_failure(),
            format!(
                "there is no database at {data}/chorus.sqlite: set --data to the folder that holds chorus.sqlite"
            ),
        );
        assert_eq!(outcome.output, "");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_database_can_be_a_file_with_any_name() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/deep/other.sqlite", folder.path().display());
    let place = ["--database-url", url.as_str()];
    // The command's working folder stays empty, since no data folder is needed.
    let here = tempfile::tempdir().unwrap();
    let mut command = chorus(
        &[
            &[
                "import",
                "district",
                &fixture_path("riverside/district.toml"),
            ],
            &place[..],
        ]
        .concat(),
    );
    Outcome::of(command.current_dir(&here), "").expect_success();
    assert!(folder.path().join("deep/other.sqlite").is_file());
    assert_eq!(std::fs::read_dir(here.path()).unwrap().count(), 0);
}

#[test]
fn an_old_schema_on_a_server_is_left_to_a_person_and_one_in_a_file_is_migrated() {
    let place = Place::empty();
    let district = fixture_path("riverside/district.toml");
    let commands = [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["import", "district", &district],
        &["backup", "never.gz"],
    ];
    if is_postgres() {
        // Other nodes on the server may still run the old version.
        let url = place.database_url().unwrap();
        let here = tempfile::tempdir().unwrap();
        for arguments in commands {
            let mut command = chorus(&[arguments, &["--database-url", &url]].concat());
            let outcome = Outcome::of(command.current_dir(&here), "");
            let reason = outcome.expect_failure();
            assert!(
                reason.contains("behind this program: run `chorus migrate` once"),
                "{reason}"
            );
        }
        let mut command = chorus(&["migrate", "--database-url", &url]);
        let outcome = Outcome::of(command.current_dir(&here), "").expect_success();
        assert!(
            outcome.output.contains("0001")
                && outcome.output.ends_with("the schema is up to date.\n"),
            "{}",
            outcome.output
        );
        assert!(!here.path().join("never.gz").exists());
    }
    place
        .run(&["import", "district", &district])
        .expect_success();
    let again = place.run(&["migrate"]).expect_success();
    assert_eq!(again.output, "The schema is already up to date.\n");
}

/// Runs `user add` with this text on standard input.
fn add_user(place: &Place, options: &[&str], typed: &str) -> Outcome {
    place.run_with_input(&[&["user", "add"], options].concat(), typed)
}

const STDIN: &str = "--password-stdin";

#[test]
fn a_user_is_added_with_a_role_a_scope_and_a_password_that_is_never_shown() {
    let place = Place::riverside();
    place
        .run(&[
            "import",
            "forum",
            &fixture_path("riverside/forum.toml"),
            "--round",
            "vision-2031",
        ])
        .expect_success();
    let slug = std::fs::read_to_string(fixture_path("riverside/forum.toml")).unwrap();
    let slug = slug
        .lines()
        .find_map(|line| line.strip_prefix("slug = \""))
        .unwrap()
        .trim_end_matches('"')
        .to_owned();
    let session = format!("forum:{slug}");
    for (email, role, scope) in [
        ("ana@riverside.example", "admin", "district"),
        (" Kim@Riverside.example", "viewer", "school:oak"),
        ("lee@riverside.example", "planner", "round:vision-2031"),
        ("sam@riverside.example", "facilitator", session.as_str()),
    ] {
        let outcome = add_user(
            &place,
            &[email, "--role", role, "--scope", scope, STDIN],
            "seven quiet river stones\r\nmore\n",
        )
        .expect_success();
        assert_eq!(
            outcome.output,
            format!("{} can sign in as {role}.\n", email.trim().to_lowercase())
        );
        assert_eq!(outcome.errors, "");
    }
    let granted: Vec<(String, String, String)> = place
        .connect()
        .read(|db| {
            use chorus::schema::{accounts, grants};
            Ok(accounts::table
                .inner_join(grants::table)
                .order(accounts::email)
                .select((accounts::email, accounts::name, grants::role))
                .load(db)?)
        })
        .unwrap();
    let expected = [
        ("ana", "admin"),
        ("kim", "viewer"),
        ("lee", "planner"),
        ("sam", "facilitator"),
    ];
    let expected = expected.map(|(name, role)| {
        (
            format!("{name}@riverside.example"),
            name.to_owned(),
            role.to_owned(),
        )
    });
    assert_eq!(granted, expected);
    let program = crate::support::Program::serve(&place);
    // The carriage return of a Windows line ending isn't part of the password.
    program
        .browser()
        .sign_in("kim@riverside.example", "seven quiet river stones")
        .expect(303);
    assert!(!place.contents().join("").contains("quiet river"));
}

#[test]
fn an_invalid_user_is_reported_in_one_clear_line_and_nobody_is_added() {
    let place = Place::riverside();
    let password = "seven quiet river stones\n";
    add_user(
        &place,
        &["ana@riverside.example", "--role", "admin", STDIN],
        password,
    )
    .expect_success();
    let before = place.contents();
    let planner = ["ben@riverside.example", "--role", "planner", STDIN];
    let scoped = |scope: &str| {
        add_user(
            &place,
            &[&planner[..], &["--scope", scope]].concat(),
            password,
        )
    };
    for (outcome, reason) in [
        (
            add_user(&place, &planner, ""),
            "standard input has no password",
        ),
        (
            add_user(&place, &planner, "\nsecond line\n"),
            "standard input has no password",
        ),
        (
            add_user(&place, &planner, "short\n"),
            "the password is too short: use at least 12 characters",
        ),
        (
            add_user(&place, &["ben", "--role", "planner", STDIN], password),
            "“ben” is not an email address",
        ),
        (
            add_user(
                &place,
                &["ANA@riverside.example", "--role", "planner", STDIN],
                password,
            ),
            "ana@riverside.example already has an account: change its roles on the page /desk/team",
        ),
        (
            scoped("school:elm"),
            "there is no school “elm”; there are: oak, maple-hill,",
        ),
        (
            scoped("round:vision-2032"),
            "there is no round “vision-2032”; there are: vision-2031",
        ),
        (scoped("forum:none"), "there is no forum “none”"),
        (
            scoped("oak"),
            "“oak” is not a scope: use district, school:KEY, round:SLUG, or forum:SLUG",
        ),
    ] {
        assert!(
            outcome.expect_failure().starts_with(reason),
            "{}",
            outcome.errors
        );
        assert_eq!(outcome.output, "");
    }
    let unknown = add_user(
        &place,
        &["ben@riverside.example", "--role", "boss", STDIN],
        password,
    );
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown
            .errors
            .contains("use one of admin, planner, facilitator, clerk, coder, viewer"),
        "{}",
        unknown.errors
    );
    // A password on the command line would show up in the process list.
    let open = add_user(
        &place,
        &["ben@riverside.example", "--role", "planner"],
        password,
    );
    assert_eq!(open.code, Some(2));
    let broken: &mut Command = &mut place.command(&[&["user", "add"], &planner[..]].concat());
    let file = place.file("password", b"seven quiet \xff stones\n");
    let output = broken
        .stdin(std::fs::File::open(file).unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.code() == Some(1) && said.starts_with("chorus: cannot read the password"),
        "{said}"
    );
    assert_eq!(place.contents(), before);
}
