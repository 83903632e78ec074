//! `chorus themes suggest`, `code`, `learn`, and `agree`: from a file of comments to counted themes and back, without a
//! database.

use std::fmt::Write as _;
use std::path::Path;

use crate::support::{Folder, Outcome, chorus, fixture_path};

const CODEBOOK: &str = r#"
[[themes]]
key = "buses"
name = { en = "Buses" }
[themes.rules.en]
any = ["bus*", "late NEAR/2 van"]
none = ["business"]
[[themes]]
key = "food"
name = { en = "Food" }
[themes.rules.en]
any = ["lunch"]
"#;

fn themes(words: &[&str]) -> Outcome {
    Outcome::of(&mut chorus(&[&["themes"], words].concat()), "")
}

/// The rows of a CSV file, each by column.
fn rows(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn coding_a_file_adds_two_columns_and_reports_each_theme_s_count() {
    let desk = Folder::new();
    let file = desk.write(
        "answers.csv",
        "\u{feff}id;said\r\n1;The bus, late again\r\n2;Business lunch\r\n3;A van was late\r\n4;n/a\r\n",
    );
    let codebook = desk.write("codebook.toml", CODEBOOK);
    let out = desk.name("coded.csv");
    let told = themes(&[
        "code",
        &file,
        "--text",
        "said",
        "--codebook",
        &codebook,
        "--out",
        &out,
    ])
    .expect_success();
    assert_eq!(
        desk.read("coded.csv"),
        "id,said,themes,matched\n1,\"The bus, late again\",Buses,bus\n2,Business lunch,Food,lunch\n3,A van was late,Buses,van; late\n4,n/a,,\n"
    );
    assert_eq!(
        told.output,
        "      2  Buses\n      1  Food\n3 of 4 rows have a theme; 1 say nothing, such as “n/a”.\n"
    );
}

#[test]
fn a_file_that_cannot_be_coded_is_reported_in_one_clear_line_and_nothing_is_written() {
    let desk = Folder::new();
    let file = desk.write("answers.csv", "id,said\n1,bus\n");
    let codebook = desk.write("codebook.toml", CODEBOOK);
    let wrong = desk.write(
        "wrong.toml",
        "[[themes]]\nkey = \"a\"\nname = { en = \"A\" }\n[themes.rules.en]\nany = [\"b*s\"]\n",
    );
    let ragged = desk.write("ragged.csv", "id,said\n1,bus\n2\n");
    let out = desk.name("coded.csv");
    for (file, column, codebook, reason) in [
        (
            &file,
            "words",
            &codebook,
            "answers.csv: there is no column “words”",
        ),
        (
            &file,
            "said",
            &wrong,
            "wrong.toml: theme a: term b*s (en): at position 2",
        ),
        (
            &file,
            "said",
            &desk.name("none.toml"),
            "none.toml: the file does not exist",
        ),
        (
            &desk.name("none.csv"),
            "said",
            &codebook,
            "none.csv: the file does not exist",
        ),
        (
            &ragged,
            "said",
            &codebook,
            "ragged.csv: there are 2 columns, but line 3 has 1",
        ),
    ] {
        let outcome = themes(&[
            "code",
            file,
            "--text",
            column,
            "--codebook",
            codebook,
            "--out",
            &out,
        ]);
        let reason_told = outcome.expect_failure();
        assert!(reason_told.contains(reason), "{reason_told}");
        assert!(!Path::new(&out).exists(), "{reason}");
    }
}

#[test]
fn a_suggested_codebook_codes_the_rows_that_the_suggestion_lists() {
    let desk = Folder::new();
    let file = fixture_path("bowling-green/comments.csv");
    let suggest = |format: &str| {
        let words = [
            "suggest",
            &file,
            "--text",
            "comment-body",
            "--no-stability",
            "--format",
            format,
        ];
        themes(&words).expect_success().output
    };
    let suggested: serde_json::Value = serde_json::from_str(&suggest("json")).unwrap();
    let codebook = desk.write("codebook.toml", suggest("toml"));
    let out = desk.name("coded.csv");
    themes(&[
        "code",
        &file,
        "--text",
        "comment-body",
        "--codebook",
        &codebook,
        "--out",
        &out,
    ])
    .expect_success();
    let coded = rows(&desk.read("coded.csv"));
    let answers = suggested["answers"].as_array().unwrap();
    assert_eq!(coded.len(), answers.len());
    assert_eq!(coded.len(), 896);
    for (row, answer) in coded.iter().zip(answers) {
        let mut named: Vec<&str> = answer
            .as_array()
            .unwrap()
            .iter()
            .map(|theme| {
                suggested["themes"][usize::try_from(theme.as_u64().unwrap()).unwrap()]["name"]
                    .as_str()
                    .unwrap()
            })
            .collect();
        let mut found: Vec<&str> = row["themes"]
            .split("; ")
            .filter(|name| !name.is_empty())
            .collect();
        named.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, named, "{}", row["comment-body"]);
    }
}

#[test]
fn human_coding_teaches_a_codebook_its_missing_terms() {
    let desk = Folder::new();
    let mut file = "said,codes\n".to_owned();
    for row in 0..12 {
        writeln!(
            file,
            "Lunch is cold {row},Food\nThe canteen is loud {row},Food\nA bus {row},Buses\nBooks {row},"
        )
        .unwrap();
    }
    let file = desk.write("coded.csv", file);
    let codebook = desk.write("codebook.toml", CODEBOOK);
    let out = desk.name("learned.toml");
    let told = themes(&[
        "learn",
        &file,
        "--text",
        "said",
        "--codes",
        "codes",
        "--codebook",
        &codebook,
        "--out",
        &out,
    ])
    .expect_success()
    .output;
    assert!(
        told.contains("Food: people coded 24 rows; its rule now finds 24, 24 of them correctly"),
        "{told}"
    );
    assert!(
        told.contains("added to any of: ") && told.contains("correct in 12 of 12 rows (100%)"),
        "{told}"
    );
    let again = desk.name("again.csv");
    let counted = themes(&[
        "code",
        &file,
        "--text",
        "said",
        "--codebook",
        &out,
        "--out",
        &again,
    ])
    .expect_success();
    assert!(
        counted.output.contains("     24  Food\n"),
        "{}",
        counted.output
    );
    let outcome = themes(&[
        "learn", &file, "--text", "said", "--codes", "said2", "--out", &out,
    ]);
    let reason = outcome.expect_failure();
    assert!(reason.contains("there is no column “said2”"), "{reason}");
}

/// scikit-learn 1.9's `cohen_kappa_score` gives 0.6153846153846154 for the two buses columns.
#[test]
fn two_coders_are_compared_by_theme() {
    let desk = Folder::new();
    let file = desk.write(
        "sample.csv",
        "ana;ben\n\"buses; food\";food\nbuses;\"buses;food\"\n;\nfood;food\nbuses;buses\n",
    );
    let json = themes(&[
        "agree",
        &file,
        "--coder-a",
        "ana",
        "--coder-b",
        "ben",
        "--format",
        "json",
    ])
    .expect_success();
    let json: serde_json::Value = serde_json::from_str(&json.output).unwrap();
    assert_eq!(json["rows"], 5);
    let buses = &json["themes"][0];
    assert_eq!(
        (
            &buses["theme"],
            &buses["both"],
            &buses["only_a"],
            &buses["only_b"],
            &buses["neither"]
        ),
        (&"buses".into(), &2.into(), &1.into(), &0.into(), &2.into())
    );
    assert!((buses["kappa"].as_f64().unwrap() - 0.615_384_615_384_615_4).abs() < 1e-9);
    let table = themes(&["agree", &file, "--coder-a", "ana", "--coder-b", "ben"])
        .expect_success()
        .output;
    assert!(
        table
            .lines()
            .any(|line| line.starts_with(" 0.62  ") && line.ends_with(" buses")),
        "{table}"
    );
    let outcome = themes(&["agree", &file, "--coder-a", "ana", "--coder-b", "cleo"]);
    let reason = outcome.expect_failure();
    assert!(reason.contains("there is no column “cleo”"), "{reason}");
}

#[test]
fn themes_fixed_by_people_stay_when_more_are_suggested() {
    let desk = Folder::new();
    let mut file = "said\n".to_owned();
    for row in 0..30 {
        writeln!(
            file,
            "The bus is late again {row}\nOak Hill lunch is cold {row}\nMore books in the library {row}\nWarm rooms please {row}\nSafe crosswalks at night {row}"
        )
        .unwrap();
    }
    let file = desk.write("answers.csv", file);
    let codebook = desk.write("codebook.toml", CODEBOOK);
    let words = [
        "suggest",
        &file,
        "--text",
        "said",
        "--no-stability",
        "--codebook",
        &codebook,
        "--prompt",
        "More books?",
        "--place",
        "Oak Hill",
        "--format",
        "json",
    ];
    let json = themes(&words).expect_success().output;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let names: Vec<(&str, bool)> = json["themes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|theme| (theme["name"].as_str().unwrap(), theme["locked"] == true))
        .collect();
    assert_eq!(names[..2], [("Buses", true), ("Food", true)]);
    assert!(
        names[2..]
            .iter()
            .all(|(name, locked)| !locked && !name.contains("book")),
        "{names:?}"
    );
    assert!(
        names.iter().any(|(name, _)| name.contains("library")),
        "{names:?}"
    );
    assert_eq!(json["answers"][0], serde_json::json!([0]));
    assert_eq!(json["answers"][1], serde_json::json!([1]));
    assert!(json["answers"][2][0].as_u64() > Some(1));
    assert_eq!(
        json["suppressed"],
        serde_json::json!([{"term": "\"oak hill\"", "answers": 30}, {"term": "books", "answers": 30}])
    );
}

#[test]
fn other_spellings_are_suggested_and_count_once_someone_adds_them_to_a_codebook() {
    let desk = Folder::new();
    let mut file = "said;who\n".to_owned();
    for row in 0..25 {
        writeln!(file, "La educación llega;{row}").unwrap();
    }
    let file = desk.write("answers.csv", file + "La educacion;a\nLa educaciónn;b\n");
    let spellings = |format: &str| {
        let words = [
            "spellings",
            &file,
            "--text",
            "said",
            "--person",
            "who",
            "--lang",
            "es",
            "--format",
            format,
        ];
        themes(&words).expect_success().output
    };
    let toml = spellings("toml");
    assert_eq!(
        toml,
        "[spellings.es]\neducacion = \"educación\"\n\"educaciónn\" = \"educación\"\n"
    );
    let table = spellings("table");
    assert!(
        table.contains("      1  educacion → educación (accent in 25 rows)\n"),
        "{table}"
    );
    let theme = "[[themes]]\nkey = \"a\"\nname = { en = \"A\" }\nrules.es.any = [\"educación\"]\n";
    let out = desk.name("coded.csv");
    for (codebook, rows) in [(theme.to_owned(), 25), (toml + theme, 27)] {
        let codebook = desk.write("codebook.toml", codebook);
        let words = [
            "code",
            &file,
            "--text",
            "said",
            "--codebook",
            &codebook,
            "--out",
            &out,
        ];
        let told = themes(&words).expect_success().output;
        assert!(told.contains(&format!("     {rows}  A\n")), "{told}");
    }
}

#[test]
fn repeated_texts_and_negated_words_are_listed_next_to_keywords() {
    let desk = Folder::new();
    let file = desk.write(
        "answers.csv",
        "said\nKeep the band at Oak!\nkeep the band at oak\nThere are no buses\nKEEP the band at Oak\nSome buses\n",
    );
    let keywords = |more: &[&str]| {
        let words = ["keywords", &file, "--text", "said", "--same", "--negated"];
        themes(&[&words, more].concat())
    };
    let json = keywords(&["--format", "json"]).expect_success().output;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        json["same"],
        serde_json::json!([{"text": "Keep the band at Oak!", "comments": 3, "people": 3, "rows": [1, 2, 4]}])
    );
    assert_eq!(
        json["negated"],
        serde_json::json!([{"key": "buse", "word": "buses", "language": "en", "comments": 2, "negated": 1}])
    );
    let table = keywords(&[]).expect_success().output;
    assert!(
        table.contains("3 people sent the same text: Keep the band at Oak!\n"),
        "{table}"
    );
    assert!(
        table.contains("buses: 1 of 2 rows use it after a word such as “no”\n"),
        "{table}"
    );
    let outcome = keywords(&["--format", "csv"]);
    assert!(
        outcome
            .expect_failure()
            .contains("a CSV file holds one table")
    );
}
