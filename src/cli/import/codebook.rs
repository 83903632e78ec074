//! `chorus import codebook`

use std::path::PathBuf;

use clap::Args;

use crate::cli::Location;
use crate::cli::console::say;
use crate::cli::location::{actor, round};
use crate::cli::themes::codebook;
use crate::error::{Error, Result};
use crate::files;
use crate::themes;
use crate::themes::Language;

/// Import a codebook of themes as a round's next version
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus import codebook fixtures/riverside/codebook.toml --round vision-2031")]
pub(super) struct ImportCodebook {
    /// The codebook's file: TOML, or a quanteda dictionary (`.yml`, `.yaml`)
    file: PathBuf,
    /// The round whose comments it codes
    #[arg(long, value_name = "SLUG")]
    round: String,
    /// The languages that a dictionary's patterns apply to
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
}

impl ImportCodebook {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let codebook = codebook(&self.file, &self.lang)?;
        let themes = codebook.themes.len();
        if themes == 0 {
            let empty = Error::Invalid("the file has no themes".to_owned());
            return files::named(&self.file, Err(empty));
        }
        let version = location.existing_database()?.write(move |db| {
            let round = round(db, &self.round)?;
            Ok(themes::save_codebook(db, &actor(), &round.id, &codebook)?)
        })?;
        say(format_args!(
            "Saved the codebook as version {version}; themes: {themes}."
        ))
    }
}
