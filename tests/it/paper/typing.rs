//! Entering sheets, and what happens to them.

use std::collections::BTreeMap;

use super::*;
use crate::support::fixture;

#[test]
fn a_sheet_counts_as_one_response_on_paper() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "en.1");
    let typed = [
        ("welcome", "4"),
        ("change", "2"),
        ("best", "The <bus> drivers"),
    ];
    let done = type_in(&clerk, &batch, &typed).expect(303);
    let page = clerk.get(done.location()).expect(200);
    assert!(page.text().contains("Sheet 1 is saved."));
    assert_eq!(page.texts("[aria-labelledby=next] h2"), ["Sheet 2"]);
    let row = stored(&app).remove(0);
    let answers = serde_json::to_value(&row.answers.0).unwrap();
    let expected =
        serde_json::json!({ "welcome": 4, "change": "food", "best": "The <bus> drivers" });
    assert_eq!(answers, expected);
    assert_eq!((row.channel, row.receipt), (Channel::Paper, None));
    assert_eq!(
        (row.language.as_str(), row.group_key.as_deref()),
        ("en", Some("families"))
    );
    assert_eq!(app.counted("family"), 1);
    assert_eq!(app.voices(&Facet::Channel(Channel::Paper)), 1);
    assert_eq!(app.voices(&Facet::Channel(Channel::Web)), 0);
    let results = app.sign_in_as(Role::Planner);
    let results = results
        .get("/desk/surveys/family/results?channel=paper")
        .expect(200);
    assert!(results.text().contains("School meals"));
}

#[test]
fn responses_by_phone_and_in_person_have_their_own_channels() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    for channel in ["phone", "in-person"] {
        let fields = [("name", "Calls"), ("code", "en.1"), ("channel", channel)];
        let batch = start_batch_with(&clerk, &fields)
            .expect(303)
            .location()
            .to_owned();
        type_in(&clerk, &batch, &[("change", "1")]).expect(303);
    }
    let channels: Vec<Channel> = stored(&app).iter().map(|row| row.channel).collect();
    assert_eq!(channels, [Channel::Phone, Channel::InPerson]);
    // Clerks can't enter responses for the web or import channels.
    for channel in ["web", "import", "pigeon"] {
        let fields = [("name", "x"), ("code", "en.1"), ("channel", channel)];
        start_batch_with(&clerk, &fields).expect(422);
    }
}

#[test]
fn two_marks_count_as_no_answer_and_are_distinguished_from_blank() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "en.1");
    type_in(&clerk, &batch, &[("welcome", "2"), ("change", "*")]).expect(303);
    type_in(&clerk, &batch, &[("welcome", "2"), ("change", "1 2")]).expect(303);
    type_in(&clerk, &batch, &[("welcome", "2"), ("change", "-")]).expect(303);
    type_in(&clerk, &batch, &[("welcome", "2"), ("change", "?")]).expect(303);
    assert!(
        stored(&app)
            .iter()
            .all(|row| !row.answers.0.contains_key("change"))
    );
    // All four were asked, and none of them answered.
    assert_eq!(app.voices(&Facet::Asked("change".to_owned())), 4);
    assert_eq!(app.voices(&Facet::Answered("change".to_owned())), 0);
    let page = clerk.get(&batch).expect(200);
    assert_eq!(marks(&page, "Which change"), ["1", "2", "1", "0"]);
    assert_eq!(marks(&page, "How welcome"), ["0", "0", "0", "0"]);
    assert_eq!(marks(&page, "What is good"), ["4", "0", "0", "0"]);
    // A planner sees the same table over all batches.
    let page = app
        .sign_in_as(Role::Planner)
        .get("/desk/surveys/family/paper")
        .expect(200);
    assert_eq!(marks(&page, "Which change"), ["1", "2", "1", "0"]);
}

#[test]
fn a_double_click_stores_one_sheet_and_a_changed_form_asks_before_storing_another() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "en.1");
    let page = clerk.get(&batch).expect(200);
    let press = |change| clerk.send_form(&batch, &page, "form.entries", &[("change", change)]);
    let first = press("1").expect(303);
    let again = press("1").expect(303);
    assert_eq!(first.location(), again.location());
    assert_eq!(
        (stored(&app).len(), app.times_done("paper.sheet-typed")),
        (1, 1)
    );
    // The clerk went back, changed the entry, and saved again. Is it another sheet? Only the clerk knows.
    let asked = press("2").expect(409);
    assert!(
        asked
            .text()
            .contains("You already saved this form as sheet 1")
    );
    assert_eq!(stored(&app).len(), 1);
    clerk
        .send_form(&batch, &asked, "form.entries", &[])
        .expect(303);
    let changes: Vec<String> = stored(&app)
        .iter()
        .map(|row| chorus::responses::said(&row.answers.0, "change").concat())
        .collect();
    assert_eq!(changes, ["buses", "food"]);
}

#[test]
fn the_same_sheet_sent_to_two_nodes_is_stored_once() {
    let app = open();
    let other = app.start_another_node();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "en.1");
    let page = clerk.get(&batch).expect(200);
    clerk
        .send_form(&batch, &page, "form.entries", &[("change", "1")])
        .expect(303);
    let elsewhere = other.browser();
    let name = chorus::accounts::sessions::cookie(&app.program().config, None)
        .name()
        .to_owned();
    elsewhere.set_cookie(&name, &clerk.cookie(&name).unwrap());
    let again = elsewhere.send_form(&batch, &page, "form.entries", &[("change", "1")]);
    assert!(again.expect(303).location().ends_with("?stored=1"));
    assert_eq!(stored(&app).len(), 1);
}

#[test]
fn without_a_script_the_enter_key_previews_and_stores_nothing() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "en.1");
    // Enter presses the first button of a form.
    let page = clerk.get(&batch).expect(200);
    assert_eq!(page.attributes("form.entries button", "name"), ["_look"]);
    let looked = type_in(&clerk, &batch, &[("change", "1"), ("_look", "yes")]).expect(200);
    assert!(looked.text().contains("The sheet isn’t saved yet."));
    assert!(stored(&app).is_empty());
    clerk
        .send_form(&batch, &looked, "form.entries", &[])
        .expect(303);
    assert_eq!(stored(&app).len(), 1);
}

#[test]
fn mistakes_are_explained_next_to_their_question_and_everything_typed_is_kept() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "en.1");
    let typed = [
        ("welcome", "9"),
        ("change", "7"),
        ("best", "Good <b>food</b>"),
    ];
    let page = type_in(&clerk, &batch, &typed).expect(422);
    assert_eq!(
        page.texts(".entry .fault-text"),
        [
            "This question doesn’t have a choice with the number “9.” Check the list of numbers.",
            "This question doesn’t have a choice with the number “7.” Check the list of numbers.",
        ]
    );
    let form = page.form("form.entries");
    for (name, value) in typed {
        assert!(
            form.contains(&(name.to_owned(), value.to_owned())),
            "{name}"
        );
    }
    let empty = type_in(&clerk, &batch, &[]).expect(422);
    assert!(empty.text().contains("You haven’t entered anything yet."));
    assert!(stored(&app).is_empty());
    // The browser must not store this page.
    assert_eq!(page.header("cache-control"), Some("no-store"));
}

#[test]
fn comments_on_a_spanish_sheet_are_in_spanish_unless_the_clerk_says_otherwise() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "es.1");
    let page = clerk.get(&batch).expect(200);
    assert!(page.text().contains("¿Qué cambio ayudaría más?"));
    assert_eq!(page.attributes("#q-change span[lang]", "lang"), ["es"]);
    assert!(
        page.form("form.entries")
            .contains(&("_language.best".to_owned(), "es".to_owned()))
    );
    type_in(&clerk, &batch, &[("best", "Los maestros")]).expect(303);
    type_in(
        &clerk,
        &batch,
        &[("best", "The teachers"), ("_language.best", "en")],
    )
    .expect(303);
    let words: BTreeMap<String, String> = ledger(&app)
        .into_iter()
        .map(|comment| (comment.text, comment.language))
        .collect();
    assert_eq!(words["Los maestros"], "es");
    assert_eq!(words["The teachers"], "en");
    assert!(stored(&app).iter().all(|row| row.language == "es"));
}

#[test]
fn illegible_words_do_not_become_a_comment() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "en.1");
    type_in(&clerk, &batch, &[("change", "1"), ("_unclear.best", "yes")]).expect(303);
    assert!(ledger(&app).is_empty());
    let page = clerk.get(&batch).expect(200);
    assert_eq!(marks(&page, "What is good"), ["0", "0", "1", "0"]);
}

/// Every kind of question: what's written on a sheet, and what the web form posts for the same answer.
const KINDS: &[(&str, &str, &[&str])] = &[
    ("agree", "1", &["yes"]),
    ("rides", "1", &["yes"]),
    ("minutes", "45", &["45"]),
    ("since", "20260901", &["2026-09-01"]),
    ("grades", "1 2", &["k-2", "3-5"]),
    ("home", "4", &["other"]),
    ("home.other", "Tagalog", &["Tagalog"]),
    ("one-word", "Warm", &["Warm"]),
    ("why", "1", &["late"]),
    ("use", "2", &["app"]),
    ("use.other", "Neighbors", &["Neighbors"]),
    ("sure", "2", &["2"]),
    ("feel.teachers", "5", &["5"]),
    ("feel.office", "6", &["not-applicable"]),
    ("order.arts", "1", &["1"]),
    ("order.food", "2", &["2"]),
    ("share.arts", "7", &["7"]),
    ("share.sports", "3", &["3"]),
];

#[test]
fn every_kind_of_question_can_be_entered_and_is_stored_like_the_web_form() {
    let app = TestApp::riverside();
    app.publish_survey(&fixture("kinds/survey.toml"));
    let phone = app.phone("kinds");
    let web: Vec<(&str, &str)> = KINDS
        .iter()
        .flat_map(|(field, _, values)| values.iter().map(|value| (*field, *value)))
        .collect();
    phone.post("/s/kinds", &web).expect(303);
    let clerk = app.sign_in_as(Role::Clerk);
    let begun = clerk.fill(
        "/desk/surveys/kinds/paper",
        "main form",
        &[("name", "a"), ("code", "en.1")],
    );
    let batch = begun.expect(303).location().to_owned();
    let typed: Vec<(&str, &str)> = KINDS
        .iter()
        .map(|(field, typed, _)| (*field, *typed))
        .collect();
    type_in(&clerk, &batch, &typed).expect(303);
    let rows = stored(&app);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].answers, rows[1].answers);
    assert_eq!(rows[0].answers_digest, rows[1].answers_digest);
    let words = |row: &Response| {
        let mut words: Vec<_> = ledger(&app)
            .into_iter()
            .filter(|comment| comment.response_id.as_ref() == Some(&row.id))
            .map(|comment| {
                (
                    comment.item_key,
                    comment.intent,
                    comment.language,
                    comment.text,
                )
            })
            .collect();
        words.sort();
        words
    };
    assert_eq!(words(&rows[0]), words(&rows[1]));
}

#[test]
fn choices_have_the_same_numbers_on_the_sheet_and_at_the_desk() {
    let app = TestApp::riverside();
    app.publish_survey(
        &fixture("riverside/survey.toml").replace("slug = \"family\"", "slug = \"printed\""),
    );
    let clerk = app.sign_in_as(Role::Clerk);
    let begun = clerk.fill(
        "/desk/surveys/printed/paper",
        "main form",
        &[("name", "a"), ("code", "en.1")],
    );
    let desk = clerk.get(begun.expect(303).location()).expect(200);
    let printed = app.get("/s/printed/paper").expect(200);
    // `1 Families` and so on, for every question whose choices are listed one below the other. Schools are grouped by
    // level.
    let of_desk: Vec<String> = desk.texts(".codes li");
    let of_sheet: Vec<String> = printed.texts(".boxes li");
    assert!(of_sheet.len() > 20, "{of_sheet:?}");
    for choice in &of_sheet {
        assert!(
            of_desk.contains(choice),
            "{choice} is not among {of_desk:?}"
        );
    }
}
