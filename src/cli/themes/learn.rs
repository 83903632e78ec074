//! `chorus themes learn`.

use std::path::PathBuf;

use clap::Args;

use super::{codebook, ended};
use crate::error::{Error, Result};
use crate::files;
use crate::themes::Language;
use crate::themes::files::learn::{self, LearnOptions};
use crate::themes::files::rows::FileError;

/// Learn terms for a codebook from rows that people coded.
///
/// Finds terms that a rule misses, terms that exclude rows, and terms of a codebook that match the wrong rows, each with its
/// precision and count. Writes the codebook with the new terms to a file.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes learn coded.csv --text answer --codes themes --codebook codebook.toml --out learned.toml"
)]
pub(super) struct Learn {
    /// The CSV file, separated by commas, semicolons, or tabs.
    file: PathBuf,
    /// The column with the text.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The column with the themes that people gave, by name or key, separated by `;`.
    #[arg(long, value_name = "COLUMN")]
    codes: String,
    /// An existing codebook, TOML or a quanteda dictionary (`.yml`, `.yaml`). Its terms are kept.
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// The languages of the text. With several, the words of each row decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
    /// Where to write the codebook. An existing file is replaced.
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
