//! `chorus export`

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Place;
use super::console::{counted, note, say};
use super::place::{actor, survey};
use crate::error::{Error, Result};
use crate::files;
use crate::responses::{ExportFormat, export_responses};
use crate::surveys;

/// Write out what is here
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
    pub(super) fn run(self, place: &Place) -> Result<()> {
        match self.command {
            Command::Responses(command) => command.run(place),
            Command::Survey(command) => command.run(place),
            Command::Translation(command) => command.run(place),
        }
    }
}

/// Write the responses of a survey as rows
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chorus export responses --survey family --format csv --out family.csv
  chorus export responses --survey family --format jsonl | gzip > family.jsonl.gz

A column for each item, its key as the name; columns of ours begin with _. No cell of the CSV is a formula.
What was set aside or withdrawn is not in it. Each export leaves a line in the audit.
The CSV can be brought in again, here or elsewhere: fixtures/riverside/export-map.toml is the map for it.")]
struct ExportResponses {
    /// The survey
    #[arg(long, value_name = "SLUG")]
    survey: String,
    /// How rows are written
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Write into this file, which must not be there yet; without it to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Csv,
    Jsonl,
}

impl ExportResponses {
    fn run(self, place: &Place) -> Result<()> {
        let format = match self.format {
            Format::Csv => ExportFormat::Csv,
            Format::Jsonl => ExportFormat::Jsonl,
        };
        let database = place.existing_database()?;
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
        note(format_args!(
            "{}; {} set aside or withdrawn are not in it",
            counted(exported.written, "response", "responses"),
            exported.left_out
        ));
        Ok(())
    }
}

/// Write a survey as the file that `import survey` reads
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus export survey family > family.toml")]
struct ExportSurvey {
    /// The survey
    slug: String,
}

impl ExportSurvey {
    fn run(self, place: &Place) -> Result<()> {
        let survey = place
            .existing_database()?
            .read(|db| survey(db, &self.slug))?;
        let text = surveys::write_document(&survey.document).map_err(Error::Invalid)?;
        say(text.trim_end())
    }
}

/// Write a survey's words beside their translation, for whoever translates
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus export translation --survey family --language ar > family-ar.csv

A row for each wording: its key, which stays as it is; the sentence; the translation so far; whether it is missing or stale.
`chorus import translation` takes it back.")]
struct ExportTranslation {
    /// The survey
    #[arg(long, value_name = "SLUG")]
    survey: String,
    /// The language to put it into
    #[arg(long, value_name = "TAG")]
    language: String,
}

impl ExportTranslation {
    fn run(self, place: &Place) -> Result<()> {
        let (survey, places) = place
            .existing_database()?
            .read(|db| Ok((survey(db, &self.survey)?, surveys::places(db)?)))?;
        let given = surveys::Given::of(&survey.document, &places);
        let text = surveys::translation::write_sheet(&survey.document, &given, &self.language)
            .map_err(Error::internal)?;
        say(text.trim_end())
    }
}
