//! Backups: every row of every table as one portable file, taken while the program serves, and put back into an empty
//! place on either engine.
//!
//! The file is gzip over lines of JSON. The first line says what it is and how far the schema was; then for each table a
//! line with its columns and a line with the values of each row; the last line holds the number of rows of each table,
//! so that a file that was cut off is known for it.

mod catalogue;
mod lines;
mod restore;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use restore::{Backup, open};
pub use write::write;

/// The number of rows of each table.
pub type Counts = BTreeMap<String, u64>;

/// The version of the file's shape.
const SHAPE: u32 = 1;

/// The first line of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    /// The version of the file's shape.
    chorus_backup: u32,
    /// The program that wrote it.
    program: String,
    /// When it began, in UTC.
    taken_at: String,
    /// The steps of the schema.
    steps: Vec<String>,
}

/// What stands before the rows of a table.
#[derive(Debug, Serialize, Deserialize)]
struct TableLine {
    table: String,
    columns: Vec<String>,
}

/// The last line of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Trailer {
    /// The number of rows of each table.
    rows: Counts,
}
