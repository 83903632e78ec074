//! Finds the columns of a file that a map names.

use super::map_file::MapFile;
use super::words::unreadable;
use crate::error::{Error, Result};
use crate::sheet::{Sheet, listed};

/// The positions of the columns that the map names.
pub(super) struct Columns {
    pub(super) id: Option<usize>,
    pub(super) person: Option<usize>,
    pub(super) date: Option<usize>,
    pub(super) language: Option<usize>,
    pub(super) group: Option<usize>,
    pub(super) school: Option<usize>,
    pub(super) channel: Option<usize>,
    pub(super) set_aside: Option<usize>,
    pub(super) answers: Vec<(String, usize)>,
}

impl Columns {
    /// Finds the columns, or says which are missing.
    pub(super) fn find(sheet: &Sheet, map: &MapFile, wanted: &[&str]) -> Result<Self> {
        let columns = sheet.columns();
        let missing: Vec<String> = wanted
            .iter()
            .filter(|name| !columns.iter().any(|column| column == *name))
            .map(|name| format!("“{name}”"))
            .collect();
        if !missing.is_empty() {
            return Err(Error::Invalid(missing_columns(&missing, columns, map)));
        }
        let place = |name: &Option<String>| {
            name.as_ref()
                .map(|name| sheet.column(name).map_err(unreadable))
                .transpose()
        };
        let answers = map.answers.iter().map(|(key, name)| {
            let place = sheet.column(name).map_err(unreadable)?;
            Ok((key.clone(), place))
        });
        Ok(Self {
            id: place(&map.id)?,
            person: place(&map.person)?,
            date: place(&map.date)?,
            language: place(&map.language)?,
            group: place(&map.group)?,
            school: place(&map.school)?,
            channel: place(&map.channel_column)?,
            set_aside: place(
                &map.set_aside
                    .as_ref()
                    .map(|set_aside| set_aside.column.clone()),
            )?,
            answers: answers.collect::<Result<_>>()?,
        })
    }
}

fn missing_columns(missing: &[String], columns: &[String], map: &MapFile) -> String {
    let hint = match map.delimiter {
        Some(_) => " (check the map's delimiter, or remove it so that Chorus detects it)",
        None => "",
    };
    format!(
        "the map uses {} that the file does not have: {}{hint}; the file has: {}",
        if missing.len() == 1 {
            "a column"
        } else {
            "columns"
        },
        missing.join(", "),
        listed(columns)
    )
}
