//! `chorus themes keywords`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ended;
use crate::error::Result;
use crate::themes::Language;
use crate::themes::files::keywords::{Format, KeywordOptions, run};

/// Which words how many comments and people mention, by group.
///
/// A key is a stem: school and schools are one. What counts is how many comments and how many people mention it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes keywords answers.csv --text \"What should change?\" --person id --by group --lang en,es --top 20"
)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct Keywords {
    /// The CSV file, as spreadsheets write it: separated by commas, semicolons or tabs.
    file: PathBuf,
    /// The column that holds the words.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The column that tells who wrote them; without it each row is a person.
    #[arg(long, value_name = "COLUMN")]
    person: Option<String>,
    /// The column that holds the group.
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// The languages that the words may be in; with several each row's own words decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
    /// How many keywords are written; all without it.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Tells which words each group uses more or less than the others, with the difference, its interval, and how sure it is.
    #[arg(long, requires = "by")]
    keyness: bool,
    /// Tells phrases too: runs of two to four words that people use again and again.
    #[arg(long)]
    phrases: bool,
    /// Tells messages that three people or more sent in the same words.
    #[arg(long)]
    same: bool,
    /// Tells how many of the rows that name a word name it behind a small word that turns it around, such as “no”.
    #[arg(long)]
    negated: bool,
    /// How they are written.
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    format: FormatName,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    Table,
    Csv,
    Json,
}

impl Keywords {
    pub(super) fn run(self) -> Result<()> {
        let options = KeywordOptions {
            file: self.file,
            text: self.text,
            person: self.person,
            by: self.by,
            languages: self.lang,
            top: self.top,
            keyness: self.keyness,
            phrases: self.phrases,
            same: self.same,
            negated: self.negated,
            format: match self.format {
                FormatName::Table => Format::Table,
                FormatName::Csv => Format::Csv,
                FormatName::Json => Format::Json,
            },
        };
        let written = run(&options, &mut std::io::stdout().lock());
        ended(&options.file, written)
    }
}
