//! `chorus backup` and `chorus restore`

use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Place;
use super::console::{counted, note, say};
use crate::app;
use crate::backup::{self, Counts};
use crate::clock::Clock;
use crate::db::{Address, Database, steps_run};
use crate::error::{Error, Result};
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
        if self.file.exists() {
            return Err(Error::Invalid(format!(
                "{} is there already; a backup never replaces another",
                self.file.display()
            )));
        }
        let unfinished = beside(&self.file);
        let written = files::named(&unfinished, write(&database, &unfinished));
        let counts = match written {
            Ok(counts) => counts,
            Err(error) => {
                // What is left of it is no backup; the reason that it failed is the one to tell.
                let _ = std::fs::remove_file(&unfinished);
                return Err(error);
            }
        };
        std::fs::rename(&unfinished, &self.file)
            .map_err(|error| Error::Invalid(format!("{}: {error}", self.file.display())))?;
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
        let database = empty_place(place)?;
        let counts = files::named(&self.file, backup::restore(&database, &self.file))?;
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

fn write(database: &Database, path: &Path) -> Result<Counts> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options
        .open(path)
        .map_err(|error| Error::Invalid(error.to_string()))?;
    let out = BufWriter::new(file.try_clone().map_err(Error::internal)?);
    let now = Clock::system().now();
    let counts = backup::write(database, now, out, |table| {
        note(format_args!("writing {table}"));
    })?;
    sync(&file)?;
    Ok(counts)
}

fn sync(file: &File) -> Result<()> {
    file.sync_all()
        .map_err(|error| Error::Invalid(format!("it cannot be written: {error}")))
}

/// The name under which a file lies until it is whole.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
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
