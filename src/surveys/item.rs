//! One question of a survey: its kind, settings and wording, and the form fields that answer it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::kind::{Intent, ItemKind};
use super::model::Places;
use super::rule::Rule;
use crate::localized::LocalizedText;

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable across surveys, languages, revisions and rounds.
    pub key: String,
    /// The kind of question.
    pub kind: ItemKind,
    /// For text: what it asks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(alias = "asks")]
    pub intent: Option<Intent>,
    /// Whether people who see it must answer it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// For multiple choice: the most choices. For a ranking: the number of ranks, if there are fewer than choices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<usize>,
    /// For schools, grade bands and languages: whether people can select several.
    #[serde(default, skip_serializing_if = "is_false")]
    pub several: bool,
    /// For groups: which are offered, if not all. For languages: the tags of those offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// For text: the most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// For a scale, a number, or a matrix of scales: the lowest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// For a scale, a number, or a matrix of scales: the highest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// For points: how many there are to divide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// Who sees it, based on earlier answers. Without a rule, everyone does. A section's rule applies to everything in
    /// it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Rule>,
    /// The question. For a section, the heading.
    pub label: LocalizedText,
    /// A hint below the question. For a section, its text.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub help: LocalizedText,
    /// Whom the question is for in the district's own words, for when the sentence generated from `show_if` doesn't
    /// fit.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub when: LocalizedText,
    /// For a scale: the label of its low end.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub low: LocalizedText,
    /// For a scale: the label of its high end.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub high: LocalizedText,
    /// For scales and matrices: the choice for people it doesn't apply to, such as "Doesn't apply to me".
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub not_applicable: LocalizedText,
    /// The last choice, which asks people to explain, such as "Something else (please say)".
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub other: LocalizedText,
    /// For a matrix: its rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Choice>,
    /// The choices, for kinds that list their own. For a scale, the labels of its points, keyed by their numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// One choice, or one row of a matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// As stable as an item's key.
    pub key: String,
    /// What people read.
    pub label: LocalizedText,
}

/// The ends of a scale, both included.
pub type Ends = std::ops::RangeInclusive<i64>;

/// The key of the "other" choice. Its text is the answer to the field `item.other`.
pub const OTHER: &str = "other";

/// The key of the choice for people a scale doesn't apply to.
pub const NOT_APPLICABLE: &str = "not-applicable";

/// The key of "yes". Given consent is a yes.
pub const YES: &str = "yes";
/// The key of "no".
pub const NO: &str = "no";

/// The most characters of a text answer, unless the item sets a limit.
const LENGTH: usize = 2000;

/// The most characters of a one-line answer, unless the item sets a limit.
const SHORT_LENGTH: usize = 200;

/// The range of a number, unless the item sets one.
const NUMBERS: Ends = 0..=1_000_000;

/// How many points there are to divide, unless the item sets a total.
const TOTAL: i64 = 100;

impl Item {
    /// A question without any settings.
    pub fn new(key: &str, kind: ItemKind, label: LocalizedText) -> Self {
        Self {
            key: key.to_owned(),
            kind,
            intent: None,
            required: false,
            at_most: None,
            several: false,
            only: Vec::new(),
            max_length: None,
            from: None,
            to: None,
            total: None,
            show_if: None,
            label,
            help: LocalizedText::default(),
            when: LocalizedText::default(),
            low: LocalizedText::default(),
            high: LocalizedText::default(),
            not_applicable: LocalizedText::default(),
            other: LocalizedText::default(),
            rows: Vec::new(),
            choices: Vec::new(),
        }
    }

    /// Whether people can answer it. Sections are only read.
    pub fn is_question(&self) -> bool {
        self.kind != ItemKind::Section
    }

    /// Whether it asks for text and nothing else.
    pub fn is_open(&self) -> bool {
        matches!(self.kind, ItemKind::Text | ItemKind::ShortText)
    }

    /// Whether its last choice asks people to explain.
    pub fn has_other(&self) -> bool {
        !self.other.is_empty()
    }

    /// The field whose answer is free text: the item's own, or `item.other`.
    pub fn words_field(&self) -> Option<String> {
        match (self.is_open(), self.has_other()) {
            (true, _) => Some(self.key.clone()),
            (false, true) => Some(self.field(OTHER)),
            (false, false) => None,
        }
    }

    /// Whether people can select more than one choice.
    pub fn takes_several(&self) -> bool {
        match self.kind {
            ItemKind::Multiple => true,
            ItemKind::School | ItemKind::Grade | ItemKind::Language => self.several,
            _ => false,
        }
    }

    /// Whether the answers are numbers between two ends: a scale, or a matrix with ends.
    pub fn is_scale(&self) -> bool {
        match self.kind {
            ItemKind::Scale => true,
            ItemKind::Matrix => self.from.is_some() || self.to.is_some(),
            _ => false,
        }
    }

    /// The ends of a scale. Defaults to 1 to 5.
    pub fn ends(&self) -> Ends {
        self.from.unwrap_or(1)..=self.to.unwrap_or(5)
    }

    /// The range of a number.
    pub fn bounds(&self) -> Ends {
        self.from.unwrap_or(*NUMBERS.start())..=self.to.unwrap_or(*NUMBERS.end())
    }

    /// The most characters of a text answer.
    pub fn length(&self) -> usize {
        let usual = if self.kind == ItemKind::Text {
            LENGTH
        } else {
            SHORT_LENGTH
        };
        self.max_length.unwrap_or(usual)
    }

    /// How many ranks a ranking has.
    pub fn places(&self) -> usize {
        self.at_most.unwrap_or(self.choices.len())
    }

    /// How many points there are to divide.
    pub fn points(&self) -> i64 {
        self.total.unwrap_or(TOTAL)
    }

    /// The label of a scale's point, if its points have labels.
    pub fn point_label(&self, point: i64) -> Option<&LocalizedText> {
        let key = point.to_string();
        let named = self.choices.iter().find(|choice| choice.key == key);
        named.map(|choice| &choice.label)
    }

    /// The name of one of its fields: a matrix row, a choice that is ranked or gets points, or the text of "other".
    /// Keys have no dots, so no two items share a field name.
    pub fn field(&self, part: &str) -> String {
        format!("{}.{part}", self.key)
    }

    /// The names of the fields that answer it, which are also the columns of an export: `item`; `item.row` for a
    /// matrix; `item.choice` for a ranking or points; and `item.other` if it has an "other" choice.
    pub fn fields(&self) -> Vec<String> {
        let each = |parts: &[Choice]| parts.iter().map(|part| self.field(&part.key)).collect();
        match self.kind {
            ItemKind::Section => Vec::new(),
            ItemKind::Matrix => each(&self.rows),
            ItemKind::Ranking | ItemKind::ConstantSum => each(&self.choices),
            _ if self.has_other() => vec![self.key.clone(), self.field(OTHER)],
            _ => vec![self.key.clone()],
        }
    }

    /// The keys that a field of the item accepts, in order. None for text, numbers, dates, ranks and points.
    pub fn offered<'a>(&'a self, places: &'a Places) -> Vec<Cow<'a, str>> {
        let own = || self.choices.iter().map(|choice| choice.key.as_str());
        let mut keys: Vec<Cow<'a, str>> = match self.kind {
            _ if self.is_scale() => self
                .ends()
                .map(|point| Cow::Owned(point.to_string()))
                .collect(),
            ItemKind::Single | ItemKind::Multiple | ItemKind::Matrix | ItemKind::Grade => {
                own().map(Cow::Borrowed).collect()
            }
            ItemKind::YesNo => vec![YES.into(), NO.into()],
            ItemKind::Consent => vec![YES.into()],
            ItemKind::Group => places
                .groups
                .iter()
                .map(|group| group.key.as_str())
                .filter(|key| self.only.is_empty() || self.only.iter().any(|only| only == key))
                .map(Cow::Borrowed)
                .collect(),
            ItemKind::School => places
                .schools
                .iter()
                .map(|school| school.key.as_str().into())
                .collect(),
            ItemKind::Language => self.only.iter().map(|tag| tag.as_str().into()).collect(),
            _ => Vec::new(),
        };
        if !self.not_applicable.is_empty() {
            keys.push(NOT_APPLICABLE.into());
        }
        if self.has_other() {
            keys.push(OTHER.into());
        }
        keys
    }

    /// The texts in the order of [`Item::wordings`].
    pub(super) fn wordings_mut(&mut self) -> impl Iterator<Item = &mut LocalizedText> {
        let parts = [
            &mut self.label,
            &mut self.help,
            &mut self.when,
            &mut self.low,
            &mut self.high,
            &mut self.not_applicable,
            &mut self.other,
        ];
        let lists = self.rows.iter_mut().chain(&mut self.choices);
        parts.into_iter().chain(lists.map(|one| &mut one.label))
    }

    /// Every text with its name, including empty ones.
    pub(super) fn wordings(&self) -> impl Iterator<Item = (String, &LocalizedText)> {
        let (question, help) = if self.is_question() {
            ("question", "help")
        } else {
            ("heading", "text")
        };
        let parts = [
            (question, &self.label),
            (help, &self.help),
            ("when", &self.when),
            ("low end", &self.low),
            ("high end", &self.high),
            ("not applicable", &self.not_applicable),
            ("other", &self.other),
        ];
        let rows = self.rows.iter().map(|row| ("row", row));
        let choices = self.choices.iter().map(|choice| ("choice", choice));
        let named = rows
            .chain(choices)
            .map(|(what, one)| (format!("{}: {what} {}", self.key, one.key), &one.label));
        parts
            .into_iter()
            .map(|(part, text)| (format!("{}: {part}", self.key), text))
            .chain(named)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
pub(super) fn is_false(value: &bool) -> bool {
    !*value
}
