//! Imports a codebook file: `chorus import codebook FILE --round SLUG`.

use crate::error::{Error, Result};
use crate::themes::engine::codebook::Codebook;

/// Parses and compiles a codebook. The error lists everything that's wrong.
pub fn parse_codebook(text: &str) -> Result<Codebook> {
    let read = Codebook::parse(text).map(|(codebook, _)| codebook);
    read.map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Error::Invalid(faults.join("; "))
    })
}
