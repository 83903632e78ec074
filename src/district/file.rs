//! The district's file: `chorus import district FILE`.

use chrono::NaiveDate;
use serde::Deserialize;

use super::model::{District, DistrictId, Group, GroupId, Level, Round, RoundId, School, SchoolId};
use super::store;
use crate::audit::{self, Actor};
use crate::db::{Db, Json, take_changes};
use crate::error::{Error, Result};
use crate::localised::LocalisedText;

/// The file's shape; `fixtures/riverside/district.toml` is the documented example.
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
    name: LocalisedText,
    #[serde(default)]
    notice: LocalisedText,
    time_zone: String,
    languages: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupPart {
    key: String,
    name: LocalisedText,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SchoolPart {
    key: String,
    name: String,
    level: Level,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoundPart {
    slug: String,
    title: LocalisedText,
    place: LocalisedText,
    starts_on: NaiveDate,
    #[serde(default)]
    origin: LocalisedText,
    #[serde(default)]
    current: bool,
}

impl DistrictFile {
    /// Reads the file's text; what is wrong comes back in plain words.
    pub fn parse(text: &str) -> Result<Self> {
        let file: Self = crate::files::parse_toml(text)?;
        let keys = file
            .groups
            .iter()
            .map(|group| &group.key)
            .chain(file.schools.iter().map(|school| &school.key));
        for key in keys
            .chain(file.rounds.iter().map(|round| &round.slug))
            .chain(file.district.iter().map(|district| &district.slug))
        {
            if !crate::surveys::is_key(key) {
                return Err(Error::Invalid(format!(
                    "“{key}” cannot be a key: use lower-case letters, digits and hyphens"
                )));
            }
        }
        if let Some(district) = &file.district {
            if district.time_zone.parse::<chrono_tz::Tz>().is_err() {
                return Err(Error::Invalid(format!(
                    "“{}” is no time zone; America/Chicago is one",
                    district.time_zone
                )));
            }
            if district.languages.is_empty() {
                return Err(Error::Invalid(
                    "the district needs at least one language".to_owned(),
                ));
            }
        }
        Ok(file)
    }
}

/// Puts the file's district, schools, groups and rounds in place; those that are there under the same key are replaced.
pub fn import(db: &mut Db, actor: &Actor, file: &DistrictFile) -> Result<()> {
    // A school may get another level, which the tally follows.
    take_changes(db, 1)?;
    if let Some(part) = &file.district {
        let id = store::current(db)?.map_or_else(DistrictId::new, |district| district.id);
        let district = District {
            id,
            slug: part.slug.clone(),
            name: Json(part.name.clone()),
            notice: Json(part.notice.clone()),
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
    for (position, group) in (0..).zip(&file.groups) {
        store::save_group(
            db,
            &Group {
                id: GroupId::new(),
                key: group.key.clone(),
                name: Json(group.name.clone()),
                position,
            },
        )?;
    }
    for (position, school) in (0..).zip(&file.schools) {
        store::save_school(
            db,
            &School {
                id: SchoolId::new(),
                key: school.key.clone(),
                name: school.name.clone(),
                level: school.level,
                position,
            },
        )?;
    }
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
