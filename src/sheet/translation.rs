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
    /// The reasons by line, for the form that the sheet was pasted into. A sheet that can't be read is wrong from its
    /// first line.
    pub fn into_lines(self) -> Vec<LineFault> {
        match self {
            Self::Sheet(error) => vec![LineFault {
                line: 1,
                reason: error.to_string(),
            }],
            Self::Lines(faults) => faults,
        }
    }
}

/// The columns that a sheet must have: `key`, and the two languages by tag.
pub fn columns<'a>(source: &'a str, language: &'a str) -> [&'a str; 3] {
    ["key", source, language]
}

/// The sheet as CSV: its columns, and a state that is only for reading.
pub fn write(rows: &[Row], source: &str, language: &str) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["key", source, language, "state"])?;
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
        ])?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads the translations of a sheet. `known` are the rows as they are now; `whose` texts they are ("the survey") goes
/// into the reasons. An empty cell is left out.
pub fn read(
    sheet: &mut Sheet,
    [key, source, language]: [&str; 3],
    whose: &str,
    known: &[Row],
) -> Result<Vec<Translated>, Refused> {
    let places = [key, source, language].map(|name| sheet.column(name).map_err(Refused::Sheet));
    let [key, source, language] = places;
    let (key, source, language) = (key?, source?, language?);
    let mut reading = Reading {
        whose,
        sentences: known.iter().map(|row| (&*row.key, &*row.source)).collect(),
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
        if let Err(reason) = reading.row(row.line, key, source, translation) {
            let line = row.line;
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
    /// The current sentences by key.
    sentences: BTreeMap<&'a str, &'a str>,
    seen: BTreeSet<String>,
    read: Vec<Translated>,
    faults: Vec<LineFault>,
}

impl Reading<'_> {
    fn row(&mut self, line: u64, key: &str, source: &str, translation: &str) -> Result<(), String> {
        let Some(sentence) = self.sentences.get(key) else {
            return Err(format!(
                "{} has no text with the key “{key}”: keep the keys as they were in the sheet",
                self.whose
            ));
        };
        if !self.seen.insert(key.to_owned()) {
            return Err(format!("“{key}” is in two rows: keep one"));
        }
        if translation.is_empty() {
            return Ok(());
        }
        let lost: Vec<String> = placeholders(source)
            .difference(&placeholders(translation))
            .cloned()
            .collect();
        if !lost.is_empty() {
            return Err(format!(
                "“{key}”: the translation is missing {}, which Chorus fills in: add it back",
                lost.join(", ")
            ));
        }
        self.read.push(Translated {
            line,
            key: key.to_owned(),
            source: source.to_owned(),
            translation: translation.to_owned(),
            stale: sentence.trim() != source,
        });
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
