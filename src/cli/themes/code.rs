//! `chorus themes code`.

use std::path::PathBuf;

use clap::Args;

use super::{codebook, ended};
use crate::error::Result;
use crate::files;
use crate::themes::Language;
use crate::themes::files::code::{self, CodeOptions};
use crate::themes::files::rows::FileError;

/// Which themes of a codebook each row is in.
///
/// The file is written anew with two columns more: `themes` holds the names of a row's themes, joined by `; `, and
/// `matched` the words that put it there.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes code answers.csv --text \"What should change?\" --codebook codebook.toml --out coded.csv"
)]
pub(super) struct Code {
    /// The CSV file, as spreadsheets write it: separated by commas, semicolons or tabs.
    file: PathBuf,
    /// The column that holds the words.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The codebook: TOML, as `chorus themes suggest --format toml` writes it, or a dictionary of quanteda (`.yml`, `.yaml`),
    /// whose patterns count in the languages of `--lang`, in English without it.
    #[arg(long, value_name = "FILE")]
    codebook: PathBuf,
    /// The languages that the words may be in, those of the codebook where none is named; with several each row's own
    /// words decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    lang: Vec<Language>,
    /// Where the coded file is written. One that is there is replaced.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Code {
    pub(super) fn run(self) -> Result<()> {
        let options = CodeOptions {
            codebook: codebook(&self.codebook, &self.lang)?,
            file: self.file,
            text: self.text,
            languages: self.lang,
        };
        let counts = files::replace(&self.out, |mut out| {
            ended(&options.file, code::run(&options, &mut out))
        })?;
        let mut out = std::io::stdout().lock();
        let told = code::write_counts(&counts, &mut out).map_err(FileError::Write);
        ended(&self.out, told)
    }
}
