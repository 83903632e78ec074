//! Paper: the printable survey, and responses that a clerk enters from sheets, phone calls, and conversations.

mod batches;
mod closing;
mod correcting;
mod leaving;
mod printed;
mod typing;

use chorus::accounts::Role;
use chorus::comments::Comment;
use chorus::responses::{Channel, Response};
use chorus::schema::{comments, responses};
use chorus::tally::Facet;
use diesel::prelude::*;

use crate::support::{Browser, Reply, TestApp, survey};

/// A survey whose kinds of questions fit on a small sheet; `fixtures/kinds` has all of them.
fn family() -> String {
    survey("family", &["welcome", "change", "best"])
}

/// Riverside with this survey open.
fn open() -> TestApp {
    let app = TestApp::riverside();
    app.publish_survey(&family());
    app
}

/// Starts a batch of sheets with this code; returns its address.
fn start_batch(clerk: &Browser, code: &str) -> String {
    start_batch_with(clerk, &[("name", "Lincoln, box 2"), ("code", code)])
        .expect(303)
        .location()
        .to_owned()
}

fn start_batch_with(clerk: &Browser, fields: &[(&str, &str)]) -> Reply {
    clerk.fill("/desk/surveys/family/paper", "main form", fields)
}

/// Enters a sheet into a batch and saves it.
fn type_in(clerk: &Browser, batch: &str, fields: &[(&str, &str)]) -> Reply {
    clerk.fill(batch, "form.entries", fields)
}

/// The stored responses that weren't replaced, oldest first.
fn stored(app: &TestApp) -> Vec<Response> {
    use chorus::comments::Status;
    app.read(|db| {
        Ok(responses::table
            .filter(responses::status.ne(Status::Replaced))
            .order((responses::number, responses::id))
            .load(db)?)
    })
}

fn ledger(app: &TestApp) -> Vec<Comment> {
    app.read(|db| {
        Ok(comments::table
            .order((comments::number, comments::id))
            .load(db)?)
    })
}

/// A question's row in the table of missing answers: blank, two marks, unclear, not asked.
fn marks(page: &Reply, question: &str) -> Vec<String> {
    let heads = page.texts("[aria-labelledby=marks] tbody th");
    let at = heads.iter().position(|head| head.contains(question));
    let at = at.unwrap_or_else(|| panic!("{question} is not among {heads:?}"));
    let cells = page.texts("[aria-labelledby=marks] tbody td");
    cells[at * 4..at * 4 + 4].to_vec()
}
