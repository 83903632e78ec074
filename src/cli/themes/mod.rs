//! `chorus themes`: finds keywords and themes in any CSV file, without a database.

mod agree;
mod code;
mod compare;
mod correct;
mod export;
mod keywords;
mod languages;
mod learn;
mod spellings;
mod suggest;

use std::io::ErrorKind;
use std::path::Path;

use clap::{Args, Subcommand, ValueEnum};

use super::Location;
use super::console::note;
use crate::error::{Error, Result};
use crate::files;
use crate::themes::files::exchange::read_codebook;
use crate::themes::files::rows::{FileError, Format};
use crate::themes::{Codebook, Language};

/// Find keywords and themes in any CSV file.
#[derive(Debug, Args)]
pub(super) struct Themes {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Keywords(keywords::Keywords),
    Languages(languages::Languages),
    Suggest(suggest::Suggest),
    Code(code::Code),
    Learn(learn::Learn),
    Agree(agree::Agree),
    Compare(compare::Compare),
    Correct(correct::Correct),
    Export(export::Export),
    Spellings(spellings::Spellings),
}

impl Themes {
    pub(super) fn run(self, _location: &Location) -> Result<()> {
        match self.what {
            What::Keywords(keywords) => keywords.run(),
            What::Languages(languages) => languages.run(),
            What::Suggest(suggest) => suggest.run(),
            What::Code(code) => code.run(),
            What::Learn(learn) => learn.run(),
            What::Agree(agree) => agree.run(),
            What::Compare(compare) => compare.run(),
            What::Correct(correct) => correct.run(),
            What::Export(export) => export.run(),
            What::Spellings(spellings) => spellings.run(),
        }
    }
}

/// The output format.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    Table,
    Json,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Table => Self::Table,
            FormatName::Json => Self::Json,
        }
    }
}

/// Adds the file's name to an error. A closed pipe, such as with `head`, isn't an error.
fn ended<T: Default>(file: &Path, outcome: std::result::Result<T, FileError>) -> Result<T> {
    match outcome {
        Ok(done) => Ok(done),
        Err(FileError::Write(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(T::default()),
        Err(error @ FileError::Write(_)) => Err(Error::Invalid(error.to_string())),
        Err(error) => files::named(file, Err(Error::Invalid(error.to_string()))),
    }
}

/// Reads a codebook, and prints on standard error which patterns of a dictionary a rule can't express.
pub(super) fn codebook(file: &Path, languages: &[Language]) -> Result<Codebook> {
    let read = read_codebook(file, languages)?;
    if let Some(left_out) = read.left_out_in_words() {
        note(format_args!("{}: {left_out}", file.display()));
    }
    Ok(read.codebook)
}
