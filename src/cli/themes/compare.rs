//! `chorus themes compare`.

use std::path::PathBuf;

use clap::Args;

use super::{FormatName, codebook, ended};
use crate::error::Result;
use crate::themes::Language;
use crate::themes::files::compare::{self, CompareOptions};

/// List the rows that change themes between two versions of a codebook.
///
/// For each theme, lists the rows that only the later version counts and the rows that only the earlier version counts.
/// Row 1 is the row below the column names.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes compare answers.csv --text \"What should change?\" --before codebook-1.toml --after codebook-2.toml"
)]
pub(super) struct Compare {
    /// The CSV file, separated by commas, semicolons, or tabs.
    file: PathBuf,
    /// The column with the text.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The earlier version: TOML, or a quanteda dictionary (`.yml`, `.yaml`).
    #[arg(long, value_name = "FILE")]
    before: PathBuf,
    /// The later version.
    #[arg(long, value_name = "FILE")]
    after: PathBuf,
    /// The languages of the text; by default, those of the codebooks. With several, the words of each row decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    lang: Vec<Language>,
    /// The output format.
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
