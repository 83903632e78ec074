//! `chorus import survey`

use std::path::PathBuf;

use clap::Args;

use crate::cli::Location;
use crate::cli::console::say;
use crate::cli::location::{actor, round};
use crate::error::{Error, Result};
use crate::files;
use crate::surveys;

/// Import a survey, as a draft or published
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chorus import survey fixtures/riverside/survey.toml --round vision-2031
  chorus import survey fixtures/bowling-green/survey.toml --round bowling-green-2018 --publish --close

Importing the same survey again replaces its draft. You can correct a published survey: change or add text, languages,
and choices. A question that asks something different needs a new key.")]
pub(super) struct ImportSurvey {
    /// The survey's file (TOML)
    file: PathBuf,
    /// The round that it belongs to
    #[arg(long, value_name = "SLUG")]
    round: String,
    /// Publish it so that it takes responses
    #[arg(long)]
    publish: bool,
    /// Close it so that it takes no more responses, such as when you import them
    #[arg(long)]
    close: bool,
}

impl ImportSurvey {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let document = files::read_as(&self.file, |text| {
            surveys::parse_document(text).map_err(Error::Invalid)
        })?;
        let database = location.existing_database()?;
        let slug = document.slug.clone();
        let (publish, close) = (self.publish, self.close);
        let state = database.write(move |db| {
            let actor = actor();
            let round = round(db, &self.round)?;
            let survey = files::named(
                &self.file,
                surveys::import_document(db, &actor, &round.id, &document),
            )?;
            if publish {
                surveys::publish(db, &actor, &survey)?;
            }
            if close {
                surveys::close(db, &actor, &survey)?;
            }
            Ok(surveys::by_id(db, &survey)?.state)
        })?;
        say(format_args!("Imported the survey “{slug}”: {state}."))
    }
}
