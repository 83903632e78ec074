//! Codebooks of other programs: read from quanteda's dictionaries, written for REFI-QDA.

pub mod qdc;
pub mod quanteda;
mod yaml;

use std::path::Path;

use super::parse_codebook;
use crate::error::Result;
use crate::files;
use crate::themes::engine::codebook::{Codebook, Fault};
use crate::themes::text::Language;

/// A codebook that was read from a file, with what of the file no rule can say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadCodebook {
    /// The codebook; it compiles.
    pub codebook: Codebook,
    /// The patterns that were left out, and why. Always empty for our own files.
    pub left_out: Vec<Fault>,
}

/// How many patterns that were left out are told one by one.
const TOLD: usize = 5;

impl ReadCodebook {
    /// What was left out, in one line; none where nothing was.
    pub fn left_out_in_words(&self) -> Option<String> {
        let count = self.left_out.len();
        let told: Vec<String> = self
            .left_out
            .iter()
            .take(TOLD)
            .map(ToString::to_string)
            .collect();
        let more = if count > TOLD { "; and more" } else { "" };
        (count > 0).then(|| {
            format!(
                "{count} patterns were left out because a rule cannot express them: {}{more}",
                told.join("; ")
            )
        })
    }
}

/// What a codebook's file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Our own.
    Toml,
    /// A dictionary of quanteda.
    Quanteda,
}

impl Kind {
    /// What a file's name says; whatever is not `.yml` or `.yaml` is ours.
    fn of(path: &Path) -> Self {
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("yml" | "yaml") => Self::Quanteda,
            _ => Self::Toml,
        }
    }
}

/// Reads a codebook from our TOML, or from a dictionary of quanteda if the file ends in `.yml` or `.yaml`. A dictionary
/// does not say its language, so its patterns count in each of `languages`; English where none is named.
pub fn read_codebook(path: &Path, languages: &[Language]) -> Result<ReadCodebook> {
    match Kind::of(path) {
        Kind::Toml => files::read_as(path, |text| {
            Ok(ReadCodebook {
                codebook: parse_codebook(text)?,
                left_out: Vec::new(),
            })
        }),
        Kind::Quanteda => files::read_as(path, |text| quanteda::read(text, languages)),
    }
}
