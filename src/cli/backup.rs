//! `chorus backup` and `chorus restore`

use std::path::PathBuf;

use clap::Args;

use super::Place;
use super::console::{counted, note, say};
use crate::app;
use crate::backup::{self, Counts};
use crate::clock::Clock;
use crate::db::{Address, Database, steps_run};
use crate::error::Result;
use crate::files;

/// Write everything into one file, while the program serves
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus backup /backups/chorus-2026-10-05.gz --data /var/lib/chorus

The file holds every table as it was at one moment, accounts and passwords' hashes too: keep it as you keep the database.
It can be restored into SQLite and into PostgreSQL. The secret is not in it; keep secret.key, or CHORUS_SECRET, beside it.")]
pub(super) struct Backup {
    /// The file to write; it must not be there yet
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, place: &Place) -> Result<()> {
        let database = place.existing_database()?;
        let now = Clock::system().now();
        let counts = files::write_new(&self.file, |out| {
            backup::write(&database, now, out, |table| {
                note(format_args!("writing {table}"));
            })
        })?;
        say(format_args!("{}: {}", self.file.display(), total(&counts)))?;
        say(
            "The secret is not in it: keep secret.key of the data folder, or CHORUS_SECRET, in a safe place too.",
        )
    }
}

/// Put a backup into an empty place
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chorus restore /backups/chorus-2026-10-05.gz --data /var/lib/chorus-new
  chorus restore /backups/chorus-2026-10-05.gz --database-url postgres://chorus@db.district.example/chorus

A file that was cut off or damaged is refused before anything is kept. Put the old secret.key into the new data folder, or
set CHORUS_SECRET: without the same secret receipts and links of before do not open.")]
pub(super) struct Restore {
    /// The file that `chorus backup` wrote
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(self, place: &Place) -> Result<()> {
        // First, so that a mistyped file makes no empty database.
        let backup = files::named(&self.file, backup::open(&self.file))?;
        let database = empty_place(place)?;
        let counts = files::named(&self.file, backup.restore(&database))?;
        say(format_args!("{}: {}", self.file.display(), total(&counts)))?;
        say(
            "The secret was not in it: put the old secret.key into the data folder, or set CHORUS_SECRET.",
        )
    }
}

/// The database, its schema made if it was made just now.
fn empty_place(place: &Place) -> Result<Database> {
    let config = place.config()?;
    if let Address::Postgres(_) = config.address()? {
        let database = Database::connect(&config.address()?, 1)?;
        if database.read(|db| Ok(steps_run(db)?))?.is_empty() {
            app::migrate(&config)?;
        }
    }
    app::open_database(&config)
}

fn total(counts: &Counts) -> String {
    let rows = counts.values().sum();
    let filled = counts.values().filter(|count| **count > 0).count() as u64;
    format!(
        "{} of {}",
        counted(rows, "row", "rows"),
        counted(filled, "table", "tables")
    )
}
