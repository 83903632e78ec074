//! `chorus themes spellings`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ended;
use crate::error::Result;
use crate::themes::Language;
use crate::themes::files::spellings::{self, SpellingOptions};

/// Which words may be others in another spelling.
///
/// Spanish words without their accents, and slips of the finger. They are proposals: `--format toml` writes them as the table
/// `[spellings]` of a codebook, from which a person takes out what is wrong. The text of an answer is never changed.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes spellings answers.csv --text answer --person id --lang en,es --format toml"
)]
pub(super) struct Spellings {
    /// The CSV file, as spreadsheets write it: separated by commas, semicolons or tabs.
    file: PathBuf,
    /// The column that holds the words.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The column that tells who wrote them; without it each row is a person.
    #[arg(long, value_name = "COLUMN")]
    person: Option<String>,
    /// The languages that the words may be in; with several each row's own words decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
    /// How they are written.
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
