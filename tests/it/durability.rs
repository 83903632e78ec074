//! The program is killed under load again and again. Everything it acknowledged is stored, and nothing is stored twice.

mod sequences;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use chorus::responses::Response;
use chorus::schema::{comments, responses};
use diesel::prelude::*;

use crate::support::{Browser, Place, Program, survey};

const KILLS: usize = 4;
const PHONES: usize = 6;
/// How many responses are acknowledged between kills.
const BETWEEN: usize = 40;

/// Riverside with a survey that asks for words, opened by the program's own commands.
fn open_survey() -> Place {
    let place = Place::riverside();
    place.publish_survey(&place.file("survey.toml", survey("family", &["best"])));
    place
}

/// Submits one response after another until the program is gone. Like a phone, it retries a response that wasn't
/// acknowledged before any other, under the same key. Returns the acknowledged keys.
fn answer(
    browser: &Browser,
    waiting: &mut Vec<String>,
    made: &AtomicUsize,
    acknowledged: &AtomicUsize,
) -> BTreeSet<String> {
    let mut done = BTreeSet::new();
    loop {
        // Each response comes from a new phone.
        browser.forget_cookies();
        let key = waiting
            .pop()
            .unwrap_or_else(|| format!("key {}", made.fetch_add(1, Ordering::Relaxed)));
        let fields = [("_submission", key.as_str()), ("best", key.as_str())];
        match browser.try_post("/s/family", &fields) {
            Some(reply) if reply.status == 303 => {
                acknowledged.fetch_add(1, Ordering::Relaxed);
                done.insert(key);
            }
            Some(reply) => assert_eq!(reply.status, 303),
            None => {
                waiting.push(key);
                return done;
            }
        }
    }
}

#[test]
fn a_killed_program_loses_no_acknowledged_response_and_stores_none_twice() {
    let place = open_survey();
    let (made, mut waiting) = (AtomicUsize::new(0), vec![Vec::new(); PHONES]);
    let mut acknowledged = BTreeSet::new();
    for _ in 0..KILLS {
        let mut program = Program::serve(&place);
        let count = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let phones: Vec<_> = waiting
                .iter_mut()
                .map(|waiting| {
                    let browser = program.browser();
                    let (made, count) = (&made, &count);
                    scope.spawn(move || answer(&browser, waiting, made, count))
                })
                .collect();
            while count.load(Ordering::Relaxed) < BETWEEN {
                std::thread::yield_now();
            }
            // Kill it in the middle of its work.
            program.kill();
            for phone in phones {
                acknowledged.extend(phone.join().unwrap());
            }
        });
        // Each phone had one response on its way when the program was killed.
        assert!(waiting.iter().all(|waiting| waiting.len() == 1));
        check(&place, &acknowledged);
    }
    let program = Program::serve(&place);
    for key in waiting.into_iter().flatten() {
        let fields = [("_submission", key.as_str()), ("best", key.as_str())];
        program.browser().post("/s/family", &fields).expect(303);
        acknowledged.insert(key);
    }
    let stored = check(&place, &acknowledged);
    assert_eq!(
        stored, acknowledged,
        "every response was sent until it was acknowledged"
    );
    assert_eq!(acknowledged.len(), made.load(Ordering::Relaxed));
}

/// Checks that everything acknowledged is stored, that nothing is stored twice, and that no response lost its words.
/// Returns what's stored.
fn check(place: &Place, acknowledged: &BTreeSet<String>) -> BTreeSet<String> {
    let database = place.connect();
    let rows: Vec<Response> = database.read(|db| Ok(responses::table.load(db)?)).unwrap();
    let words: Vec<(Option<chorus::responses::ResponseId>, String)> = database
        .read(|db| {
            Ok(comments::table
                .select((comments::response_id, comments::text))
                .load(db)?)
        })
        .unwrap();
    let mut times = BTreeMap::<&str, usize>::new();
    for (_, key) in &words {
        *times.entry(key).or_default() += 1;
    }
    assert!(times.values().all(|times| *times == 1), "{times:?}");
    let with_words: BTreeSet<_> = words.iter().filter_map(|(id, _)| id.clone()).collect();
    assert_eq!(
        rows.iter()
            .map(|row| row.id.clone())
            .collect::<BTreeSet<_>>(),
        with_words
    );
    let stored: BTreeSet<String> = words.into_iter().map(|(_, key)| key).collect();
    let lost: Vec<_> = acknowledged.difference(&stored).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    stored
}
