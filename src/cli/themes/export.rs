//! `chorus themes export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::codebook;
use crate::error::{Error, Result};
use crate::files;
use crate::themes::Language;
use crate::themes::files::exchange::qdc;

/// Export a codebook for another program.
///
/// Other programs for qualitative analysis read `.qdc` files: each theme becomes a code, and its description has the definition,
/// include, exclude, example, and rules. Chorus reads TOML, so a quanteda dictionary can be converted to it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chorus themes export --codebook codebook.toml --format qdc --out codebook.qdc\n  chorus themes export --codebook dictionary.yml --lang en --format toml --out codebook.toml"
)]
pub(super) struct Export {
    /// The codebook: TOML, or a quanteda dictionary (`.yml`, `.yaml`).
    #[arg(long, value_name = "FILE")]
    codebook: PathBuf,
    /// The languages that the patterns of a dictionary apply to.
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
    /// The output format.
    #[arg(long, value_enum, default_value_t = ExportFormat::Qdc)]
    format: ExportFormat,
    /// Where to write the file. An existing file is replaced.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ExportFormat {
    Qdc,
    Toml,
}

impl Export {
    pub(super) fn run(self) -> Result<()> {
        let read = codebook(&self.codebook, &self.lang)?;
        let text = match self.format {
            ExportFormat::Qdc => files::named(&self.codebook, qdc::write(&read))?,
            ExportFormat::Toml => read.to_toml().map_err(Error::internal)?,
        };
        files::replace(&self.out, |out| {
            out.write_all(text.as_bytes()).map_err(Error::internal)
        })
    }
}
