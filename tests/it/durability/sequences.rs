//! Any sequence of submit, retry, duplicate, kill, and restart stores each accepted response exactly once.

use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

/// The next step.
#[derive(Clone, Debug)]
enum Step {
    /// A new person submits a response.
    Submit,
    /// A phone submits again what it sent before, whether it got a reply or not.
    Retry(usize),
    /// The same response arrives several times at once: a double tap, two tabs, an offline queue.
    Duplicate(u8),
    /// The program is killed this many microseconds after several phones submit, then restarted.
    Kill { phones: u8, after: u64 },
    /// The program is killed while nobody submits, then restarted.
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Submit),
        3 => any::<usize>().prop_map(Step::Retry),
        2 => (2..5_u8).prop_map(Step::Duplicate),
        2 => (1..6_u8, 0..6_000_u64).prop_map(|(phones, after)| Step::Kill { phones, after }),
        1 => Just(Step::Restart),
    ]
}

/// The phones of one sequence, with the keys they sent and the keys that were accepted.
struct Phones<'a> {
    place: &'a Place,
    program: Program,
    name: String,
    sent: Vec<String>,
    accepted: BTreeSet<String>,
}

impl Phones<'_> {
    fn new_key(&mut self) -> String {
        let key = format!("{} answer {}", self.name, self.sent.len());
        self.sent.push(key.clone());
        key
    }

    /// Submits responses at once, each from its own phone, and records which were accepted.
    fn send(&mut self, keys: &[String], kill_after: Option<Duration>) {
        let accepted: Vec<Option<String>> = std::thread::scope(|scope| {
            let phones: Vec<_> = keys
                .iter()
                .map(|key| {
                    let browser = self.program.browser();
                    scope.spawn(move || send(&browser, key).then(|| key.clone()))
                })
                .collect();
            if let Some(after) = kill_after {
                // Don't wait for anything: the kill hits at a random moment, as it does in practice.
                std::thread::sleep(after);
                self.program.kill();
            }
            phones
                .into_iter()
                .map(|phone| phone.join().unwrap())
                .collect()
        });
        self.accepted.extend(accepted.into_iter().flatten());
    }

    fn restart(&mut self) {
        self.program.kill();
        self.program = Program::serve(self.place);
    }

    fn play(&mut self, step: &Step) {
        match step {
            Step::Submit => {
                let key = self.new_key();
                self.send(&[key], None);
            }
            Step::Retry(at) if !self.sent.is_empty() => {
                let key = self.sent[at % self.sent.len()].clone();
                self.send(&[key], None);
            }
            Step::Retry(_) => {}
            Step::Duplicate(times) => {
                let key = self.new_key();
                self.send(&vec![key; usize::from(*times)], None);
            }
            Step::Kill { phones, after } => {
                let mut keys: Vec<String> = (0..*phones).map(|_| self.new_key()).collect();
                // One of them taps twice.
                keys.extend(keys.first().cloned());
                self.send(&keys, Some(Duration::from_micros(*after)));
                self.restart();
            }
            Step::Restart => self.restart(),
        }
    }
}

/// Submits a response; returns whether the phone learned that it was accepted.
fn send(browser: &Browser, key: &str) -> bool {
    let fields = [("_submission", key), ("best", key)];
    let reply = browser.try_post("/s/family", &fields);
    reply.is_some_and(|reply| {
        assert_eq!(reply.status, 303);
        true
    })
}

#[test]
fn any_sequence_of_submit_retry_duplicate_kill_and_restart_stores_each_accepted_response_once() {
    let place = open_survey();
    let mut runner = TestRunner::new(Config {
        cases: 12,
        max_shrink_iters: 8,
        failure_persistence: None,
        ..Config::default()
    });
    let counter = AtomicUsize::new(0);
    let before = std::cell::RefCell::new(BTreeSet::new());
    let outcome = runner.run(&prop::collection::vec(step(), 4..12), |steps| {
        let mut phones = Phones {
            place: &place,
            program: Program::serve(&place),
            name: format!("sequence {}", counter.fetch_add(1, Ordering::Relaxed)),
            sent: Vec::new(),
            accepted: BTreeSet::new(),
        };
        for step in &steps {
            phones.play(step);
        }
        // Everything accepted is stored, nothing is stored twice, and nothing is stored that nobody sent.
        let mut known = before.borrow_mut();
        known.extend(phones.accepted.iter().cloned());
        let stored = check(&place, &known);
        let name = format!("{} ", phones.name);
        let ours = |key: &&String| key.starts_with(&name);
        for key in stored.iter().filter(ours) {
            prop_assert!(phones.sent.contains(key), "{}", key);
        }
        // The phones retry everything they got no reply for.
        let unheard = phones
            .sent
            .iter()
            .filter(|key| !phones.accepted.contains(*key));
        let unheard: Vec<String> = unheard.cloned().collect();
        phones.send(&unheard, None);
        known.extend(phones.accepted.iter().cloned());
        let stored = check(&place, &known);
        let stored: BTreeSet<&String> = stored.iter().filter(ours).collect();
        prop_assert_eq!(stored, phones.sent.iter().collect::<BTreeSet<_>>());
        phones.program.kill();
        Ok(())
    });
    outcome.unwrap();
}
