//! `chorus themes keywords`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ended;
use crate::error::Result;
use crate::themes::Language;
use crate::themes::files::keywords::{Format, KeywordOptions, run};

/// Count how many comments and people mention each word, by group.
///
/// Words are grouped by stem: school and schools count together. A word counts once for each comment and each person.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes keywords answers.csv --text \"What should change?\" --person id --by group --lang en,es --top 20"
)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct Keywords {
    /// The CSV file, separated by commas, semicolons, or tabs.
    file: PathBuf,
    /// The column with the text.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The column that identifies who wrote each row. Without it, each row is one person.
    #[arg(long, value_name = "COLUMN")]
    person: Option<String>,
    /// The column with the group.
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// The languages of the text. With several, the words of each row decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
    /// How many keywords to print. Without it, all of them.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Also list the words that each group uses more or less than the other groups, with the difference, its interval, and its q value.
    #[arg(long, requires = "by")]
    keyness: bool,
    /// Also list phrases: two to four words in a row that people use often.
    #[arg(long)]
    phrases: bool,
    /// Also list texts that three or more people sent word for word.
    #[arg(long)]
    same: bool,
    /// Also count the rows where a word follows a negation, such as “no”.
    #[arg(long)]
    negated: bool,
    /// The output format.
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
