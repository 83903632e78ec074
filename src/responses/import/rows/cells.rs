//! What the cells of a row say about the response itself: who, when, in which language, and through which channel.

use chrono::NaiveDate;

use super::RowReader;
use crate::files::shown;
use crate::responses::Channel;
use crate::responses::import::labels::LANGUAGE;
use crate::responses::import::pseudonym::pseudonym;
use crate::responses::import::words::reason;
use crate::sheet::{SheetRow, as_written};

/// The longest ID and the longest person name, in characters.
const LONGEST_NAME: usize = 200;

impl RowReader<'_> {
    /// The text of a cell. Empty if there's no column.
    pub(super) fn cell<'b>(
        &self,
        row: &'b SheetRow,
        place: Option<usize>,
    ) -> Result<&'b str, String> {
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
    pub(super) fn cell_or<'b>(
        &self,
        row: &'b SheetRow,
        place: Option<usize>,
        constant: Option<&'b String>,
    ) -> Result<&'b str, String> {
        let cell = self.cell(row, place)?;
        Ok(if cell.is_empty() {
            constant.map_or("", |text| text.trim())
        } else {
            cell
        })
    }

    pub(super) fn name<'b>(
        &self,
        row: &'b SheetRow,
        place: Option<usize>,
        what: &str,
    ) -> Result<&'b str, String> {
        let name = self.cell(row, place)?;
        if name.chars().count() > LONGEST_NAME {
            return Err(format!(
                "its {what} has more than {LONGEST_NAME} characters"
            ));
        }
        Ok(name)
    }

    /// The person who responded. An email address is stored as a digest: its only use here is to identify people.
    pub(super) fn person(&self, row: &SheetRow) -> Result<Option<String>, String> {
        let name = self.name(row, self.columns.person, "person")?;
        Ok(pseudonym(&self.ground.survey, name))
    }

    pub(super) fn language(&self, row: &SheetRow) -> Result<String, String> {
        let constant = self.map.constants.language.as_ref();
        let said = self.cell_or(row, self.columns.language, constant)?;
        if said.is_empty() {
            return Ok(self.document.languages.first().cloned().unwrap_or_default());
        }
        self.tag(said)
    }

    pub(super) fn tag(&self, said: &str) -> Result<String, String> {
        language_tag(self.labels.word(LANGUAGE, said)).ok_or_else(|| {
            format!(
                "“{}” is not a language: use a tag such as en, or add it under [choices]",
                shown(said)
            )
        })
    }

    pub(super) fn day(&self, row: &SheetRow) -> Result<NaiveDate, String> {
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

    pub(super) fn date(&self, said: &str) -> Result<NaiveDate, String> {
        let format = &self.map.date_format;
        format
            .day(said, self.ground.zone)
            .ok_or_else(|| format!("“{}” is not a date in the map's date_format", shown(said)))
    }

    pub(super) fn channel(&self, row: &SheetRow) -> Result<Channel, String> {
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

    pub(super) fn is_set_aside(&self, row: &SheetRow) -> Result<bool, String> {
        let cell = self.cell(row, self.columns.set_aside)?;
        let values = self
            .map
            .set_aside
            .as_ref()
            .map(|set_aside| &set_aside.values);
        Ok(values.is_some_and(|values| values.iter().any(|value| value == cell)))
    }
}

/// A language tag in its usual spelling. `None` if it isn't a valid tag.
fn language_tag(text: &str) -> Option<String> {
    let tag: unic_langid::LanguageIdentifier = text.parse().ok()?;
    (2..=3)
        .contains(&tag.language.as_str().len())
        .then(|| tag.to_string())
}
