//! `chorus import`: the files that bring a district in.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Place;
use super::console::say;
use super::place::actor;
use crate::district::{self, DistrictFile};
use crate::error::Result;
use crate::files;

/// Bring in a file
#[derive(Debug, Args)]
#[command(after_help = "\
Each kind of file is documented by an example in the folder fixtures/ of the source.")]
pub(super) struct Import {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    District(ImportDistrict),
}

impl Import {
    pub(super) fn run(self, place: &Place) -> Result<()> {
        match self.command {
            Command::District(command) => command.run(place),
        }
    }
}

/// Put the district, its schools, groups and rounds in place
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus import district fixtures/riverside/district.toml

Again with a changed file it replaces what has the same key. A file with only [[rounds]] adds rounds.")]
struct ImportDistrict {
    /// The district's file (TOML)
    file: PathBuf,
}

impl ImportDistrict {
    fn run(self, place: &Place) -> Result<()> {
        let file = files::named(
            &self.file,
            files::read_text(&self.file).and_then(|text| DistrictFile::parse(&text)),
        )?;
        let database = place.database()?;
        database.write(move |db| district::import(db, &actor(), &file))?;
        let (schools, groups, rounds) = database.read(|db| {
            Ok((
                district::schools(db)?.len(),
                district::groups(db)?.len(),
                district::rounds(db)?.len(),
            ))
        })?;
        say(format_args!(
            "The district is in place: {schools} schools, {groups} groups, {rounds} rounds."
        ))
    }
}
