//! What the tables of a snapshot say together. Each was protected alone; but a priority's people are the union of its
//! themes', and a theme holds everybody who is in its parts, so one table may give away what another hides. Where it does,
//! as little as possible is hidden beside: first how a theme is split by group, then a priority, then totals.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::build::visible;
use super::material::Material;
use super::snapshot::Snapshot;
use crate::priorities::score::Score;
use crate::tally::gate::{Bounds, Column, Count, FEW, PublicCell, VALUES};

/// Where a row stands in the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// A theme, where one kind of thing was asked for.
    Theme { part: usize, row: usize },
    /// The decision on a priority.
    Priority(usize),
}

/// A row of a table, its total last.
#[derive(Clone, Debug)]
struct Row {
    place: Place,
    /// The groups of each column.
    groups: Vec<BTreeSet<String>>,
    bases: Vec<u64>,
    counts: Vec<u64>,
    cells: Vec<PublicCell>,
    /// How many people said the released remarks of the row, at the least.
    said: u64,
}

/// A cell: its row and its place there.
type At = (usize, usize);

/// How the cells of different rows hang together.
#[derive(Debug, Default)]
struct Ties {
    /// No larger than.
    within: Vec<(At, At)>,
    /// A union, and the parts that it is no larger than together.
    unions: Vec<(At, Vec<At>)>,
}

/// Hides what gives away a hidden count, or one to four people, when all tables are read together.
pub(super) fn protect(snapshot: &mut Snapshot, material: &Material) {
    let mut rows = read(snapshot, material);
    let ties = ties(snapshot, &rows);
    while let Some(leak) = leak(&rows, &ties) {
        let mut ways = ways(&rows, &ties, leak.0);
        ways.sort_by_key(|way| way.loss(&rows));
        let enough = ways.iter().find(|way| {
            let mut hidden = rows.clone();
            way.hide(&mut hidden);
            !is_found_out(&hidden, &study(&hidden, &ties), leak)
        });
        let Some(way) = enough.or(ways.first()) else {
            // Everything around it is hidden already.
            break;
        };
        way.hide(&mut rows);
    }
    write(snapshot, &rows);
}

fn read(snapshot: &Snapshot, material: &Material) -> Vec<Row> {
    let mut rows = Vec::new();
    for (part, (shown, truth)) in snapshot.asked.iter().zip(&material.asked).enumerate() {
        for (row, line) in shown.rows.iter().enumerate() {
            let Some(named) = truth.rows.iter().find(|named| named.theme == line.theme) else {
                continue;
            };
            let count = |key: &str| named.columns.get(key).copied().unwrap_or(0);
            let said = snapshot.remarks.iter().filter(|remark| {
                let counts = |theme: &super::snapshot::Matched| theme.theme == line.theme;
                remark.speaks_for.is_none()
                    && remark.asks == shown.asks
                    && remark.themes.iter().any(counts)
            });
            // Answers to one question are people of their own; a file may hold several of one person.
            let mut by_item: BTreeMap<&str, u64> = BTreeMap::new();
            for remark in said {
                *by_item.entry(&remark.item).or_default() += 1;
            }
            let said = by_item.into_values().max().unwrap_or(0);
            let (mut cells, all) = (line.cells.clone(), line.all);
            cells.push(all);
            let place = Place::Theme { part, row };
            rows.push(Row::new(
                place,
                &shown.columns,
                count,
                truth.asked,
                named.all,
                cells,
                said,
            ));
        }
    }
    for (place, (priority, (_, decision))) in snapshot
        .priorities
        .iter()
        .zip(&material.priorities)
        .enumerate()
    {
        let (Some(shown), Some(decision)) = (&priority.decision, decision) else {
            continue;
        };
        let score: &Score = &decision.evidence.score;
        let count = |key: &str| {
            let mut groups = score.groups.iter();
            let group = groups.find(|group| super::build::group_key(group) == key);
            group.map_or(0, |group| group.named)
        };
        let mut cells = shown.cells.clone();
        cells.push(shown.all);
        let place = Place::Priority(place);
        rows.push(Row::new(
            place,
            &shown.columns,
            count,
            score.asked,
            score.named,
            cells,
            0,
        ));
    }
    rows
}

impl Row {
    fn new(
        place: Place,
        columns: &[Column],
        count: impl Fn(&str) -> u64,
        asked: u64,
        all: u64,
        cells: Vec<PublicCell>,
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
            place,
            groups: columns.iter().map(groups).collect(),
            bases: bases.chain([asked]).collect(),
            counts: counts.chain([all]).collect(),
            said: said.min(all),
            cells,
        }
    }

    fn total(&self) -> usize {
        self.groups.len()
    }

    fn count(&self, at: usize) -> u64 {
        self.counts.get(at).copied().unwrap_or(0)
    }
}

/// Reads off how the rows hang together. A tie that does not hold is none: a decision may be older than the counts.
fn ties(snapshot: &Snapshot, rows: &[Row]) -> Ties {
    let mut ties = Ties::default();
    let count = |(row, at): &At| rows.get(*row).map_or(0, |row| row.count(*at));
    let theme = |row: &Row| match row.place {
        Place::Theme { part, row } => {
            let line = snapshot.asked.get(part)?.rows.get(row)?;
            Some((part, line.theme.as_str()))
        }
        Place::Priority(_) => None,
    };
    for (small, part) in rows.iter().enumerate() {
        let Some((asked, key)) = theme(part) else {
            continue;
        };
        let parent = snapshot
            .theme(key)
            .and_then(|theme| theme.parent.as_deref());
        let whole = rows
            .iter()
            .position(|row| parent.is_some() && theme(row) == parent.map(|parent| (asked, parent)));
        if let Some(large) = whole {
            ties.within
                .extend((0..=part.total()).map(|at| ((small, at), (large, at))));
        }
    }
    for (whole, union) in rows.iter().enumerate() {
        let Place::Priority(place) = union.place else {
            continue;
        };
        let Some(priority) = snapshot.priorities.get(place) else {
            continue;
        };
        let parts: Vec<usize> = (0..rows.len())
            .filter(|row| {
                let theme = rows.get(*row).and_then(theme);
                theme.is_some_and(|(_, key)| priority.themes.iter().any(|theme| theme == key))
            })
            .collect();
        let totals: Vec<At> = parts
            .iter()
            .filter_map(|row| Some((*row, rows.get(*row)?.total())))
            .collect();
        ties.add_union((whole, union.total()), totals);
        for (at, groups) in union.groups.iter().enumerate() {
            let (mut inside, mut torn) = (Vec::new(), false);
            for part in &parts {
                let columns = rows.get(*part).map_or(&[][..], |row| &row.groups);
                for (column, theirs) in columns.iter().enumerate() {
                    if theirs.is_subset(groups) {
                        inside.push((*part, column));
                    } else {
                        torn |= !theirs.is_disjoint(groups);
                    }
                }
            }
            if torn {
                let within = inside.into_iter().map(|part| (part, (whole, at)));
                ties.within.extend(within);
            } else {
                ties.add_union((whole, at), inside);
            }
        }
    }
    ties.within
        .retain(|(small, large)| count(small) <= count(large));
    ties.unions
        .retain(|(union, parts)| count(union) <= parts.iter().map(count).sum());
    ties
}

impl Ties {
    fn add_union(&mut self, union: At, parts: Vec<At>) {
        self.within.extend(parts.iter().map(|part| (*part, union)));
        self.unions.push((union, parts));
    }

    /// The rows that say something of the same people as a row: itself, the unions that it is in, and their other parts.
    fn near(&self, row: usize) -> BTreeSet<usize> {
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

/// What somebody works out who reads all rows and knows how they hang together.
fn study(rows: &[Row], ties: &Ties) -> (Bounds, Vec<Vec<Count>>) {
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
    for (small, large) in &ties.within {
        if let (Some(small), Some(large)) = (count(small), count(large)) {
            bounds.at_most(small, large);
        }
    }
    for (union, parts) in &ties.unions {
        if let Some(union) = count(union) {
            bounds.at_most_together(union, parts.iter().filter_map(count).collect());
        }
    }
    bounds.settle();
    (bounds, known)
}

/// The first cell that must not be worked out and is.
fn leak(rows: &[Row], ties: &Ties) -> Option<At> {
    let studied = study(rows, ties);
    let places = rows
        .iter()
        .enumerate()
        .flat_map(|(row, line)| (0..line.cells.len()).map(move |at| (row, at)));
    let mut places = places;
    places.find(|place| is_found_out(rows, &studied, *place))
}

fn is_found_out(rows: &[Row], studied: &(Bounds, Vec<Vec<Count>>), (row, at): At) -> bool {
    let found = || {
        let line = rows.get(row)?;
        let (count, base) = (line.count(at), *line.bases.get(at)?);
        let few = |size: u64| (1..FEW).contains(&size);
        let kept = match line.cells.get(at)? {
            PublicCell::Exact(_) => false,
            PublicCell::Hidden => true,
            PublicCell::Below | PublicCell::Above => few(count) || few(base.saturating_sub(count)),
        };
        let known = studied.1.get(row)?.get(at)?;
        Some(kept && studied.0.values(*known) < VALUES)
    };
    found().unwrap_or(false)
}

/// Something that could be hidden beside: how a row is split by group, or all of it.
#[derive(Clone, Copy, Debug)]
struct Way {
    row: usize,
    with_total: bool,
}

/// What could be hidden so that a cell of a row is not found out. What is hidden already is no way.
fn ways(rows: &[Row], ties: &Ties, row: usize) -> Vec<Way> {
    let near = ties.near(row).into_iter();
    let ways = near.flat_map(|row| [false, true].map(|with_total| Way { row, with_total }));
    ways.filter(|way| {
        let hidden = |cell: &PublicCell| *cell == PublicCell::Hidden;
        let cells = rows.get(way.row).map_or(&[][..], |row| way.of(row));
        !cells.iter().all(hidden)
    })
    .collect()
}

impl Way {
    fn of<'a>(&self, row: &'a Row) -> &'a [PublicCell] {
        let end = row.total() + usize::from(self.with_total);
        row.cells.get(..end).unwrap_or_default()
    }

    /// How much is lost: a total is worth more than a split, a priority more than a theme, much more than little.
    fn loss(&self, rows: &[Row]) -> (bool, bool, u64) {
        let Some(row) = rows.get(self.row) else {
            return (true, true, u64::MAX);
        };
        let lost = self.of(row).iter().map(|cell| visible(*cell).min(1 << 40));
        let is_priority = matches!(row.place, Place::Priority(_));
        (self.with_total, is_priority, lost.sum())
    }

    fn hide(&self, rows: &mut [Row]) {
        if let Some(row) = rows.get_mut(self.row) {
            let end = row.total() + usize::from(self.with_total);
            for cell in row.cells.iter_mut().take(end) {
                *cell = PublicCell::Hidden;
            }
        }
    }
}

/// Puts the rows back into the snapshot. A decision that is not split by group says nothing of the groups' mean either.
fn write(snapshot: &mut Snapshot, rows: &[Row]) {
    for row in rows {
        let Some((total, cells)) = row.cells.split_last() else {
            continue;
        };
        match row.place {
            Place::Theme { part, row } => {
                let line = snapshot
                    .asked
                    .get_mut(part)
                    .and_then(|part| part.rows.get_mut(row));
                if let Some(line) = line {
                    (line.all, line.cells) = (*total, cells.to_vec());
                }
            }
            Place::Priority(place) => {
                let priority = snapshot.priorities.get_mut(place);
                let Some(decision) = priority.and_then(|priority| priority.decision.as_mut())
                else {
                    continue;
                };
                decision.all = *total;
                if cells.iter().all(|cell| *cell == PublicCell::Hidden) {
                    (decision.columns, decision.cells) = (Vec::new(), Vec::new());
                    (decision.equally, decision.sources) = (None, Vec::new());
                } else {
                    decision.cells = cells.to_vec();
                }
            }
        }
    }
    // By what is shown, never by what is not: the order must not tell it either.
    for part in &mut snapshot.asked {
        part.rows
            .sort_by_key(|row| (Reverse(visible(row.all)), row.theme.clone()));
    }
}
