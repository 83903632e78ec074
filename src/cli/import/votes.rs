//! `chorus import votes`

use std::path::PathBuf;

use clap::Args;

use super::Watcher;
use crate::cli::Location;
use crate::cli::console::{counted, say};
use crate::cli::location::actor;
use crate::error::{Error, Result};
use crate::files;
use crate::responses::{VotesImport, VotesReport, import_votes};
use crate::sheet::listed;

/// Import votes on statements that were imported earlier
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus import votes fixtures/bowling-green/participants-votes.csv --survey better-place

A long file has the columns voter, statement, and value. A wide file has a column participant and a column for each statement.
1 is agree, -1 is disagree, 0 is pass, and an empty cell is not seen. The same file again adds nothing; changed votes replace old ones.")]
pub(super) struct ImportVotes {
    /// The file (CSV)
    file: PathBuf,
    /// The survey whose statements were voted on
    #[arg(long, value_name = "SLUG")]
    survey: String,
    /// The item that the statements answer, if several items share ids
    #[arg(long, value_name = "KEY")]
    item: Option<String>,
    /// Report what would happen and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Import the good rows and skip the bad ones
    #[arg(long)]
    skip_bad: bool,
    /// Write every bad row into this file (CSV)
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl ImportVotes {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let database = location.existing_database()?;
        let import = VotesImport {
            file: self.file,
            survey: self.survey,
            item: self.item,
            dry_run: self.dry_run,
            skip_bad: self.skip_bad,
        };
        let mut watcher = Watcher::new(self.report.as_deref(), &[&import.file])?;
        let report = import_votes(&database, &actor(), &import, &mut watcher);
        watcher.finish()?;
        let report = files::named(&import.file, report)?;
        tell(&import, &report)?;
        if report.bad > 0 && !import.skip_bad {
            return Err(Error::Invalid(format!(
                "{}: nothing was imported, because {}: fix the file, or import only the good rows with --skip-bad",
                import.file.display(),
                counted(report.bad, "row is bad", "rows are bad")
            )));
        }
        Ok(())
    }
}

fn tell(import: &VotesImport, report: &VotesReport) -> Result<()> {
    say(format_args!(
        "{}: {}, {}, {} by {}",
        import.file.display(),
        counted(report.rows, "row", "rows"),
        counted(report.bad, "of them bad", "of them bad"),
        counted(report.votes, "vote", "votes"),
        counted(report.voters, "voter", "voters"),
    ))?;
    if !report.unknown.is_empty() {
        let unknown: Vec<String> = report.unknown.iter().cloned().collect();
        say(format_args!(
            "unused columns that are not statements of the survey: {}",
            listed(&unknown)
        ))?;
    }
    if report.bad > 0 && !import.skip_bad {
        return Ok(());
    }
    let done = format!(
        "{} new, {} changed",
        counted(report.added, "vote is", "votes are"),
        report.changed
    );
    if import.dry_run {
        say(format_args!(
            "{done}; this was a dry run, and nothing was written"
        ))
    } else {
        say(done)
    }
}
