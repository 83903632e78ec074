//! What the commands that read any CSV file share: the language of a row, progress, how outcomes are written, and what can go wrong.

use std::io::{self, Write};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::sheet::SheetError;
use crate::themes::engine::codebook::Fault;
use crate::themes::text::Language;
use crate::themes::text::vote::Candidates;

/// From this size on progress is shown, in bytes.
const LONG: u64 = 5_000_000;

/// How an outcome is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For reading.
    #[default]
    Table,
    /// For a program.
    Json,
}

/// Writes an outcome for a program, on a line.
pub(super) fn write_json(outcome: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, outcome)?;
    writeln!(out)
}

/// Why a file did not become what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// What was made of it cannot be written.
    #[error("the results cannot be written: {0}")]
    Write(#[from] io::Error),
    /// It cannot be written as TOML.
    #[error("the codebook cannot be written: {0}")]
    Toml(#[from] toml::ser::Error),
    /// The codebook is not in order.
    #[error("{}", listed(.0))]
    Codebook(Vec<Fault>),
    /// Something in it is not as it must be.
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

/// Tells the language of each row.
#[derive(Debug)]
pub struct RowLanguages {
    candidates: Candidates,
    form: Language,
    is_certain: bool,
}

impl RowLanguages {
    /// The languages that rows may be in. With several each row's own words decide, and the first holds where they do not;
    /// with none it is English.
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

/// Progress over the bytes of a file, on a terminal and for long ones.
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

/// The names in a cell that holds several, such as `Buses; Food`: without blanks around them, and none twice.
pub(super) fn names(cell: &str) -> impl Iterator<Item = &str> {
    let mut seen = std::collections::BTreeSet::new();
    cell.split(';')
        .map(str::trim)
        .filter(move |name| !name.is_empty() && seen.insert(name.to_owned()))
}
