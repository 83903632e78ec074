//! Files that aren't backups or are damaged: the message is clear and nothing is restored.

use std::io::{Read, Write};
use std::path::Path;

use chorus::backup;
use chorus::error::Error;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::back_up;
use crate::support::{Outcome, Place, chorus};

/// A small backup with every kind of line: a district without responses.
fn small() -> Vec<u8> {
    std::fs::read(back_up(&Place::riverside())).unwrap()
}

fn text_of(backup: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(backup).read_to_string(&mut text).unwrap();
    text
}

fn packed(text: impl AsRef<[u8]>) -> Vec<u8> {
    let mut file = GzEncoder::new(Vec::new(), Compression::fast());
    file.write_all(text.as_ref()).unwrap();
    file.finish().unwrap()
}

/// Tries to restore a file that must be refused; returns the reason without the file name.
fn refused(place: &Place, file: &[u8]) -> String {
    let before = place.contents();
    let path = place.file("damaged.gz", file);
    let outcome = place.run(&["restore", &path]);
    let reason = outcome.expect_failure();
    assert_eq!(place.contents(), before);
    reason
        .strip_prefix(&format!("{path}: "))
        .unwrap_or_else(|| panic!("{reason}"))
        .to_owned()
}

#[test]
fn a_backup_that_was_cut_off_or_changed_is_recognized() {
    let place = Place::migrated();
    let whole = small();
    let cut_off = "the file ends too early; nothing was restored";
    for length in [5, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        assert_eq!(refused(&place, &whole[..length]), cut_off, "{length} bytes");
    }
    let text = text_of(&whole);
    let lines: Vec<&str> = text.lines().collect();
    let without_last = lines[..lines.len() - 1].join("\n") + "\n";
    assert_eq!(refused(&place, &packed(&without_last)), cut_off);
    assert_eq!(refused(&place, &packed(text.trim_end())), cut_off);
    // The checksum starts eight bytes before the end. With a wrong one, every line can still be read but doesn't match
    // it.
    let mut changed = whole.clone();
    let checksum = changed.len() - 8;
    changed[checksum] ^= 0x55;
    assert_eq!(
        refused(&place, &changed),
        "the file is damaged: its bytes cannot be read; nothing was restored"
    );
    assert_eq!(
        refused(&place, &[whole.clone(), packed("[1]\n")].concat()),
        "the file is damaged: there is more data after its end; nothing was restored"
    );
}

#[test]
fn an_error_inside_a_backup_is_explained() {
    let place = Place::migrated();
    let text = text_of(&small());
    let swap = |from: &str, to: &str| {
        assert!(text.contains(from), "{from} is not in {text}");
        refused(&place, &packed(text.replacen(from, to, 1)))
    };
    let damaged = |reason: &str| format!("the file is damaged: {reason}; nothing was restored");
    assert_eq!(
        swap("\"table\":\"rounds\"", "\"table\":\"round\""),
        damaged("it has a table that its schema does not have")
    );
    assert_eq!(
        swap("\"starts_on\"", "\"starts\""),
        damaged("it has a column that its schema does not have")
    );
    assert_eq!(
        swap("\"rounds\":1", "\"rounds\":2"),
        damaged("its row counts do not match its rows")
    );
    assert_eq!(
        swap("[\"id\",\"key\"", "[\"key\""),
        damaged("a row has the wrong number of values")
    );
    assert_eq!(
        swap("{\"table\"", "{\"tables\""),
        damaged("a line cannot be read")
    );
    assert_eq!(
        swap("{\"table\"", "[1]\n{\"table\""),
        damaged("a row comes before the name of its table")
    );
    let steps = swap("\"steps\":[", "\"steps\":[\"0000\",");
    assert!(
        steps.starts_with("a newer version of Chorus wrote this backup ("),
        "{steps}"
    );
    let newer = swap("\"chorus_backup\":1", "\"chorus_backup\":2");
    assert!(
        newer.starts_with("a newer version of Chorus wrote this backup ("),
        "{newer}"
    );
    // The same school twice, which the database itself refuses.
    let row = text
        .lines()
        .find(|line| line.starts_with('[') && line.contains("\"oak\""))
        .unwrap();
    let twice = text.replacen(row, &format!("{row}\n{row}"), 1);
    let reason = refused(&place, &packed(twice));
    assert!(
        reason.starts_with("the file is damaged: the database refused a row: "),
        "{reason}"
    );
}

#[test]
fn a_file_that_is_not_a_backup_does_not_create_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new");
    let path = |name: &str| {
        folder
            .path()
            .join(name)
            .into_os_string()
            .into_string()
            .unwrap()
    };
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(path(name), bytes).unwrap();
        path(name)
    };
    let cases = [
        (
            write("answers.csv", b"id,say\n1,buses\n"),
            "this is not a Chorus backup",
        ),
        (
            write("empty.gz", b""),
            "the file ends too early; nothing was restored",
        ),
        (
            write("other.gz", &packed("{\"rows\":{}}\n")),
            "this is not a Chorus backup",
        ),
        (
            write("binary.gz", &packed([0xff, 0xfe, b'\n'])),
            "the file is damaged: its bytes cannot be read; nothing was restored",
        ),
        (path("none.gz"), "the file does not exist"),
        (path(""), "cannot read it: Is a directory (os error 21)"),
    ];
    for (file, reason) in cases {
        let outcome = Outcome::of(
            &mut chorus(&["restore", &file, "--data", data.to_str().unwrap()]),
            "",
        );
        assert_eq!(outcome.expect_failure(), format!("{file}: {reason}"));
        assert!(!data.exists(), "{file}");
    }
}

#[test]
fn any_backup_is_restored_completely_or_not_at_all() {
    let place = Place::migrated();
    let (whole, before) = (small(), place.contents());
    let text = text_of(&whole);
    let database = place.connect();
    let path = place.folder().join("changed.gz");
    let restore = |bytes: &[u8], path: &Path| {
        std::fs::write(path, bytes).unwrap();
        backup::open(path).and_then(|backup| backup.restore(&database))
    };
    let typed = prop_oneof![
        any::<String>(),
        "[\\[\\]{}\",:0-9a-z\\\\\n-]{0,20}",
        Just("\\u0000".to_owned()),
        Just("null".to_owned()),
    ];
    // Either changes bytes of the compressed file, or changes the text inside and compresses it again, so that only its
    // meaning is wrong.
    let strategy = (
        any::<bool>(),
        0.0..1.0_f64,
        0..30_usize,
        typed,
        prop::collection::vec(any::<u8>(), 0..4),
    );
    let config = Config {
        cases: 64,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&strategy, |(inside, from, length, typed, bytes)| {
            let changed = if inside {
                packed(replaced(text.as_bytes(), from, length, typed.as_bytes()))
            } else {
                replaced(&whole, from, length, &bytes)
            };
            match restore(&changed, &path) {
                Err(Error::Invalid(reason)) => prop_assert!(!reason.is_empty()),
                Err(other) => prop_assert!(false, "{other:?}"),
                // Changing a word into another one can still give a valid backup.
                Ok(_) => {
                    place.empty_again();
                }
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(place.contents(), before);
}

fn replaced(bytes: &[u8], from: f64, length: usize, typed: &[u8]) -> Vec<u8> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a short file"
    )]
    let from = (from * bytes.len() as f64) as usize;
    let upto = (from + length).min(bytes.len());
    [&bytes[..from], typed, &bytes[upto..]].concat()
}

impl Place {
    /// Deletes the rows of the small backup.
    fn empty_again(&self) {
        let tables = ["audit", "districts", "groups", "rounds", "schools"];
        let emptied = self.connect().write(move |db| {
            for table in tables {
                diesel::RunQueryDsl::execute(
                    diesel::sql_query(format!("DELETE FROM {table}")),
                    db,
                )?;
            }
            diesel::RunQueryDsl::execute(
                diesel::sql_query("UPDATE change_counter SET last = 0"),
                db,
            )?;
            Ok(())
        });
        emptied.unwrap();
    }
}
