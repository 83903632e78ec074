//! Decisions keep their evidence unchanged, and every theme gets an outcome.

use std::fmt::Write;

use chorus::priorities::Decision;
use chorus::schema::decisions;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::{LIST, heard, vote};
use crate::support::{DESK, TestApp, said};

fn decided(app: &TestApp) -> Vec<Decision> {
    app.read(|db| {
        let all = decisions::table.order((decisions::decided_at, decisions::id));
        Ok(all.load(db)?)
    })
}

fn sha256(text: impl AsRef<[u8]>) -> String {
    let bytes = Sha256::digest(text.as_ref());
    data_encoding::HEXLOWER.encode(&bytes)
}

#[test]
fn a_decision_freezes_counts_codebook_comments_and_digests() {
    let app = heard();
    let planner = app.planner_with_codebook();
    planner.decide(&planner.add_priority("On time", &["buses"]));
    let decision = decided(&app).remove(0);
    let evidence = &decision.evidence.0;
    assert_eq!(evidence.codebook, 1);
    assert_eq!((evidence.score.named, evidence.score.asked), (17, 36));
    let mut ids: Vec<String> = ["The bus is late", "More buses", "A bus at night"]
        .iter()
        .flat_map(|words| app.comments_with(words))
        .map(|comment| comment.id.to_string())
        .collect();
    ids.sort_unstable();
    assert_eq!(
        evidence
            .comments
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ids
    );
    // One line for each comment: its id and the digest of its text.
    let mut lines = String::new();
    for id in &ids {
        let text = app
            .comments_with("")
            .into_iter()
            .find(|comment| comment.id.as_str() == id);
        writeln!(lines, "{id} {}", sha256(text.unwrap().text)).unwrap();
    }
    assert_eq!(evidence.comments_digest, sha256(lines));
    let stored: String = app.read(|db| {
        let column = diesel::dsl::sql::<diesel::sql_types::Text>("evidence");
        Ok(decisions::table.select(column).first(db)?)
    });
    assert_eq!(decision.digest, sha256(stored));
    let account = app.audit_lines();
    let line = account
        .iter()
        .find(|line| line.0 == "priority.decided")
        .unwrap();
    assert_eq!(line.1, decision.decided_by.map(|id| id.to_string()));
}

#[test]
fn a_decision_stays_and_the_page_says_what_has_changed_since() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("On time", &["buses"]);
    planner.decide(&path);
    let before = decided(&app);
    let page = planner.get(&path).expect(200);
    assert!(page.text().contains("Nothing has changed since."));
    app.advance(chrono::TimeDelta::hours(1));
    app.hear(&[
        said(4, "staff", "Buses in the rain"),
        said(1, "staff", "Quiet"),
    ]);
    let rule = format!("{DESK}/themes/buses");
    planner
        .fill(&rule, "form.panel", &[("any.en", "bus\nbuses\nrooms")])
        .expect(303);
    vote(&app, "A bus at night", 9, 1, 0);
    let page = planner.get(&path).expect(200);
    assert_eq!(
        page.texts("#decision ~ ul li"),
        [
            "The codebook is now version 2; the decision used version 1.",
            "39 of 41 voices mention it now, compared with 17 of 36 on the day of the decision.",
            "22 comments were added since the decision.",
            "9 of 10 votes agree now, compared with 0 of 0 on the day of the decision.",
        ]
    );
    let text = page.text();
    assert!(
        text.contains("based on 17 of 36 voices and 17 comments, with codebook version 1"),
        "{text}"
    );
    assert!(
        planner
            .get(LIST)
            .text()
            .contains("decided; numbers have changed since")
    );
    assert_eq!(decided(&app), before);
    planner.post(&format!("{path}/decide"), &[]).expect(303);
    let after = decided(&app);
    assert_eq!(after.len(), 2, "both stay on record");
    assert_eq!(
        (after[0].evidence.clone(), after[0].digest.clone()),
        (before[0].evidence.clone(), before[0].digest.clone())
    );
    assert!(after[0].taken_back_at.is_some() && after[1].taken_back_at.is_none());
    assert!(
        planner
            .get(&path)
            .text()
            .contains("Nothing has changed since.")
    );
}

#[test]
fn a_decision_is_undone_and_a_decided_priority_is_not_deleted() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("On time", &["buses"]);
    planner.decide(&path);
    let refused = planner.post(&format!("{path}/delete"), &[]).expect(409);
    assert!(refused.text().contains("A priority that was decided stays"));
    planner.post(&format!("{path}/undo"), &[]).expect(303);
    assert!(planner.get(&path).text().contains("Not decided yet"));
    planner.post(&format!("{path}/undo"), &[]).expect(404);
    assert_eq!(decided(&app).len(), 1, "the record stays");
    planner.post(&format!("{path}/delete"), &[]).expect(409);
    let draft = planner.add_priority("Teachers", &["teaching"]);
    planner.post(&format!("{draft}/delete"), &[]).expect(303);
    planner.get(&draft).expect(404);
}

#[test]
fn an_outcome_needs_a_reason_and_nothing_that_was_typed_is_lost() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = format!("{LIST}/outcomes");
    assert!(planner.get(LIST).text().contains("New priority"));
    planner.add_priority("On time", &["buses"]);
    assert!(
        planner
            .get(LIST)
            .text()
            .contains("3 themes have no outcome yet")
    );
    let typed = [
        ("theme", "arts"),
        ("outcome", "not-ours"),
        ("reason.en", " "),
    ];
    let again = planner.post(&path, &typed).expect(422);
    assert!(again.text().contains("Enter the reason."));
    let typed = [
        ("theme", "arts"),
        ("outcome", "maybe"),
        ("reason.es", "Es de la ciudad."),
    ];
    let again = planner.post(&path, &typed).expect(422);
    assert!(again.text().contains("Choose an outcome."));
    assert!(again.body().contains("Es de la ciudad."));
    assert_eq!(app.times_done("theme.outcome"), 0);
    let gone = [
        ("theme", "gone"),
        ("outcome", "not-ours"),
        ("reason.en", "Why not."),
    ];
    assert!(
        planner
            .post(&path, &gone)
            .expect(409)
            .text()
            .contains("no longer has this theme")
    );
    planner.say_outcome("arts", "not-ours");
    planner.say_outcome("arts", "under-way");
    let tags = planner.get(&path).expect(200).texts("h2 .tag");
    assert_eq!(
        (tags, app.times_done("theme.outcome")),
        (vec!["Under way".to_owned()], 2)
    );
    assert!(
        planner
            .get(LIST)
            .text()
            .contains("2 themes have no outcome yet")
    );
}
