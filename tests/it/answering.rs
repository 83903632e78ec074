//! Answering a survey, from the page to the database rows, including when something goes wrong on the way.

mod closing;
mod correcting;
mod groups;
mod intro;
mod kinds;
mod kiosk;
mod limits;
mod page;
mod receipts;
mod sequences;
mod students;
mod submitting;
mod whereabouts;

use chorus::comments::{Comment, Status};
use chorus::responses::Response;
use chorus::schema::{comments, responses};
use chorus::surveys;
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::support::{Browser, Reply, TestApp, survey};

/// A survey with every basic kind of question; only `change` is required.
fn family() -> String {
    survey(
        "family",
        &["welcome", "change", "use", "best", "better", "school"],
    )
}

/// The smallest valid response.
const BUSES: &[(&str, &str)] = &[("change", "buses")];
const FOOD: &[(&str, &str)] = &[("change", "food")];

/// Riverside with this survey open.
fn open() -> TestApp {
    open_with(|_| {})
}

fn open_with(change: impl FnOnce(&mut chorus::config::Config)) -> TestApp {
    let app = TestApp::start_with(change);
    app.import_district_riverside();
    app.publish_survey(&family());
    app
}

/// Closes the survey and waits out the ten minutes that people still get to submit.
fn close_for_good(app: &TestApp) {
    app.close_survey("family");
    app.advance(TimeDelta::seconds(601));
}

/// Submits a response under a submission key, as the script does.
fn send(browser: &Browser, key: &str, fields: &[(&str, &str)]) -> Reply {
    let fields: Vec<(&str, &str)> = [("_submission", key)]
        .into_iter()
        .chain(fields.iter().copied())
        .collect();
    browser.post("/s/family", &fields)
}

/// The receipt on the thank-you page after a submission.
fn receipt(browser: &Browser, sent: &Reply) -> String {
    browser
        .get(sent.location())
        .expect(200)
        .texts(".receipt")
        .remove(0)
}

fn stored(app: &TestApp) -> Vec<Response> {
    app.read(|db| {
        Ok(responses::table
            .order((responses::number, responses::id))
            .load(db)?)
    })
}

fn ledger(app: &TestApp) -> Vec<Comment> {
    app.read(|db| {
        Ok(comments::table
            .order((comments::number, comments::item_key, comments::id))
            .load(db)?)
    })
}

/// The status of each stored response, in order of change number.
fn statuses(app: &TestApp) -> Vec<Status> {
    stored(app).iter().map(|response| response.status).collect()
}
