//! What an edition for schools holds.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::results::FrozenSurvey;

/// The results of a round's closed surveys, as a named person released them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolEdition {
    /// The name of the person who released it.
    pub released_by: String,
    /// When, in UTC.
    pub released_at: NaiveDateTime,
    /// The number of the last change that was counted.
    pub change: i64,
    /// The version of the codebook and the day it was saved, if themes were counted.
    pub codebook: Option<(i32, NaiveDate)>,
    /// The surveys that were closed and that enough people had answered.
    pub surveys: Vec<FrozenSurvey>,
}

impl SchoolEdition {
    /// The results of the survey with a slug.
    pub fn survey(&self, slug: &str) -> Option<&FrozenSurvey> {
        self.surveys.iter().find(|survey| survey.survey == slug)
    }
}
