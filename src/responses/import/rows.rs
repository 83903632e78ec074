//! Turns the cells of a row into a response, or into the reasons why that isn't possible. Pure: no database.

mod answers;
mod cells;

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;

use super::columns::Columns;
use super::ground::Ground;
use super::labels::{self, GROUP, Labels, SCHOOL, item_of};
use super::map_file::MapFile;
use super::report::BadRow;
use super::words::unreadable;
use crate::comments::NewComment;
use crate::error::{Error, Result};
use crate::files::shown;
use crate::responses::{Answers, Channel, intake};
use crate::sheet::{Sheet, SheetRow};
use crate::surveys::{Document, ItemKind};

/// A row that became a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrival {
    /// Identifies repeated imports of the same row.
    pub(super) submission_id: String,
    /// The row's ID in the file. Empty if there's no column for it.
    pub(super) label: String,
    /// The answers.
    pub(super) answers: Answers,
    /// The digest of the answers.
    pub(super) answers_digest: String,
    /// The text answers.
    pub(super) words: Vec<NewComment>,
    /// The person, if the file identifies them.
    pub(super) person: Option<String>,
    pub(super) group_key: Option<String>,
    pub(super) schools: Vec<String>,
    pub(super) language: String,
    pub(super) channel: Channel,
    pub(super) day: NaiveDate,
    /// Whether it was set aside at the source.
    pub(super) is_set_aside: bool,
}

/// The result of reading a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ReadRow {
    /// An empty row from a spreadsheet.
    Blank,
    Bad(BadRow),
    Good(Box<Arrival>),
}

/// The rows of a file, read one by one.
pub(super) struct RowReader<'a> {
    sheet: Sheet,
    map: &'a MapFile,
    ground: &'a Ground,
    /// The survey's document with nothing required and nothing hidden, because another tool may have let people skip or
    /// answer different questions.
    document: Document,
    labels: Labels<'a>,
    columns: Columns,
    file_digest: &'a str,
    /// The line where each ID was seen.
    seen: HashMap<String, u64>,
}

impl<'a> RowReader<'a> {
    /// Opens a file and finds the columns that the map names.
    pub(super) fn open(
        path: &Path,
        file_digest: &'a str,
        map: &'a MapFile,
        ground: &'a Ground,
    ) -> Result<Self> {
        labels::check(map, ground)?;
        let wanted = map.columns();
        let sheet = match map.delimiter {
            Some(delimiter) => Sheet::open_separated(path, &[delimiter.0], &wanted),
            None => Sheet::open(path, &wanted),
        };
        let sheet = sheet.map_err(unreadable)?;
        let columns = Columns::find(&sheet, map, &wanted)?;
        let mut document = ground.document.clone();
        for item in &mut document.items {
            item.required = false;
            item.show_if = None;
        }
        let rows = Self {
            sheet,
            map,
            ground,
            document,
            labels: Labels::new(map, ground),
            columns,
            file_digest,
            seen: HashMap::new(),
        };
        rows.check_constants()?;
        Ok(rows)
    }

    /// Finds problems in the constants up front, because they would affect every row.
    fn check_constants(&self) -> Result<()> {
        let constants = &self.map.constants;
        let wrong = |name: &str, reason: String| {
            Err(Error::Invalid(format!(
                "the map does not match the survey: [constants] {name}: {reason}"
            )))
        };
        for (name, kind, said) in [
            (GROUP, ItemKind::Group, &constants.group),
            (SCHOOL, ItemKind::School, &constants.school),
        ] {
            let item = item_of(&self.document, kind).map_or(name, |item| item.key.as_str());
            if let Some(Err(reason)) = said
                .as_ref()
                .map(|said| self.labels.keys(item, said.trim()))
            {
                return wrong(name, reason);
            }
        }
        if let Some(Err(reason)) = constants
            .language
            .as_ref()
            .map(|said| self.tag(said.trim()))
        {
            return wrong("language", reason);
        }
        if let Some(Err(reason)) = constants.date.as_ref().map(|said| self.date(said.trim())) {
            return wrong("date", reason);
        }
        Ok(())
    }

    /// How many bytes have been read, and how many there are.
    pub(super) fn read_so_far(&self) -> (u64, u64) {
        (self.sheet.position(), self.sheet.size())
    }

    /// The columns that aren't used.
    pub(super) fn left_alone(&self) -> Vec<String> {
        let used = self.map.columns();
        let columns = self.sheet.columns().iter();
        columns
            .filter(|column| !used.contains(&column.as_str()))
            .cloned()
            .collect()
    }

    /// The next row, or `None` after the last. Returns an error if the file can't be read any further.
    pub(super) fn next(&mut self) -> Result<Option<ReadRow>> {
        let Some(row) = self.sheet.next_row_of_any_length().map_err(unreadable)? else {
            return Ok(None);
        };
        if row.is_empty() {
            return Ok(Some(ReadRow::Blank));
        }
        let line = row.line;
        Ok(Some(match self.arrival(&row) {
            Ok(arrival) => ReadRow::Good(Box::new(arrival)),
            Err(reason) => ReadRow::Bad(BadRow { line, reason }),
        }))
    }

    fn arrival(&mut self, row: &SheetRow) -> std::result::Result<Arrival, String> {
        let columns = self.sheet.columns().len();
        if row.length() != columns {
            return Err(format!(
                "it has {} cells, but the header has {columns}",
                row.length()
            ));
        }
        let label = self.name(row, self.columns.id, "id")?;
        let submission_id = match self.columns.id {
            Some(_) if label.is_empty() => return Err("its id is empty".to_owned()),
            Some(_) => label.to_owned(),
            None => format!("{}:{}", self.file_digest, row.line),
        };
        let language = self.language(row)?;
        let (answers, group, schools) = self.answers(row)?;
        let arrival = Arrival {
            label: label.to_owned(),
            answers_digest: intake::answers_digest(&answers),
            words: intake::words_among(&self.document, &answers, &language),
            group_key: group.or_else(|| intake::group_of(&self.document, &answers)),
            schools: if schools.is_empty() {
                intake::schools_of(&self.document, &answers)
            } else {
                schools
            },
            answers,
            person: self.person(row)?,
            language,
            channel: self.channel(row)?,
            day: self.day(row)?,
            is_set_aside: self.is_set_aside(row)?,
            submission_id,
        };
        if self.columns.id.is_some()
            && let Some(line) = self.seen.insert(arrival.submission_id.clone(), row.line)
        {
            return Err(format!(
                "its id “{}” is already on line {line}",
                shown(&arrival.submission_id)
            ));
        }
        Ok(arrival)
    }
}
