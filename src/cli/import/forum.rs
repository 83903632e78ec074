//! `chorus import forum`

use std::path::PathBuf;

use clap::Args;

use crate::cli::Location;
use crate::cli::console::say;
use crate::cli::location::{actor, round};
use crate::error::Result;
use crate::files;
use crate::forums::{self, ForumFile};

/// Import a forum, with its tables' notes if it has taken place
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus import forum fixtures/riverside/forum.toml --round vision-2031

Importing the same file again changes nothing: a table is known by its number, and a note by its table, prompt, and text.")]
pub(super) struct ImportForum {
    /// The forum's file (TOML)
    file: PathBuf,
    /// The round that it belongs to
    #[arg(long, value_name = "SLUG")]
    round: String,
}

impl ImportForum {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let file = files::read_as(&self.file, ForumFile::parse)?;
        let slug = self.round;
        let placed = location.existing_database()?.write(move |db| {
            let round = round(db, &slug)?;
            forums::import(db, &actor(), &round.id, &file)
        });
        files::named(&self.file, placed)?;
        say("Imported the forum.")
    }
}
