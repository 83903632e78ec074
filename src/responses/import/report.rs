//! What an import tells: how far it is, which rows are bad, what it did.

use std::collections::BTreeSet;

use crate::files::shown;

/// A row that cannot be brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The line of the file that it begins at, from 1.
    pub line: u64,
    /// Why, in plain words.
    pub reason: String,
}

/// What an import is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading and checking every row; nothing is written.
    Checking,
    /// Writing rows that do not count yet.
    Loading,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing.
    pub stage: Stage,
    /// How many bytes of the file are read.
    pub read: u64,
    /// How many bytes the file has.
    pub size: u64,
    /// How many rows that is.
    pub rows: u64,
}

/// Who is told while an import runs.
pub trait Watch {
    /// A row cannot be brought in. Each is told once, in the order of the file.
    fn bad_row(&mut self, row: &BadRow);
    /// So far it is.
    fn progress(&mut self, progress: Progress);
}

/// Nobody is told.
impl Watch for () {
    fn bad_row(&mut self, _: &BadRow) {}

    fn progress(&mut self, _: Progress) {}
}

/// What an import of responses did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponsesReport {
    /// The rows of the file, without its header and empty rows.
    pub rows: u64,
    /// Those that cannot be brought in.
    pub bad: u64,
    /// The people behind the others.
    pub people: u64,
    /// How many of the others were set aside where they come from.
    pub set_aside: u64,
    /// The comments among the others.
    pub comments: u64,
    /// The responses that are new here.
    pub added: u64,
    /// The rows that are here already, with the same answers.
    pub already: u64,
    /// The rows that are here already, with other answers: they are left alone.
    pub differing: u64,
    /// The ids, or the lines, of the first of those.
    pub differing_first: Vec<String>,
    /// The columns that nothing was taken from.
    pub left_alone: Vec<String>,
    /// Whether anything was written.
    pub written: bool,
}

impl ResponsesReport {
    /// How many rows that are here with other answers are named.
    const NAMED: usize = 50;

    /// Counts a good row of the file with this digest: new, or here already with the same answers or with others.
    pub(super) fn count(&mut self, identity: &str, file_digest: &str, is_same: Option<bool>) {
        match is_same {
            None => self.added += 1,
            Some(true) => self.already += 1,
            Some(false) => {
                self.differing += 1;
                if self.differing_first.len() < Self::NAMED {
                    self.differing_first.push(named(identity, file_digest));
                }
            }
        }
    }
}

/// What a person calls a row: its id, or its line.
fn named(identity: &str, file_digest: &str) -> String {
    let line = identity
        .strip_prefix(file_digest)
        .and_then(|rest| rest.strip_prefix(':'));
    line.map_or_else(|| shown(identity), |line| format!("line {line}"))
}

/// What an import of votes did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VotesReport {
    /// The rows of the file, without its header and empty rows.
    pub rows: u64,
    /// Those that cannot be brought in.
    pub bad: u64,
    /// The votes in the others.
    pub votes: u64,
    /// The people who cast them.
    pub voters: u64,
    /// The votes that are new here.
    pub added: u64,
    /// The votes that take the place of another one.
    pub changed: u64,
    /// The columns, or the statements of rows, that are no statement of the survey.
    pub unknown: BTreeSet<String>,
    /// Whether anything was written.
    pub written: bool,
}
