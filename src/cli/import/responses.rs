//! `chorus import responses`

use std::path::PathBuf;

use clap::Args;

use super::Watcher;
use crate::cli::Location;
use crate::cli::console::{counted, say};
use crate::cli::location::actor;
use crate::error::{Error, Result};
use crate::files;
use crate::responses::{MapFile, ResponsesImport, ResponsesReport, import_responses};
use crate::sheet::listed;

/// Import responses from another tool, or a file of statements
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chorus import responses answers.csv --survey family --map map.toml --dry-run
  chorus import responses answers.csv --survey family --map map.toml

The map says what each column is. See fixtures/riverside/map.toml and fixtures/bowling-green/map.toml for examples.
An import adds the whole file or nothing, unless --skip-bad imports the good rows. Importing the same file again adds nothing.")]
pub(super) struct ImportResponses {
    /// The file (CSV)
    file: PathBuf,
    /// The survey that the rows answer; it must be published
    #[arg(long, value_name = "SLUG")]
    survey: String,
    /// The map from columns to items (TOML)
    #[arg(long, value_name = "FILE")]
    map: PathBuf,
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

impl ImportResponses {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let map = files::read_as(&self.map, MapFile::parse)?;
        let database = location.existing_database()?;
        let import = ResponsesImport {
            file: self.file,
            survey: self.survey,
            map,
            dry_run: self.dry_run,
            skip_bad: self.skip_bad,
        };
        let mut watcher = Watcher::new(self.report.as_deref(), &[&import.file, &self.map])?;
        let report = import_responses(&database, &actor(), &import, &mut watcher);
        watcher.finish()?;
        let report = files::named(&import.file, report)?;
        tell(&import, &report)?;
        if report.bad > 0 && !import.skip_bad {
            let what = if import.dry_run {
                "nothing would be imported"
            } else {
                "nothing was imported"
            };
            return Err(Error::Invalid(format!(
                "{}: {what}, because {}: fix the file, or import only the good rows with --skip-bad",
                import.file.display(),
                counted(report.bad, "row is bad", "rows are bad")
            )));
        }
        Ok(())
    }
}

fn tell(import: &ResponsesImport, report: &ResponsesReport) -> Result<()> {
    let good = report.rows - report.bad;
    say(format_args!(
        "{}: {}, {}",
        import.file.display(),
        counted(report.rows, "row", "rows"),
        counted(report.bad, "of them bad", "of them bad"),
    ))?;
    say(format_args!(
        "{} by {}, {}, {} set aside",
        counted(good, "good row", "good rows"),
        counted(report.people, "person", "people"),
        counted(report.comments, "comment", "comments"),
        report.set_aside,
    ))?;
    if !report.left_alone.is_empty() {
        say(format_args!(
            "unused columns: {}",
            listed(&report.left_alone)
        ))?;
    }
    if import.map.id.is_none() {
        say(
            "the map has no id, so rows are known by this file and their line: importing a changed file adds its rows again",
        )?;
    }
    if report.bad > 0 && !import.skip_bad {
        return Ok(());
    }
    if report.already > 0 {
        say(format_args!(
            "{} with the same answers",
            counted(
                report.already,
                "row was already imported",
                "rows were already imported"
            )
        ))?;
    }
    if report.differing > 0 {
        say(format_args!(
            "{} with different answers and not changed: {}{}",
            counted(
                report.differing,
                "row was already imported",
                "rows were already imported"
            ),
            report.differing_first.join(", "),
            if report.differing > report.differing_first.len() as u64 {
                ", …"
            } else {
                ""
            }
        ))?;
    }
    let added = counted(report.added, "response", "responses");
    if import.dry_run {
        say(format_args!(
            "{added} would be added; this was a dry run, and nothing was written"
        ))
    } else {
        say(format_args!("{added} added"))
    }
}
