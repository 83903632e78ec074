//! The rows of all tables of a snapshot, with true and shown counts, and how to write them back.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::priorities::score::Score;
use crate::surveys::Intent;
use crate::tally::disclosure::{Column, PublicCell};
use crate::voices::cells::{group_key, visible};
use crate::voices::earlier::Counted;
use crate::voices::material::Material;
use crate::voices::snapshot::Snapshot;

/// Where a row is in the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowPosition {
    /// A theme, for one intent.
    Theme { part: usize, row: usize },
    /// The decision on a priority.
    Priority(usize),
}

/// A row of a table, with its total last.
#[derive(Clone, Debug)]
pub(super) struct PublishedRow {
    pub(super) position: RowPosition,
    pub(super) counted: Counted,
    pub(super) columns: Vec<Column>,
    /// The groups in each column.
    pub(super) groups: Vec<BTreeSet<String>>,
    pub(super) bases: Vec<u64>,
    pub(super) counts: Vec<u64>,
    pub(super) cells: Vec<PublicCell>,
    /// The least number of people who must have said the row's released comments.
    pub(super) said: u64,
}

/// A cell: its row, and its position in the row.
pub(super) type At = (usize, usize);

pub(super) fn read(snapshot: &Snapshot, material: &Material) -> Vec<PublishedRow> {
    let mut rows = theme_rows(snapshot, material);
    rows.extend(priority_rows(snapshot, material));
    rows
}

fn theme_rows(snapshot: &Snapshot, material: &Material) -> Vec<PublishedRow> {
    let mut rows = Vec::new();
    for (part, (shown, truth)) in snapshot.asked.iter().zip(&material.asked).enumerate() {
        for (row, line) in shown.rows.iter().enumerate() {
            let Some(named) = truth.rows.iter().find(|named| named.theme == line.theme) else {
                continue;
            };
            let count = |key: &str| named.columns.get(key).copied().unwrap_or(0);
            let all = shown.columns.iter().map(|column| column.sum(count)).sum();
            rows.push(PublishedRow::new(
                RowPosition::Theme { part, row },
                Counted::Theme(shown.intent, line.theme.clone()),
                &shown.columns,
                count,
                shown.asked.unwrap_or(0),
                all,
                said(snapshot, shown.intent, &line.theme),
            ));
        }
    }
    rows
}

/// The least number of people who must have said the released comments of a theme.
fn said(snapshot: &Snapshot, intent: Intent, theme: &str) -> u64 {
    let said = snapshot.comments.iter().filter(|comment| {
        comment.speaks_for.is_none()
            && comment.intent == intent
            && comment.themes.iter().any(|matched| matched.theme == theme)
    });
    // Answers to the same question come from different people. A file can have several from one person.
    let mut by_item: BTreeMap<&str, u64> = BTreeMap::new();
    for comment in said {
        *by_item.entry(&comment.item).or_default() += 1;
    }
    by_item.into_values().max().unwrap_or(0)
}

fn priority_rows(snapshot: &Snapshot, material: &Material) -> Vec<PublishedRow> {
    let mut rows = Vec::new();
    let priorities = snapshot.priorities.iter().zip(&material.priorities);
    for (place, (priority, (_, decision))) in priorities.enumerate() {
        let (Some(shown), Some(decision)) = (&priority.decision, decision) else {
            continue;
        };
        let score: &Score = &decision.evidence.score;
        let count = |key: &str| {
            let mut groups = score.groups.iter();
            let group = groups.find(|group| group_key(group) == key);
            group.map_or(0, |group| group.named)
        };
        rows.push(PublishedRow::new(
            RowPosition::Priority(place),
            Counted::Priority(priority.key.clone()),
            &shown.columns,
            count,
            score.asked,
            score.named,
            0,
        ));
    }
    rows
}

impl PublishedRow {
    fn new(
        position: RowPosition,
        counted: Counted,
        columns: &[Column],
        count: impl Fn(&str) -> u64,
        asked: u64,
        all: u64,
        said: u64,
    ) -> Self {
        let groups = |column: &Column| {
            let keys = column.keys.iter();
            let groups =
                keys.map(|key| key.split_once('/').map_or(key.as_str(), |(_, group)| group));
            groups
                .flat_map(|key| key.split('+'))
                .map(str::to_owned)
                .collect()
        };
        let bases = columns.iter().map(|column| column.base);
        let counts = columns.iter().map(|column| column.sum(&count));
        Self {
            position,
            counted,
            columns: columns.to_vec(),
            groups: columns.iter().map(groups).collect(),
            bases: bases.chain([asked]).collect(),
            counts: counts.chain([all]).collect(),
            said: said.min(all),
            cells: Vec::new(),
        }
    }

    /// Whether nobody was asked, as where only tables at forums were.
    pub(super) fn is_of_nobody(&self) -> bool {
        self.bases.last() == Some(&0)
    }

    pub(super) fn total(&self) -> usize {
        self.groups.len()
    }

    pub(super) fn count(&self, at: usize) -> u64 {
        self.counts.get(at).copied().unwrap_or(0)
    }
}

/// Writes the rows back to the snapshot. A decision without a breakdown by group doesn't show the groups' mean either.
pub(super) fn write(snapshot: &mut Snapshot, rows: &[PublishedRow]) {
    for row in rows {
        let Some((total, cells)) = row.cells.split_last() else {
            continue;
        };
        match row.position {
            RowPosition::Theme { part, row } => {
                let line = snapshot
                    .asked
                    .get_mut(part)
                    .and_then(|part| part.rows.get_mut(row));
                if let Some(line) = line {
                    (line.all, line.cells) = (*total, cells.to_vec());
                }
            }
            RowPosition::Priority(place) => {
                let priority = snapshot.priorities.get_mut(place);
                let Some(decision) = priority.and_then(|priority| priority.decision.as_mut())
                else {
                    continue;
                };
                decision.all = *total;
                decision.cells = cells.to_vec();
                let mut shown = row.cells.iter().zip(&row.counts);
                if !shown.all(|(cell, count)| cell.count() == Some(*count)) {
                    // Both follow from the true counts.
                    (decision.equally, decision.sources) = (None, Vec::new());
                }
                if cells.iter().all(|cell| *cell == PublicCell::Hidden) {
                    (decision.columns, decision.cells) = (Vec::new(), Vec::new());
                }
            }
        }
    }
    // Sort by the shown counts, so that the order doesn't reveal hidden ones.
    for part in &mut snapshot.asked {
        part.rows
            .sort_by_key(|row| (Reverse(visible(row.all)), row.theme.clone()));
    }
}
