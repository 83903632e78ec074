//! The district's own texts in its surveys. Translators receive them on a survey's translation sheet and return them.

use std::collections::BTreeMap;
use std::fmt::{Display, Formatter};

use super::model::{District, Group, School};
use super::store;
use crate::audit::{self, Actor};
use crate::db::{Db, Json};
use crate::error::{Error, Result};
use crate::localized::LocalizedText;

/// A text of the district, as named on a translation sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DistrictWord {
    /// The district's name.
    Name,
    /// The notice on every public page.
    Notice,
    /// The name of the group with this key.
    Group(String),
    /// The name of the school with this key.
    School(String),
}

impl Display for DistrictWord {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name => formatter.write_str("district: name"),
            Self::Notice => formatter.write_str("district: notice"),
            Self::Group(key) => write!(formatter, "district: group {key}"),
            Self::School(key) => write!(formatter, "district: school {key}"),
        }
    }
}

/// The texts of a district, its groups, and its schools, in sheet order.
pub fn words(
    district: Option<&District>,
    groups: &[Group],
    schools: &[School],
) -> Vec<(DistrictWord, LocalizedText)> {
    let own = district.into_iter().flat_map(|district| {
        [
            (DistrictWord::Name, district.name.0.clone()),
            (DistrictWord::Notice, district.notice.0.clone()),
        ]
    });
    let groups = groups
        .iter()
        .map(|group| (DistrictWord::Group(group.key.clone()), group.name.0.clone()));
    let schools = schools.iter().map(|school| {
        (
            DistrictWord::School(school.key.clone()),
            school.name.0.clone(),
        )
    });
    own.chain(groups).chain(schools).collect()
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
    let (mut groups, mut schools) = (store::groups(db)?, store::schools(db)?);
    let put = |text: &mut Json<LocalizedText>, said: &str| {
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
            DistrictWord::School(key) => {
                let school = schools.iter_mut().find(|school| school.key == *key);
                let school = school.ok_or(Error::NotFound)?;
                put(&mut school.name, said);
                store::save_school(db, school)?;
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
