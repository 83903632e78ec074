//! Counts as a page shows them, hidden ones included.

use serde::Serialize;

/// A count, or the fact that it's hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// The count.
    Count(u64),
    /// Hidden: a small count, or one that would reveal a small count.
    TooFew,
}

impl Shown {
    /// The count, if shown.
    pub fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::TooFew => None,
        }
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRow {
    /// One cell per column.
    pub cells: Vec<Shown>,
    /// All columns together.
    pub total: Shown,
}

impl ShownRow {
    /// The count of a column; past the last column, the total.
    pub fn cell(&self, column: usize) -> Shown {
        self.cells.get(column).copied().unwrap_or(self.total)
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownTable {
    /// The base of each column, and of all columns together.
    pub bases: ShownRow,
    /// The rows.
    pub rows: Vec<ShownRow>,
}
