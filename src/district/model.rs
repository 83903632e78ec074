//! What a district is made of.

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde::Serialize;

use crate::db::{Json, text_enum, text_id};
use crate::keys::{AccountId, RoundId};
use crate::localised::LocalisedText;
use crate::schema::{districts, groups, language_reviews, rounds, schools};

text_id! {
    /// Names the district.
    DistrictId,
    /// Names a school.
    SchoolId,
    /// Names a group.
    GroupId,
}

text_enum! {
    /// A school's level, to which small cells roll up.
    Level {
        /// Up to about grade 5.
        Elementary = "elementary",
        /// About grades 6 to 8.
        Middle = "middle",
        /// About grades 9 to 12.
        High = "high",
    }
}

/// That somebody who speaks a language has read a machine's draft of our words in it, so that the district shows them.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = language_reviews, treat_none_as_default_value = false)]
pub struct LanguageReview {
    /// The language's tag.
    pub language: String,
    /// Who read them, as the district names that person.
    pub reviewer: String,
    /// Who turned the language on; none for the command line.
    pub turned_on_by: Option<AccountId>,
    /// When, in UTC.
    pub turned_on_at: NaiveDateTime,
}

/// The one district of an installation.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = districts)]
pub struct District {
    /// Names it.
    pub id: DistrictId,
    /// Its short name in files.
    pub slug: String,
    /// Its name as people know it.
    pub name: Json<LocalisedText>,
    /// Printed on every public page: that it is made up, say.
    pub notice: Json<LocalisedText>,
    /// The zone of its days and forum times, as in the IANA database.
    pub time_zone: String,
    /// The languages that it asks in, its main one first.
    pub languages: Json<Vec<String>>,
}

impl District {
    /// The zone; UTC if the database names one that is not known any more.
    pub fn zone(&self) -> Tz {
        self.time_zone.parse().unwrap_or(Tz::UTC)
    }

    /// A time in UTC as the district's clocks show it.
    pub fn local(&self, at: NaiveDateTime) -> NaiveDateTime {
        self.zone().from_utc_datetime(&at).naive_local()
    }
}

/// A school.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = schools)]
pub struct School {
    /// Names it.
    pub id: SchoolId,
    /// Stable across surveys and rounds.
    pub key: String,
    /// A proper noun, the same in every language.
    pub name: String,
    /// To which small cells roll up.
    pub level: Level,
    /// Its position in lists.
    pub position: i32,
}

/// A group of people: families, students, staff, community.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = groups)]
pub struct Group {
    /// Names it.
    pub id: GroupId,
    /// Stable across surveys and rounds.
    pub key: String,
    /// As people read it.
    pub name: Json<LocalisedText>,
    /// Its position in lists.
    pub position: i32,
}

/// One engagement: it owns surveys, forums, codebook, priorities and plan.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rounds)]
pub struct Round {
    /// Names it.
    pub id: RoundId,
    /// In addresses.
    pub slug: String,
    /// As people read it.
    pub title: Json<LocalisedText>,
    /// Where it happens.
    pub place: Json<LocalisedText>,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Where its data come from, with licence and attribution.
    pub origin: Json<LocalisedText>,
    /// Whether `/plan` and `/heard` show it.
    pub is_current: bool,
    /// Its position in lists.
    pub position: i32,
}
