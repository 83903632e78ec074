//! Any sequence of submit, retry, duplicate, kill and restart stores each accepted answer exactly once.

use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// Somebody new sends an answer.
    Submit,
    /// A phone sends again what it has sent before, whether it heard of it or not.
    Retry(usize),
    /// One answer arrives several times at once: a double tap, two tabs, a queue beside them.
    Duplicate(u8),
    /// The program is killed while several phones send, after this many microseconds, and started again.
    Kill { phones: u8, after: u64 },
    /// The program is killed while nobody sends, and started again.
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

/// The phones of one sequence: the keys that were ever sent, and those that were accepted.
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

    /// Sends answers at once, each from a phone of its own, and notes those that are accepted.
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
                // Not waiting for anything: where the kill falls is left to chance, as it is in life.
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

/// Sends an answer; whether it was accepted, as far as the phone hears of it.
fn send(browser: &Browser, key: &str) -> bool {
    let fields = [("_submission", key), ("best", key)];
    let reply = browser.try_post("/s/family", &fields);
    reply.is_some_and(|reply| {
        assert_eq!(reply.status, 303);
        true
    })
}

#[test]
fn any_sequence_of_submit_retry_duplicate_kill_and_restart_stores_each_accepted_answer_once() {
    let place = Place::migrated();
    open_survey(&place);
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
        // What was accepted is there, nothing is there twice, and nothing is there that nobody sent.
        let mut known = before.borrow_mut();
        known.extend(phones.accepted.iter().cloned());
        let stored = check(&place, &known);
        let name = format!("{} ", phones.name);
        let ours = |key: &&String| key.starts_with(&name);
        for key in stored.iter().filter(ours) {
            prop_assert!(phones.sent.contains(key), "{}", key);
        }
        // The queues deliver what nobody has heard of yet.
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
