//! `chorus themes export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::codebook;
use crate::error::{Error, Result};
use crate::files;
use crate::themes::Language;
use crate::themes::files::exchange::qdc;

/// A codebook for another program.
///
/// As a `.qdc` file it is read by other programs of qualitative analysis: every theme is a code, and its description
/// says definition, include, exclude, example and rules. As TOML it is what Chorus reads, also where it was a dictionary of quanteda.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chorus themes export --codebook codebook.toml --format qdc --out codebook.qdc\n  chorus themes export --codebook dictionary.yml --lang en --format toml --out codebook.toml"
)]
pub(super) struct Export {
    /// The codebook: TOML, or a dictionary of quanteda (`.yml`, `.yaml`).
    #[arg(long, value_name = "FILE")]
    codebook: PathBuf,
    /// The languages in which the patterns of a dictionary count.
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    lang: Vec<Language>,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = ExportFormat::Qdc)]
    format: ExportFormat,
    /// Where it is written. A file that is there is replaced.
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
