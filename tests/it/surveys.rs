//! Surveys at the desk: created, published, corrected, and closed.

mod ready;

use chorus::accounts::{Role, Scope};
use chorus::audit::Actor;
use chorus::district::{self, RoundId};
use chorus::schema::audit;
use chorus::surveys::{self, Document, State};
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::support::{Browser, Reply, TestApp, fixture};

const SURVEY: &str = r#"slug = "family"
languages = ["en", "es"]
unit = "person"
group = "families"
title = { en = "Family survey", es = "Encuesta para familias" }

[[items]]
key = "first"
kind = "single"
label = { en = "What comes first?", es = "¿Qué va primero?" }

[[items.choices]]
key = "buses"
label = { en = "Buses", es = "Autobuses" }

[[items.choices]]
key = "arts"
label = { en = "Arts", es = "Artes" }

[[items]]
key = "best"
kind = "text"
intent = "strength"
label = { en = "What goes well?", es = "¿Qué va bien?" }
"#;

const ROUND: &str = "vision-2031";

fn write(planner: &Browser, text: &str) -> Reply {
    planner.post("/desk/surveys/new", &[("round", ROUND), ("document", text)])
}

/// The fields of a form, some of them with new values.
fn typed<'a>(form: &'a [(String, String)], with: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    kept.map(|(name, value)| {
        let new = with.iter().find(|(typed, _)| *typed == name);
        (name, new.map_or(value, |(_, text)| *text))
    })
    .collect()
}

fn change(planner: &Browser, slug: &str, text: &str) -> Reply {
    let path = format!("/desk/surveys/{slug}/edit");
    let form = planner.get(&path).expect(200).form("main form");
    planner.post(&path, &typed(&form, &[("document", text)]))
}

fn publish(planner: &Browser, slug: &str) -> Reply {
    let path = format!("/desk/surveys/{slug}/publish");
    let form = planner.get(&path).expect(200).form("main form");
    planner.post(&path, &typed(&form, &[]))
}

/// Opens a survey; returns the planner who did it.
fn open_survey(app: &TestApp) -> Browser {
    let planner = app.sign_in_as(Role::Planner);
    write(&planner, SURVEY).expect(303);
    publish(&planner, "family").expect(303);
    planner
}

fn survey(app: &TestApp, slug: &str) -> surveys::Survey {
    app.read(|db| Ok(surveys::by_slug(db, slug)?))
}

fn audited(app: &TestApp) -> Vec<(String, bool)> {
    app.read(|db| {
        let lines = audit::table
            .filter(audit::subject.eq("survey"))
            .order(audit::action)
            .select((audit::action, audit::account_id))
            .load::<(String, Option<String>)>(db)?;
        Ok(lines
            .into_iter()
            .map(|(action, account)| (action, account.is_some()))
            .collect())
    })
}

#[test]
fn a_pasted_survey_is_published_and_open_at_its_address() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let written = write(&planner, SURVEY).expect(303);
    assert_eq!(written.location(), "/desk/surveys/family");
    let page = planner.get(written.location()).expect(200);
    assert_eq!(page.texts(".tag"), ["Draft"]);
    assert!(page.text().contains("Only staff can see it"));
    app.get("/s/family").expect(404);

    let question = planner.get("/desk/surveys/family/publish").expect(200);
    assert!(
        question.text().contains("saves these words as revision 1"),
        "{}",
        question.text()
    );
    publish(&planner, "family").expect(303);

    assert_eq!(survey(&app, "family").state, State::Open);
    assert_eq!(
        app.get("/s/family").expect(200).texts("legend, .ask").len(),
        2
    );
    let page = planner.get("/desk/surveys/family").expect(200);
    assert_eq!(page.texts(".tag"), ["Open"]);
    // 15:00 UTC is 10 AM in Chicago during daylight saving time.
    assert!(
        page.text()
            .contains("Published on Mon, Oct 5, 2026, at 10:00 AM, by Ana Reyes"),
        "{}",
        page.text()
    );
    let lines = [("survey.drafted", true), ("survey.published", true)];
    assert_eq!(
        audited(&app),
        lines.map(|(action, by)| (action.to_owned(), by))
    );
}

#[test]
fn a_document_with_mistakes_comes_back_as_it_was_typed_with_every_mistake() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let wrong = SURVEY
        .replace("intent = \"strength\"\n", "")
        .replace("group = \"families\"", "group = \"parents\"");
    let page = write(&planner, &wrong).expect(422);
    let faults = page.texts(".summary li");
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(
        faults[0].starts_with("best: set intent to what it asks about"),
        "{faults:?}"
    );
    assert!(faults[1].contains("no group “parents”"), "{faults:?}");
    let form = page.form("main form");
    // Browsers drop a newline at the start of a text area.
    let document = &form.iter().find(|(name, _)| name == "document").unwrap().1;
    assert_eq!(document.trim_start_matches('\n'), wrong);
    assert_eq!(form[0], ("round".to_owned(), ROUND.to_owned()));
    assert!(page.text().contains("Not saved yet"));
    app.read(|db| {
        assert!(surveys::by_slug(db, "family").is_err());
        Ok(())
    });
}

#[test]
fn text_that_is_not_a_document_is_refused_with_its_line() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let page = write(&planner, "slug = \"family\"\ntitle = {").expect(422);
    assert!(
        page.texts(".summary li")[0].starts_with("line 2: "),
        "{}",
        page.text()
    );
    let page = write(&planner, "<script>alert(1)</script>").expect(422);
    assert!(!page.body().contains("<script>alert"));
}

#[test]
fn two_surveys_cannot_have_the_same_address() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    write(&planner, SURVEY).expect(303);
    let page = write(&planner, SURVEY).expect(422);
    assert_eq!(
        page.texts(".summary li"),
        ["another survey has the address “family”: choose another"]
    );
    let other = SURVEY.replace("slug = \"family\"", "slug = \"staff\"");
    write(&planner, &other).expect(303);
    let page = change(&planner, "staff", SURVEY).expect(422);
    assert_eq!(
        page.texts(".summary li"),
        ["another survey has the address “family”: choose another"]
    );
}

#[test]
fn a_survey_cannot_be_published_until_every_language_is_complete() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let lacking = SURVEY.replace("{ en = \"Arts\", es = \"Artes\" }", "{ en = \"Arts\" }");
    write(&planner, &lacking).expect(303);
    let page = planner.get("/desk/surveys/family").expect(200);
    assert!(
        page.text().contains("Still missing: first: choice arts"),
        "{}",
        page.text()
    );
    let page = planner.get("/desk/surveys/family/publish").expect(200);
    let reason = "the language “es” is missing text for first: choice arts";
    assert_eq!(page.texts(".summary li"), [reason]);
    let page = planner.post("/desk/surveys/family/publish", &[("seen", "")]);
    assert_eq!(page.expect(422).texts(".summary li"), [reason]);
    assert_eq!(survey(&app, "family").state, State::Draft);
}

#[test]
fn a_correction_is_listed_before_and_after_publishing_and_kept_with_its_revision() {
    let app = TestApp::riverside();
    let planner = open_survey(&app);
    let better = SURVEY.replace("What goes well?", "What goes <well> here?");
    change(&planner, "family", &better).expect(303);
    assert!(
        planner
            .get("/desk/surveys/family")
            .text()
            .contains("People still see revision 1")
    );
    assert!(!app.get("/s/family").text().contains("here?"));

    let asked = planner.get("/desk/surveys/family/publish").expect(200);
    let row = [
        "best: question",
        "en",
        "What goes well?",
        "What goes <well> here?",
    ];
    assert_eq!(asked.texts("tbody th, tbody td"), row);
    publish(&planner, "family").expect(303);
    assert!(
        app.get("/s/family")
            .text()
            .contains("What goes <well> here?")
    );
    let page = planner.get("/desk/surveys/family").expect(200);
    assert_eq!(
        page.texts("#revisions + .ledger details tbody :is(th, td)"),
        row
    );
    let revision = app.read(|db| {
        let id = surveys::by_slug(db, "family")?.id;
        Ok(surveys::revision(db, &id, 1)?)
    });
    assert_eq!(
        revision.document.item("best").unwrap().label.get("en").0,
        "What goes well?"
    );
}

#[test]
fn while_people_respond_a_change_of_meaning_is_refused() {
    let app = TestApp::riverside();
    let planner = open_survey(&app);
    let refusals = [
        (
            SURVEY.replace("\"strength\"", "\"need\""),
            "best: what it asks about has changed",
        ),
        (
            SURVEY.replace("key = \"arts\"", "key = \"music\""),
            "first: the choice “arts” was removed",
        ),
        (
            SURVEY.replace("kind = \"single\"", "kind = \"multiple\""),
            "first: its kind changed from single to multiple",
        ),
        (
            SURVEY.replace("slug = \"family\"", "slug = \"parents\""),
            "people already have the address “family”",
        ),
    ];
    for (text, reason) in refusals {
        let page = change(&planner, "family", &text).expect(422);
        let faults = page.texts(".summary li");
        assert!(
            faults.len() == 1 && faults[0].starts_with(reason),
            "{faults:?}"
        );
    }
    assert_eq!(
        survey(&app, "family").document.0,
        surveys::parse_document(SURVEY).unwrap()
    );
}

#[test]
fn publishing_an_unchanged_survey_makes_no_revision() {
    let app = TestApp::riverside();
    let planner = open_survey(&app);
    let page = planner.get("/desk/surveys/family/publish").expect(200);
    assert_eq!(page.texts("h1"), ["Nothing to publish"]);
    let actor = app.operator();
    let id = survey(&app, "family").id;
    assert_eq!(app.write(move |db| surveys::publish(db, &actor, &id)), 1);
    assert_eq!(audited(&app).len(), 2);
}

#[test]
fn closing_asks_first_and_then_no_response_is_accepted() {
    let app = TestApp::riverside();
    let planner = open_survey(&app);
    let page = planner.get("/desk/surveys/family/close").expect(200);
    assert!(page.text().contains("Nobody can start a new response"));
    assert_eq!(survey(&app, "family").state, State::Open);
    planner.post("/desk/surveys/family/close", &[]).expect(303);
    // People who are typing get ten minutes to submit.
    app.advance(TimeDelta::minutes(11));
    app.post("/s/family", &[("first", "buses"), ("_revision", "1")])
        .expect(410);
    assert!(
        planner
            .get("/desk/surveys/family")
            .text()
            .contains("Closed on Mon, Oct 5, 2026")
    );
    // A closed survey can't be changed.
    change(&planner, "family", &SURVEY.replace("Buses", "School buses")).expect(422);
    planner.post("/desk/surveys/family/close", &[]).expect(303);
    let closed = audited(&app)
        .iter()
        .filter(|(action, _)| action == "survey.closed")
        .count();
    assert_eq!(closed, 1);
}

#[test]
fn a_draft_cannot_be_closed() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    write(&planner, SURVEY).expect(303);
    assert_eq!(
        planner.get("/desk/surveys/family/close").texts("h1"),
        ["This survey isn’t open"]
    );
    planner.post("/desk/surveys/family/close", &[]).expect(409);
    assert_eq!(survey(&app, "family").state, State::Draft);
}

#[test]
fn a_downloaded_survey_pasted_again_is_the_same_survey() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    write(&planner, &fixture("riverside/survey.toml")).expect(303);
    let file = planner.get("/desk/surveys/family/survey.toml").expect(200);
    assert_eq!(
        file.header("content-disposition"),
        Some("attachment; filename=\"family.toml\"")
    );
    let before = survey(&app, "family").document.0;
    assert_eq!(surveys::parse_document(file.body()), Ok(before));
}

#[test]
fn a_copy_asks_the_same_questions_at_the_next_free_address() {
    let app = TestApp::riverside();
    let planner = open_survey(&app);
    let form = planner
        .get("/desk/surveys/new?from=family")
        .expect(200)
        .form("main form");
    let copied = planner
        .post("/desk/surveys/new", &typed(&form, &[]))
        .expect(303);
    assert_eq!(copied.location(), "/desk/surveys/family-2");
    let copy = survey(&app, "family-2");
    let mut expected = surveys::parse_document(SURVEY).unwrap();
    "family-2".clone_into(&mut expected.slug);
    assert_eq!(
        (copy.state, copy.revision, copy.document.0),
        (State::Draft, 0, expected)
    );
}

#[test]
fn the_form_s_starting_survey_can_be_saved() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let form = planner
        .get("/desk/surveys/new?write=document")
        .expect(200)
        .form("main form");
    planner
        .post("/desk/surveys/new", &typed(&form, &[]))
        .expect(303);
}

#[test]
fn two_planners_are_warned_before_overwriting_each_other() {
    let app = TestApp::riverside();
    let ana = app.sign_in_as(Role::Planner);
    write(&ana, SURVEY).expect(303);
    let ben = app.sign_in_as(Role::Planner);
    let path = "/desk/surveys/family/edit";
    let opened = ben.get(path).expect(200).form("main form");
    let (anas, bens) = (
        SURVEY.replace("Arts", "Music"),
        SURVEY.replace("Arts", "Art"),
    );
    change(&ana, "family", &anas).expect(303);
    let refused = ben
        .post(path, &typed(&opened, &[("document", &bens)]))
        .expect(422);
    assert!(refused.texts(".summary li")[0].contains("Someone else changed"));
    assert_eq!(
        survey(&app, "family").document.0,
        surveys::parse_document(&anas).unwrap()
    );
    // After the warning, Ben may replace the other version with his.
    let again = refused.form("main form");
    ben.post(path, &typed(&again, &[])).expect(303);
    assert_eq!(
        survey(&app, "family").document.0,
        surveys::parse_document(&bens).unwrap()
    );
}

#[test]
fn only_what_the_planner_was_shown_is_published() {
    let app = TestApp::riverside();
    let ana = app.sign_in_as(Role::Planner);
    write(&ana, SURVEY).expect(303);
    let shown = ana
        .get("/desk/surveys/family/publish")
        .expect(200)
        .form("main form");
    change(&ana, "family", &SURVEY.replace("Arts", "Music")).expect(303);
    let refused = ana.post("/desk/surveys/family/publish", &typed(&shown, &[]));
    assert!(
        refused
            .expect(422)
            .text()
            .contains("Something changed while you were working")
    );
    assert_eq!(survey(&app, "family").state, State::Draft);
}

#[test]
fn only_planners_edit_surveys_and_other_roles_can_look() {
    let app = TestApp::riverside();
    open_survey(&app);
    for role in [Role::Viewer, Role::Coder, Role::Clerk] {
        let browser = app.sign_in_as(role);
        let page = browser.get("/desk/surveys/family").expect(200);
        assert!(
            page.texts("a.button")
                .iter()
                .all(|label| !label.contains("Change")),
            "{role}"
        );
        browser.get("/desk/surveys/family/edit").expect(403);
        browser.post("/desk/surveys/family/close", &[]).expect(403);
        write(&browser, SURVEY).expect(403);
    }
    app.sign_in_as(Role::Facilitator)
        .get("/desk/surveys")
        .expect(403);
    assert!(
        app.get("/desk/surveys/family")
            .expect(303)
            .location()
            .starts_with("/sign-in")
    );
    assert_eq!(survey(&app, "family").state, State::Open);
}

#[test]
fn a_grant_for_one_round_opens_only_that_round_s_surveys() {
    let app = TestApp::riverside();
    open_survey(&app);
    let other: RoundId = app.write(|db| {
        let file = "[[rounds]]\nslug = \"other\"\ntitle = { en = \"Other\" }\nplace = { en = \"Here\" }\nstarts_on = \"2026-01-01\"\n";
        let actor = Actor { account: None, at: chrono::NaiveDateTime::default() };
        district::import(db, &actor, &district::DistrictFile::parse(file)?)?;
        Ok(district::round_by_slug(db, "other")?.id)
    });
    let theirs = app.read(|db| Ok(district::round_by_slug(db, ROUND)?.id));
    let elsewhere = app.sign_in_within(Role::Viewer, Scope::Round(other));
    elsewhere.get("/desk/surveys/family").expect(404);
    assert_eq!(
        elsewhere.get("/desk/surveys").expect(200).texts("tbody th"),
        Vec::<String>::new()
    );
    let here = app.sign_in_within(Role::Viewer, Scope::Round(theirs));
    here.get("/desk/surveys/family").expect(200);
    assert_eq!(
        here.get("/desk/surveys").expect(200).texts("tbody th"),
        ["Family survey"]
    );
    let principal = app.sign_in_within(Role::Viewer, Scope::School("oak".to_owned()));
    principal.get("/desk/surveys/family").expect(200);
}

#[test]
fn the_list_can_be_filtered_by_round_and_state_in_its_address() {
    let app = TestApp::riverside();
    let planner = open_survey(&app);
    let draft = SURVEY
        .replace("slug = \"family\"", "slug = \"staff\"")
        .replace("Family survey", "Staff survey");
    write(&planner, &draft).expect(303);
    let titles = |query: &str| {
        planner
            .get(&format!("/desk/surveys{query}"))
            .expect(200)
            .texts("tbody th")
    };
    assert_eq!(titles(""), ["Family survey", "Staff survey"]);
    assert_eq!(titles("?state=open"), ["Family survey"]);
    assert_eq!(titles("?round=vision-2031&state=draft"), ["Staff survey"]);
    assert_eq!(titles("?state=closed"), Vec::<String>::new());
    let page = planner.get("/desk/surveys?state=draft").expect(200);
    let chip = format!("/desk/surveys?round={ROUND}&state=draft");
    assert!(page.attributes("a.chip", "href").contains(&chip));
    // Invalid filters in the address are ignored.
    assert_eq!(titles("?state=lost&page=x").len(), 2);
}

#[test]
fn the_desk_s_home_page_says_what_needs_to_be_done() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    assert!(
        planner
            .get("/desk")
            .expect(200)
            .text()
            .contains("No survey is open right now")
    );
    write(
        &planner,
        &SURVEY.replace("{ en = \"Arts\", es = \"Artes\" }", "{ en = \"Arts\" }"),
    )
    .expect(303);
    assert!(planner.get("/desk").text().contains("1 missing"));
    change(&planner, "family", SURVEY).expect(303);
    publish(&planner, "family").expect(303);
    change(&planner, "family", &SURVEY.replace("Arts", "Music")).expect(303);
    let page = planner.get("/desk").expect(200);
    assert_eq!(
        page.attributes(".running tbody th a", "href"),
        ["/desk/surveys/family"]
    );
    assert!(page.text().contains("Changes not published"));
    assert!(
        app.sign_in_as(Role::Facilitator)
            .get("/desk")
            .expect(200)
            .texts(".running")
            .is_empty()
    );
}

fn import(app: &TestApp, document: &Document) -> Result<(), String> {
    let (actor, document) = (app.operator(), document.clone());
    app.database()
        .write(move |db| {
            let round = district::round_by_slug(db, ROUND)?;
            surveys::import_document(db, &actor, &round.id, &document).map(drop)
        })
        .map_err(|error| error.to_string())
}

#[test]
fn importing_a_file_twice_changes_nothing_and_new_wording_replaces_the_draft() {
    let app = TestApp::riverside();
    let mut document = surveys::parse_document(SURVEY).unwrap();
    import(&app, &document).unwrap();
    import(&app, &document).unwrap();
    assert_eq!(audited(&app), [("survey.drafted".to_owned(), false)]);
    document.unit = surveys::Unit::Household;
    import(&app, &document).unwrap();
    assert_eq!(survey(&app, "family").document.0, document);
    assert_eq!(audited(&app).len(), 2);
}

#[test]
fn an_import_follows_the_same_rules_as_the_desk() {
    let app = TestApp::riverside();
    open_survey(&app);
    let mut document = surveys::parse_document(SURVEY).unwrap();
    document.unit = surveys::Unit::Household;
    assert!(
        import(&app, &document)
            .unwrap_err()
            .contains("counts as one person")
    );
    document.items.clear();
    "empty".clone_into(&mut document.slug);
    assert!(
        import(&app, &document)
            .unwrap_err()
            .contains("needs at least one question")
    );
}
