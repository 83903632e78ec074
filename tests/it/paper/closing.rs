//! Sheets are filled in while the survey is open, but they may be entered later.

use chrono::TimeDelta;

use super::*;

#[test]
fn an_open_batch_still_accepts_sheets_after_the_survey_closes() {
    let app = open();
    let clerk = app.sign_in_as(Role::Clerk);
    let batch = start_batch(&clerk, "en.1");
    app.close_survey("family");
    app.advance(TimeDelta::hours(11));
    type_in(&clerk, &batch, &[("change", "1")]).expect(303);
    assert_eq!(app.counted("family"), 1);
    // It counts on the day written on the sheets.
    assert_eq!(stored(&app)[0].day.to_string(), "2026-10-05");
    // Only a planner can start a new batch or reopen a closed one.
    let page = clerk.get("/desk/surveys/family/paper").expect(200);
    assert!(page.text().contains("Only a planner can start a new one"));
    let fields = [
        ("name", "x"),
        ("code", "en.1"),
        ("channel", "paper"),
        ("day", "2026-10-05"),
    ];
    clerk
        .post("/desk/surveys/family/paper", &fields)
        .expect(409);
    clerk.post(&format!("{batch}/close"), &[]).expect(303);
    clerk.post(&format!("{batch}/open"), &[]).expect(403);
}

#[test]
fn planners_can_start_a_batch_for_a_closed_survey_if_its_day_is_before_the_close() {
    let app = open();
    app.advance(TimeDelta::days(4));
    app.close_survey("family");
    app.advance(TimeDelta::days(10));
    let planner = app.sign_in_as(Role::Planner);
    let with = |day| [("name", "Lincoln"), ("code", "en.1"), ("day", day)];
    start_batch_with(&planner, &with("2026-10-10")).expect(422);
    let batch = start_batch_with(&planner, &with("2026-10-09"))
        .expect(303)
        .location()
        .to_owned();
    type_in(&planner, &batch, &[("change", "2")]).expect(303);
    assert_eq!(app.counted("family"), 1);
}

#[test]
fn a_survey_that_was_never_published_has_no_sheets() {
    let app = TestApp::riverside();
    app.draft_survey(&family());
    let planner = app.sign_in_as(Role::Planner);
    let page = planner.get("/desk/surveys/family/paper").expect(200);
    assert!(page.text().contains("The survey is not published yet"));
    planner
        .post("/desk/surveys/family/paper", &[("name", "x")])
        .expect(409);
}
