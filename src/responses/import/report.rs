//! What an import reports: its progress, bad rows and result.

use std::collections::BTreeSet;

use crate::files::shown;

/// A row that can't be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The line in the file where it starts, counted from 1.
    pub line: u64,
    /// Why, in plain words.
    pub reason: String,
}

/// What an import is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading and checking every row. Nothing is written.
    Checking,
    /// Writing rows that don't count yet.
    Loading,
}

/// The progress of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportProgress {
    /// What it's doing.
    pub stage: Stage,
    /// How many bytes of the file it has read.
    pub read: u64,
    /// How many bytes the file has.
    pub size: u64,
    /// How many rows it has read.
    pub rows: u64,
}

/// Receives reports while an import runs.
pub trait Watch {
    /// A row can't be imported. Called once for each, in the order of the file.
    fn bad_row(&mut self, row: &BadRow);
    /// The import has made progress.
    fn progress(&mut self, progress: ImportProgress);
}

/// Ignores everything.
impl Watch for () {
    fn bad_row(&mut self, _: &BadRow) {}

    fn progress(&mut self, _: ImportProgress) {}
}

/// What an import of responses did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponsesReport {
    /// The rows of the file, without its header and empty rows.
    pub rows: u64,
    /// Rows that can't be imported.
    pub bad: u64,
    /// The people behind the good rows.
    pub people: u64,
    /// How many of the good rows were set aside at the source.
    pub set_aside: u64,
    /// The comments in the good rows.
    pub comments: u64,
    /// How many responses are new.
    pub added: u64,
    /// Rows that are already stored with the same answers.
    pub already: u64,
    /// Rows that are already stored with different answers. They stay as stored.
    pub differing: u64,
    /// The IDs or lines of the first of those.
    pub differing_first: Vec<String>,
    /// The columns that weren't used.
    pub left_alone: Vec<String>,
    /// Whether anything was written.
    pub written: bool,
}

impl ResponsesReport {
    /// How many rows with different answers to list.
    const NAMED: usize = 50;

    /// Counts a good row: new, or already stored with the same or different answers.
    pub(super) fn count(&mut self, submission_id: &str, file_digest: &str, is_same: Option<bool>) {
        match is_same {
            None => self.added += 1,
            Some(true) => self.already += 1,
            Some(false) => {
                self.differing += 1;
                if self.differing_first.len() < Self::NAMED {
                    self.differing_first.push(named(submission_id, file_digest));
                }
            }
        }
    }
}

/// A row as people refer to it: its ID, or its line.
fn named(submission_id: &str, file_digest: &str) -> String {
    let line = submission_id
        .strip_prefix(file_digest)
        .and_then(|rest| rest.strip_prefix(':'));
    line.map_or_else(|| shown(submission_id), |line| format!("line {line}"))
}

/// What an import of votes did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VotesReport {
    /// The rows of the file, without its header and empty rows.
    pub rows: u64,
    /// Rows that can't be imported.
    pub bad: u64,
    /// The votes in the good rows.
    pub votes: u64,
    /// The people who cast them.
    pub voters: u64,
    /// How many votes are new.
    pub added: u64,
    /// How many votes replace an earlier vote.
    pub changed: u64,
    /// Columns, or statements in rows, that aren't statements of the survey.
    pub unknown: BTreeSet<String>,
    /// Whether anything was written.
    pub written: bool,
}
