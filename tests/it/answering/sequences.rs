//! Whatever sequence of actions people and networks produce, the rows match a simple reference model.

use std::collections::{BTreeMap, BTreeSet};

use chorus::responses::ResponseId;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

/// One action. There are few keys and few words, so that actions collide.
#[derive(Clone, Debug)]
enum Step {
    /// Submits under a key: for the first time, again, or with different words.
    Send { key: usize, words: usize },
    /// Submits from the conflict page, replacing what the key sent before.
    Replace { key: usize, words: usize },
    /// Withdraws the key's response with its receipt.
    Withdraw { key: usize },
    /// Corrects the key's response with its receipt, unless it was withdrawn.
    Correct { key: usize, words: usize },
}

/// What's kept for a key.
#[derive(Clone, Debug)]
struct Kept {
    words: usize,
    withdrawn: bool,
    receipt: String,
}

const WORDS: [&str; 3] = ["The bus", "Lunch", "Both"];

fn step() -> impl Strategy<Value = Step> {
    let (key, words) = (0..3_usize, 0..WORDS.len());
    prop_oneof![
        4 => (key.clone(), words.clone()).prop_map(|(key, words)| Step::Send { key, words }),
        2 => (key.clone(), words.clone()).prop_map(|(key, words)| Step::Replace { key, words }),
        2 => (key.clone(), words).prop_map(|(key, words)| Step::Correct { key, words }),
        1 => key.prop_map(|key| Step::Withdraw { key }),
    ]
}

/// Runs the steps against the program, under keys that only this sequence uses, and updates a simple reference model
/// alongside. Returns the model: what's kept for each key, and the words that were replaced.
fn play(app: &TestApp, sequence: usize, steps: &[Step]) -> (BTreeMap<usize, Kept>, Vec<usize>) {
    let (phone, mut kept, mut replaced) =
        (app.browser(), BTreeMap::<usize, Kept>::new(), Vec::new());
    for step in steps {
        match *step {
            Step::Send { key, words } => {
                let sent = send(
                    &phone,
                    &format!("{sequence} {key}"),
                    &[("change", "buses"), ("best", WORDS[words])],
                );
                let differs = |kept: &Kept| kept.withdrawn || kept.words != words;
                if kept.get(&key).is_some_and(differs) {
                    sent.expect(409);
                } else {
                    acknowledge(&phone, &mut kept, key, words, sent);
                }
            }
            Step::Replace { key, words } => {
                let fields = [
                    ("change", "buses"),
                    ("best", WORDS[words]),
                    ("_conflict", "replace"),
                ];
                let sent = send(&phone, &format!("{sequence} {key}"), &fields);
                if kept.get(&key).is_some_and(|kept| kept.withdrawn) {
                    sent.expect(409);
                    continue;
                }
                if let Some(kept) = kept.get_mut(&key).filter(|kept| kept.words != words) {
                    replaced.push(kept.words);
                    kept.words = words;
                }
                acknowledge(&phone, &mut kept, key, words, sent);
            }
            Step::Correct { key, words } => {
                if let Some(kept) = kept.get_mut(&key) {
                    let fields = [
                        ("_code", kept.receipt.as_str()),
                        ("change", "buses"),
                        ("best", WORDS[words]),
                    ];
                    phone.post("/s/family", &fields).expect(303);
                    if !kept.withdrawn && kept.words != words {
                        replaced.push(kept.words);
                        kept.words = words;
                    }
                }
            }
            Step::Withdraw { key } => {
                if let Some(kept) = kept.get_mut(&key) {
                    phone
                        .post("/r/withdraw", &[("code", &kept.receipt), ("sure", "yes")])
                        .expect(303);
                    kept.withdrawn = true;
                }
            }
        }
    }
    (kept, replaced)
}

/// Checks that the response was stored and that the key's receipt hasn't changed.
fn acknowledge(
    phone: &Browser,
    kept: &mut BTreeMap<usize, Kept>,
    key: usize,
    words: usize,
    sent: Reply,
) {
    let receipt = receipt(phone, &sent.expect(303));
    let kept = kept.entry(key).or_insert_with(|| Kept {
        words,
        withdrawn: false,
        receipt: receipt.clone(),
    });
    assert_eq!(kept.receipt, receipt);
}

#[test]
fn any_sequence_of_submissions_matches_a_simple_model() {
    let app = open_with(|config| (config.device_limit, config.address_limit) = (100_000, 100_000));
    let mut runner = TestRunner::new(Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    });
    let outcome = runner.run(&prop::collection::vec(step(), 1..20), |steps| {
        let before: BTreeSet<ResponseId> = stored(&app).into_iter().map(|row| row.id).collect();
        let (kept, replaced) = play(&app, before.len(), &steps);
        let mut expected: Vec<(&str, Status)> = replaced
            .iter()
            .map(|words| (WORDS[*words], Status::Replaced))
            .collect();
        expected.extend(kept.values().map(|kept| {
            let status = if kept.withdrawn {
                Status::Withdrawn
            } else {
                Status::Counted
            };
            (WORDS[kept.words], status)
        }));
        expected.sort_unstable();
        let (rows, words) = (stored(&app), ledger(&app));
        let rows: BTreeMap<&ResponseId, &Response> = rows
            .iter()
            .map(|row| (&row.id, row))
            .filter(|(id, _)| !before.contains(id))
            .collect();
        let words: Vec<(&Response, &Comment)> = words
            .iter()
            .filter_map(|comment| Some((*rows.get(comment.response_id.as_ref()?)?, comment)))
            .collect();
        let mut found: Vec<(&str, Status)> = words
            .iter()
            .map(|(_, comment)| (comment.text.as_str(), comment.status))
            .collect();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(rows.len(), words.len());
        for (row, comment) in words {
            prop_assert_eq!(row.status, comment.status);
            prop_assert_eq!(row.receipt.is_some(), row.status != Status::Replaced);
        }
        Ok(())
    });
    outcome.unwrap();
}
