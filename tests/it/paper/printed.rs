//! The printed survey.

use super::*;
use crate::support::fixture;

#[test]
fn the_sheet_asks_the_same_questions_in_each_language_and_names_its_revision() {
    let app = open();
    let english = app.get("/s/family/paper?lang=en").expect(200);
    assert_eq!(english.texts("h1"), ["What matters?"]);
    assert_eq!(english.texts(".foot-code b"), ["family · en · r1"]);
    let asked = english.texts(".ask .words");
    assert_eq!(
        asked,
        [
            "1. How welcome do you feel?",
            "2. Which change would help most?",
            "3. What is good?"
        ]
    );
    let spanish = app.get("/s/family/paper?lang=es").expect(200);
    assert_eq!(spanish.texts(".foot-code b"), ["family · es · r1"]);
    assert_eq!(
        spanish.texts(".boxes li"),
        ["1 Autobuses puntuales", "2 La comida"]
    );
    // Where to hand it in, who reads it, and that each person answers once.
    for said in [
        "Please answer only once",
        "turn it in",
        "District staff read every response",
    ] {
        assert!(english.text().contains(said), "{said}");
    }
}

#[test]
fn every_kind_of_question_can_be_answered_with_a_pen() {
    let app = TestApp::riverside();
    app.publish_survey(&fixture("kinds/survey.toml"));
    let sheet = app.get("/s/kinds/paper?lang=en").expect(200);
    for none in ["input", "button", "select", "textarea", "form", "script"] {
        assert!(sheet.texts(none).is_empty(), "{none}");
    }
    // A date has eight boxes. A ranking has one blank for each of three choices; points have one for each of two
    // choices and one for the total.
    assert_eq!(sheet.texts(".digit").len(), 8);
    let blanks: Vec<usize> = vec![
        sheet.texts(".blanks .blank:not(.done)").len(),
        sheet.texts(".blank.done").len(),
    ];
    assert_eq!(blanks, [5, 1]);
    assert!(sheet.text().contains("Total: 10"));
    // Two rows of five points plus "doesn't apply", and two rows of two choices.
    assert_eq!(sheet.texts(".grid td .box").len(), 2 * 6 + 2 * 2);
    assert_eq!(sheet.texts(".rules span").len(), 4);
    let only = sheet.texts(".when");
    assert_eq!(
        only[0],
        "Answer this only if you chose “Yes” in question 2."
    );
    assert_eq!(only.len(), 5);
}

#[test]
fn the_sheet_says_where_the_district_wants_it_handed_in() {
    let app = TestApp::riverside();
    let about = r#"
[about]
hand_in = { en = "The box at the front desk, until Friday.", es = "La caja en la entrada, hasta el viernes." }
"#;
    app.publish_survey(&(family() + about));
    let ending = app
        .get("/s/family/paper?lang=es")
        .expect(200)
        .texts(".ending");
    assert!(
        ending[0].contains("La caja en la entrada, hasta el viernes."),
        "{ending:?}"
    );
}

#[test]
fn a_closed_survey_cannot_be_printed() {
    let app = open();
    app.get("/s/nothing/paper").expect(404);
    app.close_survey("family");
    app.get("/s/family/paper").expect(404);
}
