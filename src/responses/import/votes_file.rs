//! A file of votes: long, with one row for each vote (`voter,statement,value`), or wide, with one row for each voter
//! (`participant`, then a column for each statement). Pure: no database.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::pseudonym::pseudonym;
use super::report::{BadRow, ImportProgress, Stage, Watch};
use super::words::{reason, unreadable};
use crate::error::{Error, Result};
use crate::files::shown;
use crate::sheet::{Sheet, SheetRow, as_written};
use crate::surveys::SurveyId;

const LONG: [&str; 3] = ["voter", "statement", "value"];
const WIDE: &str = "participant";

/// Report progress after this many rows.
const TOLD: u64 = 256;

/// Every vote of a file, small enough to keep in memory.
#[derive(Debug, Default)]
pub(super) struct Votes {
    /// The pseudonyms that votes are stored under.
    pub(super) voters: Vec<String>,
    /// The index of the voter, the index of the statement, and 1, 0 or -1. Sorted by voter, then statement.
    pub(super) cast: Vec<(u32, u32, i32)>,
    /// How many rows the file has.
    pub(super) rows: u64,
    /// How many of them are bad.
    pub(super) bad: u64,
    /// The columns that aren't statements.
    pub(super) unknown: BTreeSet<String>,
}

impl Votes {
    /// How many people voted.
    pub(super) fn voters_who_voted(&self) -> u64 {
        let voters: BTreeSet<u32> = self.cast.iter().map(|(voter, ..)| *voter).collect();
        voters.len() as u64
    }
}

/// Reads and checks a whole file of votes on a survey's statements. `statements` has the index of each by ID.
pub(super) fn read(
    path: &Path,
    survey: &SurveyId,
    statements: &HashMap<String, u32>,
    watch: &mut dyn Watch,
) -> Result<Votes> {
    let wanted: Vec<&str> = LONG.into_iter().chain([WIDE]).collect();
    let mut sheet = Sheet::open(path, &wanted).map_err(unreadable)?;
    let has = |name: &str| sheet.columns().iter().any(|column| column == name);
    let mut reading = Reading::of(survey);
    let shape = if LONG.iter().all(|name| has(name)) {
        Shape::long(&sheet)?
    } else if has(WIDE) {
        Shape::wide(&sheet, statements, &mut reading.unknown)?
    } else {
        return Err(Error::Invalid(
            "it needs either the columns voter, statement, and value, or a column participant and a column for each statement"
                .to_owned(),
        ));
    };
    while let Some(row) = sheet.next_row_of_any_length().map_err(unreadable)? {
        if row.is_empty() {
            continue;
        }
        reading.rows += 1;
        if let Err(reason) = shape.take(&sheet, &row, statements, &mut reading) {
            reading.bad += 1;
            watch.bad_row(&BadRow {
                line: row.line,
                reason,
            });
        }
        if reading.rows.is_multiple_of(TOLD) {
            watch.progress(ImportProgress {
                stage: Stage::Checking,
                read: sheet.position(),
                size: sheet.size(),
                rows: reading.rows,
            });
        }
    }
    Ok(reading.into_votes())
}

/// What has been read so far.
struct Reading<'a> {
    survey: &'a SurveyId,
    /// The index of each voter, by pseudonym.
    voters: HashMap<String, u32>,
    /// The value and line of each vote, by voter and statement.
    votes: BTreeMap<(u32, u32), (i32, u64)>,
    /// The line of each voter in a wide file.
    lines: HashMap<u32, u64>,
    rows: u64,
    bad: u64,
    unknown: BTreeSet<String>,
}

impl<'a> Reading<'a> {
    fn of(survey: &'a SurveyId) -> Self {
        Self {
            survey,
            voters: HashMap::new(),
            votes: BTreeMap::new(),
            lines: HashMap::new(),
            rows: 0,
            bad: 0,
            unknown: BTreeSet::new(),
        }
    }

    /// The index of a voter. Two spellings of one email address are the same voter.
    fn voter(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.voters.len()).unwrap_or(u32::MAX);
        let name = pseudonym(self.survey, name).unwrap_or_default();
        *self.voters.entry(name).or_insert(next)
    }

    /// Adds one vote of a long file. The same vote again changes nothing.
    fn add_vote(
        &mut self,
        line: u64,
        voter: &str,
        statement: u32,
        value: i32,
    ) -> std::result::Result<(), String> {
        let voter = self.voter(voter);
        let vote = self.votes.entry((voter, statement));
        let (earlier, line) = *vote.or_insert((value, line));
        if earlier == value {
            return Ok(());
        }
        Err(format!(
            "the same voter already has a vote on this statement on line {line}"
        ))
    }

    /// Adds all votes of a voter, from a row of a wide file.
    fn add_voter(
        &mut self,
        line: u64,
        voter: &str,
        cast: Vec<(u32, i32)>,
    ) -> std::result::Result<(), String> {
        let voter = self.voter(voter);
        if let Some(line) = self.lines.insert(voter, line) {
            return Err(format!("its participant is already on line {line}"));
        }
        let cast = cast.into_iter();
        self.votes
            .extend(cast.map(|(statement, value)| ((voter, statement), (value, line))));
        Ok(())
    }

    fn into_votes(self) -> Votes {
        let mut voters: Vec<(u32, String)> = self
            .voters
            .into_iter()
            .map(|(name, place)| (place, name))
            .collect();
        voters.sort_unstable();
        Votes {
            voters: voters.into_iter().map(|(_, name)| name).collect(),
            cast: self
                .votes
                .into_iter()
                .map(|((voter, statement), (value, _))| (voter, statement, value))
                .collect(),
            rows: self.rows,
            bad: self.bad,
            unknown: self.unknown,
        }
    }
}

/// Where the parts of a vote are.
enum Shape {
    Long {
        voter: usize,
        statement: usize,
        value: usize,
    },
    Wide {
        voter: usize,
        /// The position of each statement's column, and the index of the statement.
        statements: Vec<(usize, u32)>,
    },
}

impl Shape {
    fn long(sheet: &Sheet) -> Result<Self> {
        let place = |name: &str| sheet.column(name).map_err(unreadable);
        Ok(Self::Long {
            voter: place("voter")?,
            statement: place("statement")?,
            value: place("value")?,
        })
    }

    fn wide(
        sheet: &Sheet,
        statements: &HashMap<String, u32>,
        unknown: &mut BTreeSet<String>,
    ) -> Result<Self> {
        let voter = sheet.column(WIDE).map_err(unreadable)?;
        let mut places = Vec::new();
        for (place, column) in sheet.columns().iter().enumerate() {
            match statements.get(column) {
                _ if place == voter => {}
                Some(statement) => {
                    // Look it up by name, so that two columns for one statement are detected.
                    sheet.column(column).map_err(unreadable)?;
                    places.push((place, *statement));
                }
                None => drop(unknown.insert(column.clone())),
            }
        }
        if places.is_empty() {
            return Err(Error::Invalid(
                "none of its columns matches the id of a statement in this survey".to_owned(),
            ));
        }
        Ok(Self::Wide {
            voter,
            statements: places,
        })
    }

    /// Adds the votes of a row, or none of them.
    fn take(
        &self,
        sheet: &Sheet,
        row: &SheetRow,
        statements: &HashMap<String, u32>,
        reading: &mut Reading<'_>,
    ) -> std::result::Result<(), String> {
        if row.length() != sheet.columns().len() {
            return Err(format!(
                "it has {} cells, but the header has {}",
                row.length(),
                sheet.columns().len()
            ));
        }
        match self {
            Self::Long {
                voter,
                statement,
                value,
            } => {
                let name = text(sheet, row, *statement)?;
                let Some(statement) = statements.get(name) else {
                    return Err(format!("the survey has no statement “{}”", shown(name)));
                };
                let Some(value) = vote(text(sheet, row, *value)?)? else {
                    return Err("its value is empty".to_owned());
                };
                let voter = named(text(sheet, row, *voter)?)?;
                reading.add_vote(row.line, voter, *statement, value)
            }
            Self::Wide {
                voter,
                statements: places,
            } => {
                let voter = named(text(sheet, row, *voter)?)?;
                let mut cast = Vec::with_capacity(places.len());
                for (place, statement) in places {
                    if let Some(value) = vote(text(sheet, row, *place)?)? {
                        cast.push((*statement, value));
                    }
                }
                reading.add_voter(row.line, voter, cast)
            }
        }
    }
}

fn text<'a>(
    sheet: &Sheet,
    row: &'a SheetRow,
    place: usize,
) -> std::result::Result<&'a str, String> {
    let cell = sheet.cell(row, place).map_err(reason)?;
    if cell.contains('\0') {
        return Err("it has a NUL character, which is not text".to_owned());
    }
    Ok(as_written(cell).trim())
}

fn named(voter: &str) -> std::result::Result<&str, String> {
    match voter.chars().count() {
        0 => Err("its voter is empty".to_owned()),
        1..=200 => Ok(voter),
        _ => Err("its voter has more than 200 characters".to_owned()),
    }
}

/// 1 for agree, -1 for disagree, 0 for pass. `None` if the person didn't see the statement.
fn vote(text: &str) -> std::result::Result<Option<i32>, String> {
    match text {
        "" => Ok(None),
        "1" | "1.0" => Ok(Some(1)),
        "0" | "0.0" => Ok(Some(0)),
        "-1" | "-1.0" => Ok(Some(-1)),
        other => Err(format!(
            "“{}” is not a vote: use 1 for agree, -1 for disagree, 0 for pass",
            shown(other)
        )),
    }
}
