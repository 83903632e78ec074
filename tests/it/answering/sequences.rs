//! Whatever people and networks do one after the other, the rows are what a simple account of it says.

use std::collections::{BTreeMap, BTreeSet};

use chorus::responses::ResponseId;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

/// One thing that happens. Keys and answers are few, so that they meet.
#[derive(Clone, Debug)]
enum Step {
    /// An answer is sent under a key: the first time, once more, or with other words.
    Send { key: usize, words: usize },
    /// As it is sent from the page with the choice: in place of what the key sent before.
    Replace { key: usize, words: usize },
    /// The receipt of a key's answer takes it back.
    Withdraw { key: usize },
    /// The receipt of a key's answer changes it, unless it was taken back.
    Correct { key: usize, words: usize },
}

/// What is kept of a key.
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

/// Plays the steps, under keys of this sequence alone, against the program and beside it in a simple account, which it returns: what is kept of each key,
/// and the words that were replaced.
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
                if kept.get(&key).is_some_and(|kept| kept.words != words) {
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
                if let Some(kept) = kept.get_mut(&key).filter(|kept| kept.words != words) {
                    replaced.push(kept.words);
                    (kept.words, kept.withdrawn) = (words, false);
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

/// The answer is stored, and a key's receipt never changes.
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
fn any_sequence_leaves_what_a_simple_account_says() {
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
