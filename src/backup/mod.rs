//! Backups: every row of every table as one portable file, taken while the program serves, and put back into an empty
//! place on either engine.
//!
//! The file is gzip over lines of JSON. The first line says which version wrote it and which schema steps it had run. Each
//! table follows: a line with its columns, then a line for each row. The last line holds the number of rows of each table,
//! so that an incomplete file is recognized.
//!
//! Every version restores the backups of all versions before it: the rows are loaded into the schema of their own time,
//! and then the later steps run on them. `fixtures/upgrade` holds a backup of the first version for the test.

mod catalogue;
mod lines;
mod restore;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use restore::{Backup, Restored, open};
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
    /// The version of Chorus that wrote it.
    program: String,
    /// The commit that version was built from, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
    /// When it began, in UTC.
    taken_at: String,
    /// The steps of the schema.
    steps: Vec<String>,
}

/// The line before the rows of a table.
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
