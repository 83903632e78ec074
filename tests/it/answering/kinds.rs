//! Every kind of question: from the page to the rows, then back to the page, the export, and the index.

use chorus::responses::{
    Answer, ExportFormat, MapFile, ResponsesImport, Watch, export_responses, import_responses,
};
use chorus::tally::{Facet, Index, catch_up};

use super::*;
use crate::support::fixture;

/// A value for every field of `fixtures/kinds/survey.toml`.
const EVERYTHING: &[(&str, &str)] = &[
    ("agree", "yes"),
    ("rides", "yes"),
    ("minutes", "45"),
    ("since", "2026-09-01"),
    ("grades", "k-2"),
    ("grades", "3-5"),
    ("home", "other"),
    ("home.other", "Tagalog"),
    ("one-word", "Warm"),
    ("why", "late"),
    ("use", "app"),
    ("use.other", "Neighbors"),
    ("sure", "2"),
    ("feel.teachers", "5"),
    ("feel.office", "not-applicable"),
    ("order.arts", "1"),
    ("order.food", "2"),
    ("share.arts", "7"),
    ("share.sports", "3"),
];

fn open_kinds() -> TestApp {
    let app = TestApp::riverside();
    app.publish_survey(&fixture("kinds/survey.toml"));
    app
}

fn exported(app: &TestApp, format: ExportFormat) -> String {
    let mut out = Vec::new();
    export_responses(app.database(), &app.operator(), "kinds", format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn counted(app: &TestApp) -> Index {
    let mut index = Index::default();
    app.read(|db| Ok(catch_up(&mut index, db, |_| {}, |_| {})?));
    index
}

#[test]
fn every_kind_has_its_fields_and_every_matrix_row_is_its_own_group() {
    let app = open_kinds();
    let page = app.get("/s/kinds").expect(200);
    assert_eq!(page.attributes("[name=agree]", "type"), ["checkbox"]);
    assert_eq!(page.attributes("[name=rides]", "value"), ["yes", "no"]);
    assert_eq!(page.texts("label:has([name=rides])"), ["Yes", "No"]);
    assert_eq!(page.attributes("[name=minutes]", "inputmode"), ["numeric"]);
    assert_eq!(page.attributes("[name=since]", "type"), ["date"]);
    assert_eq!(page.attributes("[name='one-word']", "maxlength"), ["20"]);
    assert_eq!(
        page.attributes("[name=sure]", "value"),
        ["1", "2", "3", "not-applicable"]
    );
    assert_eq!(
        page.attributes("[name=home]", "value"),
        ["en", "es", "ar", "other"]
    );
    assert_eq!(
        page.attributes("label:has([name=home][value=ar]) span[lang]", "dir"),
        ["rtl"]
    );
    assert_eq!(
        page.texts("fieldset.row legend")[..2],
        ["By teachers", "By the office"]
    );
    assert_eq!(
        page.attributes("[name='feel.office']", "type"),
        ["radio"; 6]
    );
    let places = "[name='order.arts'] option";
    assert_eq!(page.attributes(places, "value"), ["", "1", "2"]);
    assert_eq!(
        page.attributes("[name='share.arts']", "inputmode"),
        ["numeric"]
    );
    // Sections don't count as questions: the file has sixteen items, and two of them are sections.
    assert_eq!(page.texts("h2"), ["You & your children", "What matters"]);
    assert!(page.text().contains("14 of 14"), "{}", page.text());
}

#[test]
fn without_a_script_a_sentence_says_who_a_question_is_for() {
    let app = open_kinds();
    assert_eq!(
        app.get("/s/kinds").texts(".when"),
        [
            "Answer this only if you chose “Yes” in question 2.",
            "Answer this only if your answer to question 3 was 30 or higher or you didn’t answer question 2.",
            "For everyone who agrees",
            "Answer this only if your answer to question 11, “By the office” was 4 or higher.",
            "Answer this only if you chose “Arts” in question 13.",
        ]
    );
    let spanish = app.get("/s/kinds?lang=es").texts(".when");
    assert_eq!(
        spanish[0],
        "Conteste esta pregunta solo si eligió “Sí” en la pregunta 2."
    );
}

#[test]
fn every_answer_is_stored_and_free_text_becomes_comments_with_an_intent() {
    let app = open_kinds();
    app.phone("kinds").post("/s/kinds", EVERYTHING).expect(303);
    let row = stored(&app).remove(0);
    let json = serde_json::to_value(&row.answers.0).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "agree": "yes",
            "rides": "yes",
            "minutes": 45,
            "since": "2026-09-01",
            "grades": ["k-2", "3-5"],
            "home": "other",
            "home.other": "Tagalog",
            "one-word": "Warm",
            "why": "late",
            "use": ["app", "other"],
            "use.other": "Neighbors",
            "sure": 2,
            "feel": { "teachers": 5, "office": "not-applicable" },
            "order": ["arts", "food"],
            "share": { "arts": 7, "sports": 3 },
        })
    );
    let words = ledger(&app);
    let mut words: Vec<(&str, &str, &str)> = words
        .iter()
        .map(|comment| {
            (
                comment.item_key.as_str(),
                comment.intent.as_str(),
                comment.text.as_str(),
            )
        })
        .collect();
    words.sort_unstable();
    let expected = [
        ("home", "other", "Tagalog"),
        ("one-word", "hope", "Warm"),
        ("use", "other", "Neighbors"),
    ];
    assert_eq!(words, expected);
}

#[test]
fn a_receipt_shows_every_kind_as_it_was_answered() {
    let app = open_kinds();
    let phone = app.phone("kinds");
    let sent = phone.post("/s/kinds", EVERYTHING).expect(303);
    let code = receipt(&phone, &sent);
    let page = app.post("/r", &[("code", &code)]).expect(200);
    assert_eq!(
        page.texts(".received dd"),
        [
            "I agree",
            "Yes",
            "45",
            "Tue, Sep 1, 2026",
            "Kindergarten to grade 2 and Grades 3 to 5",
            "Another language",
            "Tagalog",
            "Warm",
            "It was late",
            "The app and Something else",
            "Neighbors",
            "Somewhat sure",
            "By teachers: 5 out of 5",
            "By the office: Doesn't apply",
            "Rank 1: Arts",
            "Rank 2: Food",
            "Arts: 7 out of 10",
            "Sports: 3 out of 10",
        ]
    );
    let spanish = app
        .browser()
        .in_language("es")
        .post("/r", &[("code", &code)]);
    assert_eq!(
        spanish.texts(".received dd")[..2],
        ["Estoy de acuerdo", "Sí"]
    );
}

#[test]
fn a_form_with_mistakes_comes_back_with_everything_that_was_typed() {
    let app = open_kinds();
    let wrong = [
        ("rides", "yes"),
        ("minutes", "very long"),
        ("since", "2026-09-01"),
        ("why", "late"),
        ("why.other", "No child care"),
        ("feel.office", "5"),
        ("agreed.safe", "no"),
        ("order.arts", "1"),
        ("order.food", "1"),
        ("share.arts", "7"),
    ];
    let page = app.phone("kinds").post("/s/kinds", &wrong).expect(422);
    // Nobody has agreed yet, so the second section isn't shown and nothing in it is wrong.
    assert_eq!(
        page.texts(".summary li").len(),
        2,
        "{:?}",
        page.texts(".summary li")
    );
    let agreed: Vec<(&str, &str)> = wrong.iter().chain(&[("agree", "yes")]).copied().collect();
    let page = app.phone("kinds").post("/s/kinds", &agreed).expect(422);
    let faults = [
        "Please enter a whole number from 0 to 180.",
        "You chose one from the list and also wrote something else. Please keep only one of them.",
        "Please choose one in each row. One row still needs an answer.",
        "You gave two choices rank 1. Use each rank once.",
    ];
    assert_eq!(page.texts(".fault-text"), faults);
    let form = page.form("main form");
    for (name, value) in agreed {
        assert!(
            form.contains(&(name.to_owned(), value.to_owned())),
            "{name}"
        );
    }
    assert!(stored(&app).is_empty());
}

#[test]
fn points_that_do_not_add_up_are_reported_with_their_total() {
    let app = open_kinds();
    let fields = [("agree", "yes"), ("order.arts", "1"), ("share.arts", "7")];
    let page = app.phone("kinds").post("/s/kinds", &fields).expect(422);
    assert_eq!(
        page.texts(".fault-text"),
        ["Your points add up to 7. They must add up to 10."]
    );
}

#[test]
fn hidden_questions_are_not_stored() {
    let app = open_kinds();
    let fields = [
        ("agree", "yes"),
        ("rides", "no"),
        ("minutes", "45"),
        ("share.arts", "10"),
    ];
    app.phone("kinds").post("/s/kinds", &fields).expect(303);
    let row = stored(&app).remove(0);
    assert_eq!(row.answers.keys().collect::<Vec<_>>(), ["agree", "rides"]);
}

#[test]
fn an_export_has_a_column_for_each_field() {
    let app = open_kinds();
    app.phone("kinds").post("/s/kinds", EVERYTHING).expect(303);
    let csv = exported(&app, ExportFormat::Csv);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let header: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    let row = rows.records().next().unwrap().unwrap();
    let cell = |name: &str| &row[header.iter().position(|column| column == name).unwrap()];
    let own = header
        .iter()
        .filter(|column| column.starts_with('_'))
        .count();
    // Fourteen questions. Two matrix rows twice, three choices, and two choices replace four of them. Three questions
    // have a text field.
    assert_eq!(header.len() - own, 14 - 4 + 2 + 2 + 3 + 2 + 3);
    for (name, expected) in [
        ("minutes", "45"),
        ("since", "2026-09-01"),
        ("grades", "k-2;3-5"),
        ("home", "other"),
        ("home.other", "Tagalog"),
        ("why", "late"),
        ("why.other", ""),
        ("use", "app;other"),
        ("use.other", "Neighbors"),
        ("sure", "2"),
        ("feel.teachers", "5"),
        ("feel.office", "not-applicable"),
        ("agreed.safe", ""),
        ("order.buses", ""),
        ("order.arts", "1"),
        ("order.food", "2"),
        ("share.sports", "3"),
    ] {
        assert_eq!(cell(name), expected, "{name}");
    }
    let line: serde_json::Value =
        serde_json::from_str(exported(&app, ExportFormat::Jsonl).trim()).unwrap();
    assert_eq!(line["feel"]["teachers"], 5);
    assert_eq!(line["order"], serde_json::json!(["arts", "food"]));
    assert_eq!(line["use.other"], "Neighbors");
}

/// Ignores progress and panics on a bad row.
struct Quiet;

impl Watch for Quiet {
    fn progress(&mut self, _: chorus::responses::ImportProgress) {}

    fn bad_row(&mut self, row: &chorus::responses::BadRow) {
        panic!("line {}: {}", row.line, row.reason);
    }
}

#[test]
fn columns_from_another_tool_are_imported_as_the_same_answers() {
    let app = open_kinds();
    let map = r#"
        [answers]
        agree = "Consent"
        rides = "Bus"
        minutes = "Minutes"
        since = "Since"
        grades = "Grades"
        home = "Home"
        "home.other" = "Home: other"
        sure = "Sure"
        "feel.teachers" = "Heard by teachers"
        "feel.office" = "Heard by the office"
        order = "Order"
        "share.arts" = "Points for arts"
        "share.sports" = "Points for sports"
        [choices.rides]
        Sometimes = "yes"
    "#;
    let file = tempfile::NamedTempFile::new().unwrap();
    let rows = "Consent,Bus,Minutes,Since,Grades,Home,Home: other,Sure,Heard by teachers,Heard by the office,Order,Points for arts,Points for sports\n\
        yes,Sometimes,45.0,2026-09-01,Grades 3 to 5;k-2,العربية,,Somewhat sure,4.0,No aplica,Arts;Comida,7,3\n\
        yes,no,12,,,Another language,Tagalog,3,,,,,\n";
    std::fs::write(file.path(), rows).unwrap();
    let import = ResponsesImport {
        file: file.path().to_owned(),
        survey: "kinds".to_owned(),
        map: MapFile::parse(map).unwrap(),
        dry_run: false,
        skip_bad: false,
    };
    let report = import_responses(app.database(), &app.operator(), &import, &mut Quiet).unwrap();
    assert_eq!((report.rows, report.bad), (2, 0));
    let rows = stored(&app);
    let json = |minutes: i64| {
        let row = rows
            .iter()
            .find(|row| row.answers.get("minutes") == Some(&Answer::Number(minutes)));
        serde_json::to_value(&row.unwrap().answers.0).unwrap()
    };
    let first = serde_json::json!({
        "agree": "yes", "rides": "yes", "minutes": 45, "since": "2026-09-01", "grades": ["k-2", "3-5"], "home": "ar",
        "sure": 2, "feel": { "teachers": 4, "office": "not-applicable" }, "order": ["arts", "food"],
        "share": { "arts": 7, "sports": 3 },
    });
    assert_eq!(json(45), first);
    // Our condition would have hidden this question, but the other tool asked it, so the answer is kept.
    let second = serde_json::json!({
        "agree": "yes", "rides": "no", "minutes": 12, "home": "other", "home.other": "Tagalog", "sure": 3,
    });
    assert_eq!(json(12), second);
}

#[test]
fn a_map_with_one_column_for_a_question_with_several_lists_their_names() {
    let app = open_kinds();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "A\n1\n").unwrap();
    let import = ResponsesImport {
        file: file.path().to_owned(),
        survey: "kinds".to_owned(),
        map: MapFile::parse("[answers]\nfeel = 'A'").unwrap(),
        dry_run: true,
        skip_bad: false,
    };
    let error = import_responses(app.database(), &app.operator(), &import, &mut Quiet).unwrap_err();
    assert!(
        error.to_string().contains("feel.teachers, feel.office"),
        "{error}"
    );
}

#[test]
fn every_answer_is_a_set_and_people_who_were_not_asked_are_in_no_base() {
    let app = open_kinds();
    app.phone("kinds").post("/s/kinds", EVERYTHING).expect(303);
    let second = [
        ("agree", "yes"),
        ("rides", "no"),
        ("grades", "3-5"),
        ("home", "es"),
        ("order.food", "1"),
    ];
    app.phone("kinds").post("/s/kinds", &second).expect(303);
    let index = counted(&app);
    let size = |facet: Facet| index.voices(&facet).len();
    let chose = |field: &str, key: &str| size(Facet::Chose(field.to_owned(), key.to_owned()));
    assert_eq!(
        (
            chose("rides", "yes"),
            chose("rides", "no"),
            chose("agree", "yes")
        ),
        (1, 1, 2)
    );
    assert_eq!(
        (chose("grades", "3-5"), size(Facet::Grade("3-5".to_owned()))),
        (2, 2)
    );
    assert_eq!(
        (
            size(Facet::Speaks("es".to_owned())),
            size(Facet::Speaks("other".to_owned()))
        ),
        (1, 1)
    );
    assert_eq!(
        (
            chose("feel.teachers", "5"),
            chose("feel.office", "not-applicable")
        ),
        (1, 1)
    );
    assert_eq!(
        (
            chose("order.food", "1"),
            chose("order.food", "2"),
            chose("order.arts", "1")
        ),
        (1, 1, 1)
    );
    assert_eq!(size(Facet::Answered("order.food".to_owned())), 2);
    assert_eq!(
        (
            chose("share.arts", "7"),
            size(Facet::Answered("share".to_owned()))
        ),
        (1, 1)
    );
    assert_eq!(
        (
            chose("use", "other"),
            chose("why", "late"),
            chose("sure", "2")
        ),
        (1, 1, 1)
    );
    // The index has numbers and days one by one; pages group them into ranges.
    assert_eq!(
        (
            size(Facet::Answered("minutes".to_owned())),
            chose("minutes", "45")
        ),
        (1, 1)
    );
    assert_eq!(
        (
            size(Facet::Answered("since".to_owned())),
            chose("since", "2026-09-01")
        ),
        (1, 1)
    );
    let asked = |key: &str| size(Facet::Asked(key.to_owned()));
    assert_eq!(
        (
            asked("rides"),
            asked("minutes"),
            asked("share"),
            asked("one-word")
        ),
        (2, 1, 1, 2)
    );
    assert_eq!((asked("first-part"), asked("agreed")), (0, 0));
}
