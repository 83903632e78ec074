//! Submissions stored as one group give the same result as storing them one by one.

use std::collections::BTreeMap;

use chorus::comments::NewComment;
use chorus::db::Grouped;
use chorus::responses::{Answer, Answers, Submission, SubmitOutcome};
use chorus::surveys::{Intent, Survey};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

const WORDS: [&str; 3] = ["The bus", "Lunch", "Both"];

/// A key, which words are sent under it, and whether they may replace what the key sent before.
type Sent = (usize, usize, bool);

fn submission(survey: &Survey, group: usize, (key, words, replaces): Sent) -> Submission {
    let text = WORDS[words].to_owned();
    Submission {
        survey: survey.id.clone(),
        round: survey.round_id.clone(),
        revision: 1,
        submission_id: format!("{group} {key}"),
        receipt: Some(format!("receipt {group} {key}")),
        answers: Answers::from([("best".to_owned(), Answer::One(text.clone()))]),
        answers_digest: text.clone(),
        words: vec![NewComment {
            item_key: "best".to_owned(),
            intent: Intent::Strength,
            language: "en".to_owned(),
            text,
        }],
        group_key: None,
        schools: Vec::new(),
        language: "en".to_owned(),
        day: chrono::NaiveDate::from_ymd_opt(2026, 10, 5).unwrap(),
        status: Status::Counted,
        // Later than any survey in these tests closes.
        at: chrono::NaiveDateTime::MAX,
        channel: chorus::responses::Channel::Web,
        queued: false,
        replaces,
    }
}

/// The reference model: the outcome of each submission, and the words that are stored with their status.
fn account(sent: &[Sent]) -> (Vec<SubmitOutcome>, Vec<(&'static str, Status)>) {
    let (mut kept, mut rows) = (BTreeMap::new(), Vec::new());
    let outcomes = sent.iter().map(|(key, words, replaces)| {
        match kept.get(key) {
            Some(before) if before == words => return SubmitOutcome::Stored,
            Some(_) if !replaces => return SubmitOutcome::Differs,
            Some(before) => rows.push((WORDS[*before], Status::Replaced)),
            None => {}
        }
        kept.insert(key, *words);
        SubmitOutcome::Stored
    });
    let outcomes = outcomes.collect();
    rows.extend(kept.values().map(|words| (WORDS[*words], Status::Counted)));
    rows.sort_unstable();
    (outcomes, rows)
}

#[test]
fn a_group_is_stored_as_if_one_by_one() {
    let app = open();
    let survey = app.read(|db| Ok(surveys::by_slug(db, "family")?));
    let mut runner = TestRunner::new(Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    });
    let sent = prop::collection::vec((0..3_usize, 0..WORDS.len(), any::<bool>()), 1..12);
    let outcome = runner.run(&sent, |sent| {
        let before = stored(&app).last().map_or(0, |row| row.number);
        let group: Vec<Submission> = sent
            .iter()
            .map(|sent| submission(&survey, usize::try_from(before).unwrap(), *sent))
            .collect();
        let outcomes = app.write(move |db| Submission::run(db, &group));
        let (expected, rows) = account(&sent);
        prop_assert_eq!(outcomes, expected);
        let words: Vec<Comment> = ledger(&app)
            .into_iter()
            .filter(|comment| comment.number > before)
            .collect();
        let mut found: Vec<(&str, Status)> = words
            .iter()
            .map(|comment| (comment.text.as_str(), comment.status))
            .collect();
        found.sort_unstable();
        prop_assert_eq!(&found, &rows);
        // Every comment has the same status and change number as its response.
        for response in stored(&app).iter().filter(|row| row.number > before) {
            let said = words
                .iter()
                .find(|comment| comment.response_id.as_ref() == Some(&response.id));
            prop_assert_eq!(
                said.map(|comment| (comment.status, comment.number)),
                Some((response.status, response.number))
            );
        }
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn a_group_for_a_closed_survey_stores_nothing_and_recognizes_earlier_responses() {
    let app = open();
    let survey = app.read(|db| Ok(surveys::by_slug(db, "family")?));
    let group = |sent: &[Sent]| -> Vec<Submission> {
        sent.iter()
            .map(|sent| submission(&survey, 0, *sent))
            .collect()
    };
    let (early, late) = (
        group(&[(0, 0, false)]),
        group(&[(0, 0, false), (0, 1, true), (1, 0, false)]),
    );
    app.write(move |db| Submission::run(db, &early));
    app.close_survey("family");
    let outcomes = app.write(move |db| Submission::run(db, &late));
    assert_eq!(
        outcomes,
        [
            SubmitOutcome::Stored,
            SubmitOutcome::Closed,
            SubmitOutcome::Closed
        ]
    );
    assert_eq!(statuses(&app), [Status::Counted]);
}
