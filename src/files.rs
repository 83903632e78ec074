//! Files that people hand us: read as text, with what is wrong in plain words and the file's name in front.

use std::io::Read;
use std::path::Path;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// The largest file that is read as a whole, in bytes: documents, not tables.
const DOCUMENT_LIMIT: u64 = 16 * 1024 * 1024;

/// Reads a document's text, without a byte-order mark.
pub fn read_text(path: &Path) -> Result<String> {
    let size = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if size.is_file() && size.len() > DOCUMENT_LIMIT {
        return Err(Error::Invalid(format!(
            "it has {} bytes; a document has at most {DOCUMENT_LIMIT}",
            size.len()
        )));
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(&error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = error
            .as_bytes()
            .iter()
            .take(error.utf8_error().valid_up_to());
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        Error::Invalid(format!(
            "line {line} is not UTF-8 text: save the file as UTF-8"
        ))
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text))
}

/// Reads a document into what `parse` makes of it, with the file's name in front of what is wrong.
pub fn read_as<T>(path: &Path, parse: impl FnOnce(&str) -> Result<T>) -> Result<T> {
    named(path, read_text(path).and_then(|text| parse(&text)))
}

/// The SHA-256 of a file, read piece by piece.
pub fn digest_of(path: &Path) -> Result<String> {
    let mut file = std::fs::File::open(path).map_err(|error| unreadable(&error))?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut piece).map_err(|error| unreadable(&error))?;
        match piece.get(..read) {
            Some(bytes) if read > 0 => hasher.update(bytes),
            _ => return Ok(data_encoding::HEXLOWER.encode(&hasher.finalize())),
        }
    }
}

/// A file's name without its folder.
pub fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Reads TOML into a shape; what is wrong comes back in one line that starts with the line's number.
pub fn parse_toml<T: DeserializeOwned>(text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let place = error.span().map_or_else(String::new, |span| {
            let before = text.get(..span.start).unwrap_or_default();
            format!("line {}: ", 1 + before.matches('\n').count())
        });
        let words: Vec<&str> = error.message().split_whitespace().collect();
        Error::Invalid(format!("{place}{}", words.join(" ")))
    })
}

/// Puts the file's name in front of what is wrong with it.
pub fn named<T>(path: &Path, result: Result<T>) -> Result<T> {
    result.map_err(|error| match error {
        Error::Invalid(reason) => Error::Invalid(format!("{}: {reason}", path.display())),
        other => other,
    })
}

fn unreadable(error: &std::io::Error) -> Error {
    Error::Invalid(match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("it cannot be read: {error}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shape {
        #[expect(dead_code, reason = "only its reading matters")]
        name: String,
    }

    #[test]
    fn a_fault_in_a_document_names_its_line() {
        let error = parse_toml::<Shape>("name = \"a\"\n\nnam = 1\n").unwrap_err();
        assert!(
            error.to_string().starts_with("line 3: unknown field `nam`"),
            "{error}"
        );
        assert!(!error.to_string().contains('\n'));
    }

    #[test]
    fn broken_text_names_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, b"a = 1\nb = \"\xff\"\n").unwrap();
        let error = read_text(&path).unwrap_err();
        assert!(
            error.to_string().starts_with("line 2 is not UTF-8"),
            "{error}"
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "\u{feff}a = 1").unwrap();
        assert_eq!(read_text(&path).unwrap(), "a = 1");
    }
}
