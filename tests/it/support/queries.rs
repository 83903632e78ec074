//! What a running Chorus asks its database.

use std::collections::HashMap;
use std::sync::Mutex;

use chorus::db::Address;
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use super::TestApp;

/// The queries so far, by the address of the database.
static ASKED: Mutex<Option<HashMap<String, Vec<String>>>> = Mutex::new(None);

/// Writes down the queries of one connection.
#[derive(Default)]
struct Listener {
    address: String,
}

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                url.clone_into(&mut self.address);
            }
            InstrumentationEvent::StartQuery { query, .. } => {
                let mut asked = ASKED.lock().unwrap();
                let asked = asked.get_or_insert_default();
                let here = asked.entry(self.address.clone()).or_default();
                here.push(query.to_string());
            }
            _ => {}
        }
    }
}

/// Listens to every connection that is opened from now on: call it before the app starts.
pub(crate) fn listen() {
    set_default_instrumentation(|| Some(Box::<Listener>::default())).unwrap();
}

/// The queries that an app sent so far, in no order that tells anything.
pub(crate) fn queries(app: &TestApp) -> Vec<String> {
    let config = app.place().config();
    let address = match config.address().unwrap() {
        Address::Sqlite(file) => file.to_string_lossy().into_owned(),
        Address::Postgres(url) => url,
    };
    let asked = ASKED.lock().unwrap();
    let here = asked
        .iter()
        .flatten()
        .filter(|(at, _)| at.contains(&address));
    here.flat_map(|(_, queries)| queries.clone()).collect()
}
