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
use chorus::surveys::{self, SurveyId};
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::support::{Browser, Reply, TestApp};

/// A survey with every basic kind of question; only `change` is required.
const SURVEY: &str = r#"
slug = "family"
languages = ["en", "es"]
unit = "person"
group = "families"
title = { en = "What should our schools become?", es = "¿Cómo deben ser nuestras escuelas?" }
thanks = { en = "The board decides in December.", es = "La mesa decide en diciembre." }
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
key = "news"
kind = "multiple"
at_most = 2
label = { en = "What do you use?", es = "¿Qué usa usted?" }
[[items.choices]]
key = "text"
label = { en = "Text messages", es = "Mensajes" }
[[items.choices]]
key = "email"
label = { en = "Email", es = "Correo" }
[[items.choices]]
key = "app"
label = { en = "The app", es = "La aplicación" }
[[items]]
key = "best"
kind = "text"
intent = "strength"
label = { en = "What is good?", es = "¿Qué está bien?" }
max_length = 100
[[items]]
key = "better"
kind = "text"
intent = "need"
label = { en = "What should be better?", es = "¿Qué debe mejorar?" }
[[items]]
key = "school"
kind = "school"
several = true
label = { en = "Which schools?", es = "¿Cuáles escuelas?" }
"#;

/// The smallest valid response.
const BUSES: &[(&str, &str)] = &[("change", "buses")];
const FOOD: &[(&str, &str)] = &[("change", "food")];

/// Riverside with this file's survey open.
fn open() -> TestApp {
    open_with(|_| {})
}

fn open_with(change: impl FnOnce(&mut chorus::config::Config)) -> TestApp {
    let app = TestApp::start_with(change);
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

/// Closes the survey and waits out the ten minutes that people still get to submit.
fn close_for_good(app: &TestApp) {
    close(app);
    app.advance(TimeDelta::seconds(601));
}

/// A phone that has had the page open for a minute.
fn phone(app: &TestApp) -> Browser {
    let phone = app.browser();
    phone.get("/s/family").expect(200);
    app.advance(TimeDelta::minutes(1));
    phone
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
