//! Closing a survey: people who are still typing get time to submit, and late responses from phones are kept separate
//! until the district decides about them.

use chorus::accounts::Role;
use chorus::schema::audit;
use chrono::NaiveDate;

use super::*;

/// Submits a response that a phone kept until it was back online.
fn deliver(app: &TestApp, key: &str, words: &str) -> Reply {
    let fields = [("_queued", "1"), ("change", "buses"), ("best", words)];
    send(&app.browser(), key, &fields)
}

/// A survey that closed a day ago, with one response in time and two late ones from offline queues.
fn with_late_responses() -> TestApp {
    let app = open();
    send(&app.browser(), "in time", BUSES).expect(303);
    app.close_survey("family");
    app.advance(TimeDelta::days(1));
    deliver(&app, "late one", "The <bus>").expect(303);
    deliver(&app, "late two", "Lunch").expect(303);
    app
}

fn late_page(app: &TestApp) -> Reply {
    let planner = app.sign_in_as(Role::Planner);
    planner.get("/desk/surveys/family/late").expect(200)
}

fn decide(app: &TestApp, verdict: &str) {
    let planner = app.sign_in_as(Role::Planner);
    planner
        .post("/desk/surveys/family/late", &[("verdict", verdict)])
        .expect(303);
}

/// The numbers in the table: undecided, counted, not counted.
fn decided(app: &TestApp) -> Vec<String> {
    late_page(app).texts("tbody td")
}

#[test]
fn someone_who_is_typing_when_a_survey_closes_has_ten_minutes_to_submit() {
    let app = open();
    let phone = app.phone("family");
    app.close_survey("family");
    // Nobody can start now.
    app.get("/s/family").expect(410);
    app.advance(TimeDelta::minutes(10));
    let sent = phone.post("/s/family", BUSES).expect(303);
    receipt(&phone, &sent);
    assert_eq!(statuses(&app), [Status::Counted]);
    app.advance(TimeDelta::seconds(1));
    send(&app.browser(), "other", BUSES).expect(410);
    assert_eq!(stored(&app).len(), 1);
}

#[test]
fn what_an_offline_queue_delivers_within_a_week_is_stored_as_late_and_does_not_count() {
    let app = with_late_responses();
    assert_eq!(
        statuses(&app),
        [Status::Counted, Status::Late, Status::Late]
    );
    let words: Vec<Status> = ledger(&app).iter().map(|comment| comment.status).collect();
    assert_eq!(words, [Status::Late; 2]);
    assert_eq!(app.counted("family"), 1);
    // Only the day is kept, and it's the day the response arrived.
    assert_eq!(
        stored(&app)[1].day,
        NaiveDate::from_ymd_opt(2026, 10, 6).unwrap()
    );
}

#[test]
fn after_a_week_an_offline_queue_is_refused_and_shown_what_it_sent() {
    let app = open();
    app.close_survey("family");
    app.advance(TimeDelta::days(7) + TimeDelta::seconds(1));
    let page = deliver(&app, "k", "The bus").expect(410);
    assert_eq!(
        page.texts(".received dd"),
        ["Buses that come on time", "The bus"]
    );
    assert!(stored(&app).is_empty());
}

#[test]
fn a_late_response_is_stored_once_and_its_receipt_says_so() {
    let app = open();
    app.close_survey("family");
    app.advance(TimeDelta::hours(1));
    let phone = app.browser();
    let fields = [("_queued", "1"), ("change", "buses")];
    let first = send(&phone, "k", &fields).expect(303);
    let code = receipt(&phone, &first);
    assert!(
        phone
            .get(first.location())
            .text()
            .contains("the district decides whether to count it")
    );
    let again = send(&phone, "k", &fields).expect(303);
    assert_eq!(receipt(&phone, &again), code);
    assert_eq!(statuses(&app), [Status::Late]);
    let page = app.post("/r", &[("code", &code)]).expect(200);
    assert!(page.text().contains("It arrived after the survey closed,"));
}

#[test]
fn an_offline_queue_never_replaces_a_response_that_was_in_time() {
    let app = open();
    send(&app.browser(), "k", BUSES).expect(303);
    app.close_survey("family");
    app.advance(TimeDelta::hours(1));
    let other = [("_queued", "1"), ("change", "food")];
    send(&app.browser(), "k", &other).expect(410);
    let forced = [other[0], other[1], ("_conflict", "replace")];
    send(&app.browser(), "k", &forced).expect(410);
    assert_eq!(statuses(&app), [Status::Counted]);
    assert_eq!(
        stored(&app)[0].answers.0["change"],
        chorus::responses::Answer::One("buses".to_owned())
    );
}

#[test]
fn what_an_offline_queue_delivers_while_the_survey_is_open_counts_as_usual() {
    let app = open();
    deliver(&app, "k", "The bus").expect(303);
    assert_eq!(statuses(&app), [Status::Counted]);
}

#[test]
fn a_suspected_response_that_is_late_stays_suspected() {
    let app = open();
    app.close_survey("family");
    app.advance(TimeDelta::hours(1));
    let fields = [("_queued", "1"), ("change", "buses"), ("_more", "x")];
    send(&app.browser(), "k", &fields).expect(303);
    decide(&app, "take-in");
    assert_eq!(statuses(&app), [Status::Suspected]);
}

#[test]
fn a_planner_counts_late_responses_or_does_not_and_can_change_the_decision() {
    let app = with_late_responses();
    assert_eq!(decided(&app), ["2", "0", "0"]);
    assert!(late_page(&app).text().contains("Tue, Oct 6, 2026"));
    let told = || {
        let results = app
            .sign_in_as(Role::Planner)
            .get("/desk/surveys/family/results");
        let told = results.expect(200).texts(".head p").concat();
        told.split("after the survey closed: ")
            .nth(1)
            .map(str::to_owned)
    };
    assert_eq!(told().as_deref(), Some("0 counted here, 2 not counted."));
    decide(&app, "take-in");
    assert_eq!(decided(&app), ["0", "2", "0"]);
    assert_eq!(told().as_deref(), Some("2 counted here, 0 not counted."));
    assert_eq!(
        (app.counted("family"), statuses(&app)),
        (3, vec![Status::Counted; 3])
    );
    assert!(
        ledger(&app)
            .iter()
            .all(|comment| comment.status == Status::Counted)
    );
    decide(&app, "leave-out");
    assert_eq!(
        (app.counted("family"), decided(&app)),
        (1, vec!["0".to_owned(), "0".to_owned(), "2".to_owned()])
    );
    for comment in ledger(&app) {
        assert_eq!(comment.status, Status::SetAside);
        assert_eq!(comment.status_reason, "It arrived after the survey closed.");
    }
    // One more arrives, and it's undecided.
    deliver(&app, "late three", "Art").expect(303);
    assert_eq!(decided(&app), ["1", "0", "2"]);
    decide(&app, "take-in");
    assert_eq!(
        (app.counted("family"), decided(&app)),
        (4, vec!["0".to_owned(), "3".to_owned(), "0".to_owned()])
    );
    assert!(
        ledger(&app)
            .iter()
            .all(|comment| comment.status_reason.is_empty())
    );
}

#[test]
fn each_decision_about_late_responses_is_audited() {
    let app = with_late_responses();
    decide(&app, "take-in");
    decide(&app, "take-in");
    decide(&app, "leave-out");
    let lines: Vec<(String, String, bool)> = app.read(|db| {
        let late = audit::action.like("survey.late-%");
        let columns = (
            audit::action,
            audit::detail,
            audit::account_id.is_not_null(),
        );
        Ok(audit::table
            .filter(late)
            .order(audit::action)
            .select(columns)
            .load(db)?)
    });
    let detail = r#"{"answers":2}"#.to_owned();
    // A decision that changes nothing isn't audited.
    assert_eq!(
        lines,
        [
            ("survey.late-left-out".to_owned(), detail.clone(), true),
            ("survey.late-taken-in".to_owned(), detail, true)
        ]
    );
}

#[test]
fn only_planners_see_late_responses() {
    let app = with_late_responses();
    for role in [Role::Clerk, Role::Coder, Role::Viewer, Role::Facilitator] {
        app.sign_in_as(role)
            .get("/desk/surveys/family/late")
            .expect(403);
    }
    app.get("/desk/surveys/family/late").expect(303);
    app.sign_in_as(Role::Planner)
        .get("/desk/surveys/nothing/late")
        .expect(404);
}

#[test]
fn without_late_responses_the_page_says_so() {
    let app = open();
    let page = late_page(&app);
    assert!(page.text().contains("There are none."));
    assert!(page.attributes("main form", "method").is_empty());
}
