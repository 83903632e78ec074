//! Batches of sheets: who starts them, who can open them, and which revision they belong to.

use super::*;
use crate::support::Browser;
use chorus::accounts::Scope;

fn names(browser: &Browser) -> Vec<String> {
    let page = browser.get("/desk/surveys/family/paper").expect(200);
    page.texts("[aria-labelledby=batches] tbody th")
}

#[test]
fn the_printed_code_names_the_revision_and_an_older_sheet_is_entered_under_its_own() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let reworded = family().replace("School meals", "Meals at school").replace(
        "choices = [",
        r#"choices = [{ key = "arts", label = { en = "Arts", es = "Artes" } },"#,
    );
    app.publish_survey(&reworded);
    assert_eq!(
        app.get("/s/family/paper?lang=es").texts(".foot-code b"),
        ["family · es · r2"]
    );
    let page = clerk.get("/desk/surveys/family/paper").expect(200);
    assert_eq!(
        page.texts("#code option"),
        [
            "family · en · r2 (English)",
            "family · es · r2 (Español)",
            "family · en · r1 (English)",
            "family · es · r1 (Español)",
        ]
    );
    // The first choice on the older sheet is buses; on the newer one it's arts.
    for (code, says) in [("en.1", "buses"), ("en.2", "arts")] {
        let batch = start_batch(&clerk, code);
        type_in(&clerk, &batch, &[("change", "1")]).expect(303);
        let row = stored(&app).pop().unwrap();
        assert_eq!(
            chorus::responses::said(&row.answers.0, "change"),
            [says],
            "{code}"
        );
        assert_eq!(format!("en.{}", row.revision), code);
    }
    start_batch_with(&clerk, &[("name", "x"), ("code", "en.3")]).expect(422);
}

#[test]
fn clerks_open_the_batches_they_started_and_planners_open_all_of_them() {
    let app = open();
    let (clerk, other) = (app.sign_in_as(Role::Clerk), app.sign_in_as(Role::Clerk));
    let batch = start_batch(&clerk, "en.1");
    type_in(&clerk, &batch, &[("change", "1")]).expect(303);
    assert_eq!(names(&clerk), ["Lincoln, box 2"]);
    assert!(names(&other).is_empty());
    for path in [batch.clone(), format!("{batch}/sheets/1")] {
        other.get(&path).expect(404);
        other.post(&path, &[("change", "2")]).expect(404);
    }
    other
        .post(&format!("{batch}/sheets/1/take-out"), &[])
        .expect(404);
    other.post(&format!("{batch}/close"), &[]).expect(404);
    // Clerks may read what they entered themselves; anyone else who reads it leaves an audit entry.
    clerk.get(&format!("{batch}/sheets/1")).expect(200);
    assert_eq!(app.times_done("paper.sheet-opened"), 0);
    let planner = app.sign_in_as(Role::Planner);
    assert_eq!(names(&planner), ["Lincoln, box 2"]);
    planner.get(&format!("{batch}/sheets/1")).expect(200);
    assert_eq!(app.times_done("paper.sheet-opened"), 1);
}

#[test]
fn roles_that_only_see_counts_cannot_enter_sheets() {
    let app = open();
    let batch = start_batch(&app.sign_in_as(Role::Clerk), "en.1");
    for role in [Role::Viewer, Role::Coder, Role::Facilitator] {
        let browser = app.sign_in_as(role);
        browser.get("/desk/surveys/family/paper").expect(403);
        browser
            .post("/desk/surveys/family/paper", &[("name", "x")])
            .expect(403);
        browser.get(&batch).expect(403);
        browser.post(&batch, &[("change", "1")]).expect(403);
    }
    assert!(stored(&app).is_empty());
    // A school office enters the sheets that its families bring.
    let office = app.sign_in_within(Role::Clerk, Scope::School("oak".to_owned()));
    let batch = start_batch(&office, "es.1");
    type_in(&office, &batch, &[("change", "1")]).expect(303);
    let shown = office.get("/desk/surveys/family").expect(200).text();
    assert!(shown.contains("Type in responses"));
    let viewer = app
        .sign_in_as(Role::Viewer)
        .get("/desk/surveys/family")
        .expect(200)
        .text();
    assert!(!viewer.contains("Type in responses"));
}

#[test]
fn a_batch_form_with_mistakes_says_what_is_missing_and_keeps_what_was_typed() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let page = start_batch_with(
        &clerk,
        &[("name", ""), ("day", "2026-10-06"), ("channel", "phone")],
    )
    .expect(422);
    // Today is October 5, and nobody can have answered tomorrow. The survey was opened today.
    assert_eq!(page.texts(".fault-text").len(), 2);
    assert!(
        page.form("main form")
            .contains(&("channel".to_owned(), "phone".to_owned()))
    );
    start_batch_with(&clerk, &[("name", "x"), ("day", "2026-10-04")]).expect(422);
    start_batch_with(&clerk, &[("name", "x"), ("day", "2026-10-05")]).expect(303);
}

#[test]
fn the_list_shows_how_many_sheets_a_batch_has_and_links_to_them() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "en.1");
    for change in ["1", "2", "1"] {
        type_in(&clerk, &batch, &[("change", change)]).expect(303);
    }
    clerk
        .post(&format!("{batch}/sheets/2/take-out"), &[])
        .expect(303);
    let page = clerk.get("/desk/surveys/family/paper").expect(200);
    assert_eq!(page.texts("[aria-labelledby=batches] td.number"), ["2"]);
    assert_eq!(
        page.attributes("[aria-labelledby=batches] td.number a", "href"),
        [format!("{batch}#sheets")]
    );
    let page = clerk.get(&batch).expect(200);
    assert_eq!(
        page.texts("[aria-labelledby=sheets] tbody th"),
        ["3", "2 removed", "1"]
    );
}

#[test]
fn a_closed_batch_accepts_no_sheets_or_changes_until_it_is_reopened() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "en.1");
    let page = clerk.get(&batch).expect(200);
    type_in(&clerk, &batch, &[("change", "1")]).expect(303);
    clerk.post(&format!("{batch}/close"), &[]).expect(303);
    let told = clerk
        .send_form(&batch, &page, "form.entries", &[("change", "2")])
        .expect(303);
    assert_eq!(told.location(), batch);
    clerk
        .post(&format!("{batch}/sheets/1"), &[("change", "2")])
        .expect(303);
    clerk
        .post(&format!("{batch}/sheets/1/take-out"), &[])
        .expect(303);
    assert_eq!(stored(&app).len(), 1);
    assert_eq!(app.counted("family"), 1);
    assert!(
        clerk
            .get(&batch)
            .expect(200)
            .text()
            .contains("This batch is closed.")
    );
    clerk.post(&format!("{batch}/open"), &[]).expect(303);
    clerk
        .send_form(&batch, &page, "form.entries", &[("change", "2")])
        .expect(303);
    assert_eq!(app.counted("family"), 2);
}
