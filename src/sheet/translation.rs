//! The sheet for translators: one row for each text, with its key, source sentence and translation. Reading a sheet
//! checks every row and returns nothing until all rows are valid.

use std::collections::{BTreeMap, BTreeSet};

use super::{Sheet, SheetError, as_written, harmless};

/// A row of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The name of the text.
    pub key: String,
    /// The sentence in the source language.
    pub source: String,
    /// The translation. Empty if there isn't one.
    pub translation: String,
    /// Whether the sentence has changed since it was translated.
    pub stale: bool,
    /// Whether the text remembers which sentence its translation is from. If it does, a translation of an older sentence is
    /// marked stale; otherwise it's refused, because nobody could see it later.
    pub remembers: bool,
}

/// A row that came back with a translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translated {
    /// The line, counted from 1.
    pub line: u64,
    /// The name of the text.
    pub key: String,
    /// The sentence that was translated.
    pub source: String,
    /// The translation.
    pub translation: String,
    /// Whether the sentence has changed since the sheet was written.
    pub stale: bool,
}

/// What's wrong with a row of an imported sheet.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LineFault {
    /// The line, counted from 1.
    pub line: u64,
    /// The reason in plain words.
    pub reason: String,
}

/// Why a sheet can't be imported.
#[derive(Debug)]
pub enum Refused {
    /// It isn't a sheet with this layout.
    Sheet(SheetError),
    /// These rows are invalid. Nothing was applied.
    Lines(Vec<LineFault>),
}

impl Refused {
    /// The reasons by line, for the form that the sheet was pasted into. A sheet that can't be read at all is wrong from
    /// its first line.
    pub fn into_lines(self) -> Vec<LineFault> {
        let (line, reason) = match self {
            Self::Lines(faults) => return faults,
            Self::Sheet(SheetError::Empty) => (
                1,
                "there is no sheet here: its first row has the columns “key” and the two languages"
                    .to_owned(),
            ),
            Self::Sheet(error) => numbered(&error.to_string()),
        };
        vec![LineFault { line, reason }]
    }
}

/// The longest translation, in characters: room for a long introduction, and a limit for a mistake in copying.
const LONGEST: usize = 5_000;

/// The column with the translation as it was when the sheet was written. A cell that is still the same wasn't touched, so
/// it can't undo what someone else wrote in the meantime. Sheets without the column, from other tools, are read too.
const DOWNLOADED: &str = "downloaded";

/// An error's line, if it starts with one, and the rest of it.
fn numbered(error: &str) -> (u64, String) {
    let number = error.strip_prefix("line ").and_then(|rest| {
        let (number, reason) = rest.split_once(": ")?;
        Some((number.parse().ok()?, reason.to_owned()))
    });
    number.unwrap_or_else(|| (1, error.to_owned()))
}

/// The columns that a sheet must have: `key`, and the two languages by tag.
pub fn columns<'a>(source: &'a str, language: &'a str) -> [&'a str; 3] {
    ["key", source, language]
}

/// The sheet as CSV: its columns, then two that are only for reading: a state, and the translation as it is now.
pub fn write(rows: &[Row], source: &str, language: &str) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["key", source, language, "state", DOWNLOADED])?;
    for row in rows {
        let state = match (row.translation.trim().is_empty(), row.stale) {
            (true, _) => "missing",
            (_, true) => "stale",
            _ => "",
        };
        writer.write_record([
            harmless(&row.key).as_ref(),
            harmless(&row.source).as_ref(),
            harmless(&row.translation).as_ref(),
            state,
            harmless(&row.translation).as_ref(),
        ])?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads the translations of a sheet. `known` are the rows as they are now; `whose` texts they are ("the survey") goes
/// into the reasons. An empty cell is left out, and so is one that hasn't changed since the sheet was written.
pub fn read(
    sheet: &mut Sheet,
    [key, source, language]: [&str; 3],
    whose: &str,
    known: &[Row],
) -> Result<Vec<Translated>, Refused> {
    let places = [key, source, language].map(|name| sheet.column(name).map_err(Refused::Sheet));
    let [key, source, language] = places;
    let (key, source, language) = (key?, source?, language?);
    let downloaded = sheet.column(DOWNLOADED).ok();
    let mut reading = Reading {
        whose,
        known: known.iter().map(|row| (&*row.key, row)).collect(),
        seen: BTreeSet::new(),
        read: Vec::new(),
        faults: Vec::new(),
    };
    while let Some(row) = sheet.next_row().map_err(Refused::Sheet)? {
        if row.is_empty() {
            continue;
        }
        let cell = |place| {
            let text = sheet.cell(&row, place).map_err(Refused::Sheet)?;
            Ok::<_, Refused>(as_written(text.trim()))
        };
        let (key, source, translation) = (cell(key)?, cell(source)?, cell(language)?);
        let line = row.line;
        let before = downloaded.map(cell).transpose()?;
        let read = Translated {
            line,
            key: key.to_owned(),
            source: source.to_owned(),
            translation: translation.to_owned(),
            stale: false,
        };
        if let Err(reason) = reading.row(read, before) {
            reading.faults.push(LineFault { line, reason });
        }
    }
    if reading.faults.is_empty() {
        Ok(reading.read)
    } else {
        Err(Refused::Lines(reading.faults))
    }
}

/// A sheet while it is read.
struct Reading<'a> {
    whose: &'a str,
    /// The current rows by key.
    known: BTreeMap<&'a str, &'a Row>,
    seen: BTreeSet<String>,
    read: Vec<Translated>,
    faults: Vec<LineFault>,
}

impl Reading<'_> {
    /// `before` is the translation when the sheet was written, if the sheet has it.
    fn row(&mut self, mut read: Translated, before: Option<&str>) -> Result<(), String> {
        let (key, translation) = (&read.key, &read.translation);
        let Some(known) = self.known.get(key.as_str()) else {
            return Err(format!(
                "{} has no text with the key “{key}”: keep the keys as they were in the sheet",
                self.whose
            ));
        };
        if !self.seen.insert(key.clone()) {
            return Err(format!("“{key}” is in two rows: keep one"));
        }
        if translation.is_empty() || before == Some(translation) {
            return Ok(());
        }
        if translation.chars().count() > LONGEST {
            return Err(format!(
                "“{key}”: the translation has more than {LONGEST} characters"
            ));
        }
        let now = known.translation.trim();
        if before.is_some_and(|before| before != now) && now != translation {
            return Err(format!(
                "someone else has changed the translation of “{key}” since you downloaded the sheet: download it again"
            ));
        }
        let lost: Vec<String> = placeholders(&read.source)
            .difference(&placeholders(translation))
            .cloned()
            .collect();
        if !lost.is_empty() {
            return Err(format!(
                "“{key}”: the translation is missing {}, which Chorus fills in: add it back",
                lost.join(", ")
            ));
        }
        read.stale = known.source.trim() != read.source;
        if read.stale && !known.remembers {
            return Err(format!(
                "the original of “{key}” has changed since you downloaded the sheet: download it again"
            ));
        }
        self.read.push(read);
        Ok(())
    }
}

/// The placeholders in a sentence: `{name}`.
fn placeholders(sentence: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = sentence;
    while let Some((_, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else {
            break;
        };
        let name: String = name.split_whitespace().collect();
        if !name.is_empty() && !name.contains('{') {
            found.insert(format!("{{{name}}}"));
        }
        rest = after;
    }
    found
}
