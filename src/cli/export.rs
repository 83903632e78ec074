//! `chorus export`

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Location;
use super::console::{counted, note, say};
use super::location::{actor, survey};
use crate::error::{Error, Result};
use crate::files;
use crate::responses::{ExportFormat, export_responses};
use crate::surveys;

/// Export data
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus export responses --survey family --format csv --out family.csv")]
pub(super) struct Export {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Responses(ExportResponses),
    Survey(ExportSurvey),
    Translation(ExportTranslation),
}

impl Export {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        match self.command {
            Command::Responses(command) => command.run(location),
            Command::Survey(command) => command.run(location),
            Command::Translation(command) => command.run(location),
        }
    }
}

/// Export the responses to a survey, one row each
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chorus export responses --survey family --format csv --out family.csv
  chorus export responses --survey family --format jsonl | gzip > family.jsonl.gz

Each item has a column named by its key. Columns that Chorus adds start with _. No cell of the CSV is a formula.
Responses that were set aside or withdrawn are not included. Each export is recorded in the audit log.
You can import the CSV again, here or elsewhere, with the map fixtures/riverside/export-map.toml.")]
struct ExportResponses {
    /// The survey
    #[arg(long, value_name = "SLUG")]
    survey: String,
    /// The format of the rows
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// The file to write, which must not exist yet (default: standard output)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Csv,
    Jsonl,
}

impl ExportResponses {
    fn run(self, location: &Location) -> Result<()> {
        let format = match self.format {
            Format::Csv => ExportFormat::Csv,
            Format::Jsonl => ExportFormat::Jsonl,
        };
        let database = location.existing_database()?;
        let actor = actor();
        let exported = match &self.out {
            None => export_responses(
                &database,
                &actor,
                &self.survey,
                format,
                std::io::stdout().lock(),
            )?,
            Some(path) => files::write_new(path, |out| {
                export_responses(&database, &actor, &self.survey, format, out)
            })?,
        };
        let were = if exported.left_out == 1 {
            "was"
        } else {
            "were"
        };
        note(format_args!(
            "{} exported; {} set aside or withdrawn {were} left out",
            counted(exported.written, "response", "responses"),
            exported.left_out
        ));
        Ok(())
    }
}

/// Export a survey as a file that `import survey` reads
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus export survey family > family.toml")]
struct ExportSurvey {
    /// The survey
    slug: String,
}

impl ExportSurvey {
    fn run(self, location: &Location) -> Result<()> {
        let survey = location
            .existing_database()?
            .read(|db| survey(db, &self.slug))?;
        let text = surveys::write_document(&survey.document).map_err(Error::Invalid)?;
        say(text.trim_end())
    }
}

/// Export a survey's text and its translation as a sheet for translators
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus export translation --survey family --language ar > family-ar.csv

Each text has a row: its key, which must not change; the original; the translation so far; whether it is missing or stale.
`chorus import translation` applies it.")]
struct ExportTranslation {
    /// The survey
    #[arg(long, value_name = "SLUG")]
    survey: String,
    /// The language to translate into
    #[arg(long, value_name = "TAG")]
    language: String,
}

impl ExportTranslation {
    fn run(self, location: &Location) -> Result<()> {
        let (survey, places) = location
            .existing_database()?
            .read(|db| Ok((survey(db, &self.survey)?, surveys::places(db)?)))?;
        let given = surveys::DistrictText::of(&survey.document, &places);
        let text = surveys::translation::write_sheet(&survey.document, &given, &self.language)
            .map_err(Error::internal)?;
        say(text.trim_end())
    }
}
