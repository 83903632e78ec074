//! `chorus import translation`

use std::path::PathBuf;

use clap::Args;

use crate::cli::Place;
use crate::cli::console::{counted, say};
use crate::cli::place::{actor, survey};
use crate::error::{Error, Result};
use crate::sheet::Sheet;
use crate::surveys::translation::{Refused, columns, take_sheet};
use crate::surveys::{self, Given};

/// Bring back a survey's words in another language
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus export translation --survey family --language ar > family-ar.csv
  chorus import translation family-ar.csv --survey family --language ar

A cell left empty changes nothing. A changed key or a lost {placeholder} is refused with its line, and then nothing is taken
over. A translation whose sentence has changed meanwhile is taken, and marked stale. Keys that start with `district:` are the
district's own words, such as the names of groups: they are stored with the district.")]
pub(super) struct ImportTranslation {
    /// The sheet as it came back (CSV, or separated by semicolons or tabs)
    file: PathBuf,
    /// The survey
    #[arg(long, value_name = "SLUG")]
    survey: String,
    /// The language that it was put into
    #[arg(long, value_name = "TAG")]
    language: String,
    /// A machine wrote it and nobody has read it: it stays off until the survey's page names a reader
    #[arg(long)]
    machine_draft: bool,
}

impl ImportTranslation {
    pub(super) fn run(self, place: &Place) -> Result<()> {
        let database = place.existing_database()?;
        let file = self.file.display().to_string();
        let returned = database.write(move |db| {
            let found = survey(db, &self.survey)?;
            let document = &found.document;
            let wanted = columns(document, &self.language);
            let mut sheet = Sheet::open(&self.file, &wanted)
                .map_err(|error| Error::Invalid(error.to_string()))?;
            let given = Given::of(document, &surveys::places(db)?);
            let language = &self.language;
            let returned = take_sheet(document, &given, language, &mut sheet, self.machine_draft)
                .map_err(|refused| Error::Invalid(reasons(&file, refused)))?;
            surveys::take_translation(db, &actor(), &found.id, language, &returned)?;
            Ok(returned)
        })?;
        say(format_args!(
            "{} taken over; {} still missing, {} made from a sentence that has changed.",
            counted(returned.changed as u64, "wording", "wordings"),
            returned.missing.len(),
            returned.stale.len()
        ))
    }
}

fn reasons(file: &str, refused: Refused) -> String {
    match refused {
        Refused::Sheet(error) => error.to_string(),
        Refused::Lines(faults) => {
            let lines = faults
                .iter()
                .map(|fault| format!("  line {}: {}", fault.line, fault.reason));
            let lines: Vec<String> = lines.collect();
            format!("{file}: nothing was taken over\n{}", lines.join("\n"))
        }
    }
}
