//! `chorus import codebook`

use std::path::PathBuf;

use clap::Args;

use crate::cli::Place;
use crate::cli::console::say;
use crate::cli::place::{actor, round};
use crate::error::Result;
use crate::files;
use crate::themes;

/// Save a codebook of themes as a round's next version
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus import codebook fixtures/riverside/codebook.toml --round vision-2031")]
pub(super) struct ImportCodebook {
    /// The codebook's file (TOML)
    file: PathBuf,
    /// The round whose remarks it codes
    #[arg(long, value_name = "SLUG")]
    round: String,
}

impl ImportCodebook {
    pub(super) fn run(self, place: &Place) -> Result<()> {
        let codebook = files::read_as(&self.file, themes::parse_codebook)?;
        let themes = codebook.themes.len();
        let version = place.existing_database()?.write(move |db| {
            let round = round(db, &self.round)?;
            Ok(themes::save_codebook(db, &actor(), &round.id, &codebook)?)
        })?;
        say(format_args!(
            "The codebook is in place: version {version}, themes {themes}."
        ))
    }
}
