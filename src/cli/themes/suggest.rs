//! `chorus themes suggest`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{codebook, ended};
use crate::error::Result;
use crate::themes::files::suggest::{self, SuggestOptions};
use crate::themes::{Grain, Language, Suppressed};

/// Suggest themes from the words that comments share.
///
/// Each theme is a list of terms that you can read, correct, and count with. The same comments always give the same themes, in
/// any order. Languages without a list of common words keep all their words.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chorus themes suggest answers.csv --text \"What should change?\" --lang en,es\n  chorus themes suggest answers.csv --text answer --format toml > codebook.toml\n  chorus themes suggest answers.csv --text answer --codebook codebook.toml --prompt \"What should change?\" --place \"Oak Elementary\""
)]
pub(super) struct Suggest {
    /// The CSV file, separated by commas, semicolons, or tabs.
    file: PathBuf,
    /// The column with the text.
    #[arg(long, value_name = "COLUMN")]
    text: String,
    /// The languages of the text. With several, the words of each row decide.
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
    /// Suggest fewer, broader themes.
    #[arg(long, conflicts_with = "more")]
    fewer: bool,
    /// Suggest more, narrower themes.
    #[arg(long)]
    more: bool,
    /// Skip measuring how stable the themes are when the comments are resampled.
    #[arg(long)]
    no_stability: bool,
    /// A codebook whose themes are kept. Suggestions come only from the comments that it does not cover.
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// The question that people answered. Its words do not become a theme. Repeat it, for example once for each language.
    #[arg(long, value_name = "TEXT")]
    prompt: Vec<String>,
    /// The name of a place, such as the district or a school. It does not become a theme when all of its words appear together.
    /// Repeat it for more names.
    #[arg(long, value_name = "NAME")]
    place: Vec<String>,
    /// The output format: a table to read, JSON with the themes of every row, or a TOML codebook.
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
