//! Why a file cannot be read.

use std::io;

use super::{LARGEST_CELL, LARGEST_ROW};
use crate::files::{shown, unreadable};

/// How many column names a message lists.
const NAMED: usize = 30;

/// Why a file cannot be read, in words for the person who chose it. The caller adds the file's name.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file cannot be opened or read.
    #[error("{}", unreadable(.0))]
    File(#[source] io::Error),
    /// It is empty.
    #[error("the file is empty; its first line must list the columns")]
    Empty,
    /// It is UTF-16.
    #[error("the file is UTF-16; save it as CSV UTF-8")]
    Utf16,
    /// A column is missing, or there are two of it.
    #[error("{} “{wanted}”; the columns are: {}", if *.twice { "there are two columns" } else { "there is no column" }, listed(columns))]
    Column {
        /// The column's name.
        wanted: String,
        /// Whether there are two.
        twice: bool,
        /// The names of all columns.
        columns: Vec<String>,
    },
    /// A cell is not UTF-8.
    #[error(
        "line {line}, column “{}”: this is not UTF-8; save the file as CSV UTF-8",
        shown(column)
    )]
    Encoding {
        /// The line that the row begins at.
        line: u64,
        /// The column.
        column: String,
    },
    /// A cell is longer than [`LARGEST_CELL`].
    #[error(
        "line {line}, column “{}”: a cell has {bytes} bytes and the limit is {LARGEST_CELL}; check for a missing quotation mark",
        shown(column)
    )]
    Cell {
        /// The line that the row begins at.
        line: u64,
        /// The column.
        column: String,
        /// The cell's length.
        bytes: usize,
    },
    /// A row is longer than the limit.
    #[error(
        "line {line}: a row of more than {LARGEST_ROW} bytes starts here; check for a missing quotation mark"
    )]
    Row {
        /// The line that the row begins at.
        line: u64,
    },
    /// The file ends inside a quoted cell.
    #[error(
        "line {line}: the row that starts here has an unclosed quotation mark; the file may be incomplete"
    )]
    Unclosed {
        /// The line that the row begins at.
        line: u64,
    },
    /// Rows have more or fewer cells than there are columns.
    #[error("{}", ragged(*.columns, rows, *.count))]
    Ragged {
        /// How many columns there are.
        columns: usize,
        /// The first such rows: line and number of cells.
        rows: Vec<(u64, usize)>,
        /// How many rows are wrong.
        count: usize,
    },
}

/// Column names as a message lists them.
pub fn listed(columns: &[String]) -> String {
    let mut names: Vec<String> = columns.iter().take(NAMED).map(|name| shown(name)).collect();
    if columns.len() > NAMED {
        names.push(format!("and {} more", columns.len() - NAMED));
    }
    names.join(", ")
}

fn ragged(columns: usize, rows: &[(u64, usize)], count: usize) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(line, cells)| format!("line {line} has {cells}"))
        .collect();
    let more = if count > rows.len() {
        format!(" and {} more", count - rows.len())
    } else {
        String::new()
    };
    let columns = match columns {
        1 => "there is 1 column".to_owned(),
        many => format!("there are {many} columns"),
    };
    format!(
        "{columns}, but {}{more}; check for a missing or extra separator or quotation mark",
        rows.join(", ")
    )
}
