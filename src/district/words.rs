//! The district's own texts in its surveys. Translators receive them on a survey's translation sheet and return them.

use std::collections::BTreeMap;
use std::fmt::{Display, Formatter};

use super::model::{District, Group};
use super::store;
use crate::audit::{self, Actor};
use crate::db::{Db, Json};
use crate::error::{Error, Result};
use crate::localised::LocalisedText;

/// A text of the district, as named on a translation sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DistrictWord {
    /// The district's name.
    Name,
    /// The notice on every public page.
    Notice,
    /// The name of the group with this key.
    Group(String),
}

impl Display for DistrictWord {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name => formatter.write_str("district: name"),
            Self::Notice => formatter.write_str("district: notice"),
            Self::Group(key) => write!(formatter, "district: group {key}"),
        }
    }
}

/// The texts of a district and its groups, in sheet order.
pub fn words(district: Option<&District>, groups: &[Group]) -> Vec<(DistrictWord, LocalisedText)> {
    let own = district.into_iter().flat_map(|district| {
        [
            (DistrictWord::Name, district.name.0.clone()),
            (DistrictWord::Notice, district.notice.0.clone()),
        ]
    });
    let groups = groups
        .iter()
        .map(|group| (DistrictWord::Group(group.key.clone()), group.name.0.clone()));
    own.chain(groups).collect()
}

/// Saves translations of the district's texts in one language.
pub fn translate(
    db: &mut Db,
    actor: &Actor,
    language: &str,
    words: &BTreeMap<DistrictWord, String>,
) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let mut district = store::locked_current(db)?.ok_or(Error::NotFound)?;
    let mut groups = store::groups(db)?;
    let put = |text: &mut Json<LocalisedText>, said: &str| {
        text.0.0.insert(language.to_owned(), said.to_owned());
    };
    for (word, said) in words {
        match word {
            DistrictWord::Name => put(&mut district.name, said),
            DistrictWord::Notice => put(&mut district.notice, said),
            DistrictWord::Group(key) => {
                let group = groups.iter_mut().find(|group| group.key == *key);
                let group = group.ok_or(Error::NotFound)?;
                put(&mut group.name, said);
                store::save_group(db, group)?;
            }
        }
    }
    store::save_words(db, &district)?;
    let names: Vec<String> = words.keys().map(ToString::to_string).collect();
    let detail = serde_json::json!({ "language": language, "words": names });
    Ok(audit::record(
        db,
        actor,
        "district.translated",
        "district",
        district.id.as_str(),
        &detail,
    )?)
}

/// The text in a file plus existing translations in languages that the file leaves out. If the file changes any
/// existing text, the other translations are dropped, because they no longer match.
pub(super) fn with_translations(file: &LocalisedText, before: &LocalisedText) -> LocalisedText {
    let changed = |(tag, words): (&String, &String)| {
        let old = before.0.get(tag);
        old.is_some_and(|old| old.trim() != words.trim())
    };
    if file.0.iter().any(changed) {
        return file.clone();
    }
    let mut words = before.clone();
    words.0.extend(file.0.clone());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &[(&str, &str)]) -> LocalisedText {
        let words = words.iter();
        LocalisedText(
            words
                .map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn a_file_that_comes_again_keeps_the_translations_of_words_that_it_does_not_change() {
        let stored = text(&[("en", "Families"), ("ar", "العائلات")]);
        let again = text(&[("en", "Families"), ("es", "Familias")]);
        let both = text(&[("en", "Families"), ("es", "Familias"), ("ar", "العائلات")]);
        assert_eq!(with_translations(&again, &stored), both);
        let changed = text(&[("en", "Parents")]);
        assert_eq!(with_translations(&changed, &stored), changed);
    }
}
