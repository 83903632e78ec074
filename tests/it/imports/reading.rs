//! Reading any file ends with a report or an error, and a refused file stores nothing.

use std::path::Path;

use chorus::audit::Actor;
use chorus::db::Database;
use chorus::error::Error;
use chorus::responses::{MapFile, ResponsesImport, VotesImport, import_responses, import_votes};
use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::{GOOD, MAP, WITH_BAD_ROWS, import, place};

/// Random bytes, and files that are almost valid.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::collection::vec(
        prop_oneof![
            Just(b"ID,Pick,Some,Rate,Say\n".to_vec()),
            Just(b"voter,statement,value\n".to_vec()),
            Just(b"participant,1,3\n".to_vec()),
            Just(b"1,buses,arts;trades,4,Earlier buses\n".to_vec()),
            "[0-9a-z,;\"\t\r\n' =@-]{0,12}".prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 0..12),
        ],
        0..12,
    );
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..300),
        pieces.prop_map(|pieces| pieces.concat()),
        (
            0..GOOD.len(),
            0..20_usize,
            prop::collection::vec(any::<u8>(), 0..6)
        )
            .prop_map(|(from, length, typed)| {
                let file = GOOD.as_bytes();
                let upto = (from + length).min(file.len());
                [&file[..from], &typed, &file[upto..]].concat()
            }),
    ]
}

fn actor() -> Actor {
    let day = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();
    Actor {
        account: None,
        at: day.and_hms_opt(15, 0, 0).unwrap(),
    }
}

fn bring_in(database: &Database, file: &Path, skip_bad: bool) -> Result<(u64, u64), Error> {
    let import = ResponsesImport {
        file: file.to_owned(),
        survey: "staff".to_owned(),
        map: MapFile::parse(MAP).unwrap(),
        dry_run: false,
        skip_bad,
    };
    let report = import_responses(database, &actor(), &import, &mut ())?;
    Ok((report.added, report.bad))
}

/// Runs a property with only a few cases, since each one uses a database.
fn check(test: impl Fn(Vec<u8>) -> Result<(), TestCaseError>) {
    let config = Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config).run(&files(), test).unwrap();
}

#[test]
fn no_bytes_make_an_import_of_responses_panic_or_stop_halfway() {
    let place = place();
    let (database, file) = (place.connect(), place.folder().join("answers.csv"));
    let before = place.contents();
    check(|bytes| {
        std::fs::write(&file, &bytes).unwrap();
        match bring_in(&database, &file, false) {
            Err(Error::Invalid(reason)) => prop_assert!(!reason.is_empty()),
            Err(other) => prop_assert!(false, "{other:?}"),
            // Good rows are imported, and importing them again adds nothing.
            Ok((added, 0)) if added > 0 => {
                prop_assert_eq!(bring_in(&database, &file, false).unwrap(), (0, 0));
                return Ok(());
            }
            Ok(_) => {}
        }
        Ok(())
    });
    // No batch is left half loaded.
    let batches = place
        .contents()
        .iter()
        .filter(|line| line.contains("\"loading\""))
        .count();
    assert_eq!(batches, 0);
    assert!(place.contents().len() >= before.len());
}

#[test]
fn a_refused_file_of_responses_changes_no_row() {
    let place = place();
    let (database, file) = (place.connect(), place.folder().join("answers.csv"));
    let before = place.contents();
    let config = Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    };
    // The file always ends with a bad row, so none of it may be imported.
    let strategy = (0..WITH_BAD_ROWS.len(), "[a-z,\"\r\n]{0,8}");
    TestRunner::new(config)
        .run(&strategy, |(from, typed)| {
            let (head, tail) = WITH_BAD_ROWS.split_at(from);
            std::fs::write(&file, format!("{head}{typed}{tail}\n\"\",,\n")).unwrap();
            if let Ok((added, bad)) = bring_in(&database, &file, false) {
                prop_assert!(added == 0 && bad > 0);
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(place.contents(), before);
}

#[test]
fn no_bytes_make_an_import_of_votes_panic() {
    let place = place();
    import(&place, GOOD, MAP, &[]).expect_success();
    let (database, file) = (place.connect(), place.folder().join("votes.csv"));
    check(|bytes| {
        std::fs::write(&file, &bytes).unwrap();
        let votes = VotesImport {
            file: file.clone(),
            survey: "staff".to_owned(),
            item: None,
            dry_run: false,
            skip_bad: false,
        };
        match import_votes(&database, &actor(), &votes, &mut ()) {
            Err(Error::Invalid(reason)) => prop_assert!(!reason.is_empty()),
            Err(other) => prop_assert!(false, "{other:?}"),
            Ok(report) => prop_assert!(report.bad == 0 || !report.written),
        }
        Ok(())
    });
}
