//! A file's rows, prepared for counting: text, person, and group. People and groups are numbered.

use std::path::Path;

use hashbrown::HashMap;

use crate::sheet::{Sheet, SheetError, SheetRow};

/// The number of rows to read at once.
const BATCH: usize = 1 << 14;

/// The rows of a file, in order.
pub(super) struct SaidRows {
    sheet: Sheet,
    text: usize,
    person: Option<usize>,
    by: Option<usize>,
    people: Numbers,
    groups: Numbers,
    /// The number of rows in each group, indexed by its number.
    sizes: Vec<u64>,
}

/// A row.
pub(super) struct SaidRow {
    /// The text.
    pub(super) text: String,
    /// Who said it. Without a column for people, or where it's empty, each row is a person.
    pub(super) person: u32,
    /// The speaker's group. Without a column for groups, it's a number without a name.
    pub(super) group: u32,
}

impl SaidRows {
    /// Opens a file, given the names of the columns with text, people, and groups.
    pub(super) fn open(
        file: &Path,
        text: &str,
        person: Option<&str>,
        by: Option<&str>,
    ) -> Result<Self, SheetError> {
        let wanted = [Some(text), person, by].into_iter().flatten();
        let wanted: Vec<&str> = wanted.map(str::trim).collect();
        let sheet = Sheet::open(file, &wanted)?;
        let place = |name: Option<&str>| name.map(|name| sheet.column(name)).transpose();
        let (text, person, by) = (sheet.column(text)?, place(person)?, place(by)?);
        Ok(Self {
            sheet,
            text,
            person,
            by,
            people: Numbers::default(),
            groups: Numbers::default(),
            sizes: Vec::new(),
        })
    }

    /// The size of the file, in bytes.
    pub(super) fn size(&self) -> u64 {
        self.sheet.size()
    }

    /// The number of bytes read so far.
    pub(super) fn position(&self) -> u64 {
        self.sheet.position()
    }

    /// The next rows; empty at the end.
    pub(super) fn batch(&mut self) -> Result<Vec<SaidRow>, SheetError> {
        let mut rows = Vec::with_capacity(BATCH);
        while rows.len() < BATCH
            && let Some(row) = self.sheet.next_row()?
        {
            rows.push(self.said(&row)?);
        }
        Ok(rows)
    }

    /// The groups in number order, each with its number of rows.
    pub(super) fn into_groups(self) -> Vec<(String, u64)> {
        self.groups.names.into_iter().zip(self.sizes).collect()
    }

    fn said(&mut self, row: &SheetRow) -> Result<SaidRow, SheetError> {
        let text = self.sheet.cell(row, self.text)?.to_owned();
        let cell = |place: Option<usize>| {
            place
                .map(|place| self.sheet.cell(row, place).map(str::trim))
                .transpose()
        };
        let person = match cell(self.person)? {
            None | Some("") => self.people.nameless(""),
            Some(name) => self.people.number(name),
        };
        let group = cell(self.by)?.map_or(u32::MAX, |name| self.groups.number(name));
        self.sizes.resize(self.groups.names.len(), 0);
        if let Some(size) = self.sizes.get_mut(group as usize) {
            *size += 1;
        }
        Ok(SaidRow {
            text,
            person,
            group,
        })
    }
}

/// Numbers names in the order in which they appear.
#[derive(Default)]
struct Numbers {
    known: HashMap<String, u32>,
    names: Vec<String>,
}

impl Numbers {
    fn number(&mut self, name: &str) -> u32 {
        self.known.get(name).copied().unwrap_or_else(|| {
            let number = self.nameless(name);
            self.known.insert(name.to_owned(), number);
            number
        })
    }

    /// A number for somebody who appears only once.
    fn nameless(&mut self, name: &str) -> u32 {
        self.names.push(name.to_owned());
        u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_one_name_are_one_person_and_each_row_without_a_name_is_a_new_one() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "who,said\n7,a\n 7 ,b\n,c\n ,d\n8,e\n").unwrap();
        let mut rows = SaidRows::open(file.path(), "said", Some("who"), None).unwrap();
        let said = rows.batch().unwrap();
        let people: Vec<u32> = said.iter().map(|row| row.person).collect();
        assert_eq!(people, [0, 0, 1, 2, 3]);
        assert!(rows.batch().unwrap().is_empty());
    }
}
