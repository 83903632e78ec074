//! Turns the cells of a row into a response, or into the reasons why that isn't possible. Pure: no database.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;

use super::columns::Columns;
use super::ground::Ground;
use super::labels::{self, GROUP, LANGUAGE, Labels, SCHOOL, item_of};
use super::map_file::MapFile;
use super::report::BadRow;
use super::words::{in_words, reason, unreadable};
use crate::comments::NewComment;
use crate::error::{Error, Result};
use crate::files::shown;
use crate::responses::intake::{self, Fault};
use crate::responses::{Answers, Channel};
use crate::secret::digest;
use crate::sheet::{Sheet, SheetRow, as_written};
use crate::surveys::{Document, ItemKind, OTHER};
use crate::web::form::Fields;

/// The longest ID and the longest person name, in characters.
const LONGEST_NAME: usize = 200;

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

/// What the cells of a row say, in the form of a submission, and what's wrong with them.
#[derive(Default)]
struct Said {
    fields: Vec<(String, String)>,
    reasons: Vec<String>,
    /// Whether the row itself has content, and not just the map's constants.
    is_answered: bool,
}

impl Said {
    /// Adds what a cell says about an item, or the reason why it's invalid. Returns whether it says anything.
    fn take(&mut self, fields: std::result::Result<Vec<(String, String)>, String>) -> bool {
        match fields {
            Ok(fields) => {
                let says_something = !fields.is_empty();
                self.fields.extend(fields);
                says_something
            }
            Err(reason) => {
                self.reasons.push(reason);
                true
            }
        }
    }
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

    /// The text of a cell. Empty if there's no column.
    fn cell<'b>(
        &self,
        row: &'b SheetRow,
        place: Option<usize>,
    ) -> std::result::Result<&'b str, String> {
        let Some(place) = place else {
            return Ok("");
        };
        let cell = self.sheet.cell(row, place).map_err(reason)?;
        if cell.contains('\0') {
            return Err("it has a NUL character, which is not text".to_owned());
        }
        Ok(as_written(cell).trim())
    }

    /// A cell, or its replacement if it's empty.
    fn cell_or<'b>(
        &self,
        row: &'b SheetRow,
        place: Option<usize>,
        constant: Option<&'b String>,
    ) -> std::result::Result<&'b str, String> {
        let cell = self.cell(row, place)?;
        Ok(if cell.is_empty() {
            constant.map_or("", |text| text.trim())
        } else {
            cell
        })
    }

    fn name<'b>(
        &self,
        row: &'b SheetRow,
        place: Option<usize>,
        what: &str,
    ) -> std::result::Result<&'b str, String> {
        let name = self.cell(row, place)?;
        if name.chars().count() > LONGEST_NAME {
            return Err(format!(
                "its {what} has more than {LONGEST_NAME} characters"
            ));
        }
        Ok(name)
    }

    /// The person who responded. An email address is stored as a digest: its only use here is to identify people.
    fn person(&self, row: &SheetRow) -> std::result::Result<Option<String>, String> {
        let name = self.name(row, self.columns.person, "person")?;
        Ok(pseudonym(&self.ground.survey, name))
    }

    fn language(&self, row: &SheetRow) -> std::result::Result<String, String> {
        let constant = self.map.constants.language.as_ref();
        let said = self.cell_or(row, self.columns.language, constant)?;
        if said.is_empty() {
            return Ok(self.document.languages.first().cloned().unwrap_or_default());
        }
        self.tag(said)
    }

    fn tag(&self, said: &str) -> std::result::Result<String, String> {
        language_tag(self.labels.word(LANGUAGE, said)).ok_or_else(|| {
            format!(
                "“{}” is not a language: use a tag such as en, or add it under [choices]",
                shown(said)
            )
        })
    }

    fn day(&self, row: &SheetRow) -> std::result::Result<NaiveDate, String> {
        let constant = self.map.constants.date.as_ref();
        let said = self.cell_or(row, self.columns.date, constant)?;
        if said.is_empty() {
            return match self.columns.date {
                Some(_) => Err("its date is empty".to_owned()),
                None => Ok(self.ground.today),
            };
        }
        self.date(said)
    }

    fn date(&self, said: &str) -> std::result::Result<NaiveDate, String> {
        let format = &self.map.date_format;
        format
            .day(said, self.ground.zone)
            .ok_or_else(|| format!("“{}” is not a date in the map's date_format", shown(said)))
    }

    fn channel(&self, row: &SheetRow) -> std::result::Result<Channel, String> {
        let said = self.cell(row, self.columns.channel)?;
        if said.is_empty() {
            return Ok(self.map.channel);
        }
        Channel::parse(said).ok_or_else(|| {
            let known: Vec<&str> = Channel::ALL.iter().map(|one| one.as_str()).collect();
            format!(
                "“{}” is not a channel: use one of {}",
                shown(said),
                known.join(", ")
            )
        })
    }

    fn is_set_aside(&self, row: &SheetRow) -> std::result::Result<bool, String> {
        let cell = self.cell(row, self.columns.set_aside)?;
        let values = self
            .map
            .set_aside
            .as_ref()
            .map(|set_aside| &set_aside.values);
        Ok(values.is_some_and(|values| values.iter().any(|value| value == cell)))
    }

    /// The answers. Also the group and the schools if they have columns but the survey doesn't ask for them.
    fn answers(
        &self,
        row: &SheetRow,
    ) -> std::result::Result<(Answers, Option<String>, Vec<String>), String> {
        let mut said = Said::default();
        for (key, place) in &self.columns.answers {
            let cell = self.cell(row, Some(*place))?;
            if !cell.is_empty() {
                said.is_answered |= said.take(self.fields(key, cell));
            }
        }
        let (columns, constants) = (&self.columns, &self.map.constants);
        let group = (GROUP, ItemKind::Group, columns.group, &constants.group);
        let mut group = self.list(row, group, &mut said)?;
        let schools = (SCHOOL, ItemKind::School, columns.school, &constants.school);
        let schools = self.list(row, schools, &mut said)?;
        let mut reasons = said.reasons;
        if !said.is_answered {
            reasons.push("it has no answers".to_owned());
        }
        if group.len() > 1 {
            reasons.push("it has several groups".to_owned());
        }
        let fields = Fields(said.fields);
        let answers = match intake::validate(&self.document, &self.ground.places, &fields) {
            Ok(answers) => answers,
            Err(faults) => {
                let faults = faults.iter().filter(|(_, fault)| **fault != Fault::Empty);
                reasons.extend(faults.map(|(key, fault)| in_words(key, fault)));
                Answers::new()
            }
        };
        if reasons.is_empty() {
            Ok((answers, group.pop(), schools))
        } else {
            Err(reasons.join("; "))
        }
    }

    /// The groups or schools of a row. If the survey has an item for them, they become answers to it and the result is
    /// empty.
    fn list(
        &self,
        row: &SheetRow,
        (list, kind, place, constant): (&str, ItemKind, Option<usize>, &Option<String>),
        said: &mut Said,
    ) -> std::result::Result<Vec<String>, String> {
        said.is_answered |= !self.cell(row, place)?.is_empty();
        let cell = self.cell_or(row, place, constant.as_ref())?;
        if cell.is_empty() {
            return Ok(Vec::new());
        }
        let item = item_of(&self.document, kind).map(|item| item.key.as_str());
        let keys = self.labels.keys(item.unwrap_or(list), cell);
        match (item, keys) {
            (Some(item), keys) => {
                if !self.map.answers.contains_key(item) {
                    said.take(keys.map(|keys| of_field(item, keys)));
                }
                Ok(Vec::new())
            }
            (None, Ok(keys)) => Ok(keys),
            (None, Err(reason)) => {
                said.reasons.push(reason);
                Ok(Vec::new())
            }
        }
    }

    /// What a cell says about a field, in the form of a submission.
    fn fields(
        &self,
        field: &str,
        cell: &str,
    ) -> std::result::Result<Vec<(String, String)>, String> {
        let (key, part) = match self.document.item_of_field(field) {
            Some((item, part)) => (item.key.as_str(), part),
            None => (field, None),
        };
        let Some(item) = self.document.item(key) else {
            return Ok(Vec::new());
        };
        // Spreadsheets write whole numbers as 4.0.
        let number = |text: &str| text.strip_suffix(".0").unwrap_or(text).to_owned();
        let value = match item.kind {
            ItemKind::Text | ItemKind::ShortText => cell.replace("\r\n", "\n"),
            _ if part == Some(OTHER) => cell.replace("\r\n", "\n"),
            ItemKind::Multiple | ItemKind::School | ItemKind::Grade | ItemKind::Language => {
                return Ok(of_field(field, self.labels.keys(key, cell)?));
            }
            ItemKind::Ranking if part.is_none() => {
                let order = self.labels.keys(key, cell)?;
                let places = (1..).zip(order);
                return Ok(places
                    .map(|(place, choice): (usize, _)| (item.field(&choice), place.to_string()))
                    .collect());
            }
            ItemKind::Number | ItemKind::ConstantSum | ItemKind::Ranking => number(cell),
            ItemKind::Date => self.date(cell)?.to_string(),
            _ if item.is_scale() => {
                let point = number(self.labels.word(key, cell));
                let label = || self.labels.key(key, cell).ok();
                // Keep an invalid point as it is, so that the error can show it with the scale's ends.
                match point.parse::<i64>() {
                    Ok(_) => point,
                    Err(_) => label().unwrap_or(point),
                }
            }
            _ => self.labels.key(key, cell)?,
        };
        Ok(of_field(field, vec![value]))
    }
}

fn of_field(field: &str, values: Vec<String>) -> Vec<(String, String)> {
    let values = values.into_iter();
    values.map(|value| (field.to_owned(), value)).collect()
}

/// A name that identifies a person. An email address becomes a digest that is only valid for one survey.
pub(super) fn pseudonym(survey: &crate::surveys::SurveyId, name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    if !name.contains('@') {
        return Some(name.to_owned());
    }
    let digest = digest(format!("{survey}\n{}", name.to_lowercase()));
    Some(digest.get(..32).unwrap_or(&digest).to_owned())
}

/// A language tag in its usual spelling. `None` if it isn't a valid tag.
fn language_tag(text: &str) -> Option<String> {
    let tag: unic_langid::LanguageIdentifier = text.parse().ok()?;
    (2..=3)
        .contains(&tag.language.as_str().len())
        .then(|| tag.to_string())
}
