//! The codebook's file: `chorus import codebook FILE --round SLUG`.

use crate::error::{Error, Result};
use crate::themes::engine::codebook::Codebook;

/// Reads a codebook that compiles; everything that is wrong with it comes back at once.
pub fn parse_codebook(text: &str) -> Result<Codebook> {
    let read = Codebook::parse(text).map(|(codebook, _)| codebook);
    read.map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Error::Invalid(faults.join("; "))
    })
}
