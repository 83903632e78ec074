//! The command line. Each command has its own module; this one lists them and finds the database.

mod backup;
mod console;
mod demo;
mod doctor;
mod export;
mod import;
mod location;
mod migrate;
mod serve;
mod themes;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::Result;
pub use location::Location;

/// The arguments of `chorus`.
#[derive(Debug, Parser)]
#[command(
    name = "chorus",
    version = crate::version::FULL,
    about = "Ask a school district's families what matters, hear every answer, and carry it into the strategic plan.",
    after_help = EXAMPLES,
    propagate_version = true
)]
pub struct CommandLine {
    #[command(flatten)]
    location: Location,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
To try it:
  chorus demo

To start with your own district:
  chorus import district district.toml
  echo 'a long password' | chorus user add ana@district.example --role admin --password-stdin
  chorus import survey family.toml --round vision-2031
  chorus serve

`chorus COMMAND --help` shows an example of each command.";

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Demo(demo::Demo),
    Migrate(migrate::Migrate),
    Import(import::Import),
    Export(export::Export),
    Themes(themes::Themes),
    User(user::User),
    Doctor(doctor::Doctor),
    Backup(backup::Backup),
    Restore(backup::Restore),
}

impl CommandLine {
    /// Runs the command. An error is printed as one line on standard error.
    pub fn run(self) -> ExitCode {
        match self.dispatch() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => console::complain(&error),
        }
    }

    fn dispatch(self) -> Result<()> {
        let location = &self.location;
        match self.command {
            Command::Serve(command) => command.run(location),
            Command::Demo(command) => command.run(location),
            Command::Migrate(command) => command.run(location),
            Command::Import(command) => command.run(location),
            Command::Export(command) => command.run(location),
            Command::Themes(command) => command.run(location),
            Command::User(command) => command.run(location),
            Command::Doctor(command) => command.run(location),
            Command::Backup(command) => command.run(location),
            Command::Restore(command) => command.run(location),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_definition_is_consistent() {
        <CommandLine as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn every_command_explains_itself_and_shows_an_example() {
        fn check(command: &clap::Command, path: &str) {
            let parts: Vec<_> = command.get_subcommands().collect();
            for part in &parts {
                check(part, &format!("{path} {}", part.get_name()));
            }
            if parts.is_empty() {
                let help = command.get_after_help().map(ToString::to_string);
                assert!(
                    help.is_some_and(|text| text.contains("chorus ")),
                    "{path} shows no example"
                );
                assert!(
                    command.get_about().is_some(),
                    "{path} does not say what it does"
                );
            }
        }
        check(&<CommandLine as clap::CommandFactory>::command(), "chorus");
    }
}
