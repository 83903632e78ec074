//! The output of an import while it runs: a progress bar on a terminal, plain lines elsewhere, and the bad rows.

use std::fs::File;
use std::io::IsTerminal;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::console::{note, one_line, say};
use crate::error::{Error, Result};
use crate::responses::{BadRow, ImportProgress, Stage, Watch};
use crate::sheet::harmless;

/// The maximum number of bad rows to print. The report has all of them.
const LISTED: usize = 50;

/// Shows an import's progress and collects the bad rows.
pub(in crate::cli) struct Watcher {
    bar: Option<ProgressBar>,
    /// The last progress printed as a plain line.
    told: Option<(Stage, u64)>,
    listed: Vec<BadRow>,
    bad: u64,
    report: Option<csv::Writer<File>>,
    failed: Option<Error>,
}

impl Watcher {
    /// Creates a watcher that also writes bad rows to a report, if there is one. It overwrites an existing report, but
    /// fails if the report is one of the files being read.
    pub(in crate::cli) fn new(report: Option<&Path>, read: &[&Path]) -> Result<Self> {
        let report = report.map(|path| {
            if read.iter().any(|read| is_same(read, path)) {
                return Err(Error::Invalid(format!(
                    "--report {} is a file that the import reads: choose another",
                    path.display()
                )));
            }
            let mut writer = csv::Writer::from_path(path)
                .map_err(|error| Error::Invalid(format!("{}: {error}", path.display())))?;
            writer
                .write_record(["line", "reason"])
                .map_err(Error::internal)?;
            Ok::<_, Error>(writer)
        });
        Ok(Self {
            bar: std::io::stderr().is_terminal().then(bar),
            told: None,
            listed: Vec::new(),
            bad: 0,
            report: report.transpose()?,
            failed: None,
        })
    }

    /// Removes the bar and prints the bad rows.
    pub(in crate::cli) fn finish(mut self) -> Result<()> {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        for row in &self.listed {
            say(format_args!("line {}: {}", row.line, one_line(&row.reason)))?;
        }
        let more = self.bad.saturating_sub(self.listed.len() as u64);
        if more > 0 && self.report.is_some() {
            say(format_args!(
                "and {more} more bad rows, all of them in the report"
            ))?;
        } else if more > 0 {
            say(format_args!(
                "and {more} more bad rows; use --report FILE to save them all"
            ))?;
        }
        if let Some(mut report) = self.report.take() {
            report.flush().map_err(Error::internal)?;
        }
        self.failed.take().map_or(Ok(()), Err)
    }
}

impl Watch for Watcher {
    fn bad_row(&mut self, row: &BadRow) {
        self.bad += 1;
        if self.listed.len() < LISTED {
            self.listed.push(row.clone());
        }
        if let Some(report) = &mut self.report {
            let line = row.line.to_string();
            let written = report.write_record([line.as_str(), &harmless(&row.reason)]);
            if let Err(error) = written {
                self.failed = Some(Error::internal(error));
            }
        }
    }

    fn progress(&mut self, progress: ImportProgress) {
        let what = match progress.stage {
            Stage::Checking => "checking",
            Stage::Loading => "loading",
        };
        if let Some(bar) = &self.bar {
            bar.set_length(progress.size);
            bar.set_position(progress.read);
            bar.set_message(what);
            return;
        }
        let quarter = progress.read.saturating_mul(4) / progress.size.max(1);
        if quarter > 0 && self.told != Some((progress.stage, quarter)) {
            self.told = Some((progress.stage, quarter));
            note(format_args!(
                "{what}: {}%, {} rows",
                quarter * 25,
                progress.rows
            ));
        }
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    whole(one).is_some_and(|one| Some(one) == whole(other))
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{msg:10} {wide_bar} {percent}%  {eta} left");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}
