//! Counts of any sets by any columns, with the layout found in the numbers themselves.

use super::staff::{Door, Shown, ShownRow, ShownTable, show_table};
use super::table::{Layout, Row};

/// How the people of a table stand to its columns and rows, as far as its reader knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Whether somebody may be in several columns, as with schools; else everyone is in one.
    pub columns_overlap: bool,
    /// Whether the rows share out those of the base, as the answers to choose one of do.
    pub rows_share: bool,
}

/// A table as it may be seen behind a door, whatever its rows and columns are. Where they share people out, what is
/// hidden could be had by subtracting, and more is hidden with it.
///
/// `parents` is as for [`show_table`].
pub fn show_counts(
    door: Door,
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
        (true, true) => return show_turned(door, bases, rows, parents),
        (true, false) => Layout::Overlapping,
        (false, true) => Layout::BothWays,
        (false, false) => Layout::Across,
    };
    show_table(door, layout, bases, rows, parents)
}

/// Columns overlap, but everyone of a column is in one row: turned round, that is a table whose cells add up across.
fn show_turned(
    door: Door,
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
    let shown = show_table(door, Layout::Across, &totals, &turned, |column, row| {
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
    ShownTable {
        bases: ShownRow {
            cells: shown.rows.iter().map(|column| column.total).collect(),
            total: shown.bases.total,
        },
        rows: (0..rows.len()).map(row).collect(),
    }
}
