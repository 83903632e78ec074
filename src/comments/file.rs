//! Imports a file of comments to release: `chorus import released FILE --as EMAIL`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::model::Status;
use super::store;
use crate::audit::Actor;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::files::parse_toml;
use crate::surveys;

/// The file's format; `fixtures/riverside/released.toml` is the documented example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleasedFile {
    released: Vec<ReleasedPart>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReleasedPart {
    survey: String,
    item: String,
    #[serde(alias = "remarks")]
    comments: Vec<String>,
}

impl ReleasedFile {
    /// Parses the file. Errors are in plain words. A file for a single item may omit `[[released]]`.
    pub fn parse(text: &str) -> Result<Self> {
        let is_list = text
            .parse::<toml::Table>()
            .is_ok_and(|table| table.contains_key("released"));
        if is_list {
            return parse_toml(text);
        }
        let part = parse_toml(text)?;
        Ok(Self {
            released: vec![part],
        })
    }
}

/// Releases the comments that the file lists, in the actor's name, and returns how many. Skips comments that are
/// already released. Fails if a label matches no comment, or one that doesn't count.
pub fn import(db: &mut Db, actor: &Actor, file: &ReleasedFile) -> Result<usize> {
    let mut count = 0;
    for part in &file.released {
        let survey = surveys::by_slug(db, &part.survey)
            .map_err(|_| Error::Invalid(format!("there is no survey “{}”", part.survey)))?;
        let found = store::by_labels(db, &survey.id, &part.item, &part.comments)?;
        let known: BTreeSet<&str> = found.iter().map(|(label, _, _)| label.as_str()).collect();
        if let Some(unknown) = part
            .comments
            .iter()
            .find(|label| !known.contains(label.as_str()))
        {
            return Err(Error::Invalid(format!(
                "{}: no comment “{unknown}” answers “{}”",
                part.survey, part.item
            )));
        }
        if let Some((label, _, _)) = found
            .iter()
            .find(|(_, _, status)| *status != Status::Counted)
        {
            return Err(Error::Invalid(format!(
                "{}: the comment “{label}” is not counted, so it cannot be released",
                part.survey
            )));
        }
        for (_, id, _) in found {
            count += usize::from(store::release(db, actor, &id)?);
        }
    }
    Ok(count)
}
