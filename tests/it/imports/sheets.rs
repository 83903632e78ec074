//! Files as spreadsheets and other tools write them, and files that aren't tables. Each is read, or refused with one
//! clear message and nothing stored.

use super::{GOOD, MAP, counted, import, place};
use crate::support::Place;

/// Imports a file that must be refused and change nothing; returns the reason without the file name.
fn refused(place: &Place, file: impl AsRef<[u8]>, map: &str) -> String {
    let before = place.contents();
    let outcome = import(place, file, map, &[]);
    let reason = outcome.expect_failure();
    assert_eq!(place.contents(), before);
    let named = format!("{}: ", place.folder().join("answers.csv").display());
    let reason = reason
        .strip_prefix(&named)
        .unwrap_or_else(|| panic!("{reason}"));
    assert!(
        !reason.contains(&named),
        "the file name appears twice: {reason}"
    );
    reason.to_owned()
}

#[test]
fn separators_line_endings_and_byte_order_marks_from_any_system_are_read() {
    for separator in [",", ";", "\t"] {
        for line_end in ["\n", "\r\n", "\r"] {
            for mark in ["", "\u{feff}"] {
                let place = place();
                let file = GOOD
                    .replace(',', "|")
                    .replace(';', ",")
                    .replace('|', separator)
                    .replace('\n', line_end);
                let map = format!("separator = \",\"\n{MAP}");
                // If columns are also separated by commas, a cell with several choices is quoted.
                let file = file.replace("arts,trades", "\"arts,trades\"");
                let outcome =
                    import(&place, format!("{mark}{file}"), &map, &["--dry-run"]).expect_success();
                assert!(
                    outcome
                        .output
                        .contains("3 good rows by 3 people, 2 comments, 0 set aside"),
                    "{separator:?} {line_end:?} {mark:?}: {}",
                    outcome.output
                );
            }
        }
    }
}

#[test]
fn lines_are_counted_the_same_with_any_line_ending() {
    let place = place();
    let rows = [
        "ID,Pick,Some,Rate,Say",
        "1,buses,,,",
        "",
        "2,buses,,,\"two",
        "lines\"",
        "3,trains,,,",
        "",
        "4,trains,,,",
    ];
    for line_ends in [
        vec!["\n"],
        vec!["\r\n"],
        vec!["\r"],
        vec!["\r\n", "\n", "\r"],
        vec!["\n", "\r\n", "\r", "\r\n"],
    ] {
        for last in ["", line_ends[0]] {
            let mut file = String::new();
            for (place, row) in rows.iter().enumerate() {
                file.push_str(row);
                file.push_str(if place + 1 == rows.len() {
                    last
                } else {
                    line_ends[place % line_ends.len()]
                });
            }
            let outcome = import(&place, &file, MAP, &["--dry-run"]);
            outcome.expect_failure();
            let bad: Vec<&str> = outcome
                .output
                .lines()
                .filter_map(|line| line.split_once(": "))
                .map(|(line, _)| line)
                .collect();
            assert_eq!(
                bad[..2],
                ["line 6", "line 8"],
                "{line_ends:?} {}",
                outcome.output
            );
        }
    }
}

#[test]
fn rows_without_an_id_stay_distinct_with_any_line_ending() {
    for line_end in ["\n", "\r\n", "\r"] {
        let place = place();
        let file = ["Say", "buses", "buses", "", "food"].join(line_end);
        import(&place, file, "[answers]\nsay = \"Say\"\n", &[]).expect_success();
        assert_eq!(counted(&place), (3, 3), "{line_end:?}");
    }
}

#[test]
fn a_file_with_a_different_separator_is_refused_with_the_columns_that_were_found() {
    let place = place();
    let reason = refused(&place, GOOD.replace(',', "|"), MAP);
    assert!(
        reason.starts_with("the map uses columns that the file does not have: “ID”, “Pick”, “Rate”, “Say”, “Some”; the file has: ID|Pick|Some|Rate|Say"),
        "{reason}"
    );
    let reason = refused(
        &place,
        GOOD.replace(',', "|").replace(';', ",").replace('|', ";"),
        &format!("delimiter = \",\"\n{MAP}"),
    );
    assert!(
        reason.contains("check the map's delimiter, or remove it so that Chorus detects it"),
        "{reason}"
    );
}

#[test]
fn missing_and_duplicate_columns_are_reported() {
    let place = place();
    let reason = refused(&place, GOOD.replace("Rate", "Rating"), MAP);
    assert_eq!(
        reason,
        "the map uses a column that the file does not have: “Rate”; the file has: ID, Pick, Some, Rating, Say"
    );
    let reason = refused(
        &place,
        GOOD.replace("Some", "Pick"),
        &MAP.replace("some = \"Some\"\n", ""),
    );
    assert_eq!(
        reason,
        "there are two columns “Pick”; the columns are: ID, Pick, Pick, Rate, Say"
    );
    // The list is cut off, so hundreds of columns don't fill the screen.
    let wide: Vec<String> = (0..400).map(|number| format!("column {number},")).collect();
    let reason = refused(&place, format!("{}ID\n", wide.concat()), MAP);
    assert!(reason.ends_with("and 371 more"), "{reason}");
}

#[test]
fn ragged_rows_are_listed_and_nothing_is_guessed() {
    let place = place();
    let before = place.contents();
    let outcome = import(
        &place,
        "ID,Pick,Some,Rate,Say\n1,buses\n2,buses,,,well, done\n3,buses,,,\n",
        MAP,
        &[],
    );
    outcome.expect_failure();
    assert!(outcome.output.starts_with("line 2: it has 2 cells, but the header has 5\nline 3: it has 6 cells, but the header has 5\n"), "{}", outcome.output);
    assert_eq!(place.contents(), before);
}

#[test]
fn a_cell_of_ten_megabytes_is_refused_and_an_unclosed_one_does_not_fill_the_memory() {
    let place = place();
    let before = place.contents();
    let cell = "word ".repeat(2_000_000);
    let outcome = import(
        &place,
        format!("ID,Pick,Some,Rate,Say\n1,buses,,,\"{cell}\"\n2,buses,,,\n"),
        MAP,
        &[],
    );
    assert!(outcome.expect_failure().contains("1 row is bad"));
    assert!(
        outcome.output.starts_with("line 2: column “Say” has 10000000 bytes, more than any answer can have; check for a missing quotation mark\n"),
        "{}",
        outcome.output
    );
    assert_eq!(place.contents(), before);
    let reason = refused(
        &place,
        format!("ID,Pick,Some,Rate,Say\n1,buses,,,\"{cell}{cell}\n2,buses,,,\n"),
        MAP,
    );
    assert!(
        reason.starts_with("line 2: a row of more than 16777216 bytes starts here"),
        "{reason}"
    );
    let reason = refused(&place, format!("{cell}\n1,buses\n"), MAP);
    assert!(
        reason.len() < 300 && reason.contains("word word"),
        "{reason}"
    );
}

#[test]
fn a_file_cut_off_inside_a_cell_is_not_taken_for_complete() {
    let place = place();
    let reason = refused(
        &place,
        "ID,Pick,Some,Rate,Say\n1,buses,,,\"all\nthe buses\"\n2,buses,,,\"later bu",
        MAP,
    );
    assert!(
        reason.starts_with("line 4: the row that starts here has an unclosed quotation mark"),
        "{reason}"
    );
    let reason = refused(&place, "ID,Pick,Some,Rate,\"Say\n1,buses", MAP);
    assert!(reason.starts_with("line 1: "), "{reason}");
}

#[test]
fn text_that_is_not_utf_8_is_reported_with_its_position() {
    let place = place();
    let before = place.contents();
    let outcome = import(
        &place,
        b"ID,Pick,Some,Rate,Say\n1,buses,,,ni\xf1os\n2,buses,,,a\0b\n",
        MAP,
        &[],
    );
    outcome.expect_failure();
    assert!(
        outcome.output.starts_with("line 2: column “Say” is not UTF-8 text\nline 3: it has a NUL character, which is not text\n"),
        "{}",
        outcome.output
    );
    assert_eq!(place.contents(), before);
    let reason = refused(&place, b"ID,Pick,Some,Rate,Ni\xf1os\n", MAP);
    assert!(
        reason.starts_with("line 1, column “Ni\u{fffd}os”: this is not UTF-8"),
        "{reason}"
    );
    let wide: Vec<u8> = "\u{feff}ID,Pick"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        refused(&place, wide, MAP),
        "the file is UTF-16; save it as CSV UTF-8"
    );
}

#[test]
fn an_empty_file_a_folder_a_pipe_and_a_missing_file_are_refused() {
    let place = place();
    for empty in ["", "\n\r\n\n", "\u{feff}", ",,,\n"] {
        assert_eq!(
            refused(&place, empty, MAP),
            "the file is empty; its first line must list the columns"
        );
    }
    let before = place.contents();
    let folder = place.folder().to_str().unwrap().to_owned();
    let missing = format!("{folder}/none.csv");
    let map = place.file("map.toml", MAP);
    let fault = |file: &str, map: &str| {
        let outcome = place.run(&[
            "import",
            "responses",
            file,
            "--survey",
            "staff",
            "--map",
            map,
        ]);
        outcome.expect_failure().to_owned()
    };
    let file = place.file("answers.csv", GOOD);
    assert_eq!(
        fault(&missing, &map),
        format!("{missing}: the file does not exist")
    );
    assert!(fault(&folder, &map).starts_with(&format!("{folder}: an import reads its file twice")));
    assert!(fault("/dev/stdin", &map).contains("an import reads its file twice"));
    assert_eq!(
        fault(&file, &missing),
        format!("{missing}: the file does not exist")
    );
    assert!(fault(&file, &folder).starts_with(&format!("{folder}: cannot read it")));
    let broken = place.file("broken.toml", b"[answers]\nsay = \"\xff\"\n");
    assert_eq!(
        fault(&file, &broken),
        format!("{broken}: line 2 is not UTF-8 text: save the file as UTF-8")
    );
    assert_eq!(place.contents(), before);
    // Only column names: nobody answered.
    let outcome = import(&place, "ID,Pick,Some,Rate,Say\n", MAP, &[]).expect_success();
    assert!(
        outcome.output.ends_with("0 responses added\n"),
        "{}",
        outcome.output
    );
    assert_eq!(place.contents(), before);
}

#[test]
fn a_file_cannot_send_commands_to_the_terminal_that_shows_its_errors() {
    let place = place();
    let outcome = import(
        &place,
        "ID,\u{1b}]0;title\u{7},Pick,Some,Rate,Say\n1,,\u{1b}[31mtrains,,,\n",
        MAP,
        &[],
    );
    outcome.expect_failure();
    assert!(
        !format!("{}{}", outcome.output, outcome.errors).contains('\u{1b}'),
        "{}",
        outcome.output
    );
    assert!(
        outcome
            .output
            .contains("“ [31mtrains” is not a choice of “pick”"),
        "{}",
        outcome.output
    );
}
