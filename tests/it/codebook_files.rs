//! Importing, exporting, and comparing codebooks: `chorus themes code`, `export`, and `compare`.

use std::collections::BTreeMap;

use chorus::themes::Codebook;

use crate::support::{DESK, Folder, Outcome, TestApp, chorus, fixture, said};

fn themes(words: &[&str]) -> Outcome {
    Outcome::of(&mut chorus(&[&["themes"], words].concat()), "")
}

const ANSWERS: &str =
    "said\nThe buses are late\nWalking to school is not safe\nSchool lunch\nNothing good\nEl bus\n";

#[test]
fn a_quanteda_dictionary_codes_a_file_like_our_own_codebooks() {
    let folder = Folder::new();
    let file = folder.write("answers.csv", ANSWERS);
    let dictionary = folder.write("transport.yml", fixture("dictionaries/transport.yml"));
    let out = folder.name("coded.csv");
    let code = |codebook: &str| {
        let words = [
            "code",
            &file,
            "--text",
            "said",
            "--codebook",
            codebook,
            "--out",
            &out,
        ];
        themes(&words).expect_success();
        folder.read("coded.csv")
    };
    let by_dictionary = code(&dictionary);
    assert_eq!(
        by_dictionary,
        "said,themes,matched\n\
         The buses are late,TRANSPORT; BUSES,buses\n\
         Walking to school is not safe,TRANSPORT; WALKING; neg_positive,Walking to school; not safe\n\
         School lunch,FOOD,lunch\n\
         Nothing good,,\n\
         El bus,TRANSPORT; BUSES,bus\n"
    );
    let toml = folder.name("transport.toml");
    let words = [
        "export",
        "--codebook",
        &dictionary,
        "--format",
        "toml",
        "--out",
        &toml,
    ];
    themes(&words).expect_success();
    assert_eq!(code(&toml), by_dictionary);
}

#[test]
fn dictionary_entries_that_no_rule_can_express_are_reported_and_the_rest_count() {
    let folder = Folder::new();
    let file = folder.write("answers.csv", ANSWERS);
    let dictionary = folder.write("odd.YAML", "food: [lunch, '9/11', \"*th\"]\n");
    let out = folder.name("coded.csv");
    let code = |codebook: &str| {
        let words = [
            "code",
            &file,
            "--text",
            "said",
            "--codebook",
            codebook,
            "--out",
            &out,
        ];
        themes(&words)
    };
    let told = code(&dictionary).expect_success();
    assert!(
        told.errors.contains(
            "odd.YAML: 2 patterns were left out because a rule cannot express them: line 1: “9/11”"
        ),
        "{}",
        told.errors
    );
    assert!(told.output.contains("      1  food\n"), "{}", told.output);
    for (text, reason) in [
        ("food: [lunch", "broken.yml: line "),
        ("food: *th", "broken.yml: line 1: "),
        (
            "- lunch",
            "broken.yml: line 1: a dictionary starts with a key",
        ),
        ("", "broken.yml: line 1: the file is empty"),
    ] {
        let broken = folder.write("broken.yml", text);
        let outcome = code(&broken);
        let told = outcome.expect_failure();
        assert!(told.contains(reason), "{told}");
        assert_eq!(told.trim_end().lines().count(), 1, "{told}");
    }
}

#[test]
fn a_codebook_is_exported_for_qualitative_analysis_programs() {
    let folder = Folder::new();
    let codebook = folder.write("codebook.toml", fixture("riverside/codebook.toml"));
    let out = folder.name("codebook.qdc");
    let words = ["export", "--codebook", &codebook, "--out", &out];
    themes(&words).expect_success();
    assert_holds_every_theme(
        &folder.read("codebook.qdc"),
        &Codebook::parse(&fixture("riverside/codebook.toml"))
            .unwrap()
            .0,
    );
}

/// Checks that every theme is a code with its name, inside the code of its parent theme.
#[track_caller]
fn assert_holds_every_theme(xml: &str, codebook: &Codebook) {
    let document = roxmltree::Document::parse(xml).unwrap();
    let root = document.root_element();
    assert!(root.has_tag_name(("urn:QDA-XML:codebook:1.0", "CodeBook")));
    let codes = document
        .descendants()
        .filter(|node| node.tag_name().name() == "Code");
    let found: Vec<(String, Option<String>)> = codes
        .map(|code| {
            let name = |code: roxmltree::Node<'_, '_>| code.attribute("name").map(str::to_owned);
            (name(code).unwrap(), code.parent().and_then(name))
        })
        .collect();
    let named = |key: &str| codebook.theme(key).unwrap().name.get("en").0.to_owned();
    let mut expected: Vec<(String, Option<String>)> = codebook
        .themes
        .iter()
        .map(|theme| (named(&theme.key), theme.parent.as_deref().map(named)))
        .collect();
    let mut sorted = found;
    sorted.sort();
    expected.sort();
    assert_eq!(sorted, expected);
}

#[test]
fn planners_download_the_codebook_for_other_programs() {
    let app = TestApp::asking();
    let planner = app.planner_with_codebook();
    let codebook = planner.get(&format!("{DESK}/codebook")).expect(200);
    let links = codebook.attributes("main a", "href");
    let qdc = format!("{DESK}/codebook.qdc");
    assert!(links.contains(&qdc), "{links:?}");
    let taken = planner.get(&qdc).expect(200);
    assert_eq!(
        taken.header("content-disposition"),
        Some("attachment; filename=\"vision-2031-codebook.qdc\"")
    );
    let toml = planner.get(&format!("{DESK}/codebook.toml")).expect(200);
    assert_holds_every_theme(taken.body(), &Codebook::parse(toml.body()).unwrap().0);
}

const BEFORE: &str = r#"
[[themes]]
key = "moving"
name = { en = "Moving" }
[[themes]]
key = "buses"
name = { en = "Buses" }
parent = "moving"
rules.en.any = ["bus*", "late"]
[[themes]]
key = "gone"
name = { en = "Gone" }
rules.en.any = ["lunch"]
"#;

const AFTER: &str = r#"
[[themes]]
key = "moving"
name = { en = "Moving" }
rules.en.any = ["walk"]
[[themes]]
key = "buses"
name = { en = "The bus" }
parent = "moving"
rules.en.any = ["bus*"]
rules.en.none = ["tour"]
[[themes]]
key = "new"
name = { en = "New" }
rules.en.any = ["lunch"]
"#;

/// Expected by hand: row 1 leaves buses because of "tour", row 2 because of "late". Row 2 matches "walk" and stays in
/// the parent; row 4 is new there.
const MOVED: &str = "said\nA bus tour\nLate walk\nThe bus\nWalking home\nLunch\nn/a\n";

#[test]
fn two_versions_of_a_codebook_are_compared_by_the_rows_that_moved() {
    let folder = Folder::new();
    let file = folder.write("answers.csv", MOVED);
    let (before, after) = (
        folder.write("before.toml", BEFORE),
        folder.write("after.toml", AFTER),
    );
    let compare = |more: &[&str]| {
        let words = [
            "compare", &file, "--text", "said", "--before", &before, "--after", &after,
        ];
        themes(&[&words, more].concat())
    };
    let json = compare(&["--format", "json"]).expect_success().output;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["rows"], 6);
    let by_key: BTreeMap<&str, &serde_json::Value> = json["themes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|theme| (theme["theme"].as_str().unwrap(), theme))
        .collect();
    let expect = |key: &str, is: serde_json::Value| assert_eq!(*by_key[key], is, "{key}");
    expect(
        "moving",
        serde_json::json!({"theme": "moving", "name": "Moving", "before": 3, "after": 3, "entered": [4], "left": [1]}),
    );
    expect(
        "buses",
        serde_json::json!({"theme": "buses", "name": "The bus", "before": 3, "after": 1, "entered": [], "left": [1, 2]}),
    );
    expect(
        "gone",
        serde_json::json!({"theme": "gone", "name": "Gone", "before": 1, "after": null, "entered": [], "left": [5]}),
    );
    expect(
        "new",
        serde_json::json!({"theme": "new", "name": "New", "before": null, "after": 1, "entered": [5], "left": []}),
    );
    assert_eq!(
        json["covered"],
        serde_json::json!({"before": 4, "after": 4, "entered": [4], "left": [1]})
    );
    let table = compare(&[]).expect_success().output;
    for line in [
        "Moving: 3 rows before, 3 after",
        "  + row 4: Walking home",
        "  - row 1: A bus tour",
        "Gone: 1 row before, no such theme after",
        "New: no such theme before, 1 row after",
        "1 row has a theme now and had none before; 1 row has none now and had one before.",
    ] {
        assert!(table.lines().any(|found| found == line), "{line}\n{table}");
    }
    let missing = folder.name("none.toml");
    let words = [
        "compare", &file, "--text", "said", "--before", &before, "--after", &missing,
    ];
    let outcome = themes(&words);
    assert!(
        outcome
            .expect_failure()
            .contains("none.toml: the file does not exist")
    );
}

#[test]
fn rows_moved_by_a_new_version_open_as_comments() {
    let app = TestApp::asking();
    app.hear(&[
        said(2, "families", "The bus is late"),
        said(3, "staff", "More routes"),
        said(1, "", "Warmer rooms"),
    ]);
    let planner = app.planner_with_codebook();
    planner
        .fill(
            &format!("{DESK}/themes/buses"),
            "form.panel",
            &[("any.en", "route\nroutes")],
        )
        .expect(303);
    let codebook = planner.get(&format!("{DESK}/codebook")).expect(200);
    let links = codebook.attributes("table a", "href");
    let changes = links
        .iter()
        .find(|link| link.contains("/changes/"))
        .unwrap();
    let page = planner.get(changes).expect(200);
    assert_eq!(
        page.texts("h1"),
        ["5 comments changed themes between versions 1 and 2"]
    );
    let rows = page.texts("table tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0], "Buses 2 3 3 added 2 removed");
    for (link, title) in page
        .attributes("table tbody a", "href")
        .iter()
        .filter(|link| link.contains("/comments"))
        .zip(["3 comments from 3 voices", "2 comments from 2 voices"])
    {
        let opened = planner.get(link).expect(200);
        assert_eq!(opened.texts("h1"), [title], "{link}");
    }
    assert!(page.text().contains("Ana Reyes"), "{}", page.text());
}
