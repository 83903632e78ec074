//! The types of a district.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use diesel::prelude::*;

use crate::db::{Json, text_enum, text_id};
use crate::keys::{AccountId, RoundId};
use crate::localized::LocalizedText;
use crate::schema::{districts, groups, language_reviews, rounds, schools};

text_id! {
    /// The id of the district.
    DistrictId,
    /// The id of a school.
    SchoolId,
    /// The id of a group.
    GroupId,
}

text_enum! {
    /// A school's level. Small cells are rolled up to it.
    Level {
        /// Up to about grade 5.
        Elementary = "elementary",
        /// About grades 6 to 8.
        Middle = "middle",
        /// About grades 9 to 12.
        High = "high",
    }
}

/// Records that a speaker of a language reviewed our machine translation, so that the district shows it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = language_reviews, treat_none_as_default_value = false)]
pub struct LanguageReview {
    /// The language's tag.
    pub language: String,
    /// The reviewer's name, as the district entered it.
    pub reviewer: String,
    /// Who turned the language on, or `None` for the command line.
    pub turned_on_by: Option<AccountId>,
    /// When, in UTC.
    pub turned_on_at: NaiveDateTime,
}

/// The installation's only district.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = districts)]
pub struct District {
    /// The id of the district.
    pub id: DistrictId,
    /// Its short name in files.
    pub slug: String,
    /// Its public name.
    pub name: Json<LocalizedText>,
    /// A notice on every public page, such as that the district is fictional.
    pub notice: Json<LocalizedText>,
    /// The IANA time zone for dates and forum times.
    pub time_zone: String,
    /// The languages of its surveys, main language first.
    pub languages: Json<Vec<String>>,
}

impl District {
    /// The time zone, or UTC if the stored name is no longer known.
    pub fn zone(&self) -> Tz {
        self.time_zone.parse().unwrap_or(Tz::UTC)
    }
}

/// A school.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = schools)]
pub struct School {
    /// The id of the school.
    pub id: SchoolId,
    /// A key that stays the same across surveys and rounds.
    pub key: String,
    /// Its public name. A name that's the same in many languages is a shared text ([`LocalizedText::shared`]).
    pub name: Json<LocalizedText>,
    /// The level that small cells are rolled up to.
    pub level: Level,
    /// Its position in lists.
    pub position: i32,
}

/// A group of people: families, students, staff, or community.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = groups)]
pub struct Group {
    /// The id of the group.
    pub id: GroupId,
    /// A key that stays the same across surveys and rounds.
    pub key: String,
    /// Its public name.
    pub name: Json<LocalizedText>,
    /// Its position in lists.
    pub position: i32,
}

/// A round of engagement. It owns surveys, forums, a codebook, priorities, and a plan.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rounds)]
pub struct Round {
    /// The id of the round.
    pub id: RoundId,
    /// Its name in URLs.
    pub slug: String,
    /// Its public title.
    pub title: Json<LocalizedText>,
    /// Where it takes place.
    pub place: Json<LocalizedText>,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// The source of its data, with license and attribution.
    pub origin: Json<LocalizedText>,
    /// Whether `/plan` and `/heard` show it.
    pub is_current: bool,
    /// Its position in lists.
    pub position: i32,
}
