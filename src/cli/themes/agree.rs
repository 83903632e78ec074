//! `chorus themes agree`.

use std::path::PathBuf;

use clap::Args;

use super::{FormatName, ended};
use crate::error::Result;
use crate::themes::files::agree::{self, AgreeOptions};

/// Measure how well two people who coded the same rows agree, by theme.
///
/// Prints Cohen's kappa with its 95% interval. Every row counts: where both cells are empty, both people found no theme.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  chorus themes agree sample.csv --coder-a ana --coder-b ben")]
pub(super) struct Agree {
    /// The CSV file, separated by commas, semicolons, or tabs.
    file: PathBuf,
    /// The column with the first person's themes, separated by `;`.
    #[arg(long, value_name = "COLUMN")]
    coder_a: String,
    /// The column with the second person's themes.
    #[arg(long, value_name = "COLUMN")]
    coder_b: String,
    /// The output format.
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    format: FormatName,
}

impl Agree {
    pub(super) fn run(self) -> Result<()> {
        let options = AgreeOptions {
            file: self.file,
            coder_a: self.coder_a,
            coder_b: self.coder_b,
            format: self.format.into(),
        };
        let written = agree::run(&options, &mut std::io::stdout().lock());
        ended(&options.file, written)
    }
}
