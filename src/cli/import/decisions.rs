//! `chorus import decisions`

use std::path::PathBuf;

use clap::Args;

use crate::cli::Location;
use crate::cli::console::say;
use crate::cli::location::{actor_as, round};
use crate::error::Result;
use crate::files;
use crate::priorities::{self, DecisionsFile};
use crate::themes::Index;

/// Import a round's priorities and outcomes, with today's evidence
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus import decisions fixtures/riverside/decisions.toml --round vision-2031 --as ana@district.example

Import the round's codebook first. Each decision keeps the counts, comments, and codebook version that it is based on.")]
pub(super) struct ImportDecisions {
    /// The decisions file (TOML)
    file: PathBuf,
    /// The round
    #[arg(long, value_name = "SLUG")]
    round: String,
    /// Who decides: the email address of an account
    #[arg(long = "as", value_name = "EMAIL")]
    by: String,
}

impl ImportDecisions {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let file = files::read_as(&self.file, DecisionsFile::parse)?;
        let database = location.existing_database()?;
        let mut index = Index::default();
        database.read(|db| Ok(index.catch_up(db, |_| {})?))?;
        let (by, slug) = (self.by, self.round);
        let decided = database.write(move |db| {
            let actor = actor_as(db, &by)?;
            let round = round(db, &slug)?;
            priorities::import(&index, db, &actor, &round.id, &file)?;
            Ok(priorities::in_round(db, &round.id)?.len())
        });
        let priorities = files::named(&self.file, decided)?;
        say(format_args!(
            "Imported the decisions; priorities: {priorities}."
        ))
    }
}
