//! What has changed since a decision. The decision itself stays the same.

use std::collections::BTreeSet;

use super::model::Evidence;
use super::score::{Score, Votes};
use crate::comments::CommentId;
use crate::tally::Tables;

/// How today's evidence differs from a decision's, one sentence per difference; empty if nothing changed.
pub fn moved(decided: &Evidence, now: &Evidence) -> Vec<String> {
    let mut lines = Vec::new();
    let keys = |evidence: &Evidence| -> BTreeSet<String> {
        let themes = evidence.themes.iter();
        themes.map(|theme| theme.key.clone()).collect()
    };
    if keys(decided) != keys(now) {
        lines.push("Its themes have changed since the decision.".to_owned());
    }
    if decided.codebook != now.codebook {
        lines.push(format!(
            "The codebook is now version {}; the decision used version {}.",
            now.codebook, decided.codebook
        ));
    }
    voices(&decided.score, &now.score, &mut lines);
    comments(decided, now, &mut lines);
    tables(decided.tables, now.tables, &mut lines);
    votes(&decided.votes, &now.votes, &mut lines);
    lines
}

fn voices(decided: &Score, now: &Score, lines: &mut Vec<String>) {
    if (decided.named, decided.asked) != (now.named, now.asked) {
        lines.push(format!(
            "{} of {} voices mention it now, compared with {} of {} on the day of the decision.",
            now.named, now.asked, decided.named, decided.asked
        ));
    } else if decided.groups != now.groups {
        lines.push("As many voices mention it as before, but from different groups.".to_owned());
    }
}

fn comments(decided: &Evidence, now: &Evidence, lines: &mut Vec<String>) {
    let set = |evidence: &Evidence| {
        evidence
            .comments
            .iter()
            .cloned()
            .collect::<BTreeSet<CommentId>>()
    };
    let (before, after) = (set(decided), set(now));
    let (added, gone) = (
        after.difference(&before).count(),
        before.difference(&after).count(),
    );
    match added {
        0 => {}
        1 => lines.push("1 comment was added since the decision.".to_owned()),
        more => lines.push(format!("{more} comments were added since the decision.")),
    }
    match gone {
        0 => {}
        1 => lines.push(
            "1 comment no longer counts here: it was withdrawn, or it left these themes."
                .to_owned(),
        ),
        more => lines.push(format!(
            "{more} comments no longer count here: they were withdrawn, or they left these themes."
        )),
    }
    if added + gone == 0 && decided.comments_digest != now.comments_digest {
        lines.push("The words of a comment have changed since the decision.".to_owned());
    }
}

fn tables(decided: Tables, now: Tables, lines: &mut Vec<String>) {
    if decided != now {
        let (tables, speak) = match now.tables {
            1 => ("table", "speaks"),
            _ => ("tables", "speak"),
        };
        let people = match now.at_least {
            1 => "person",
            _ => "people",
        };
        let before = match decided.tables {
            1 => "table",
            _ => "tables",
        };
        lines.push(format!(
            "{} forum {tables} now {speak} for at least {} {people}. On the day of the decision, {} {before} spoke for at least {}.",
            now.tables, now.at_least, decided.tables, decided.at_least
        ));
    }
}

fn votes(decided: &Votes, now: &Votes, lines: &mut Vec<String>) {
    if decided != now {
        lines.push(format!(
            "{} of {} votes agree now, compared with {} of {} on the day of the decision.",
            now.agree,
            now.agree + now.disagree,
            decided.agree,
            decided.agree + decided.disagree
        ));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::priorities::score::score;

    fn evidence(named: u64, comments: &[&str]) -> Evidence {
        Evidence {
            change: 7,
            codebook: 1,
            themes: Vec::new(),
            score: score(&BTreeMap::from([("staff".to_owned(), (named, 20))])),
            sources: Vec::new(),
            tables: Tables::default(),
            votes: Votes::default(),
            comments: comments.iter().map(|id| (*id).to_owned().into()).collect(),
            comments_digest: comments.concat(),
        }
    }

    #[test]
    fn unchanged_counts_are_not_listed() {
        let later = Evidence {
            change: 99,
            ..evidence(3, &["a", "b"])
        };
        assert!(moved(&evidence(3, &["a", "b"]), &later).is_empty());
    }

    #[test]
    fn each_kind_of_change_is_one_sentence() {
        let later = Evidence {
            codebook: 2,
            tables: Tables {
                tables: 1,
                at_least: 4,
            },
            votes: Votes {
                agree: 9,
                disagree: 1,
                pass: 5,
            },
            ..evidence(4, &["b", "c", "d"])
        };
        assert_eq!(
            moved(&evidence(3, &["a", "b"]), &later),
            [
                "The codebook is now version 2; the decision used version 1.",
                "4 of 20 voices mention it now, compared with 3 of 20 on the day of the decision.",
                "2 comments were added since the decision.",
                "1 comment no longer counts here: it was withdrawn, or it left these themes.",
                "1 forum table now speaks for at least 4 people. On the day of the decision, 0 tables spoke for at least 0.",
                "9 of 10 votes agree now, compared with 0 of 0 on the day of the decision.",
            ]
        );
    }
}
