//! What sets are made of.

use chrono::NaiveDate;

use crate::comments::Source;
use crate::db::text_enum;
use crate::district::{Level, RoundId};
use crate::responses::Channel;
use crate::surveys::{Intent, SurveyId};

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
    /// Belongs to the grade band of this key; a voice may belong to several.
    Grade(String),
    /// Speaks the language of this tag at home, as it said itself; a voice may speak several.
    Speaks(String),
    /// Reached us this way.
    Channel(Channel),
    /// Answered on this day.
    Day(NaiveDate),
    /// Was asked the item of this key: it stood in the survey, and what was answered before did not hide it.
    Asked(String),
    /// Answered the closed item of this key; or the row of a matrix, or put the choice on a place of a ranking, under the
    /// name of the field, `item.row` or `item.choice`.
    Answered(String),
    /// Chose this: the item's key, and the choice's key, the number or the day. For the row of a matrix `item.row` and what was
    /// chosen in it; for a ranking `item.choice` and its place; for points `item.choice` and how many it got, and the item's
    /// key and each choice that got any.
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
        /// Their grade bands, or those of their children.
        Grade = "grade",
        /// The languages that they speak at home.
        Speaks = "speaks",
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
            | (Self::Language, Facet::Language(key))
            | (Self::Grade, Facet::Grade(key))
            | (Self::Speaks, Facet::Speaks(key)) => Some(key.clone()),
            (Self::Level, Facet::Level(level)) => Some(level.to_string()),
            (Self::Channel, Facet::Channel(channel)) => Some(channel.to_string()),
            (Self::Day, Facet::Day(day)) => Some(day.to_string()),
            (Self::Survey, Facet::Survey(survey)) => Some(survey.to_string()),
            _ => None,
        }
    }
}

/// Something that is true of a comment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommentFacet {
    /// Said in this round.
    Round(RoundId),
    /// Said in this survey.
    Survey(SurveyId),
    /// Said to the item, or prompt, of this key.
    Item(String),
    /// Said when this was asked for.
    Intent(Intent),
    /// In this language.
    Language(String),
    /// From this kind of source.
    Source(Source),
}
