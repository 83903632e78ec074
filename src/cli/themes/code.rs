//! `chorus themes code`.

use std::path::PathBuf;

use clap::Args;

use super::{codebook, ended};
use crate::error::Result;
use crate::files;
use crate::themes::Language;
use crate::themes::files::code::{self, CodeOptions};
use crate::themes::files::rows::FileError;

/// Find the themes of a codebook in each row.
///
/// Writes a copy of the file with two more columns: `themes` has the names of the row's themes, separated by `; `, and
/// `matched` has the words that matched.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes code answers.csv --text \"What should change?\" --codebook codebook.toml --out coded.csv"
)]
pub(super) struct Code {
    /// The CSV file, separated by commas, semicolons, or tabs.
    file: PathBuf,
    /// The column with the text.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The codebook: TOML, as `chorus themes suggest --format toml` writes it, or a quanteda dictionary (`.yml`, `.yaml`),
    /// whose patterns apply to the languages of `--lang`, or to English without it.
    #[arg(long, value_name = "FILE")]
    codebook: PathBuf,
    /// The languages of the text; by default, those of the codebook. With several, the words of each row decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    lang: Vec<Language>,
    /// Where to write the coded file. An existing file is replaced.
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
