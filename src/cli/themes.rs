//! `chorus themes`: words to keywords, from any CSV, without a database.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Place;
use crate::error::{Error, Result};
use crate::files;
use crate::themes::keywords_file::{Format, KeywordOptions, KeywordsError, run};
use crate::themes::suggest::Grain;
use crate::themes::suggest_file::{self, SuggestError, SuggestOptions};
use crate::themes::text::language::Language;

/// From words to keywords and themes, on any CSV file.
#[derive(Debug, Args)]
pub(super) struct Themes {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Keywords(Keywords),
    Suggest(Suggest),
}

/// Which words how many remarks and people mention, by group.
///
/// A key is a stem: school and schools are one. What counts is how many remarks and how many people mention it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes keywords answers.csv --text \"What should change?\" --person id --by group --lang en,es --top 20"
)]
struct Keywords {
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

impl Themes {
    pub(super) fn run(self, _place: &Place) -> Result<()> {
        match self.what {
            What::Keywords(keywords) => keywords.run(),
            What::Suggest(suggest) => suggest.run(),
        }
    }
}

impl Keywords {
    fn run(self) -> Result<()> {
        let options = KeywordOptions {
            file: self.file,
            text: self.text,
            person: self.person,
            by: self.by,
            languages: self.lang,
            top: self.top,
            format: match self.format {
                FormatName::Table => Format::Table,
                FormatName::Csv => Format::Csv,
                FormatName::Json => Format::Json,
            },
        };
        match run(&options, &mut std::io::stdout().lock()) {
            Ok(()) => Ok(()),
            // Whoever reads our output may stop reading, as `head` does.
            Err(KeywordsError::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                Ok(())
            }
            Err(KeywordsError::Write(error)) => Err(Error::Invalid(format!(
                "the keywords cannot be written: {error}"
            ))),
            Err(KeywordsError::Sheet(error)) => {
                files::named(&options.file, Err(Error::Invalid(error.to_string())))
            }
        }
    }
}

/// Which themes answers fall into by the words that they share.
///
/// Each theme is a list of terms that can be read, mended and counted by. The same answers always give the same themes, in
/// whatever order they come. Languages without a list of small words keep them all.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chorus themes suggest answers.csv --text \"What should change?\" --lang en,es\n  chorus themes suggest answers.csv --text answer --format toml > codebook.toml"
)]
struct Suggest {
    /// The CSV file, as spreadsheets write it: separated by commas, semicolons or tabs.
    file: PathBuf,
    /// The column that holds the words.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The languages that the words may be in; with several each row's own words decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
    /// Fewer and wider themes.
    #[arg(long, conflicts_with = "more")]
    fewer: bool,
    /// More and narrower themes.
    #[arg(long)]
    more: bool,
    /// Do not measure how alike the themes come back when answers are drawn anew.
    #[arg(long)]
    no_stability: bool,
    /// How themes are written: for reading, with the themes of every row, or as a codebook.
    #[arg(long, value_enum, default_value_t = SuggestFormat::Table)]
    format: SuggestFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SuggestFormat {
    Table,
    Json,
    Toml,
}

impl Suggest {
    fn run(self) -> Result<()> {
        let options = SuggestOptions {
            file: self.file,
            text: self.text,
            languages: self.lang,
            grain: match (self.fewer, self.more) {
                (true, _) => Grain::Fewer,
                (_, true) => Grain::More,
                _ => Grain::Usual,
            },
            stability: !self.no_stability,
            format: match self.format {
                SuggestFormat::Table => suggest_file::Format::Table,
                SuggestFormat::Json => suggest_file::Format::Json,
                SuggestFormat::Toml => suggest_file::Format::Toml,
            },
        };
        match suggest_file::run(&options, &mut std::io::stdout().lock()) {
            Err(SuggestError::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                Ok(())
            }
            written => written.map_err(|error| Error::Invalid(error.to_string())),
        }
    }
}
