//! Facets: the properties that sets are built from.

use chrono::NaiveDate;

use crate::comments::Source;
use crate::db::text_enum;
use crate::district::{Level, RoundId};
use crate::responses::Channel;
use crate::surveys::{Intent, SurveyId};

/// Something that's true of a voice. Each facet has a set of the voices that it's true of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Answered in this round.
    Round(RoundId),
    /// Answered this survey.
    Survey(SurveyId),
    /// Belongs to the group with this key.
    Group(String),
    /// Belongs to the school with this key; a voice may belong to several.
    School(String),
    /// Belongs to a school at this level.
    Level(Level),
    /// Answered on a form in this language.
    Language(String),
    /// Belongs to the grade band with this key; a voice may belong to several.
    Grade(String),
    /// Speaks the language with this tag at home, as self-reported; a voice may speak several.
    Speaks(String),
    /// Responded through this channel.
    Channel(Channel),
    /// Responded on this day.
    Day(NaiveDate),
    /// Was asked the item with this key: it was in the survey, and earlier answers didn't hide it.
    Asked(String),
    /// Answered the closed item with this key. For a matrix row, or a choice that was ranked, the key is the field
    /// name: `item.row` or `item.choice`.
    Answered(String),
    /// Gave this answer: the item's key, then the choice's key, the number, or the date. For a matrix row: `item.row`
    /// and the choice. For a ranking: `item.choice` and its rank. For points: `item.choice` and the points it got, plus
    /// the item's key with each choice that got any.
    Chose(String, String),
}

text_enum! {
    /// The ways to split voices into columns, each with its name in an address.
    Part {
        /// By group.
        Group = "group",
        /// By school.
        School = "school",
        /// By school level.
        Level = "level",
        /// By the language of the form.
        Language = "language",
        /// By grade band, their own or their children's.
        Grade = "grade",
        /// By the languages they speak at home.
        Speaks = "speaks",
        /// By the channel of the response.
        Channel = "channel",
        /// By the day of the response.
        Day = "day",
        /// By survey.
        Survey = "survey",
    }
}

impl Part {
    /// The facet's key if the facet belongs to this part; otherwise `None`.
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

/// Something that's true of a comment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommentFacet {
    /// Said in this round.
    Round(RoundId),
    /// Said in this survey.
    Survey(SurveyId),
    /// Answers the item or prompt with this key.
    Item(String),
    /// Answers a question with this intent.
    Intent(Intent),
    /// In this language.
    Language(String),
    /// From this kind of source.
    Source(Source),
}
