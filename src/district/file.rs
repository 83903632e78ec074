//! The district file: `chorus import district FILE`.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;

use super::model::{District, DistrictId, Group, GroupId, Level, Round, School, SchoolId};
use super::store;
use crate::audit::{self, Actor};
use crate::db::{Db, Json, take_changes};
use crate::error::{Error, Result};
use crate::keys::{RoundId, is_key, is_language};
use crate::localized::LocalizedText;

/// The format of the file. `fixtures/riverside/district.toml` is an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistrictFile {
    district: Option<DistrictPart>,
    #[serde(default)]
    groups: Vec<GroupPart>,
    #[serde(default)]
    schools: Vec<SchoolPart>,
    #[serde(default)]
    rounds: Vec<RoundPart>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DistrictPart {
    slug: String,
    name: LocalizedText,
    #[serde(default)]
    notice: LocalizedText,
    time_zone: String,
    languages: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupPart {
    key: String,
    name: LocalizedText,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SchoolPart {
    key: String,
    name: SchoolName,
    level: Level,
}

/// A school's name in the file.
///
/// Most are proper names. A district with 20 schools and three languages shouldn't have to write 60 names to say that 20
/// are the same in English and Spanish, so a plain name counts for every language in its script. A language in another
/// script, such as Arabic, needs its own names: from the translation sheet or, next to `und-Latn`, from the file
/// (docs/decisions/shared-names.md).
#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "write the name once if every language uses it, or once for each language: { en = \"…\", es = \"…\" }"
)]
enum SchoolName {
    /// One name for every language in the script of the district's main language.
    Shared(String),
    /// A name for each language.
    Each(LocalizedText),
}

impl SchoolName {
    fn is_empty(&self) -> bool {
        match self {
            Self::Shared(name) => name.trim().is_empty(),
            Self::Each(names) => names.is_empty(),
        }
    }

    /// The wording, for a district with this main language.
    fn wording(&self, main: &str) -> LocalizedText {
        match self {
            Self::Shared(name) => LocalizedText::shared(main, name.trim()),
            Self::Each(names) => names.clone(),
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoundPart {
    slug: String,
    title: LocalizedText,
    place: LocalizedText,
    starts_on: NaiveDate,
    #[serde(default)]
    origin: LocalizedText,
    #[serde(default)]
    current: bool,
}

impl DistrictFile {
    /// Parses the file's text. Errors are in plain words.
    pub fn parse(text: &str) -> Result<Self> {
        let file: Self = crate::files::parse_toml(text)?;
        if file.is_empty() {
            return Err(Error::Invalid(
                "the file has no district, groups, schools, or rounds".to_owned(),
            ));
        }
        file.check().map_err(Error::Invalid)?;
        Ok(file)
    }

    fn is_empty(&self) -> bool {
        self.district.is_none()
            && self.groups.is_empty()
            && self.schools.is_empty()
            && self.rounds.is_empty()
    }

    fn check(&self) -> Result<(), String> {
        if let Some(district) = &self.district {
            district.check()?;
        }
        let groups = self.groups.iter().map(|group| &group.key);
        once("group", groups)?;
        once("school", self.schools.iter().map(|school| &school.key))?;
        once("round", self.rounds.iter().map(|round| &round.slug))?;
        if let Some(group) = self.groups.iter().find(|group| group.name.is_empty()) {
            return Err(format!("the group “{}” needs a name", group.key));
        }
        if let Some(school) = self.schools.iter().find(|school| school.name.is_empty()) {
            return Err(format!("the school “{}” needs a name", school.key));
        }
        if let Some(round) = self.rounds.iter().find(|round| round.title.is_empty()) {
            return Err(format!("the round “{}” needs a title", round.slug));
        }
        match self.rounds.iter().filter(|round| round.current).count() {
            0 | 1 => Ok(()),
            _ => Err("two rounds are marked as current: keep one".to_owned()),
        }
    }
}

impl DistrictPart {
    fn check(&self) -> Result<(), String> {
        once("district", [&self.slug].into_iter())?;
        if self.name.is_empty() {
            return Err("the district needs a name".to_owned());
        }
        if self.time_zone.parse::<chrono_tz::Tz>().is_err() {
            return Err(format!(
                "“{}” is not a time zone: use one such as America/Chicago",
                self.time_zone
            ));
        }
        if self.languages.is_empty() {
            return Err("the district needs at least one language".to_owned());
        }
        let mut seen = BTreeSet::new();
        for tag in &self.languages {
            if !is_language(tag) {
                return Err(format!(
                    "“{tag}” is not a language tag: use one such as en or es"
                ));
            }
            if !seen.insert(tag) {
                return Err(format!("the language “{tag}” is listed twice"));
            }
        }
        Ok(())
    }
}

/// Checks that each key is valid and occurs only once.
fn once<'a>(what: &str, keys: impl Iterator<Item = &'a String>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for key in keys {
        if !is_key(key) {
            return Err(format!(
                "“{key}” cannot be a key: use lowercase letters, digits, and hyphens"
            ));
        }
        if !seen.insert(key) {
            return Err(format!("the {what} “{key}” is listed twice"));
        }
    }
    Ok(())
}

/// Saves the file's district, schools, groups, and rounds. Existing ones with the same key are replaced.
pub fn import(db: &mut Db, actor: &Actor, file: &DistrictFile) -> Result<()> {
    // A school's level may change, and the tally has to see it.
    take_changes(db, 1)?;
    if let Some(part) = &file.district {
        let before = store::current(db)?;
        let name = before.as_ref().map(|before| &before.name.0);
        let notice = before.as_ref().map(|before| &before.notice.0);
        let district = District {
            name: Json(part.name.with_translations_of(name)),
            notice: Json(part.notice.with_translations_of(notice)),
            id: before.map_or_else(DistrictId::new, |district| district.id),
            slug: part.slug.clone(),
            time_zone: part.time_zone.clone(),
            languages: Json(part.languages.clone()),
        };
        store::save_district(db, &district)?;
    }
    let Some(district) = store::current(db)? else {
        return Err(Error::Invalid(
            "there is no district yet: the file needs a [district] part".to_owned(),
        ));
    };
    let main = district.languages.first().map_or("en", String::as_str);
    save_groups(db, &file.groups)?;
    save_schools(db, &file.schools, main)?;
    let after = i32::try_from(store::rounds(db)?.len()).unwrap_or(i32::MAX);
    for (position, round) in (after..).zip(&file.rounds) {
        let round = Round {
            id: RoundId::new(),
            slug: round.slug.clone(),
            title: Json(round.title.clone()),
            place: Json(round.place.clone()),
            starts_on: round.starts_on,
            origin: Json(round.origin.clone()),
            is_current: round.current,
            position,
        };
        store::save_round(db, &round)?;
    }
    let counts = (file.groups.len(), file.schools.len(), file.rounds.len());
    Ok(audit::record(
        db,
        actor,
        "district.imported",
        "district",
        district.id.as_str(),
        &counts,
    )?)
}

fn save_groups(db: &mut Db, parts: &[GroupPart]) -> Result<()> {
    let before = store::groups(db)?;
    for (position, group) in (0..).zip(parts) {
        let known = before.iter().find(|known| known.key == group.key);
        let name = known.map(|known| &known.name.0);
        let group = Group {
            id: GroupId::new(),
            key: group.key.clone(),
            name: Json(group.name.with_translations_of(name)),
            position,
        };
        store::save_group(db, &group)?;
    }
    Ok(())
}

fn save_schools(db: &mut Db, parts: &[SchoolPart], main: &str) -> Result<()> {
    let before = store::schools(db)?;
    for (position, school) in (0..).zip(parts) {
        let known = before.iter().find(|known| known.key == school.key);
        let name = school.name.wording(main);
        let school = School {
            id: SchoolId::new(),
            key: school.key.clone(),
            name: Json(name.with_translations_of(known.map(|known| &known.name.0))),
            level: school.level,
            position,
        };
        store::save_school(db, &school)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIVERSIDE: &str = include_str!("../../fixtures/riverside/district.toml");

    #[test]
    fn the_documented_examples_can_be_read() {
        let file = DistrictFile::parse(RIVERSIDE).unwrap();
        assert_eq!(
            (file.groups.len(), file.schools.len(), file.rounds.len()),
            (4, 8, 1)
        );
        let rounds = include_str!("../../fixtures/bowling-green/round.toml");
        assert!(DistrictFile::parse(rounds).unwrap().district.is_none());
    }

    #[test]
    fn a_school_has_one_name_or_one_for_each_language() {
        let named = |name: &str| {
            let text = RIVERSIDE.replacen("\"Oak Elementary\"", name, 1);
            let file = DistrictFile::parse(&text).unwrap();
            file.schools[0].name.wording("en")
        };
        assert_eq!(
            named("\"Oak Elementary\""),
            LocalizedText::one("und-Latn", "Oak Elementary")
        );
        let both = named("{ und-Latn = \"Oak Elementary\", ar = \"أوك\" }");
        assert_eq!(both.said("es"), Some("Oak Elementary"));
        assert_eq!(both.said("ar"), Some("أوك"));
        let each = named("{ en = \"Oak Elementary\", es = \"Primaria Oak\" }");
        assert_eq!(each.said("es"), Some("Primaria Oak"));
        assert_eq!(each.said("vi"), None);
    }

    #[test]
    fn mistakes_are_reported_in_plain_words() {
        let fault = |from: &str, to: &str| {
            assert!(RIVERSIDE.contains(from), "the example has no {from}");
            let text = RIVERSIDE.replacen(from, to, 1);
            DistrictFile::parse(&text).unwrap_err().to_string()
        };
        assert!(
            fault("key = \"maple-hill\"", "key = \"oak\"")
                .contains("the school “oak” is listed twice")
        );
        assert!(fault("key = \"staff\"", "key = \"Staff\"").contains("“Staff” cannot be a key"));
        assert!(fault("America/Chicago", "Chicago").contains("“Chicago” is not a time zone"));
        assert!(fault("[\"en\", \"es\"]", "[]").contains("at least one language"));
        assert!(fault("[\"en\", \"es\"]", "[\"en\", \"en\"]").contains("listed twice"));
        assert!(fault("[\"en\", \"es\"]", "[\"English\"]").contains("not a language tag"));
        assert!(fault("level = \"middle\"", "level = \"center\"").contains("center"));
        assert!(
            fault("name = \"Oak Elementary\"", "name = 7").contains("once for each language"),
            "{}",
            fault("name = \"Oak Elementary\"", "name = 7")
        );
        for nameless in ["name = \" \"", "name = { en = \"\" }"] {
            let reason = fault("name = \"Oak Elementary\"", nameless);
            assert!(reason.contains("the school “oak” needs a name"), "{reason}");
        }
        assert!(fault("time_zone", "timezone").starts_with("line "));
    }
}
