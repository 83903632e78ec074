//! `chorus import district`

use std::path::PathBuf;

use clap::Args;

use crate::cli::Location;
use crate::cli::console::say;
use crate::cli::location::actor;
use crate::district::{self, DistrictFile};
use crate::error::Result;
use crate::files;

/// Import the district with its schools, groups, and rounds
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus import district fixtures/riverside/district.toml

Importing a changed file replaces what has the same key. A file with only [[rounds]] adds rounds.
A school's name is written once if every language uses it, or once for each language: { en = \"…\", es = \"…\" }. Translations
of names that the file does not change are kept.")]
pub(super) struct ImportDistrict {
    /// The district's file (TOML)
    file: PathBuf,
}

impl ImportDistrict {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let file = files::read_as(&self.file, DistrictFile::parse)?;
        let database = location.database()?;
        database.write(move |db| district::import(db, &actor(), &file))?;
        let (schools, groups, rounds) = database.read(|db| {
            Ok((
                district::schools(db)?.len(),
                district::groups(db)?.len(),
                district::rounds(db)?.len(),
            ))
        })?;
        say(format_args!(
            "Imported the district: schools {schools}, groups {groups}, rounds {rounds}."
        ))
    }
}
