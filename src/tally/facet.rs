//! What sets are made of.

use chrono::NaiveDate;

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
