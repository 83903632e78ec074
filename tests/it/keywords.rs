//! `chorus themes keywords`: a table of words from any CSV file, in a stable format for other programs.

use std::io::Write;
use std::process::Stdio;

use crate::support::{Outcome, chorus};

/// Rows that can be counted by hand: person 7 wrote twice, and the author of the last row is unknown.
const ROWS: &str = "id,who,group,said\n\
    1,7,families,Schools and buses\n\
    2,7,staff,The school bus\n\
    3,8,families,\"Buses, buses!\"\n\
    4,,staff,n/a\n";

fn keywords(file: impl AsRef<[u8]>, options: &[&str]) -> Outcome {
    let written = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(written.path(), file).unwrap();
    let arguments = ["themes", "keywords", written.path().to_str().unwrap()];
    Outcome::of(&mut chorus(&[&arguments, options].concat()), "")
}

const BY_GROUP: [&str; 6] = ["--text", "said", "--person", "who", "--by", "group"];

fn json(file: impl AsRef<[u8]>, options: &[&str]) -> serde_json::Value {
    let outcome = keywords(file, &[options, &["--format", "json"]].concat()).expect_success();
    assert_eq!(outcome.errors, "");
    serde_json::from_str(&outcome.output).unwrap()
}

#[test]
fn the_json_has_the_documented_shape_in_order_of_comments_and_keys() {
    let expected = serde_json::json!({
        "rows": 4, "people": 3,
        "keys": [
            {"key": "buse", "comments": 2, "people": 2, "mentions": 3, "forms": [["buses", 3]],
             "by": {"families": {"comments": 2, "people": 2}}},
            {"key": "school", "comments": 2, "people": 1, "mentions": 2, "forms": [["school", 1], ["schools", 1]],
             "by": {"families": {"comments": 1, "people": 1}, "staff": {"comments": 1, "people": 1}}},
            {"key": "bus", "comments": 1, "people": 1, "mentions": 1, "forms": [["bus", 1]],
             "by": {"staff": {"comments": 1, "people": 1}}},
        ],
    });
    assert_eq!(json(ROWS, &BY_GROUP), expected);
}

#[test]
fn groups_are_compared_on_request() {
    let mut file = "group,said\n".to_owned();
    for (times, row) in [
        (30, "families,the bus"),
        (10, "families,the school"),
        (5, "staff,the bus"),
        (59, "staff,the school"),
    ] {
        file += &format!("{row}\n").repeat(times);
    }
    let by = ["--text", "said", "--by", "group", "--keyness"];
    let told = json(&file, &by);
    // scipy 1.17: chi2_contingency([[30, 10], [5, 59]], correction=False, lambda_="log-likelihood").
    let first = &told["keyness"][0];
    assert_eq!(
        (&first["group"], &first["of"]),
        (&"families".into(), &40.into())
    );
    let ratio = first["log_likelihood"].as_f64().unwrap();
    assert!((ratio.abs() - 52.772_196_348_398).abs() < 1e-9, "{ratio}");
    let table = keywords(&file, &by).expect_success().output;
    assert!(
        table.contains("families: 40 rows, compared with 64 rows of the other groups:"),
        "{table}"
    );
    assert!(
        table.contains(
            "  more bus: 30 rows, 5 in the other groups, +67.2 points (+49.4 to +78.9), q 0.000"
        ),
        "{table}"
    );
    let outcome = keywords(&file, &["--text", "said", "--keyness"]);
    assert!(outcome.errors.contains("--by <COLUMN>") && outcome.output.is_empty());
}

#[test]
fn separators_line_endings_and_byte_order_marks_make_no_difference() {
    let expected = json(ROWS, &BY_GROUP);
    for separator in [",", ";", "\t"] {
        for line_end in ["\n", "\r\n", "\r"] {
            for mark in ["", "\u{feff}"] {
                let rows = ROWS
                    .replace("\"Buses, buses!\"", "Buses and buses!")
                    .replace(',', separator);
                let file = format!("{mark}{}", rows.replace('\n', line_end));
                assert_eq!(
                    json(file, &BY_GROUP),
                    expected,
                    "{separator:?} {line_end:?} {mark:?}"
                );
            }
        }
    }
}

#[test]
fn without_person_and_group_columns_each_row_is_one_person_in_no_group() {
    let found = json(ROWS, &["--text", "said"]);
    assert_eq!((&found["rows"], &found["people"]), (&4.into(), &4.into()));
    assert_eq!(
        found["keys"][1],
        serde_json::json!({"key": "school", "comments": 2, "people": 2, "mentions": 2, "forms": [["school", 1], ["schools", 1]], "by": {}})
    );
}

#[test]
fn a_limit_shortens_the_list_but_not_the_totals() {
    let found = json(ROWS, &[&BY_GROUP[..], &["--top", "1"]].concat());
    assert_eq!(
        (found["keys"].as_array().unwrap().len(), &found["rows"]),
        (1, &4.into())
    );
    assert_eq!(found["keys"][0]["key"], "buse");
}

#[test]
fn the_table_is_readable_and_the_csv_opens_in_a_spreadsheet() {
    let table = keywords(ROWS, &BY_GROUP).expect_success().output;
    assert_eq!(
        table,
        "word   comments   people mentions    families       staff  forms\n\
         buses         2        2        3           2           0  buses 3\n\
         school        2        1        2           1           1  school 1, schools 1\n\
         bus           1        1        1           0           1  bus 1\n\
         4 rows, 3 people. Rows that say nothing (such as “n/a”): 1.\n\
         Each group column counts comments.\n"
    );
    let csv = keywords(
        ROWS.replace("staff", "=staff"),
        &[&BY_GROUP[..], &["--format", "csv"]].concat(),
    )
    .expect_success()
    .output;
    assert_eq!(
        csv,
        "key,language,word,comments,people,mentions,forms,'=staff: comments,'=staff: people,families: comments,families: people\n\
         buse,,buses,2,2,3,buses 3,0,0,2,2\n\
         school,,school,2,1,2,\"school 1, schools 1\",1,1,1,1\n\
         bus,,bus,1,1,1,bus 1,1,1,0,0\n"
    );
}

#[test]
fn the_language_decides_what_counts_as_one_word() {
    let rows = "said\nLa escuela y las escuelas\n";
    let spanish = json(rows, &["--text", "said", "--lang", "es"]);
    assert_eq!(spanish["keys"].as_array().unwrap().len(), 1);
    assert_eq!(
        spanish["keys"][0]["forms"],
        serde_json::json!([["escuela", 1], ["escuelas", 1]])
    );
    let english = json(rows, &["--text", "said", "--lang", "en"]);
    assert!(english["keys"].as_array().unwrap().len() > 1);
}

#[test]
fn an_unreadable_file_is_reported_in_one_clear_line() {
    let fault = |file: &[u8], options: &[&str]| {
        let outcome = keywords(file, options);
        assert_eq!(outcome.output, "");
        outcome
            .expect_failure()
            .split_once(": ")
            .unwrap()
            .1
            .to_owned()
    };
    let text = ["--text", "said"];
    assert_eq!(
        fault(ROWS.as_bytes(), &["--text", "words"]),
        "there is no column “words”; the columns are: id, who, group, said"
    );
    assert_eq!(
        fault(ROWS.as_bytes(), &["--text", "said", "--by", "school"]),
        "there is no column “school”; the columns are: id, who, group, said"
    );
    assert_eq!(
        fault(b"", &text),
        "the file is empty; its first line must list the columns"
    );
    assert_eq!(
        fault(b"said\nx\n1,2\n3,4,5\n", &text),
        "there is 1 column, but line 3 has 2, line 4 has 3; check for a missing or extra separator or quotation mark"
    );
    assert_eq!(
        fault(b"id,said\n1,ni\xf1os\n", &text),
        "line 2, column “said”: this is not UTF-8; save the file as CSV UTF-8"
    );
    assert!(
        fault(b"id,said\n1,\"cut o", &text)
            .starts_with("line 2: the row that starts here has an unclosed quotation mark")
    );
    let long = format!("id,said\n1,\"{}\"\n", "word ".repeat(2_000_000));
    assert!(
        fault(long.as_bytes(), &text)
            .starts_with("line 2, column “said”: a cell has 10000000 bytes")
    );
    let missing = Outcome::of(
        &mut chorus(&["themes", "keywords", "/nowhere/a.csv", "--text", "said"]),
        "",
    );
    assert_eq!(
        missing.expect_failure(),
        "/nowhere/a.csv: the file does not exist"
    );
    for options in [
        ["--text", "said", "--lang", "9"],
        ["--text", "said", "--top", "many"],
        ["--text", "said", "--format", "xml"],
    ] {
        assert_eq!(keywords(ROWS, &options).code, Some(2), "{options:?}");
    }
}

#[test]
fn a_reader_that_stops_early_is_not_an_error() {
    let rows: Vec<String> = (0..20_000)
        .map(|row| format!("word{row} other{row}\n"))
        .collect();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(format!("said\n{}", rows.concat()).as_bytes())
        .unwrap();
    let mut command = chorus(&[
        "themes",
        "keywords",
        file.path().to_str().unwrap(),
        "--text",
        "said",
    ]);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let outcome = child.wait_with_output().unwrap();
    assert_eq!(
        (
            outcome.status.code(),
            String::from_utf8(outcome.stderr).unwrap()
        ),
        (Some(0), String::new())
    );
}

#[test]
fn phrases_are_listed_on_request() {
    let mut file = "who,said\n".to_owned();
    for row in 0..12 {
        file += [
            "1,The quality of life\n",
            "2,Quality of life matters\n",
            "3,roads\n",
        ][row % 3];
    }
    let told = json(&file, &["--text", "said", "--person", "who", "--phrases"]);
    let phrase = &told["phrases"][0];
    assert_eq!(
        (
            &phrase["phrase"],
            &phrase["comments"],
            &phrase["people"],
            &phrase["mentions"]
        ),
        (&"quality of life".into(), &8.into(), &2.into(), &8.into())
    );
    let csv = ["--text", "said", "--phrases", "--format", "csv"];
    let written = keywords(&file, &csv).expect_success().output;
    assert!(
        written
            .starts_with("phrase,language,comments,people,mentions,score\nquality of life,en,8,"),
        "{written}"
    );
}
