//! `chorus themes learn`.

use std::path::PathBuf;

use clap::Args;

use super::{codebook, ended};
use crate::error::{Error, Result};
use crate::files;
use crate::themes::Language;
use crate::themes::files::learn::{self, LearnOptions};
use crate::themes::files::rows::FileError;

/// Which terms people's own coding asks for.
///
/// From rows that people coded it learns the terms that a rule misses and those that keep rows out, and tells which terms
/// of a codebook fire falsely, each with its precision and count. The codebook with what was learned is written to a file.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes learn coded.csv --text answer --codes themes --codebook codebook.toml --out learned.toml"
)]
pub(super) struct Learn {
    /// The CSV file, as spreadsheets write it: separated by commas, semicolons or tabs.
    file: PathBuf,
    /// The column that holds the words.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The column with the themes that people gave, by name or key, joined by `;`.
    #[arg(long, value_name = "COLUMN")]
    codes: String,
    /// A codebook that is there already, TOML or a dictionary of quanteda (`.yml`, `.yaml`); its terms stay.
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// The languages that the words may be in; with several each row's own words decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
    /// Where the codebook is written. One that is there is replaced.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Learn {
    pub(super) fn run(self) -> Result<()> {
        let there = self.codebook.as_deref();
        let options = LearnOptions {
            codebook: there.map(|path| codebook(path, &self.lang)).transpose()?,
            file: self.file,
            text: self.text,
            codes: self.codes,
            languages: self.lang,
        };
        let taught = learn::learn(&options).map_err(|error| Error::Invalid(error.to_string()));
        let taught = files::named(&options.file, taught)?;
        let toml = taught.codebook.to_toml().map_err(Error::internal)?;
        files::replace(&self.out, |out| {
            out.write_all(toml.as_bytes()).map_err(Error::internal)
        })?;
        let told = learn::write_taught(&taught, &mut std::io::stdout().lock());
        ended(&self.out, told.map_err(FileError::Write))
    }
}
