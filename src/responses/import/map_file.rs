//! The map: which column of another tool's file is what. `fixtures/riverside/map.toml` is the documented example.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::dates::DateFormat;
use crate::error::{Error, Result};
use crate::files::parse_toml;
use crate::responses::Channel;

/// What the columns of a file mean.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapFile {
    /// The column with a permanent row ID. Without it, a row is identified by its file's digest and its line.
    pub id: Option<String>,
    /// The column that identifies a person. Rows of one person count once.
    pub person: Option<String>,
    /// The column with the date.
    pub date: Option<String>,
    /// The date format.
    #[serde(default)]
    pub date_format: DateFormat,
    /// The column with the language, as a tag or a label in `choices`.
    pub language: Option<String>,
    /// The column with the group, as a key or a label.
    pub group: Option<String>,
    /// The column with one or more schools, as keys or labels.
    pub school: Option<String>,
    /// The separator between several choices in one cell.
    #[serde(default = "semicolon")]
    pub separator: String,
    /// The delimiter between cells. Detected if absent.
    pub delimiter: Option<Delimiter>,
    /// How these responses reached the district.
    #[serde(default = "import")]
    pub channel: Channel,
    /// The column with the channel, if rows came through several. `channel` replaces an empty cell.
    pub channel_column: Option<String>,
    /// Values for what no column contains.
    #[serde(default)]
    pub constants: Constants,
    /// The column of each item.
    pub answers: BTreeMap<String, String>,
    /// The keys for labels.
    #[serde(default)]
    choices: BTreeMap<String, Meaning>,
    /// Rows to keep but set aside: on no public page and in no count.
    pub set_aside: Option<SetAside>,
}

/// Values that are the same for every row, or that replace an empty cell.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constants {
    /// The group, as a key or a label.
    pub group: Option<String>,
    /// The language, as a tag or a label.
    pub language: Option<String>,
    /// One or more schools, as keys or labels.
    pub school: Option<String>,
    /// The date, in the file's format.
    pub date: Option<String>,
}

/// Which rows were set aside at the source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// The column that marks them.
    pub column: String,
    /// The values that mark them.
    pub values: Vec<String>,
    /// The reason, in words.
    pub reason: String,
}

/// The meaning of a label: one key for every item, or a key for each label of one item.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "toml::Value")]
enum Meaning {
    Key(String),
    ByLabel(BTreeMap<String, String>),
}

impl TryFrom<toml::Value> for Meaning {
    type Error = String;

    fn try_from(value: toml::Value) -> std::result::Result<Self, String> {
        let toml::Value::Table(table) = value else {
            return Ok(Self::Key(key(&value)?));
        };
        let labels = table.into_iter();
        let by_label = labels.map(|(label, value)| Ok((label, key(&value)?)));
        Ok(Self::ByLabel(
            by_label.collect::<std::result::Result<_, String>>()?,
        ))
    }
}

/// A key, or a point of a scale as a number.
fn key(value: &toml::Value) -> std::result::Result<String, String> {
    match value {
        toml::Value::String(key) => Ok(key.clone()),
        toml::Value::Integer(point) => Ok(point.to_string()),
        other => Err(format!(
            "a label must map to a key, such as \"Yes\" = \"y\", not to {}",
            other.type_str()
        )),
    }
}

/// The delimiter between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Delimiter(pub u8);

impl TryFrom<String> for Delimiter {
    type Error = String;

    fn try_from(text: String) -> std::result::Result<Self, String> {
        match text.as_str() {
            "," => Ok(Self(b',')),
            ";" => Ok(Self(b';')),
            "|" => Ok(Self(b'|')),
            "\t" | "tab" => Ok(Self(b'\t')),
            _ => Err(format!(
                "“{text}” is not a delimiter: use , or ; or | or tab"
            )),
        }
    }
}

fn semicolon() -> String {
    ";".to_owned()
}

fn import() -> Channel {
    Channel::Import
}

impl MapFile {
    /// Parses a map. Errors are in plain words.
    pub fn parse(text: &str) -> Result<Self> {
        let map: Self = parse_toml(text)?;
        if map.answers.is_empty() {
            return Err(Error::Invalid(
                "[answers] has no columns, so there is nothing to import".to_owned(),
            ));
        }
        if map.separator.is_empty() {
            return Err(Error::Invalid(
                "separator is empty: set the character between several choices in one cell"
                    .to_owned(),
            ));
        }
        Ok(map)
    }

    /// Every column that the map names, without duplicates.
    pub fn columns(&self) -> Vec<&str> {
        let own = [
            &self.id,
            &self.person,
            &self.date,
            &self.language,
            &self.group,
            &self.school,
            &self.channel_column,
        ];
        let own = own.into_iter().flatten();
        let set_aside = self.set_aside.iter().map(|set_aside| &set_aside.column);
        let mut columns: Vec<&str> = own
            .chain(self.answers.values())
            .chain(set_aside)
            .map(|name| name.trim())
            .collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// The key for a label: from the item's own table, or else from the table for all items.
    pub fn key_of(&self, item: &str, label: &str) -> Option<&str> {
        let own = match self.choices.get(item) {
            Some(Meaning::ByLabel(table)) => table.get(label),
            _ => None,
        };
        let key = own.or_else(|| match self.choices.get(label) {
            Some(Meaning::Key(key)) => Some(key),
            _ => None,
        });
        key.map(String::as_str)
    }

    /// The items with their own table of labels, with each label and its key.
    pub fn items_with_choices(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, String>)> {
        self.choices
            .iter()
            .filter_map(|(item, meaning)| match meaning {
                Meaning::ByLabel(table) => Some((item.as_str(), table)),
                Meaning::Key(_) => None,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_s_own_label_overrides_the_general_one() {
        let map = MapFile::parse(
            "[answers]\nwelcome = 'W'\n[choices]\n'Yes' = 'y'\n[choices.welcome]\n'Yes' = '5'",
        )
        .unwrap();
        assert_eq!(map.key_of("welcome", "Yes"), Some("5"));
        assert_eq!(map.key_of("news", "Yes"), Some("y"));
        assert_eq!(map.key_of("news", "No"), None);
    }

    #[test]
    fn a_map_with_mistakes_is_refused_and_explained() {
        let error = MapFile::parse("[answers]\na = 'A'\n[constant]\n").unwrap_err();
        assert!(error.to_string().contains("constant"), "{error}");
        assert!(MapFile::parse("date_format = '%'\n[answers]\na = 'A'").is_err());
        assert!(MapFile::parse("delimiter = 'x'\n[answers]\na = 'A'").is_err());
        assert!(MapFile::parse("[answers]").is_err());
        let error = MapFile::parse("[answers]\na = 'A'\n[choices]\n'Yes' = true\n").unwrap_err();
        assert!(error.to_string().contains("not to boolean"), "{error}");
    }

    #[test]
    fn a_scale_point_can_be_written_as_a_number() {
        let map = MapFile::parse("[answers]\na = 'A'\n[choices.a]\n'1 - Not at all' = 1").unwrap();
        assert_eq!(map.key_of("a", "1 - Not at all"), Some("1"));
    }

    #[test]
    fn the_documented_examples_can_be_read() {
        for text in [
            include_str!("../../../fixtures/riverside/map.toml"),
            include_str!("../../../fixtures/bowling-green/map.toml"),
        ] {
            MapFile::parse(text).unwrap();
        }
    }
}
