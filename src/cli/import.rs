//! `chorus import`: imports a district's files.

mod codebook;
mod decisions;
mod district;
mod forum;
mod plan;
mod released;
mod responses;
mod survey;
mod translation;
mod votes;
mod watch;

use clap::{Args, Subcommand};

use super::Location;
use crate::error::Result;
pub(super) use watch::Watcher;

/// Import a file
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus import survey fixtures/riverside/survey.toml --round vision-2031 --publish

See the folder fixtures/ in the source for an example of each kind of file.")]
pub(super) struct Import {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    District(district::ImportDistrict),
    Survey(survey::ImportSurvey),
    Responses(responses::ImportResponses),
    Votes(votes::ImportVotes),
    Codebook(codebook::ImportCodebook),
    Forum(forum::ImportForum),
    Released(released::ImportReleased),
    Decisions(decisions::ImportDecisions),
    Plan(plan::ImportPlan),
    Translation(translation::ImportTranslation),
}

impl Import {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        match self.command {
            Command::District(command) => command.run(location),
            Command::Survey(command) => command.run(location),
            Command::Responses(command) => command.run(location),
            Command::Votes(command) => command.run(location),
            Command::Codebook(command) => command.run(location),
            Command::Forum(command) => command.run(location),
            Command::Released(command) => command.run(location),
            Command::Decisions(command) => command.run(location),
            Command::Plan(command) => command.run(location),
            Command::Translation(command) => command.run(location),
        }
    }
}
