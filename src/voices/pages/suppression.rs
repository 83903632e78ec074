//! What an edition doesn't show so that nobody can be identified, for the person who publishes it.

use serde::Serialize;

use crate::tally::disclosure::PublicCell;
use crate::voices::snapshot::{Snapshot, SourcePart};

/// What is hidden, merged, or stays as it was.
#[derive(Debug, Serialize)]
pub(super) struct Suppression {
    /// How many counts of themes and priorities there are.
    counts: usize,
    /// How many of them are hidden.
    hidden: usize,
    /// How many are small, and read “5 or fewer”.
    few: usize,
    /// How many are as in an earlier edition.
    earlier: usize,
    /// The titles of the surveys whose numbers stay as in an earlier edition.
    staying: Vec<String>,
    /// The groups that are shown together, because they're too small alone.
    merged: Vec<Merged>,
}

/// Groups that are shown together.
#[derive(Debug, Serialize)]
struct Merged {
    survey: String,
    groups: Vec<String>,
}

impl Suppression {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let main = snapshot.main_language();
        let themes = snapshot.asked.iter().flat_map(|part| &part.rows);
        let themes = themes.flat_map(|row| row.cells.iter().chain([&row.all]));
        let decisions = snapshot.priorities.iter();
        let decisions = decisions.filter_map(|priority| priority.decision.as_ref());
        let decisions = decisions.flat_map(|part| part.cells.iter().chain([&part.all]));
        let cells: Vec<&PublicCell> = themes.chain(decisions).collect();
        let number =
            |wanted: fn(&PublicCell) -> bool| cells.iter().filter(|cell| wanted(cell)).count();
        let title = |source: &SourcePart| source.title.get(main).0.to_owned();
        let sources = snapshot.sources.iter();
        Self {
            counts: cells.len(),
            hidden: number(|cell| *cell == PublicCell::Hidden),
            few: number(|cell| *cell == PublicCell::Few),
            earlier: number(|cell| matches!(cell, PublicCell::Earlier(_))),
            staying: sources
                .clone()
                .filter(|source| source.as_of.is_some())
                .map(title)
                .collect(),
            merged: sources
                .flat_map(|source| merged(snapshot, source))
                .collect(),
        }
    }
}

fn merged(snapshot: &Snapshot, source: &SourcePart) -> Vec<Merged> {
    let main = snapshot.main_language();
    let name = |key: &String| {
        let name = snapshot
            .groups
            .get(key)
            .map(|name| name.get(main).0.to_owned());
        let other = || if key.is_empty() { "no group" } else { key }.to_owned();
        name.unwrap_or_else(other)
    };
    let several = source.groups.iter().filter(|column| column.keys.len() > 1);
    several
        .map(|column| Merged {
            survey: source.title.get(main).0.to_owned(),
            groups: column.keys.iter().map(name).collect(),
        })
        .collect()
}
