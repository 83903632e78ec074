//! Reads the lines of a backup and reports damage.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::error::{Error, Result};
use crate::files::unreadable;

/// The longest line, in bytes: more than the largest document, but small enough to fit in memory.
const LONGEST: u64 = 1 << 28;

/// The magic number of gzip (RFC 1952, section 2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The lines of a file.
pub(super) struct Lines(BufReader<MultiGzDecoder<BufReader<File>>>);

impl Lines {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::Invalid(unreadable(&error)))?;
        let mut file = BufReader::new(file);
        let first = file
            .fill_buf()
            .map_err(|error| Error::Invalid(unreadable(&error)))?;
        if first.iter().zip(GZIP).any(|(is, must)| *is != must) {
            return Err(not_a_backup());
        }
        Ok(Self(BufReader::new(MultiGzDecoder::new(file))))
    }

    /// The next line, or `None` at the end.
    pub(super) fn following(&mut self) -> Result<Option<String>> {
        let mut line = String::new();
        match self.0.by_ref().take(LONGEST).read_line(&mut line) {
            Ok(0) => Ok(None),
            Ok(_) if line.ends_with('\n') => Ok(Some(line)),
            Ok(_) if line.len() as u64 >= LONGEST => Err(damaged("one line is too long")),
            Ok(_) => Err(cut_off()),
            Err(error) => Err(match error.kind() {
                io::ErrorKind::UnexpectedEof => cut_off(),
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                    damaged("its bytes cannot be read")
                }
                _ => Error::Invalid(unreadable(&error)),
            }),
        }
    }
}

/// Parses a line.
pub(super) fn read<'a, T: serde::Deserialize<'a>>(line: &'a str) -> Result<T> {
    serde_json::from_str(line).map_err(|_| damaged("a line cannot be read"))
}

pub(super) fn cut_off() -> Error {
    Error::Invalid("the file ends too early; nothing was restored".to_owned())
}

pub(super) fn damaged(why: &str) -> Error {
    Error::Invalid(format!("the file is damaged: {why}; nothing was restored"))
}

pub(super) fn not_a_backup() -> Error {
    Error::Invalid("this is not a Chorus backup".to_owned())
}
