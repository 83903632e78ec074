//! Backups: every row of every table in one portable file. You can take one while the server runs and restore it into
//! an empty database on either engine.
//!
//! The file is gzip-compressed JSON lines. The first line has the version that wrote it and the migrations that had
//! run. Each table follows: a line with its columns, then a line for each row. The last line has the number of rows in
//! each table, so that a truncated file is detected.
//!
//! Every version restores the backups of all earlier versions: rows are loaded into the schema at the time of the
//! backup, and then the later migrations run on them. The tests use `fixtures/upgrade`, a backup of the first version.

mod catalog;
mod lines;
mod restore;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use restore::{Backup, Restored, open};
pub use write::write;

/// The number of rows in each table.
pub type Counts = BTreeMap<String, u64>;

/// The version of the file format.
const SHAPE: u32 = 1;

/// The first line of a file.
#[derive(Debug, Serialize, Deserialize)]
struct FileHeader {
    /// The version of the file format.
    chorus_backup: u32,
    /// The version of Chorus that wrote it.
    program: String,
    /// The commit it was built from, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
    /// When the backup started, in UTC.
    taken_at: String,
    /// The migrations that had run.
    steps: Vec<String>,
}

/// The line before a table's rows.
#[derive(Debug, Serialize, Deserialize)]
struct TableLine {
    table: String,
    columns: Vec<String>,
}

/// The last line of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Trailer {
    /// The number of rows in each table.
    rows: Counts,
}
