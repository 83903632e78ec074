//! `chorus themes spellings`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ended;
use crate::error::Result;
use crate::themes::Language;
use crate::themes::files::spellings::{self, SpellingOptions};

/// Suggest words that may be different spellings of the same word.
///
/// Finds Spanish words without accents, and typos. They are only suggestions: `--format toml` writes them as the `[spellings]`
/// table of a codebook, and you remove the wrong ones. The text of a comment never changes.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes spellings answers.csv --text answer --person id --lang en,es --format toml"
)]
pub(super) struct Spellings {
    /// The CSV file, separated by commas, semicolons, or tabs.
    file: PathBuf,
    /// The column with the text.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The column that identifies who wrote each row. Without it, each row is one person.
    #[arg(long, value_name = "COLUMN")]
    person: Option<String>,
    /// The languages of the text. With several, the words of each row decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
    /// The output format.
    #[arg(long, value_enum, default_value_t = SpellingsFormat::Table)]
    format: SpellingsFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SpellingsFormat {
    Table,
    Json,
    Toml,
}

impl Spellings {
    pub(super) fn run(self) -> Result<()> {
        let options = SpellingOptions {
            file: self.file,
            text: self.text,
            person: self.person,
            languages: self.lang,
            format: match self.format {
                SpellingsFormat::Table => spellings::Format::Table,
                SpellingsFormat::Json => spellings::Format::Json,
                SpellingsFormat::Toml => spellings::Format::Toml,
            },
        };
        let written = spellings::run(&options, &mut std::io::stdout().lock());
        ended(&options.file, written)
    }
}
