//! What sets are made of.

use chrono::NaiveDate;

use crate::db::text_enum;
use crate::district::{Level, RoundId};
use crate::remarks::Source;
use crate::responses::Channel;
use crate::surveys::{Asks, SurveyId};

/// Something that is true of a voice; each has a set of the voices of which it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Answered in this round.
    Round(RoundId),
    /// Answered this survey.
    Survey(SurveyId),
    /// Belongs to the group of this key.
    Group(String),
    /// Belongs to the school of this key; a voice may belong to several.
    School(String),
    /// Belongs to a school of this level.
    Level(Level),
    /// Answered on a form in this language.
    Language(String),
    /// Reached us this way.
    Channel(Channel),
    /// Answered on this day.
    Day(NaiveDate),
    /// Was asked the item of this key.
    Asked(String),
    /// Answered the closed item of this key.
    Answered(String),
    /// Chose this: the item's key, and the choice's key or the number.
    Chose(String, String),
}

text_enum! {
    /// What voices are told apart by, each under its name in an address.
    Part {
        /// Their group.
        Group = "group",
        /// Their schools.
        School = "school",
        /// The levels of their schools.
        Level = "level",
        /// The language of the form.
        Language = "language",
        /// How the answer reached us.
        Channel = "channel",
        /// The day of the answer.
        Day = "day",
        /// The survey that was answered.
        Survey = "survey",
    }
}

impl Part {
    /// The key under which a facet tells voices apart in this way; none for a facet of another kind.
    pub(super) fn key(self, facet: &Facet) -> Option<String> {
        match (self, facet) {
            (Self::Group, Facet::Group(key))
            | (Self::School, Facet::School(key))
            | (Self::Language, Facet::Language(key)) => Some(key.clone()),
            (Self::Level, Facet::Level(level)) => Some(level.to_string()),
            (Self::Channel, Facet::Channel(channel)) => Some(channel.to_string()),
            (Self::Day, Facet::Day(day)) => Some(day.to_string()),
            (Self::Survey, Facet::Survey(survey)) => Some(survey.to_string()),
            _ => None,
        }
    }
}

/// Something that is true of a remark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RemarkFacet {
    /// Said in this round.
    Round(RoundId),
    /// Said in this survey.
    Survey(SurveyId),
    /// Said to the item, or prompt, of this key.
    Item(String),
    /// Said when this was asked for.
    Asks(Asks),
    /// In this language.
    Language(String),
    /// From this kind of source.
    Source(Source),
}
