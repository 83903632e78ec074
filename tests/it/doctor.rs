//! `chorus doctor` checks everything an installation needs and says how to fix what's wrong.

use std::process::Command;

use chorus::clock::Clock;
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;

use crate::support::{Outcome, Place, chorus, is_postgres};

/// A secret, so that the program doesn't have to run first.
const SECRET: (&str, &str) = (
    "CHORUS_SECRET",
    "0707070707070707070707070707070707070707070707070707070707070707",
);

/// An installation with everything it needs.
fn healthy() -> Place {
    let place = Place::riverside();
    place.add_admin("ana@riverside.example");
    place
}

fn examine(command: &mut Command) -> Outcome {
    Outcome::of(command, "")
}

/// What doctor reports on a healthy place with this secret and these variables.
fn found(place: &Place, variables: &[(&str, &str)]) -> Outcome {
    let mut command = place.command(&["doctor"]);
    examine(command.envs([SECRET]).envs(variables.iter().copied()))
}

/// The lines that report a problem.
fn wrong(outcome: &Outcome) -> Vec<&str> {
    outcome
        .output
        .lines()
        .filter_map(|line| line.strip_prefix("wrong  "))
        .collect()
}

/// The one problem that was reported.
#[track_caller]
fn only_fault(outcome: &Outcome) -> &str {
    assert_eq!(
        (outcome.code, outcome.errors.as_str()),
        (Some(1), "chorus: found 1 problem\n"),
        "{}",
        outcome.output
    );
    let faults = wrong(outcome);
    assert_eq!(faults.len(), 1, "{}", outcome.output);
    faults[0]
}

fn execute(place: &Place, statement: &'static str) {
    let done = place
        .connect()
        .write(move |db| Ok(db.batch_execute(statement)?));
    done.unwrap();
}

#[test]
fn doctor_lists_every_part_of_a_healthy_installation_and_changes_nothing() {
    let place = healthy();
    let before = place.contents();
    let outcome = found(&place, &[]).expect_success();
    let parts: Vec<&str> = outcome
        .output
        .lines()
        .map(|line| line.split_once(':').unwrap().0)
        .collect();
    assert_eq!(
        parts,
        [
            "ok     configuration",
            "ok     data folder",
            "ok     secret",
            "ok     database",
            "ok     writing",
            "ok     district",
            "ok     accounts",
            "ok     clock",
            "ok     outbox",
            "ok     mail",
            "ok     pages",
        ]
    );
    assert!(
        outcome.output.contains(if is_postgres() {
            "(PostgreSQL, "
        } else {
            "(SQLite, wal)"
        }),
        "{}",
        outcome.output
    );
    assert!(
        outcome.output.contains("district: riverside, rounds: 1"),
        "{}",
        outcome.output
    );
    assert!(
        outcome.output.contains("accounts: 1, admins: 1"),
        "{}",
        outcome.output
    );
    assert_eq!(place.contents(), before);
}

#[test]
fn an_unencrypted_address_is_reported() {
    let place = healthy();
    let outcome = found(
        &place,
        &[("CHORUS_BASE_URL", "http://old.district.example")],
    );
    assert_eq!(
        only_fault(&outcome),
        "configuration: base_url http://old.district.example is not encrypted: put an https proxy in front of Chorus and use its address"
    );
}

#[test]
fn settings_that_cannot_be_right_are_reported() {
    let place = healthy();
    for (name, value, told) in [
        (
            "CHORUS_BASE_URL",
            "https://chorus.district.example,http://old.district.example",
            "base_url mixes http:// and https://",
        ),
        (
            "CHORUS_BASE_URL",
            "https://chorus.district.example/voices",
            "base_url “https://chorus.district.example/voices” is not an address",
        ),
        ("CHORUS_LOG", "loud", "log “loud” is not a filter"),
    ] {
        let outcome = found(&place, &[(name, value)]);
        let fault = only_fault(&outcome);
        assert!(
            fault.starts_with(&format!("configuration: {told}")),
            "{fault}"
        );
    }
}

#[test]
fn an_unreadable_configuration_is_the_only_thing_reported() {
    let place = healthy();
    let outcome = found(&place, &[("CHORUS_LISEN", "x")]);
    assert!(
        only_fault(&outcome).starts_with("configuration: CHORUS_LISEN: “lisen” is not known here")
    );
    assert_eq!(outcome.output.lines().count(), 1);
}

#[test]
fn the_secret_must_exist_be_valid_and_be_readable_only_by_its_owner() {
    let place = healthy();
    let fault = || only_fault(&place.run(&["doctor"])).to_owned();
    assert_eq!(
        fault(),
        "secret: there is none yet: `chorus serve` creates it when it first starts"
    );
    let file = place.file("secret.key", "0707\n");
    assert_eq!(
        fault(),
        format!("secret: {file}: the secret is 64 hexadecimal digits")
    );
    std::fs::write(&file, format!("{}\n", SECRET.1)).unwrap();
    #[cfg(unix)]
    {
        let mode = |mode| {
            let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
            std::fs::set_permissions(&file, permissions).unwrap();
        };
        mode(0o644);
        let mended = place.run(&["doctor"]).expect_success().output;
        assert!(mended.contains("other users could read 1 file"), "{mended}");
        let metadata = std::fs::metadata(&file).unwrap();
        let now = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions());
        assert_eq!(now & 0o777, 0o600);
    }
    let outcome = place.run(&["doctor"]).expect_success();
    assert!(
        outcome.output.contains(&format!(
            "ok     secret: {file}; keep a copy of it separate from the backups"
        )),
        "{}",
        outcome.output
    );
    let outcome = found(&place, &[("CHORUS_SECRET", "0707")]);
    assert_eq!(
        only_fault(&outcome),
        "secret: the secret is 64 hexadecimal digits"
    );
}

#[test]
fn an_empty_folder_is_told_how_to_create_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder
        .path()
        .join("none")
        .into_os_string()
        .into_string()
        .unwrap();
    let outcome = examine(&mut chorus(&["doctor", "--data", &data]));
    assert_eq!(
        wrong(&outcome),
        [
            format!(
                "data folder: {data} does not exist: `chorus serve` creates it, or choose another with --data"
            ),
            "secret: there is none yet: `chorus serve` creates it when it first starts".to_owned(),
            format!("database: there is none at {data}/chorus.sqlite: `chorus serve` creates it"),
        ]
    );
    assert_eq!(outcome.errors, "chorus: found 3 problems\n");
    assert!(
        !std::path::Path::new(&data).exists(),
        "doctor creates nothing"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn an_unwritable_folder_is_reported() {
    // Nobody can create a file in `/proc`, not even root.
    let outcome = examine(chorus(&["doctor", "--data", "/proc"]).envs([SECRET]));
    assert!(
        wrong(&outcome)[0].starts_with("data folder: cannot write to /proc: "),
        "{}",
        outcome.output
    );
}

#[test]
fn invalid_outdated_and_unreachable_databases_are_reported_differently() {
    let outcome = examine(Place::empty().command(&["doctor"]).envs([SECRET]));
    let faults = wrong(&outcome).join("\n");
    if is_postgres() {
        assert!(
            only_fault(&outcome).starts_with("database: its schema is ")
                && faults.ends_with(" steps behind this program: run `chorus migrate`"),
            "{faults}"
        );
    } else {
        assert!(
            faults.starts_with("database: there is none at "),
            "{faults}"
        );
        let place = Place::empty();
        place.file("chorus.sqlite", vec![b'x'; 8192]);
        let outcome = found(&place, &[]);
        assert!(
            only_fault(&outcome).ends_with("chorus.sqlite: file is not a database"),
            "{}",
            outcome.output
        );
        // A SQLite file without any Chorus tables.
        place.file("chorus.sqlite", "");
        execute(&place, "CREATE TABLE other (id TEXT)");
        let outcome = found(&place, &[]);
        assert!(
            only_fault(&outcome).ends_with(" steps behind this program: run `chorus migrate`"),
            "{}",
            outcome.output
        );
        place.run(&["migrate"]).expect_success();
        assert!(
            found(&place, &[])
                .output
                .contains("its schema is up to date")
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let mut command = chorus(&[
        "doctor",
        "--data",
        data,
        "--database-url",
        "postgres://planner:tops3cret@127.0.0.1:1/chorus",
    ]);
    let outcome = examine(command.envs([SECRET]));
    let fault = only_fault(&outcome);
    assert!(
        fault.starts_with("database: cannot open postgres://planner:…@127.0.0.1:1/chorus: ")
            && fault.contains("Connection refused"),
        "{fault}"
    );
    #[cfg(not(feature = "postgres-tls"))]
    {
        let mut command = chorus(&[
            "doctor",
            "--data",
            data,
            "--database-url",
            "postgres://db/chorus?sslmode=require",
        ]);
        let outcome = examine(command.envs([SECRET]));
        assert!(
            only_fault(&outcome).contains("build with --features postgres-tls"),
            "{}",
            outcome.output
        );
    }
}

#[test]
fn a_missing_district_round_or_admin_is_reported() {
    let place = Place::migrated();
    let outcome = found(&place, &[]);
    assert_eq!(
        wrong(&outcome),
        [
            "district: there is none yet: run `chorus import district FILE`",
            "accounts: there is no admin: run `chorus user add EMAIL --role admin --password-stdin`",
        ]
    );
    let place = healthy();
    execute(&place, "DELETE FROM rounds");
    let outcome = found(&place, &[]);
    assert_eq!(
        only_fault(&outcome),
        "district: it has no rounds yet: add [[rounds]] to its file and import it again"
    );
    // A disabled account doesn't count as an admin.
    let place = healthy();
    execute(&place, "UPDATE accounts SET disabled = true");
    let outcome = found(&place, &[]);
    assert!(only_fault(&outcome).starts_with("accounts: there is no admin"));
}

#[test]
fn a_clock_that_is_behind_the_audit_is_reported() {
    let place = healthy();
    execute(&place, "UPDATE audit SET at = '2999-01-01 00:00:00'");
    let outcome = found(&place, &[]);
    let fault = only_fault(&outcome);
    assert!(
        fault.starts_with("clock: the clock says ") && fault.ends_with(" UTC, but the audit log has an entry at 2999-01-01 00:00:00 UTC: sync the clock with NTP"),
        "{fault}"
    );
}

#[test]
fn emails_that_could_not_be_sent_are_counted_for_two_weeks() {
    let place = healthy();
    // The command uses the machine's clock.
    let add = |id: &str, attempts: i32, days_ago: i64| {
        let run_at = Clock::system().now() - TimeDelta::days(days_ago);
        let statement = format!(
            "INSERT INTO outbox (id, kind, payload, run_at, attempts, last_error)
             VALUES ('{id}', 'forum.sign-up', '{{}}', '{}', {attempts}, 'the server does not know the recipient')",
            run_at.format("%Y-%m-%d %H:%M:%S")
        );
        execute(&place, statement.leak());
    };
    // The last attempt is the twelfth.
    add("still-tried", 11, 1);
    add("long-ago", 12, 15);
    found(&place, &[]).expect_success();
    add("given-up", 12, 1);
    assert_eq!(
        only_fault(&found(&place, &[])),
        "outbox: 1 email was given up on after almost three days: the server does not know the recipient"
    );
    add("given-up-too", 12, 2);
    assert!(only_fault(&found(&place, &[])).starts_with("outbox: 2 emails were given up on"));
}

#[test]
fn an_unreachable_mail_server_and_an_invalid_sender_are_reported() {
    let place = healthy();
    let fault = |variable, value| only_fault(&found(&place, &[(variable, value)])).to_owned();
    assert_eq!(
        fault("CHORUS_SMTP_URL", "smtp://127.0.0.1:1"),
        "mail: the mail server could not be reached: check smtp_url"
    );
    assert_eq!(
        fault("CHORUS_SMTP_URL", "mail.district.example"),
        "mail: smtp_url cannot be read: it looks like smtps://user:password@host:465"
    );
    assert_eq!(
        fault("CHORUS_MAIL_FROM", "Riverside"),
        "mail: mail_from is not a sender: use one such as Chorus <chorus@district.example>"
    );
}
