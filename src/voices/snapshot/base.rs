//! What the numbers of a snapshot are counted from: the district, the round, its sources, and the method.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::localized::LocalizedText;
use crate::surveys::Unit;
use crate::tally::disclosure::Column;

/// The district at that time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictPart {
    /// Its name.
    pub name: LocalizedText,
    /// The notice on its pages.
    pub notice: LocalizedText,
    /// Its languages, main language first.
    pub languages: Vec<String>,
    /// Its time zone, by IANA name.
    pub time_zone: String,
}

/// The round at that time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundPart {
    /// The slug in URLs.
    pub slug: String,
    /// Its title.
    pub title: LocalizedText,
    /// Where it happened.
    pub place: LocalizedText,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Where its data comes from.
    pub origin: LocalizedText,
}

/// How it was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// The version of the codebook. 0 if there was none.
    pub codebook: i32,
    /// The day that version was saved, in the district's time zone.
    pub codebook_on: Option<NaiveDate>,
    /// The number of the last change that was counted.
    pub change: i64,
    /// The fewest people for whom a number is shown.
    pub base: u64,
}

/// A survey that has responses. Sources with different units are never added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePart {
    /// The survey's slug.
    pub survey: String,
    /// Its title.
    pub title: LocalizedText,
    /// What it counts.
    pub unit: Unit,
    /// How many responded. `None` if it's hidden.
    pub answered: Option<u64>,
    /// If these numbers stay as in an earlier edition: the last day that it counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
    /// The day of the first response.
    pub first_day: Option<NaiveDate>,
    /// The day of the last response.
    pub last_day: Option<NaiveDate>,
    /// How many responded, by group. Small groups are combined.
    pub groups: Vec<Column>,
    /// What arrived after closing, by whether it's counted. Empty if nothing did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late: Vec<LatePart>,
}

/// Responses that waited on a phone until after the survey closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatePart {
    /// Whether the district counts them.
    pub counted: bool,
    /// How many. `None` if it's hidden.
    pub answers: Option<u64>,
}

/// A forum whose tables wrote notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForumPart {
    /// Its title.
    pub title: LocalizedText,
    /// Its day, in the district's time zone.
    pub day: NaiveDate,
}
