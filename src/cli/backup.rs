//! `chorus backup` and `chorus restore`

use std::path::PathBuf;

use clap::Args;

use super::Location;
use super::console::{counted, note, say};
use crate::app;
use crate::backup::{self, Counts};
use crate::clock::Clock;
use crate::error::Result;
use crate::files;

/// Back up everything into one file, while Chorus runs
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus backup /backups/chorus-2026-10-05.gz --data /var/lib/chorus

The file holds every table as it was at one moment, including accounts and password hashes. Protect it as you protect the
database. You can restore it into SQLite or PostgreSQL, with this version of Chorus or a later one. It does not include the
secret: keep a copy of secret.key, or of CHORUS_SECRET, in a safe place.")]
pub(super) struct Backup {
    /// The file to write; it must not exist yet
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let database = location.existing_database()?;
        let now = Clock::system().now();
        let counts = files::write_new(&self.file, |out| {
            backup::write(&database, now, out, |table| {
                note(format_args!("writing {table}"));
            })
        })?;
        say(format_args!("{}: {}", self.file.display(), total(&counts)))?;
        say(
            "The backup does not include the secret. Keep a copy of secret.key, or of CHORUS_SECRET, in a safe place.",
        )
    }
}

/// Restore a backup into an empty database
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chorus restore /backups/chorus-2026-10-05.gz --data /var/lib/chorus-new
  chorus restore /backups/chorus-2026-10-05.gz --database-url postgres://chorus@db.district.example/chorus

Chorus restores backups of its own version and of all versions before it, and updates their schema. If the file is
incomplete or damaged, nothing is restored. Copy the old secret.key into the new data folder, or set CHORUS_SECRET: with a
different secret, existing receipts and links stop working.")]
pub(super) struct Restore {
    /// The file that `chorus backup` wrote
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        // Open the file first, so that a mistyped name doesn't create an empty database.
        let backup = files::named(&self.file, backup::open(&self.file))?;
        let version = backup.written_by();
        let database = app::connect(&location.config()?)?;
        let restored = files::named(&self.file, backup.restore(&database))?;
        say(format_args!(
            "{}: {}",
            self.file.display(),
            total(&restored.rows)
        ))?;
        if let Some(last) = restored.steps.last() {
            say(format_args!(
                "Chorus {version} wrote it. Its schema was updated to step {last}."
            ))?;
        }
        say(
            "The backup does not include the secret. Copy the old secret.key into the data folder, or set CHORUS_SECRET.",
        )
    }
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
