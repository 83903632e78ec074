//! What was heard: the themes with their counts, and the released comments.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::comments::CommentId;
use crate::localized::LocalizedText;
use crate::priorities::Outcome;
use crate::surveys::{Intent, Unit};
use crate::tally::Tables;
use crate::tally::disclosure::{Column, PublicCell};
use crate::themes::RuleText;

/// An open question as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The key of the item or prompt.
    pub key: String,
    /// Its text.
    pub label: LocalizedText,
}

/// The counts for one intent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskedPart {
    /// The intent.
    #[serde(alias = "asks")]
    pub intent: Intent,
    /// The questions with this intent.
    pub questions: Vec<Question>,
    /// The unit of the people asked. `None` if several sources are combined.
    pub unit: Option<Unit>,
    /// How many were asked. `None` if it's hidden.
    pub asked: Option<u64>,
    /// Who was asked, by source and group. The key is `survey/group`; the group is empty for people who didn't name
    /// one.
    pub columns: Vec<Column>,
    /// One row for each theme, most frequent first.
    pub rows: Vec<CountRow>,
}

/// Who named a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    /// The theme's key.
    pub theme: String,
    /// The total. Each voice counts once.
    pub all: PublicCell,
    /// One cell for each column.
    pub cells: Vec<PublicCell>,
    /// Tables at forums, counted separately.
    pub tables: Tables,
}

/// A theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemePart {
    /// Its key, in URLs.
    pub key: String,
    /// Its name.
    pub name: LocalizedText,
    /// Its definition.
    pub definition: LocalizedText,
    /// Its parent theme.
    pub parent: Option<String>,
    /// Its terms by language, readable by anyone.
    pub rules: BTreeMap<String, RuleText>,
    /// Its outcome. Always present in a published snapshot.
    pub outcome: Option<OutcomePart>,
}

/// The outcome of a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomePart {
    /// The outcome.
    pub outcome: Outcome,
    /// The reason.
    pub reason: LocalizedText,
}

/// A comment that a named person released. Nothing about who said it is stored, not even the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentPart {
    /// Its ID in URLs.
    pub id: CommentId,
    /// The survey or forum where it was said. Empty for other sources.
    pub place: LocalizedText,
    /// For a table's note, the least number of people it speaks for.
    pub speaks_for: Option<u64>,
    /// The key of the question.
    pub item: String,
    /// The intent of the question.
    #[serde(alias = "asks")]
    pub intent: Intent,
    /// The language of the text, as a tag.
    pub language: String,
    /// The text.
    pub text: String,
    /// The themes that count it.
    pub themes: Vec<Matched>,
}

/// Why a comment is in a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// The theme's key.
    pub theme: String,
    /// The matched words, as byte ranges in the text.
    pub spans: Vec<(usize, usize)>,
}
