//! `chorus themes correct`.

use std::path::PathBuf;

use clap::Args;

use super::{FormatName, ended};
use crate::error::Result;
use crate::themes::files::correct::{self, CorrectOptions};

/// Correct the shares of themes with a sample of rows that people read.
///
/// Rules count every row but make some mistakes. People read a random sample and correct them. The corrected share is the share
/// by the rule plus the mean difference between people and rule in the sample; its 95% interval shows how precise it is.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes correct coded.csv --rule themes --people checked --read reader"
)]
pub(super) struct Correct {
    /// The CSV file, separated by commas, semicolons, or tabs.
    file: PathBuf,
    /// The column with the themes that the rules found, separated by `;`, as `chorus themes code` writes it.
    #[arg(long, value_name = "COLUMN", default_value = "themes")]
    rule: String,
    /// The column with the themes that people found in the rows they read.
    #[arg(long, value_name = "COLUMN")]
    people: String,
    /// The column that is filled in for each row that people read, such as the name of the reader.
    #[arg(long, value_name = "COLUMN")]
    read: String,
    /// The output format.
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    format: FormatName,
}

impl Correct {
    pub(super) fn run(self) -> Result<()> {
        let options = CorrectOptions {
            file: self.file,
            rule: self.rule,
            people: self.people,
            read: self.read,
            format: self.format.into(),
        };
        let written = correct::run(&options, &mut std::io::stdout().lock());
        ended(&options.file, written)
    }
}
