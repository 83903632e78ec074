//! `chorus themes languages`.

use std::path::PathBuf;

use clap::Args;

use super::ended;
use crate::error::Result;
use crate::files;
use crate::themes::Language;
use crate::themes::files::languages::{self, LanguagesOptions};
use crate::themes::files::rows::FileError;

/// Detect the language of each row from its common words.
///
/// Writes a copy of the file with two more columns: `language`, and `voted` with the words that decided it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes languages answers.csv --text \"What should change?\" --lang en,es --form language --out told.csv"
)]
pub(super) struct Languages {
    /// The CSV file, separated by commas, semicolons, or tabs.
    file: PathBuf,
    /// The column with the text.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The languages to choose from. Where the words do not decide, the first one is used.
    #[arg(long, value_name = "TAG", value_delimiter = ',', required = true)]
    lang: Vec<Language>,
    /// The column with the language of the form. Where the words do not decide, it is used instead of the first language.
    #[arg(long, value_name = "COLUMN")]
    form: Option<String>,
    /// Where to write the file. An existing file is replaced.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Languages {
    pub(super) fn run(self) -> Result<()> {
        let options = LanguagesOptions {
            file: self.file,
            text: self.text,
            languages: self.lang,
            form: self.form,
        };
        let counts = files::replace(&self.out, |mut out| {
            ended(&options.file, languages::run(&options, &mut out))
        })?;
        let mut out = std::io::stdout().lock();
        let told = languages::write_counts(&counts, &mut out).map_err(FileError::Write);
        ended(&self.out, told)
    }
}
