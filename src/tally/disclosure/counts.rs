//! Counts of arbitrary sets by arbitrary columns. The layout is detected from the numbers.

use super::bounds::{Bounds, Count};
use super::staff::{AccessLevel, Shown, ShownRow, ShownTable, show_table};
use super::table::{Layout, TrueRow};
use super::{VALUES, is_few};

/// How people are spread over a table's columns and rows, as far as a reader knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Whether a person can be in several columns, as with schools; otherwise each person is in exactly one.
    pub columns_overlap: bool,
    /// Whether the rows partition the base, as the answers to a single-choice question do.
    pub rows_share: bool,
}

/// A table as an access level may see it, for any rows and columns. Where they partition people, subtraction could
/// reveal a hidden count, so more is hidden with it.
///
/// For `parents`, see [`show_table`].
pub fn show_counts(
    level: AccessLevel,
    shape: Shape,
    bases: &TrueRow,
    rows: &[TrueRow],
    parents: impl Fn(Option<usize>, usize) -> Vec<u64>,
) -> ShownTable {
    let columns = bases.cells.len();
    // A person whose answers span several rows of a file may have made two choices.
    let sum = |place: usize| rows.iter().map(|row| row.cell(place)).sum::<u64>();
    let share = shape.rows_share && (0..=columns).all(|place| sum(place) == bases.cell(place));
    let layout = match (shape.columns_overlap, share) {
        (true, true) => return show_turned(level, bases, rows, parents),
        (true, false) => Layout::Overlapping,
        (false, true) => Layout::BothWays,
        (false, false) => Layout::Across,
    };
    show_table(level, layout, bases, rows, parents)
}

/// Columns overlap, but each person in a column is in exactly one row. Transposed, that's a table whose cells add up
/// across.
fn show_turned(
    level: AccessLevel,
    bases: &TrueRow,
    rows: &[TrueRow],
    parents: impl Fn(Option<usize>, usize) -> Vec<u64>,
) -> ShownTable {
    let columns = bases.cells.len();
    let totals = TrueRow {
        cells: rows.iter().map(|row| row.total).collect(),
        total: bases.total,
    };
    let turned: Vec<TrueRow> = (0..columns)
        .map(|place| TrueRow {
            cells: rows.iter().map(|row| row.cell(place)).collect(),
            total: bases.cell(place),
        })
        .collect();
    let shown = show_table(level, Layout::Across, &totals, &turned, |column, row| {
        parents((row < rows.len()).then_some(row), column.unwrap_or(columns))
    });
    let row = |place: usize| ShownRow {
        // A column with a hidden size reveals nothing.
        cells: shown
            .rows
            .iter()
            .map(|column| match column.total {
                Shown::Count(_) => column.cell(place),
                Shown::TooFew => Shown::TooFew,
            })
            .collect(),
        total: shown.bases.cell(place),
    };
    let mut table = ShownTable {
        bases: ShownRow {
            cells: shown.rows.iter().map(|column| column.total).collect(),
            total: shown.bases.total,
        },
        rows: (0..rows.len()).map(row).collect(),
    };
    hide_what_rows_give_away(&mut table, bases, rows);
    table
}

/// Transposed, a table is protected column by column. But each person in a row is in at least one column, so the row's
/// total and its shown counts give a minimum for the hidden ones. Where that minimum reveals people, more is hidden.
fn hide_what_rows_give_away(table: &mut ShownTable, bases: &TrueRow, rows: &[TrueRow]) {
    while let Some((row, column)) = found_out(table, bases, rows) {
        let beside = (0..rows.len())
            .map(|other| (other, column))
            .chain((0..bases.cells.len()).map(|other| (row, other)));
        let open = |(row, column): (usize, usize)| {
            let cell = table.rows.get(row)?.cells.get(column)?;
            Some((cell.count()?, row, column))
        };
        let mut open: Vec<_> = beside.filter_map(open).collect();
        open.sort_unstable();
        let hidden = |(_, row, column): &(u64, usize, usize)| {
            let mut hidden = table.clone();
            hidden.hide(*row, *column);
            hidden
        };
        let enough = open.iter().map(hidden).find(|hidden| {
            let still = found_out(hidden, bases, rows);
            still.is_none_or(|place| place > (row, column))
        });
        // If hiding one of these counts isn't enough, hide the smallest and try again. Stop when none is left to hide.
        match enough.or_else(|| open.first().map(hidden)) {
            Some(hidden) => *table = hidden,
            None => break,
        }
    }
}

/// The first count of a few people, or of all but a few, that a reader can work out by adding up the columns of a
/// transposed table, knowing that each row's cells cover its total.
fn found_out(table: &ShownTable, bases: &TrueRow, rows: &[TrueRow]) -> Option<(usize, usize)> {
    let mut bounds = Bounds::default();
    let mut note = |row: &ShownRow| -> Vec<Count> {
        let cells = row.cells.iter().chain([&row.total]);
        cells
            .map(|cell| match cell {
                Shown::Count(count) => bounds.note(*count, *count),
                Shown::TooFew => bounds.note(0, bases.total),
            })
            .collect()
    };
    let known_bases = note(&table.bases);
    let known: Vec<Vec<Count>> = table.rows.iter().map(note).collect();
    for (column, base) in known_bases.iter().enumerate() {
        let down = known.iter().filter_map(|row| row.get(column).copied());
        bounds.adds_up(down.collect(), *base);
    }
    for row in known.iter().chain([&known_bases]) {
        if let Some((total, cells)) = row.split_last() {
            for cell in cells {
                bounds.at_most(*cell, *total);
            }
            bounds.at_most_together(*total, cells.to_vec());
        }
    }
    bounds.settle();
    let tells = |row: usize, column: usize| {
        let (count, base) = (rows.get(row)?.cell(column), bases.cell(column));
        let known = known.get(row)?.get(column)?;
        Some(
            (is_few(count) || is_few(base.abs_diff(count)))
                && bounds.values(*known) < VALUES.min(base),
        )
    };
    let mut places =
        (0..rows.len()).flat_map(|row| (0..bases.cells.len()).map(move |at| (row, at)));
    places.find(|(row, column)| tells(*row, *column).unwrap_or(false))
}
