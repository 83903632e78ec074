//! A page of counts asks the database as often for many questions and answers as for few.

use std::collections::HashMap;
use std::sync::Mutex;

use chorus::db::Address;
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use super::world::{RESULTS, World};
use crate::support::fixture;

/// The queries so far, by the address of the database.
static ASKED: Mutex<Option<HashMap<String, u64>>> = Mutex::new(None);

/// Counts the queries of one connection.
#[derive(Default)]
struct Counter {
    address: String,
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                url.clone_into(&mut self.address);
            }
            InstrumentationEvent::StartQuery { .. } => {
                let mut asked = ASKED.lock().unwrap();
                *asked
                    .get_or_insert_default()
                    .entry(self.address.clone())
                    .or_default() += 1;
            }
            _ => {}
        }
    }
}

#[test]
fn results_take_as_many_queries_for_many_questions_as_for_few() {
    set_default_instrumentation(|| Some(Box::<Counter>::default())).unwrap();
    let world = World::new();
    world.add_document(&fixture("riverside/survey.toml"), true);
    world.import(
        "family",
        &fixture("riverside/responses.csv"),
        &fixture("riverside/map.toml"),
    );
    let config = world.app.place().config();
    let address = match config.address().unwrap() {
        Address::Sqlite(file) => file.to_string_lossy().into_owned(),
        Address::Postgres(url) => url,
    };
    let asked = || {
        let asked = ASKED.lock().unwrap();
        let here = asked
            .iter()
            .flatten()
            .filter(|(at, _)| at.contains(&address));
        here.map(|(_, count)| count).sum::<u64>()
    };
    for browser in [world.planner(), world.viewer()] {
        let of_page = |page: &str| {
            // The first look catches up with what was imported.
            browser.get(page).expect(200);
            let before = asked();
            browser.get(page).expect(200);
            asked() - before
        };
        let (few, many) = (of_page(RESULTS), of_page("/desk/surveys/family/results"));
        assert!(few > 0, "no query was seen at {address}");
        assert_eq!(few, many);
        assert_eq!(of_page("/desk/surveys/family/results?group=families"), many);
    }
}
