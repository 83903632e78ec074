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
use chorus::surveys::{self, SurveyId};
use chorus::tally::Facet;
use diesel::prelude::*;

use crate::support::{Browser, Reply, TestApp};

/// A survey with every kind of question that can be on a sheet and isn't in `fixtures/kinds`.
const SURVEY: &str = r#"
slug = "family"
languages = ["en", "es"]
unit = "person"
group = "families"
title = { en = "What should our schools become?", es = "¿Cómo deben ser nuestras escuelas?" }
[[items]]
key = "welcome"
kind = "scale"
label = { en = "How welcome do you feel?", es = "¿Qué tan bien recibido se siente?" }
low = { en = "Not at all", es = "Nada" }
high = { en = "Very", es = "Mucho" }
[[items]]
key = "change"
kind = "single"
required = true
label = { en = "Which change would help most?", es = "¿Qué cambio ayudaría más?" }
[[items.choices]]
key = "buses"
label = { en = "Buses that come on time", es = "Autobuses puntuales" }
[[items.choices]]
key = "food"
label = { en = "School meals", es = "La comida" }
[[items]]
key = "best"
kind = "text"
intent = "strength"
label = { en = "What is good?", es = "¿Qué está bien?" }
"#;

/// Riverside with this file's survey open.
fn open() -> TestApp {
    let app = TestApp::start();
    app.import_district_riverside();
    publish(&app, SURVEY);
    app
}

/// Saves a survey document and publishes it.
fn publish(app: &TestApp, document: &str) -> SurveyId {
    let (actor, document) = (app.operator(), surveys::parse_document(document).unwrap());
    app.write(move |db| {
        let round = chorus::district::round_by_slug(db, "vision-2031")?;
        let survey = surveys::import_document(db, &actor, &round.id, &document)?;
        surveys::publish(db, &actor, &survey)?;
        Ok(survey)
    })
}

fn close(app: &TestApp) {
    let actor = app.operator();
    app.write(move |db| {
        let survey = surveys::by_slug(db, "family")?;
        surveys::close(db, &actor, &survey.id)
    });
}

/// Starts a batch of sheets with this code; returns its address.
fn begin(clerk: &Browser, code: &str) -> String {
    begin_with(clerk, &[("name", "Lincoln, box 2"), ("code", code)])
        .expect(303)
        .location()
        .to_owned()
}

fn begin_with(clerk: &Browser, fields: &[(&str, &str)]) -> Reply {
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

/// How many voices are in a set, according to the desk's own index.
fn voices(app: &TestApp, facet: &Facet) -> u64 {
    let live = app.live();
    app.read(|db| live.view(db, |index, _| Ok(index.tally.voices(facet).len())))
}

/// How many voices answered the survey.
fn counted(app: &TestApp) -> u64 {
    let survey = app.read(|db| Ok(surveys::by_slug(db, "family")?.id));
    voices(app, &Facet::Survey(survey))
}

/// A question's row in the table of missing answers: blank, two marks, unclear, not asked.
fn marks(page: &Reply, question: &str) -> Vec<String> {
    let heads = page.texts("[aria-labelledby=marks] tbody th");
    let at = heads.iter().position(|head| head.contains(question));
    let at = at.unwrap_or_else(|| panic!("{question} is not among {heads:?}"));
    let cells = page.texts("[aria-labelledby=marks] tbody td");
    cells[at * 4..at * 4 + 4].to_vec()
}
