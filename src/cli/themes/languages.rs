//! `chorus themes languages`.

use std::path::PathBuf;

use clap::Args;

use super::ended;
use crate::error::Result;
use crate::files;
use crate::themes::Language;
use crate::themes::files::languages::{self, LanguagesOptions};
use crate::themes::files::rows::FileError;

/// Which language each row is in, by its small words.
///
/// The file is written anew with two columns more: `language`, and `voted`, the words that told it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chorus themes languages answers.csv --text \"What should change?\" --lang en,es --form language --out told.csv"
)]
pub(super) struct Languages {
    /// The CSV file, as spreadsheets write it: separated by commas, semicolons or tabs.
    file: PathBuf,
    /// The column that holds the words.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The languages among which words vote; the first holds where they do not decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',', required = true)]
    lang: Vec<Language>,
    /// The column with the language of the form in which each row was written, which then holds instead.
    #[arg(long, value_name = "COLUMN")]
    form: Option<String>,
    /// Where the file is written. One that is there is replaced.
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
