//! `chorus import translation`

use std::path::PathBuf;

use clap::Args;

use crate::cli::Location;
use crate::cli::console::{counted, say};
use crate::cli::location::{actor, survey};
use crate::error::{Error, Result};
use crate::sheet::Sheet;
use crate::surveys::translation::{Refused, columns, is_target, take_sheet};
use crate::surveys::{self, DistrictText};

/// Apply a survey's translation
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus export translation --survey family --language ar > family-ar.csv
  chorus import translation family-ar.csv --survey family --language ar

Empty cells change nothing. If a key was changed or a {placeholder} is missing, nothing is applied and the line is shown.
A translation whose original has changed since is applied and marked stale. Keys that start
with `district:` are the district's own words, such as the names of groups and schools. They are saved with the district.")]
pub(super) struct ImportTranslation {
    /// The translated sheet (CSV, or separated by semicolons or tabs)
    file: PathBuf,
    /// The survey
    #[arg(long, value_name = "SLUG")]
    survey: String,
    /// The language of the translation
    #[arg(long, value_name = "TAG")]
    language: String,
    /// It is a machine translation that nobody has reviewed: it stays off until the survey's page names a reviewer
    #[arg(long)]
    machine_draft: bool,
}

impl ImportTranslation {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let database = location.existing_database()?;
        let file = self.file.display().to_string();
        let returned = database.write(move |db| {
            let found = survey(db, &self.survey)?;
            let document = &found.document;
            if !is_target(document, &self.language) {
                return Err(Error::Invalid(format!(
                    "the survey cannot be translated into “{}”: use the tag of another language, such as es",
                    self.language
                )));
            }
            let wanted = columns(document, &self.language);
            let mut sheet = Sheet::open(&self.file, &wanted)
                .map_err(|error| Error::Invalid(error.to_string()))?;
            let given = DistrictText::of(document, &surveys::places(db)?);
            let language = &self.language;
            let returned = take_sheet(document, &given, language, &mut sheet, self.machine_draft)
                .map_err(|refused| Error::Invalid(reasons(&file, refused)))?;
            surveys::take_translation(db, &actor(), &found.id, language, &returned)?;
            Ok(returned)
        })?;
        say(format_args!(
            "{} applied; {} still missing, {} from an original that has changed.",
            counted(returned.changed as u64, "text", "texts"),
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
            format!("{file}: nothing was applied\n{}", lines.join("\n"))
        }
    }
}
