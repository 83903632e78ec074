//! Codebooks in other formats: reads quanteda dictionaries, writes REFI-QDA.

pub mod qdc;
pub mod quanteda;
mod yaml;

use std::path::Path;

use super::parse_codebook;
use crate::error::Result;
use crate::files;
use crate::themes::engine::codebook::{Codebook, Fault};
use crate::themes::text::Language;

/// A codebook read from a file, plus the parts of the file that can't be expressed as rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadCodebook {
    /// The codebook. It compiles.
    pub codebook: Codebook,
    /// The patterns that were left out, and why. Always empty for our own format.
    pub left_out: Vec<Fault>,
}

/// How many left-out patterns to list individually.
const TOLD: usize = 5;

impl ReadCodebook {
    /// A one-line summary of what was left out; `None` if nothing was.
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

/// The format of a codebook file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Our own format.
    Toml,
    /// A quanteda dictionary.
    Quanteda,
}

impl Kind {
    /// Detects the format by file name: ours, unless it ends in `.yml` or `.yaml`.
    fn of(path: &Path) -> Self {
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("yml" | "yaml") => Self::Quanteda,
            _ => Self::Toml,
        }
    }
}

/// Reads a codebook from our TOML or, if the file name ends in `.yml` or `.yaml`, from a quanteda dictionary. A
/// dictionary doesn't state its language, so its patterns apply to each of `languages`; English if that's empty.
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
