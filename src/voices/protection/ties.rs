//! The relations between the rows of a snapshot.

use std::collections::BTreeSet;

use super::rows::{At, PublishedRow, RowPosition};
use crate::tally::disclosure::is_few;
use crate::voices::snapshot::Snapshot;

/// The relations between cells of different rows.
#[derive(Debug, Default)]
pub(super) struct Ties {
    /// The first cell is at most the second.
    within: Vec<(At, At)>,
    /// A union, and parts whose sum it doesn't exceed.
    unions: Vec<(At, Vec<At>)>,
    /// Rows of decisions that are older than the counts, by one to four people.
    outdated: BTreeSet<usize>,
}

/// Finds the relations between rows. Drops relations that the true counts don't satisfy, because a decision can be
/// older than the counts.
pub(super) fn ties(snapshot: &Snapshot, rows: &[PublishedRow]) -> Ties {
    let mut ties = Ties::default();
    for row in 0..rows.len() {
        ties.add_parent(snapshot, rows, row);
        ties.add_subthemes(snapshot, rows, row);
    }
    for row in 0..rows.len() {
        ties.add_priority(snapshot, rows, row);
    }
    let count = |(row, at): &At| rows.get(*row).map_or(0, |row| row.count(*at));
    let older = ties.within.iter();
    let older = older.filter(|(small, large)| is_few(count(small).saturating_sub(count(large))));
    ties.outdated = older.map(|(_, large)| large.0).collect();
    ties.within
        .retain(|(small, large)| count(small) <= count(large));
    ties.unions
        .retain(|(union, parts)| count(union) <= parts.iter().map(count).sum());
    ties
}

/// The theme of a row, and the part of the snapshot that counts it.
fn theme_of<'a>(snapshot: &'a Snapshot, row: &PublishedRow) -> Option<(usize, &'a str)> {
    match row.position {
        RowPosition::Theme { part, row } => {
            let line = snapshot.asked.get(part)?.rows.get(row)?;
            Some((part, line.theme.as_str()))
        }
        RowPosition::Priority(_) => None,
    }
}

impl Ties {
    /// A theme's counts are at most those of its parent.
    fn add_parent(&mut self, snapshot: &Snapshot, rows: &[PublishedRow], small: usize) {
        let Some(part) = rows.get(small) else {
            return;
        };
        let parent = theme_of(snapshot, part)
            .and_then(|(asked, key)| Some((asked, snapshot.theme(key)?.parent.as_deref()?)));
        let large = rows
            .iter()
            .position(|row| parent.is_some() && theme_of(snapshot, row) == parent);
        if let Some(large) = large {
            self.within
                .extend((0..=part.total()).map(|at| ((small, at), (large, at))));
        }
    }

    /// A theme without words of its own counts the union of its subthemes.
    fn add_subthemes(&mut self, snapshot: &Snapshot, rows: &[PublishedRow], whole: usize) {
        let Some(part) = rows.get(whole) else {
            return;
        };
        let Some((asked, theme)) =
            theme_of(snapshot, part).and_then(|(asked, key)| Some((asked, snapshot.theme(key)?)))
        else {
            return;
        };
        let is_part = |row: &PublishedRow| {
            theme_of(snapshot, row).is_some_and(|(other, key)| {
                let parent = snapshot.theme(key).and_then(|it| it.parent.as_deref());
                other == asked && parent == Some(theme.key.as_str())
            })
        };
        let parts: Vec<usize> = (0..rows.len())
            .filter(|row| rows.get(*row).is_some_and(is_part))
            .collect();
        if theme.rules.is_empty() && !parts.is_empty() {
            let unions = (0..=part.total()).map(|at| {
                let parts = parts.iter().map(|row| (*row, at)).collect();
                ((whole, at), parts)
            });
            self.unions.extend(unions);
        }
    }

    /// A priority counts the union of its themes, in each group that no column of theirs tears apart.
    fn add_priority(&mut self, snapshot: &Snapshot, rows: &[PublishedRow], whole: usize) {
        let Some((union, RowPosition::Priority(place))) =
            rows.get(whole).map(|row| (row, row.position))
        else {
            return;
        };
        let Some(priority) = snapshot.priorities.get(place) else {
            return;
        };
        let is_part = |row: &PublishedRow| {
            let theme = theme_of(snapshot, row);
            theme.is_some_and(|(_, key)| priority.themes.iter().any(|theme| theme == key))
        };
        let parts: Vec<(usize, &PublishedRow)> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| is_part(row))
            .collect();
        let totals = parts.iter().map(|(place, row)| (*place, row.total()));
        self.add_union((whole, union.total()), totals.collect());
        for (at, groups) in union.groups.iter().enumerate() {
            let (mut inside, mut torn) = (Vec::new(), false);
            for (place, part) in &parts {
                for (column, theirs) in part.groups.iter().enumerate() {
                    if theirs.is_subset(groups) {
                        inside.push((*place, column));
                    } else {
                        torn |= !theirs.is_disjoint(groups);
                    }
                }
            }
            if torn {
                let within = inside.into_iter().map(|part| (part, (whole, at)));
                self.within.extend(within);
            } else {
                self.add_union((whole, at), inside);
            }
        }
    }

    fn add_union(&mut self, union: At, parts: Vec<At>) {
        self.within.extend(parts.iter().map(|part| (*part, union)));
        self.unions.push((union, parts));
    }

    /// The rows of decisions that one to four people have spoken since. Next to the counts, they would tell what those
    /// said.
    pub(super) fn outdated(&self) -> &BTreeSet<usize> {
        &self.outdated
    }

    /// Each count that is at most another.
    pub(super) fn within(&self) -> &[(At, At)] {
        &self.within
    }

    /// Each count of a union, with the counts of its parts.
    pub(super) fn unions(&self) -> &[(At, Vec<At>)] {
        &self.unions
    }
}
