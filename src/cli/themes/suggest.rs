//! `chorus themes suggest`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{codebook, ended};
use crate::error::Result;
use crate::themes::files::suggest::{self, SuggestOptions};
use crate::themes::{Grain, Language, Suppressed};

/// Which themes answers fall into by the words that they share.
///
/// Each theme is a list of terms that can be read, mended and counted by. The same answers always give the same themes, in
/// whatever order they come. Languages without a list of small words keep them all.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chorus themes suggest answers.csv --text \"What should change?\" --lang en,es\n  chorus themes suggest answers.csv --text answer --format toml > codebook.toml\n  chorus themes suggest answers.csv --text answer --codebook codebook.toml --prompt \"What should change?\" --place \"Oak Elementary\""
)]
pub(super) struct Suggest {
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
    /// A codebook whose themes stay as they are: suggestions speak only of the answers that it does not cover.
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// What was asked: its words are no theme. May be given several times, such as once for each language.
    #[arg(long, value_name = "TEXT")]
    prompt: Vec<String>,
    /// The name of a place, such as the district or a school: it is no theme where all of its words stand together. May be
    /// given several times.
    #[arg(long, value_name = "NAME")]
    place: Vec<String>,
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
    pub(super) fn run(self) -> Result<()> {
        let there = self.codebook.as_deref();
        let options = SuggestOptions {
            codebook: there.map(|path| codebook(path, &self.lang)).transpose()?,
            suppressed: Suppressed::new(self.prompt, self.place),
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
                SuggestFormat::Table => suggest::Format::Table,
                SuggestFormat::Json => suggest::Format::Json,
                SuggestFormat::Toml => suggest::Format::Toml,
            },
        };
        let written = suggest::run(&options, &mut std::io::stdout().lock());
        ended(&options.file, written)
    }
}
