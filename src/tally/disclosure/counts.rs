//! Counts of any sets by any columns, with the layout found in the numbers themselves.

use super::bounds::{Bounds, Count};
use super::staff::{AccessLevel, Shown, ShownRow, ShownTable, show_table};
use super::table::{Layout, Row};
use super::{VALUES, is_few};

/// How the people of a table stand to its columns and rows, as far as its reader knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Whether somebody may be in several columns, as with schools; else everyone is in one.
    pub columns_overlap: bool,
    /// Whether the rows share out those of the base, as the answers to choose one of do.
    pub rows_share: bool,
}

/// A table as an access level may see it, whatever its rows and columns are. Where they share people out, what is
/// hidden could be had by subtracting, and more is hidden with it.
///
/// `parents` is as for [`show_table`].
pub fn show_counts(
    level: AccessLevel,
    shape: Shape,
    bases: &Row,
    rows: &[Row],
    parents: impl Fn(Option<usize>, usize) -> Vec<u64>,
) -> ShownTable {
    let columns = bases.cells.len();
    // Somebody whose answers came in several rows of a file may have chosen two of one.
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

/// Columns overlap, but everyone of a column is in one row: turned round, that is a table whose cells add up across.
fn show_turned(
    level: AccessLevel,
    bases: &Row,
    rows: &[Row],
    parents: impl Fn(Option<usize>, usize) -> Vec<u64>,
) -> ShownTable {
    let columns = bases.cells.len();
    let totals = Row {
        cells: rows.iter().map(|row| row.total).collect(),
        total: bases.total,
    };
    let turned: Vec<Row> = (0..columns)
        .map(|place| Row {
            cells: rows.iter().map(|row| row.cell(place)).collect(),
            total: bases.cell(place),
        })
        .collect();
    let shown = show_table(level, Layout::Across, &totals, &turned, |column, row| {
        parents((row < rows.len()).then_some(row), column.unwrap_or(columns))
    });
    let row = |place: usize| ShownRow {
        // A column whose own size is hidden tells nothing.
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

/// Turned round, a table is protected column by column. But nobody of a row is in none of its columns, so its total and
/// the counts that are shown say how many the others hold at the least; where that reveals somebody, more is hidden.
fn hide_what_rows_give_away(table: &mut ShownTable, bases: &Row, rows: &[Row]) {
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
        // Where no single count is enough, the smallest goes, and then another; where none is left, all are hidden.
        match enough.or_else(|| open.first().map(hidden)) {
            Some(hidden) => *table = hidden,
            None => break,
        }
    }
}

/// The first count of few people, or of all but a few, that somebody works out who adds up the columns of a turned table and
/// knows that every row's total is covered by its cells.
fn found_out(table: &ShownTable, bases: &Row, rows: &[Row]) -> Option<(usize, usize)> {
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
