//! Ready-made surveys: copying one and editing its texts without seeing the document.

use super::*;

fn copy(planner: &Browser, name: &str) -> Reply {
    planner.post("/desk/surveys/new", &[("round", ROUND), ("ready", name)])
}

const WORDS: &str = "/desk/surveys/family/words";

/// Edits some texts of the copied family survey and saves them.
fn reword(planner: &Browser, with: &[(&str, &str)]) -> Reply {
    let form = planner.get(WORDS).expect(200).form("form.words");
    planner.post(WORDS, &typed(&form, with))
}

#[test]
fn copying_a_ready_survey_opens_its_text_for_editing() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let page = planner.get("/desk/surveys/new").expect(200);
    assert_eq!(
        page.attributes("button[name=ready]", "value"),
        [
            "family",
            "students-secondary",
            "students-elementary",
            "staff",
            "community"
        ]
    );
    let copied = copy(&planner, "family").expect(303);
    assert_eq!(copied.location(), WORDS);
    let found = survey(&app, "family");
    let expected = surveys::parse_document(&fixture("surveys/family.toml")).unwrap();
    assert_eq!((found.state, found.document.0), (State::Draft, expected));
    assert_eq!(audited(&app), [("survey.drafted".to_owned(), true)]);
    // A second copy gets its own address.
    let again = copy(&planner, "family").expect(303);
    assert_eq!(again.location(), "/desk/surveys/family-2/words");
}

#[test]
fn a_survey_that_cannot_be_copied_says_why() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    copy(&planner, "nothing").expect(404);
    let lost = planner.post(
        "/desk/surveys/new",
        &[("round", "nowhere"), ("ready", "staff")],
    );
    assert_eq!(
        lost.expect(422).texts(".summary li"),
        ["choose the round that the survey belongs to"]
    );
    let viewer = app.sign_in_as(Role::Viewer);
    viewer.get("/desk/surveys/new").expect(403);
    copy(&viewer, "family").expect(403);
}

#[test]
fn every_ready_survey_can_be_published_as_it_is_and_answered() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    for name in [
        "family",
        "students-secondary",
        "students-elementary",
        "staff",
        "community",
    ] {
        copy(&planner, name).expect(303);
        publish(&planner, name).expect(303);
        for language in ["en", "es"] {
            let page = app.get(&format!("/s/{name}?lang={language}")).expect(200);
            assert_eq!(page.attributes("html", "lang"), [language]);
            assert!(page.texts(".section h2").len() >= 2, "{name}");
        }
        let words = [("going-well", "The librarian"), ("school", "oak")];
        app.post(&format!("/s/{name}"), &words).expect(303);
    }
}

#[test]
fn each_sentence_is_shown_in_both_languages_and_saved_on_its_own() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    copy(&planner, "family").expect(303);
    let before = survey(&app, "family").document.0;
    let form = planner.get(WORDS).expect(200).form("form.words");
    // Saving without edits changes nothing.
    planner.post(WORDS, &typed(&form, &[])).expect(303);
    assert_eq!(survey(&app, "family").document.0, before);
    let changed = [
        ("title.es", "¿Qué deben mejorar nuestras escuelas?"),
        ("first: choice buses.es", "Camiones puntuales"),
        ("come: help.en", "It is on a Tuesday."),
        ("come: help.es", "Es un martes."),
    ];
    assert_eq!(
        reword(&planner, &changed).expect(303).location(),
        "/desk/surveys/family"
    );
    let after = survey(&app, "family").document.0;
    assert_eq!(after.title.get("es").0, changed[0].1);
    let first = after.item("first").unwrap();
    let buses = first.choices.iter().find(|choice| choice.key == "buses");
    assert_eq!(buses.unwrap().label.get("es").0, "Camiones puntuales");
    assert_eq!(
        after.item("come").unwrap().help.get("es").0,
        "Es un martes."
    );
    // Four texts in three places changed, and nothing else.
    let texts = |document: &Document| -> Vec<(String, chorus::localized::LocalizedText)> {
        document
            .wordings()
            .map(|(name, text)| (name, text.clone()))
            .collect()
    };
    let differ = texts(&before).into_iter().zip(texts(&after));
    assert_eq!(differ.filter(|(was, is)| was != is).count(), 3);
}

#[test]
fn a_draft_can_be_saved_with_gaps_but_not_published() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    copy(&planner, "family").expect(303);
    let gaps = [("hope: question.es", ""), ("first: choice food.es", " ")];
    let saved = reword(&planner, &gaps).expect(303);
    assert_eq!(saved.location(), WORDS);
    let page = planner.get(WORDS).expect(200);
    assert_eq!(
        page.texts("details dd li"),
        ["first: choice food", "hope: question"]
    );
    assert_eq!(page.texts("details dt"), ["Español: 2"]);
    let refused = planner.get("/desk/surveys/family/publish").expect(200);
    assert!(
        refused.text().contains("hope: question"),
        "{}",
        refused.text()
    );
}

#[test]
fn a_changed_sentence_marks_its_translation_as_outdated() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    copy(&planner, "family").expect(303);
    let changed = [
        ("hope: question.en", "What do you wish for?"),
        ("be-better: question.en", "What should change?"),
        ("be-better: question.es", "¿Qué debería cambiar?"),
    ];
    reword(&planner, &changed).expect(303);
    assert_eq!(
        survey(&app, "family").document.stale_words("es"),
        ["hope: question"]
    );
    assert_eq!(
        planner.get(WORDS).texts("label .tag"),
        ["original has changed"]
    );
    reword(&planner, &[("hope: question.es", "¿Qué desea?")]).expect(303);
    assert!(survey(&app, "family").document.stale_words("es").is_empty());
}

#[test]
fn text_that_cannot_be_saved_comes_back_as_it_was_typed() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    copy(&planner, "family").expect(303);
    let reworded = [
        ("hope: question.en", ""),
        ("hope: question.es", ""),
        ("title.en", "Our <schools>"),
    ];
    let page = reword(&planner, &reworded).expect(422);
    assert_eq!(page.texts(".summary li"), ["hope: the question needs text"]);
    let form = page.form("form.words");
    assert!(form.contains(&("title.en".to_owned(), "Our <schools>".to_owned())));
    assert_eq!(
        survey(&app, "family").document.title.get("en").0,
        "What should our schools work on?"
    );
}

#[test]
fn two_planners_editing_the_text_are_warned_before_overwriting_each_other() {
    let app = TestApp::riverside();
    let (ana, ben) = (app.sign_in_as(Role::Planner), app.sign_in_as(Role::Planner));
    copy(&ana, "family").expect(303);
    let opened = ben.get(WORDS).expect(200).form("form.words");
    reword(&ana, &[("title.en", "Ana's title")]).expect(303);
    let refused = ben.post(WORDS, &typed(&opened, &[("thanks.en", "Ben's thanks")]));
    let page = refused.expect(422);
    assert!(page.texts(".summary li")[0].contains("Someone else changed"));
    let form = page.form("form.words");
    assert!(form.contains(&("thanks.en".to_owned(), "Ben's thanks".to_owned())));
    ben.post(WORDS, &typed(&form, &[])).expect(303);
    assert_eq!(
        survey(&app, "family").document.thanks.get("en").0,
        "Ben's thanks"
    );
}

#[test]
fn an_open_survey_s_text_can_be_corrected_and_a_closed_one_s_cannot() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    copy(&planner, "family").expect(303);
    publish(&planner, "family").expect(303);
    reword(&planner, &[("title.en", "Our schools")]).expect(303);
    assert!(!app.get("/s/family").text().contains("Our schools"));
    publish(&planner, "family").expect(303);
    assert!(app.get("/s/family").text().contains("Our schools"));
    let form = planner.get(WORDS).expect(200).form("form.words");
    planner.post("/desk/surveys/family/close", &[]).expect(303);
    let late = planner.post(WORDS, &typed(&form, &[("title.en", "Too late")]));
    assert!(late.expect(422).texts(".summary li")[0].contains("closed"));
}
