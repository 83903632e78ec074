//! How far a round has come, and what waits for its planners.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::accounts::Clocks;
use crate::db::Db;
use crate::district::Round;
use crate::error::Result;
use crate::tally::{CommentFacet, Facet};
use crate::themes::{Coded, Coding, Index, latest_codebook};
use crate::{plan, priorities, voices};

/// The way of a round from answers to what is public, in numbers that lead to their pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Waiting {
    /// Where the round's pages are.
    pub(super) base: String,
    /// Voices that count.
    pub(super) voices: u64,
    /// Comments that count, whether or not they say something.
    pub(super) comments: u64,
    /// Comments that may speak of somebody's safety.
    pub(super) may_need_help: u64,
    /// The version of the codebook, if there is one.
    pub(super) codebook: Option<i32>,
    /// Comments that say something and have no theme.
    pub(super) uncovered: u64,
    /// Themes of the codebook.
    pub(super) themes: usize,
    /// Themes whose outcome is not said yet.
    pub(super) without_outcome: usize,
    /// Priorities.
    pub(super) priorities: usize,
    /// Priorities that are not decided.
    pub(super) undecided: usize,
    /// Goals.
    pub(super) goals: usize,
    /// The number of the snapshot that the public sees, and when it was published, in the
    /// district's zone.
    pub(super) public: Option<(i32, NaiveDateTime)>,
}

/// Looks at a round.
pub(super) fn waiting(
    index: &Index,
    db: &mut Db,
    round: &Round,
    clocks: Clocks,
) -> Result<Waiting> {
    let tally = &index.tally;
    let mut waiting = Waiting {
        base: format!("/desk/rounds/{}", round.slug),
        voices: tally.voices(&Facet::Round(round.id.clone())).len(),
        comments: tally.comments(&CommentFacet::Round(round.id.clone())).len(),
        may_need_help: (index.may_need_help()
            & tally.comments(&CommentFacet::Round(round.id.clone())))
        .len(),
        ..Waiting::default()
    };
    if let Some(saved) = latest_codebook(db, &round.id)? {
        let coding = Coding::of(saved)?;
        let coded: Coded = coding.apply(index, &round.id);
        let said = priorities::outcomes(db, &round.id)?;
        let themes = &coding.codebook.themes;
        waiting.codebook = Some(coding.version);
        waiting.uncovered = (&coded.comments - &coded.covered).len();
        waiting.themes = themes.len();
        waiting.without_outcome = themes
            .iter()
            .filter(|theme| !said.iter().any(|outcome| outcome.theme == theme.key))
            .count();
    }
    let there = priorities::in_round(db, &round.id)?;
    waiting.priorities = there.len();
    for priority in &there {
        let decided = priorities::standing_decision(db, &priority.id)?.is_some();
        waiting.undecided += usize::from(!decided);
    }
    waiting.goals = plan::goals(db, &round.id)?.len();
    let status = voices::status(db, &round.id)?;
    waiting.public = status.map(|edition| (edition.number, clocks.local(edition.published_at)));
    Ok(waiting)
}
