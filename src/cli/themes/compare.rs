//! `chorus themes compare`.

use std::path::PathBuf;

use clap::Args;

use super::{FormatName, codebook, ended};
use crate::error::Result;
use crate::themes::Language;
use crate::themes::files::compare::{self, CompareOptions};

/// Which rows move between two versions of a codebook.
///
/// For each theme: the rows that it counts by the later version and not by the earlier, and those that it does not count any more. Rows
/// are counted from 1, the one below the names of the columns.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes compare answers.csv --text \"What should change?\" --before codebook-1.toml --after codebook-2.toml"
)]
pub(super) struct Compare {
    /// The CSV file, as spreadsheets write it: separated by commas, semicolons or tabs.
    file: PathBuf,
    /// The column that holds the words.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The earlier version: TOML, or a dictionary of quanteda (`.yml`, `.yaml`).
    #[arg(long, value_name = "FILE")]
    before: PathBuf,
    /// The later version.
    #[arg(long, value_name = "FILE")]
    after: PathBuf,
    /// The languages that the words may be in, those of the codebooks where none is named; with several each row's own
    /// words decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    lang: Vec<Language>,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    format: FormatName,
}

impl Compare {
    pub(super) fn run(self) -> Result<()> {
        let options = CompareOptions {
            before: codebook(&self.before, &self.lang)?,
            after: codebook(&self.after, &self.lang)?,
            file: self.file,
            text: self.text,
            languages: self.lang,
            format: self.format.into(),
        };
        let written = compare::run(&options, &mut std::io::stdout().lock());
        ended(&options.file, written)
    }
}
