//! What the cells of a row say about the survey's questions, as a form would submit it.

use super::RowReader;
use crate::responses::Answers;
use crate::responses::import::labels::{GROUP, SCHOOL, item_of};
use crate::responses::import::words::in_words;
use crate::responses::intake::{self, Fault};
use crate::sheet::SheetRow;
use crate::surveys::{ItemKind, OTHER};
use crate::web::form::Fields;

/// What the cells of a row say, in the form of a submission, and what's wrong with them.
#[derive(Default)]
struct SaidFields {
    fields: Vec<(String, String)>,
    reasons: Vec<String>,
    /// Whether the row itself has content, and not just the map's constants.
    is_answered: bool,
}

impl SaidFields {
    /// Adds what a cell says about an item, or the reason why it's invalid. Returns whether it says anything.
    fn take(&mut self, fields: Result<Vec<(String, String)>, String>) -> bool {
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

impl RowReader<'_> {
    /// The answers. Also the group and the schools if they have columns but the survey doesn't ask for them.
    pub(super) fn answers(
        &self,
        row: &SheetRow,
    ) -> Result<(Answers, Option<String>, Vec<String>), String> {
        let mut said = SaidFields::default();
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
        said: &mut SaidFields,
    ) -> Result<Vec<String>, String> {
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
    fn fields(&self, field: &str, cell: &str) -> Result<Vec<(String, String)>, String> {
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
