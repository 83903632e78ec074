//! `chorus themes correct`.

use std::path::PathBuf;

use clap::Args;

use super::{FormatName, ended};
use crate::error::Result;
use crate::themes::files::correct::{self, CorrectOptions};

/// What the shares of themes are worth: corrected by rows that people read.
///
/// A rule counts everything and errs a little; people read a random sample and do not. The share of all rows by the rule, plus
/// the mean difference between people and rule in the sample, is right on average; its 95 % interval tells how sure it is.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes correct coded.csv --rule themes --people checked --read reader"
)]
pub(super) struct Correct {
    /// The CSV file, as spreadsheets write it: separated by commas, semicolons or tabs.
    file: PathBuf,
    /// The column with the themes that the rules gave, joined by `;`, as `chorus themes code` writes it.
    #[arg(long, value_name = "COLUMN", default_value = "themes")]
    rule: String,
    /// The column with the themes that people gave to the rows that they read.
    #[arg(long, value_name = "COLUMN")]
    people: String,
    /// The column that is not empty in the rows that people read, such as the name of who did.
    #[arg(long, value_name = "COLUMN")]
    read: String,
    /// How it is written.
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
