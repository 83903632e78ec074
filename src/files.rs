//! File input and output. Input is read as text, and errors name the file in plain words. Output is written completely
//! or not at all.

pub mod private;
mod reasons;

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// The largest file to read into memory, in bytes. This applies to documents, not to tables.
const DOCUMENT_LIMIT: u64 = 16 * 1024 * 1024;

/// Reads a document as text, without its byte-order mark.
pub fn read_text(path: &Path) -> Result<String> {
    let size = std::fs::metadata(path).map_err(refused)?;
    if size.is_file() && size.len() > DOCUMENT_LIMIT {
        return Err(Error::Invalid(format!(
            "it has {} bytes; the limit is {DOCUMENT_LIMIT}",
            size.len()
        )));
    }
    let bytes = std::fs::read(path).map_err(refused)?;
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

/// Reads and parses a document. Errors start with the file's name.
pub fn read_as<T>(path: &Path, parse: impl FnOnce(&str) -> Result<T>) -> Result<T> {
    named(path, read_text(path).and_then(|text| parse(&text)))
}

/// The SHA-256 of a file, computed in chunks. The file must be a regular file, because an import reads it twice.
pub fn digest_of(path: &Path) -> Result<String> {
    let mut file = File::open(path).map_err(refused)?;
    if !file.metadata().map_err(refused)?.is_file() {
        return Err(Error::Invalid(
            "an import reads its file twice, and this one can be read only once: save it as a regular file".to_owned(),
        ));
    }
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut piece).map_err(refused)?;
        match piece.get(..read) {
            Some(bytes) if read > 0 => hasher.update(bytes),
            _ => return Ok(data_encoding::HEXLOWER.encode(&hasher.finalize())),
        }
    }
}

/// Writes a new file that only its owner can read. It has a temporary name in the same folder until it's complete.
/// Never overwrites an existing file.
pub fn write_new<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    if path.exists() {
        return Err(Error::Invalid(format!(
            "{} already exists and was not replaced: choose another file",
            path.display()
        )));
    }
    replace(path, write)
}

/// Like [`write_new`], but overwrites an existing file.
pub fn replace<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let unfinished = unfinished_name(path);
    let written = write_private(&unfinished, write).and_then(|done| {
        std::fs::rename(&unfinished, path).map_err(Error::internal)?;
        Ok(done)
    });
    written.map_err(|error| {
        // Failing to remove the partial file doesn't matter; report the original error.
        let _ = std::fs::remove_file(&unfinished);
        match error {
            Error::Internal(cause) if cause.is::<io::Error>() => {
                Error::Invalid(format!("cannot write {}: {cause}", path.display()))
            }
            other => other,
        }
    })
}

fn write_private<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(Error::internal)?;
    let mut out = BufWriter::new(&file);
    let done = write(&mut out)?;
    out.flush().map_err(Error::internal)?;
    drop(out);
    file.sync_all().map_err(Error::internal)?;
    Ok(done)
}

/// The temporary name of a file until it's complete.
fn unfinished_name(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// A file's name without its directory.
pub fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Why a document can't be read, in plain words on one line.
pub fn plain(message: &str) -> String {
    reasons::plain(message)
}

/// Parses TOML. An error is one line that starts with the line number.
pub fn parse_toml<T: DeserializeOwned>(text: &str) -> Result<T> {
    let read = toml::from_str(text).map_err(|error| {
        let place = error.span().map_or_else(String::new, |span| {
            let before = text.get(..span.start).unwrap_or_default();
            format!("line {}: ", 1 + before.matches('\n').count())
        });
        Error::Invalid(format!("{place}{}", plain(error.message())))
    })?;
    // An escape sequence can produce a NUL character, which no database stores as text.
    if text.contains('\\') && toml::from_str(text).is_ok_and(|value| holds_nul(&value)) {
        return Err(Error::Invalid(
            "it has the character U+0000, which is not text".to_owned(),
        ));
    }
    Ok(read)
}

fn holds_nul(value: &toml::Value) -> bool {
    match value {
        toml::Value::String(text) => text.contains('\0'),
        toml::Value::Array(list) => list.iter().any(holds_nul),
        toml::Value::Table(table) => table
            .iter()
            .any(|(key, value)| key.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

/// Adds the file's name to the start of an error.
pub fn named<T>(path: &Path, result: Result<T>) -> Result<T> {
    result.map_err(|error| match error {
        Error::Invalid(reason) => Error::Invalid(format!("{}: {reason}", path.display())),
        other => other,
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what map_err hands over"
)]
fn refused(error: io::Error) -> Error {
    Error::Invalid(unreadable(&error))
}

/// The reason a file can't be read.
pub fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "the file does not exist".to_owned(),
        _ => format!("cannot read it: {error}"),
    }
}

/// Text from a user's file, made safe for a message: short, on one line, and without terminal control characters.
pub fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    let mut shown: String = text.chars().take(MOST).map(plain).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
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
            error
                .to_string()
                .starts_with("line 3: “nam” is not known here"),
            "{error}"
        );
        assert!(!error.to_string().contains('\n'));
    }

    #[test]
    fn an_escape_for_a_character_that_cannot_be_stored_is_refused() {
        for written in ["name = \"\\u0000\"", "name = \"a\\U00000000b\""] {
            let error = parse_toml::<Shape>(written).unwrap_err().to_string();
            assert!(error.contains("U+0000"), "{error}");
        }
        // An escaped backslash isn't an escape sequence.
        for written in ["name = '\\u0000'", "name = \"\\\\u0000\\n\""] {
            assert!(parse_toml::<Shape>(written).is_ok(), "{written}");
        }
    }

    #[test]
    fn a_file_is_written_completely_or_not_at_all_and_never_overwrites_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let names = || std::fs::read_dir(folder.path()).unwrap().count();
        let half = write_new(&path, |out| {
            out.write_all(b"half").map_err(Error::internal)?;
            Err::<(), _>(Error::Busy)
        });
        assert!(matches!(half, Err(Error::Busy)));
        assert_eq!(names(), 0);
        write_new(&path, |out| {
            out.write_all(b"whole").map_err(Error::internal)
        })
        .unwrap();
        let again = write_new(&path, |_| Ok(())).unwrap_err().to_string();
        assert!(again.contains("already exists"), "{again}");
        assert_eq!(
            (std::fs::read(&path).unwrap(), names()),
            (b"whole".to_vec(), 1)
        );
        let nowhere = write_new(&folder.path().join("no/where"), |_| Ok(()));
        assert!(nowhere.unwrap_err().to_string().contains("cannot write"));
    }

    #[test]
    fn text_shown_from_a_file_is_short_and_has_no_control_characters() {
        assert_eq!(shown("\u{1b}[31mred\nbus"), " [31mred bus");
        assert_eq!(shown(&"é".repeat(60)), "é".repeat(60));
        assert_eq!(shown(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
    }

    #[test]
    fn text_that_is_not_utf_8_is_reported_with_its_line() {
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
    fn a_byte_order_mark_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "\u{feff}a = 1").unwrap();
        assert_eq!(read_text(&path).unwrap(), "a = 1");
    }
}
