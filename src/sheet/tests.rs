use std::io::Write;

use proptest::prelude::*;
use tempfile::NamedTempFile;

use super::*;

fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn column(bytes: &[u8], name: &str) -> Result<Vec<(u64, String)>, SheetError> {
    let file = file(bytes);
    let mut sheet = Sheet::open(file.path(), &[name])?;
    let place = sheet.column(name)?;
    let mut cells = Vec::new();
    while let Some(row) = sheet.next_row()? {
        cells.push((row.line, sheet.cell(&row, place)?.to_owned()));
    }
    Ok(cells)
}

fn fault(bytes: &[u8], name: &str) -> String {
    column(bytes, name).unwrap_err().to_string()
}

#[test]
fn separators_line_endings_and_byte_order_marks_from_any_system_are_read() {
    let expected = [
        (2, "más, buses; ya".to_owned()),
        (3, "two\nlines".to_owned()),
        (6, "end".to_owned()),
        (7, "last".to_owned()),
    ];
    for separator in [",", ";", "\t"] {
        for line_end in ["\n", "\r\n"] {
            for mark in ["", "\u{FEFF}"] {
                let rows = [
                    "text|id",
                    "\"más, buses; ya\"|1",
                    "\"two\nlines\"|2",
                    "",
                    "end|3",
                    "last|4",
                    "",
                ];
                let written = format!("{mark}{}", rows.join(line_end).replace('|', separator));
                assert_eq!(
                    column(written.as_bytes(), "text").unwrap(),
                    expected,
                    "{written:?}"
                );
            }
        }
    }
}

#[test]
fn commas_in_a_column_name_do_not_hide_the_separator() {
    let written = "Comments, if any, please;Group\nbuses;staff\n";
    assert_eq!(
        column(written.as_bytes(), "Group").unwrap(),
        [(2, "staff".to_owned())]
    );
}

#[test]
fn a_missing_or_duplicate_column_is_reported_with_the_existing_columns() {
    assert_eq!(
        fault(b"id,comment\n1,x\n", "text"),
        "there is no column “text”; the columns are: id, comment"
    );
    assert_eq!(
        fault(b"text,text\n1,x\n", "text"),
        "there are two columns “text”; the columns are: text, text"
    );
}

#[test]
fn rows_with_the_wrong_number_of_cells_are_listed_by_line() {
    let found = fault(b"id,text\n1,a\n2\n3,b,c\n4,d\n", "text");
    assert!(
        found.starts_with("there are 2 columns, but line 3 has 1, line 4 has 3;"),
        "{found}"
    );
}

#[test]
fn text_that_is_not_utf_8_is_reported_by_line_and_column() {
    let found = fault(b"id,text\n1,a\n2,ni\xF1os\n", "text");
    assert!(
        found.starts_with("line 3, column “text”: this is not UTF-8"),
        "{found}"
    );
    assert!(fault(b"\xFF\xFEt\0e\0", "text").ends_with("is UTF-16; save it as CSV UTF-8"));
    assert!(fault(b"", "text").contains("is empty"));
}

#[test]
fn a_cell_that_is_too_long_is_refused() {
    let written = format!("id,text\n1,\"{}\"\n2,b\n", "word ".repeat(LARGEST_CELL));
    assert!(fault(written.as_bytes(), "text").contains("check for a missing quotation mark"));
}

#[test]
fn cells_that_start_like_formulas_are_escaped() {
    assert_eq!(harmless("=1+1"), "'=1+1");
    assert_eq!(harmless("@home"), "'@home");
    assert_eq!(harmless("bus"), "bus");
}

#[test]
fn an_escaped_cell_can_be_restored() {
    for cell in ["=1+1", "'=1+1", "''-2", "'quoted'", "'", "", "bus", "＝1"] {
        assert_eq!(as_written(&harmless(cell)), cell);
    }
}

#[test]
fn a_file_that_ends_inside_a_quoted_cell_is_refused() {
    for cut in [
        "id,text\n1,a\n\n2,\"b",
        "id,text\n1,a\n\n2,\"b\nc\n",
        "id,text\n1,a\n\n2,\"",
    ] {
        let found = fault(cut.as_bytes(), "text");
        assert!(
            found.starts_with("line 4: the row that starts here has an unclosed quotation mark"),
            "{found}"
        );
    }
    // In an unquoted cell, a quotation mark is an ordinary character.
    assert_eq!(
        column(b"id,text\n1,5\" pipe", "text").unwrap(),
        [(2, "5\" pipe".to_owned())]
    );
}

#[test]
fn an_unclosed_quotation_mark_does_not_fill_the_memory() {
    let mut written = b"id,text\n1,a\n2,\"b\n".to_vec();
    written.resize(LARGEST_ROW + FIRST_LOOK, b'x');
    let found = fault(&written, "text");
    assert!(found.starts_with("line 3: a row of more than"), "{found}");
}

#[test]
fn column_names_that_are_not_utf_8_are_refused() {
    assert!(fault(b"id,a\xF1o\n1,x\n", "id").starts_with("line 1, column"));
}

/// A two-column file as the library writes it, with any separator, line ending, and byte-order mark.
fn written(rows: &[[String; 2]], separator: u8, line_end: csv::Terminator, mark: bool) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new();
    let mut writer = writer
        .delimiter(separator)
        .terminator(line_end)
        .from_writer(Vec::new());
    writer.write_record(["id", "text"]).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    let rows = writer.into_inner().unwrap();
    if mark {
        ["\u{FEFF}".as_bytes(), &rows].concat()
    } else {
        rows
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn written_rows_are_read_back_with_their_line_numbers(
        rows in prop::collection::vec(["[a-z,;\t\"\n' =é]{0,6}", "[a-z,;\t\"\n' =é]{0,6}"], 0..8),
        separator in prop::sample::select(vec![b',', b';', b'\t']),
        line_end in prop::sample::select(vec![csv::Terminator::Any(b'\n'), csv::Terminator::CRLF, csv::Terminator::Any(b'\r')]),
        mark in any::<bool>(),
    ) {
        let file = file(&written(&rows, separator, line_end, mark));
        let mut sheet = Sheet::open(file.path(), &["id", "text"]).unwrap();
        let mut line = 2;
        for row in &rows {
            let found = sheet.next_row().unwrap().unwrap();
            let cells = [0, 1].map(|place| sheet.cell(&found, place).unwrap().to_owned());
            prop_assert_eq!((found.line, &cells), (line, row));
            line += 1 + row.concat().matches('\n').count() as u64;
        }
        prop_assert!(sheet.next_row().unwrap().is_none());
        prop_assert!(sheet.position() <= sheet.size());
    }

    #[test]
    fn reading_any_bytes_ends_without_panicking(
        pieces in prop::collection::vec(prop_oneof![prop::collection::vec(any::<u8>(), 0..20), "[\"\r\n,;\t a]{0,20}".prop_map(String::into_bytes)], 0..20),
    ) {
        let bytes = pieces.concat();
        let file = file(&bytes);
        if let Ok(mut sheet) = Sheet::open(file.path(), &[]) {
            let mut last = 1;
            while let Ok(Some(row)) = sheet.next_row_of_any_length() {
                prop_assert!(row.line > last, "each row starts on its own line");
                last = row.line;
                for place in 0..row.length() {
                    let _ = sheet.cell(&row, place);
                }
            }
            prop_assert!(last <= bytes.len() as u64 + 1);
        }
    }

    #[test]
    fn escaped_text_is_never_a_formula_and_can_be_restored(text in "['=+@\t\r\n＝－-]{0,4}\\PC{0,4}") {
        let cell = harmless(&text);
        prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']));
        prop_assert_eq!(as_written(&cell), text.as_str());
    }
}
