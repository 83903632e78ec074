//! A priority with its scores, as pages show it.

use serde::Serialize;

use crate::priorities::score::{Score, Votes, share};

/// Both scores and the votes, in whole percent and as bar lengths.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Weighed {
    pub(super) named: u64,
    pub(super) asked: u64,
    pub(super) by_size: u64,
    pub(super) by_size_width: String,
    pub(super) equally: u64,
    pub(super) equally_width: String,
    /// How many groups are in the mean.
    pub(super) weighing: usize,
    pub(super) groups: Vec<GroupLine>,
    pub(super) votes: Option<VoteLine>,
}

/// A group's line in the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct GroupLine {
    /// The group's name; `None` for *others*.
    pub(super) name: Option<String>,
    pub(super) key: Option<String>,
    /// Its color and shape, counted from 1; 0 for none.
    pub(super) mark: usize,
    pub(super) named: u64,
    pub(super) asked: u64,
    pub(super) share: u64,
    pub(super) width: String,
}

/// Votes on a priority's statements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct VoteLine {
    pub(super) agree: u64,
    pub(super) decided: u64,
    pub(super) share: u64,
    pub(super) width: String,
    pub(super) lower: u64,
}

/// Rounds a share from 0 to 1 to whole percent.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share lies between 0 and 1"
)]
pub(super) fn percent(share: f64) -> u64 {
    (share * 100.0).round() as u64
}

/// Rounds a share from 0 to 1 down to whole percent.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share lies between 0 and 1"
)]
pub(super) fn percent_at_least(share: f64) -> u64 {
    (share * 100.0).floor() as u64
}

/// A share as a bar's length, with a decimal point, as SVG expects.
pub(super) fn width(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

impl Weighed {
    /// The lines of a score. `named` returns a group's mark and name.
    pub(super) fn of(
        score: &Score,
        votes: &Votes,
        named: impl Fn(&str) -> (usize, String),
    ) -> Self {
        let groups = score.groups.iter().map(|group| {
            let part = share(group.named, group.asked);
            let (mark, name) = group.group.as_deref().map(&named).unzip();
            GroupLine {
                name,
                mark: mark.unwrap_or(0),
                key: group.group.clone(),
                named: group.named,
                asked: group.asked,
                share: percent(part),
                width: width(part),
            }
        });
        let votes = votes
            .share()
            .zip(votes.wilson_lower())
            .map(|(part, lower)| VoteLine {
                agree: votes.agree,
                decided: votes.agree + votes.disagree,
                share: percent(part),
                width: width(part),
                lower: percent_at_least(lower),
            });
        Self {
            named: score.named,
            asked: score.asked,
            by_size: percent(score.by_size),
            by_size_width: width(score.by_size),
            equally: percent(score.equally),
            equally_width: width(score.equally),
            weighing: score
                .groups
                .iter()
                .filter(|group| group.asked >= crate::priorities::score::LEAST_ASKED)
                .count(),
            groups: groups.collect(),
            votes,
        }
    }
}

/// Scores for page samples.
pub(super) fn sample() -> Weighed {
    let line = |name: Option<&str>, named, asked| GroupLine {
        name: name.map(str::to_owned),
        key: name.map(str::to_lowercase),
        mark: usize::from(name.is_some()),
        named,
        asked,
        share: percent(share(named, asked)),
        width: width(share(named, asked)),
    };
    Weighed {
        named: 611,
        asked: 2362,
        by_size: 26,
        by_size_width: "25.9".to_owned(),
        equally: 23,
        equally_width: "23.0".to_owned(),
        weighing: 2,
        groups: vec![line(Some("Families"), 431, 1306), line(None, 2, 9)],
        votes: Some(VoteLine {
            agree: 318,
            decided: 352,
            share: 90,
            width: "90.3".to_owned(),
            lower: 87,
        }),
    }
}
