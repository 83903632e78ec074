//! The relations between the rows of a snapshot, and what can be worked out from them.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{At, PublishedRow, RowPosition};
use crate::tally::disclosure::{Bounds, Count};
use crate::voices::snapshot::Snapshot;

/// The relations between cells of different rows.
#[derive(Debug, Default)]
pub(super) struct Ties {
    /// The first cell is at most the second.
    within: Vec<(At, At)>,
    /// A union, and parts whose sum it doesn't exceed.
    unions: Vec<(At, Vec<At>)>,
}

/// Finds the relations between rows. Drops relations that the true counts don't satisfy, because a decision can be
/// older than the counts.
pub(super) fn ties(snapshot: &Snapshot, rows: &[PublishedRow]) -> Ties {
    let mut ties = Ties::default();
    for row in 0..rows.len() {
        ties.add_parent(snapshot, rows, row);
    }
    for row in 0..rows.len() {
        ties.add_priority(snapshot, rows, row);
    }
    let count = |(row, at): &At| rows.get(*row).map_or(0, |row| row.count(*at));
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

    /// The rows that relate to the same people as a row: the row itself, the unions that include it, and their other
    /// parts.
    pub(super) fn near(&self, row: usize) -> BTreeSet<usize> {
        let beside = |row: usize| {
            let pairs = self.within.iter().map(|(small, large)| (small.0, large.0));
            pairs.filter_map(move |(small, large)| match row {
                _ if row == small => Some(large),
                _ if row == large => Some(small),
                _ => None,
            })
        };
        let mut near: BTreeSet<usize> = beside(row).chain([row]).collect();
        near.extend(near.clone().into_iter().flat_map(beside));
        near
    }
}

/// By how much the sum of the parts exceeds their union, or a whole exceeds its part.
struct Over {
    is_total: bool,
    people: u64,
    count: Count,
}

impl Over {
    fn new(is_total: bool, people: u64, count: Count) -> Self {
        Self {
            is_total,
            people,
            count,
        }
    }
}

/// What can be worked out.
pub(super) struct Studied {
    pub(super) bounds: Bounds,
    /// The counts of each row, as variables in `bounds`.
    pub(super) counts: Vec<Vec<Count>>,
}

/// What someone can work out from all rows and the relations between them.
pub(super) fn study(rows: &[PublishedRow], ties: &Ties) -> Studied {
    let mut bounds = Bounds::default();
    let mut known: Vec<Vec<Count>> = Vec::with_capacity(rows.len());
    for row in rows {
        let cells = row.cells.iter().zip(&row.bases);
        let counts: Vec<Count> = cells
            .map(|(cell, base)| {
                let (low, high) = cell.range(*base);
                bounds.note(low, high)
            })
            .collect();
        if let Some((total, parts)) = counts.split_last() {
            if !parts.is_empty() {
                bounds.adds_up(parts.to_vec(), *total);
            }
            let said = bounds.note(row.said, row.said);
            bounds.at_most(said, *total);
        }
        known.push(counts);
    }
    let count = |(row, at): &At| known.get(*row)?.get(*at).copied();
    // The excess in the groups adds up to the excess in the total.
    let mut over: BTreeMap<(usize, Option<usize>), Vec<Over>> = BTreeMap::new();
    let is_total = |(row, at): &At| rows.get(*row).is_some_and(|row| row.total() == *at);
    let truth = |(row, at): &At| rows.get(*row).map_or(0, |row| row.count(*at));
    for (small, large) in &ties.within {
        if let (Some(less), Some(more)) = (count(small), count(large)) {
            let rest = bounds.at_most(less, more);
            let left = truth(large).saturating_sub(truth(small));
            let pair = over.entry((large.0, Some(small.0))).or_default();
            pair.push(Over::new(is_total(large), left, rest));
        }
    }
    for (union, parts) in &ties.unions {
        if let Some(whole) = count(union) {
            let rest = bounds.at_most_together(whole, parts.iter().filter_map(count).collect());
            let sum: u64 = parts.iter().map(truth).sum();
            let left = sum.saturating_sub(truth(union));
            let groups = over.entry((union.0, None)).or_default();
            groups.push(Over::new(is_total(union), left, rest));
        }
    }
    for rests in over.values() {
        let (totals, groups): (Vec<&Over>, Vec<&Over>) =
            rests.iter().partition(|over| over.is_total);
        let left: u64 = groups.iter().map(|over| over.people).sum();
        if let [all] = totals[..]
            && !groups.is_empty()
            && left == all.people
        {
            bounds.adds_up(groups.iter().map(|over| over.count).collect(), all.count);
        }
    }
    bounds.settle();
    Studied {
        bounds,
        counts: known,
    }
}
