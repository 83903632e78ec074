//! Shared code for commands that read CSV files: the language of a row, progress, output formats, and errors.

use std::io::{self, Write};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::sheet::SheetError;
use crate::themes::engine::codebook::Fault;
use crate::themes::text::Language;
use crate::themes::text::vote::Candidates;

/// The minimum file size, in bytes, to show progress.
const LONG: u64 = 5_000_000;

/// The output format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Text.
    #[default]
    Table,
    /// JSON.
    Json,
}

/// Writes a result as JSON, on one line.
pub(super) fn write_json(outcome: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, outcome)?;
    writeln!(out)
}

/// Why a command on a file failed.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file can't be read.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The output can't be written.
    #[error("the results cannot be written: {0}")]
    Write(#[from] io::Error),
    /// The codebook can't be written as TOML.
    #[error("the codebook cannot be written: {0}")]
    Toml(#[from] toml::ser::Error),
    /// The codebook has errors.
    #[error("{}", listed(.0))]
    Codebook(Vec<Fault>),
    /// The input is invalid.
    #[error("{0}")]
    Invalid(String),
}

impl From<csv::Error> for FileError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.into())
    }
}

fn listed(faults: &[Fault]) -> String {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.join("; ")
}

/// Detects the language of each row.
#[derive(Debug)]
pub struct RowLanguages {
    candidates: Candidates,
    form: Language,
    is_certain: bool,
}

impl RowLanguages {
    /// Creates a detector for the languages that rows may be in; English if empty. With several, the words of each row
    /// decide; the first one is the default.
    pub fn new(languages: &[Language]) -> Self {
        Self {
            candidates: Candidates::new(languages),
            form: languages.first().copied().unwrap_or(Language::ENGLISH),
            is_certain: languages.len() < 2,
        }
    }

    /// The language of a row.
    pub fn of(&self, text: &str) -> Language {
        if self.is_certain {
            self.form
        } else {
            self.candidates.language(text, self.form)
        }
    }
}

/// A progress bar over a file's bytes, for long files on a terminal.
pub(super) fn progress(what: &'static str, size: u64) -> ProgressBar {
    if size < LONG {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(size);
    let style =
        ProgressStyle::with_template("{msg} {wide_bar} {percent}%  {bytes_per_sec}  {eta} left");
    style
        .map_or(bar.clone(), |style| bar.with_style(style))
        .with_message(what)
}

/// The names in a cell with several, such as `Buses; Food`, trimmed and without duplicates.
pub(super) fn names(cell: &str) -> impl Iterator<Item = &str> {
    let mut seen = std::collections::BTreeSet::new();
    cell.split(';')
        .map(str::trim)
        .filter(move |name| !name.is_empty() && seen.insert(name.to_owned()))
}
