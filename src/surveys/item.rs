//! One question of a survey: its kind, its settings, its words, and the fields of a form that answer it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::model::Places;
use super::rule::Rule;
use crate::db::text_enum;
use crate::localised::LocalisedText;

text_enum! {
    /// What an open question asks for. Themes are always split by it: praise is no demand.
    Intent {
        /// What is good and should stay.
        Strength = "strength",
        /// What is missing or should change.
        Need = "need",
        /// What people wish for the years to come.
        Hope = "hope",
        /// What could be used.
        Opportunity = "opportunity",
        /// What endangers.
        Threat = "threat",
        /// Anything else.
        Other = "other",
    }
}

impl Intent {
    /// The heading over what people said to such questions, at the desk.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Strength => "Strengths",
            Self::Need => "Needs",
            Self::Hope => "Hopes",
            Self::Opportunity => "Opportunities",
            Self::Threat => "Threats",
            Self::Other => "Other",
        }
    }
}

text_enum! {
    /// The kinds of question.
    ItemKind {
        /// One of several choices.
        Single = "single",
        /// Any of several choices, perhaps up to a number.
        Multiple = "multiple",
        /// A whole number between two labelled ends, or of points that each have words.
        Scale = "scale",
        /// Several things, each with one of the same choices or on the same scale.
        Matrix = "matrix",
        /// Choices put in order, perhaps only the first few.
        Ranking = "ranking",
        /// A number of points divided among choices.
        Points = "points",
        /// Yes or no.
        YesNo = "yes-no",
        /// A whole number.
        Number = "number",
        /// A day.
        Date = "date",
        /// A few words on one line.
        ShortText = "short-text",
        /// Words, as many as people like.
        Text = "text",
        /// A box to tick for who agrees.
        Consent = "consent",
        /// A heading with words below it, over the questions that follow.
        Section = "section",
        /// Which group of people somebody belongs to.
        Group = "group",
        /// Which school, or schools.
        School = "school",
        /// Which grade band, or bands.
        Grade = "grade",
        /// Which language somebody speaks at home, or languages.
        Language = "language",
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable across surveys, languages, revisions and rounds.
    pub key: String,
    /// Which kind of question.
    pub kind: ItemKind,
    /// For words: what they are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(alias = "asks")]
    pub intent: Option<Intent>,
    /// Whether it must be answered by who meets it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// For several choices: how many at the most. For a ranking: how many places there are, if not as many as choices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<usize>,
    /// For schools, grade bands and languages: whether several may be ticked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub several: bool,
    /// For groups: those offered, if not all. For languages: the tags of those offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// For words: the most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// For a scale, a number, and a matrix whose rows are scales: the lowest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// For a scale, a number, and a matrix whose rows are scales: the highest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// For points: how many there are to share out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// Who meets it, by what they answered before; everybody without it. A section's holds for all below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Rule>,
    /// The question; of a section the heading.
    pub label: LocalisedText,
    /// A hint below the question; of a section its words.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub help: LocalisedText,
    /// For whom it is, in the words of the district, where `show_if` is to be said otherwise than by the program.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub when: LocalisedText,
    /// For a scale: the label of its low end.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub low: LocalisedText,
    /// For a scale: the label of its high end.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub high: LocalisedText,
    /// For scales and matrices: the choice for people they do not apply to, such as "Doesn't apply to me".
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub not_applicable: LocalisedText,
    /// The last choice, which asks to be explained, such as "Something else, please say".
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub other: LocalisedText,
    /// For a matrix: the things that are asked about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Choice>,
    /// What can be chosen, for kinds that list their own choices; the words of a scale's points under their numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// One choice, or one row of a matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable, as an item's.
    pub key: String,
    /// What people read.
    pub label: LocalisedText,
}

/// The ends of a scale.
pub type Ends = std::ops::RangeInclusive<i64>;

/// The key of the last choice, which asks to be explained; its words answer the field `item.other`.
pub const OTHER: &str = "other";

/// The key for whom a scale does not fit.
pub const NOT_APPLICABLE: &str = "not-applicable";

/// The keys of yes and no; a consent that is given is a yes.
pub const YES: &str = "yes";
/// See [`YES`].
pub const NO: &str = "no";

/// The most characters of an answer in words, where the item names no other number.
const LENGTH: usize = 2000;

/// The most characters of an answer on one line, where the item names no other number.
const SHORT_LENGTH: usize = 200;

/// What a number may be, where the item names no other bounds.
const NUMBERS: Ends = 0..=1_000_000;

/// How many points there are to share out, where the item names no other number.
const TOTAL: i64 = 100;

impl Item {
    /// A question without any setting.
    pub fn new(key: &str, kind: ItemKind, label: LocalisedText) -> Self {
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
            help: LocalisedText::default(),
            when: LocalisedText::default(),
            low: LocalisedText::default(),
            high: LocalisedText::default(),
            not_applicable: LocalisedText::default(),
            other: LocalisedText::default(),
            rows: Vec::new(),
            choices: Vec::new(),
        }
    }

    /// Whether somebody can answer it: a section is only read.
    pub fn is_question(&self) -> bool {
        self.kind != ItemKind::Section
    }

    /// Whether words are asked for, and nothing else.
    pub fn is_open(&self) -> bool {
        matches!(self.kind, ItemKind::Text | ItemKind::ShortText)
    }

    /// Whether its last choice asks to be explained in words.
    pub fn has_other(&self) -> bool {
        !self.other.is_empty()
    }

    /// The field whose answer is words: the item's own, or `item.other`.
    pub fn words_field(&self) -> Option<String> {
        match (self.is_open(), self.has_other()) {
            (true, _) => Some(self.key.clone()),
            (false, true) => Some(self.field(OTHER)),
            (false, false) => None,
        }
    }

    /// Whether more than one choice may be ticked.
    pub fn takes_several(&self) -> bool {
        match self.kind {
            ItemKind::Multiple => true,
            ItemKind::School | ItemKind::Grade | ItemKind::Language => self.several,
            _ => false,
        }
    }

    /// Whether answers are numbers between two ends: a scale, or a matrix that names ends.
    pub fn is_scale(&self) -> bool {
        match self.kind {
            ItemKind::Scale => true,
            ItemKind::Matrix => self.from.is_some() || self.to.is_some(),
            _ => false,
        }
    }

    /// The ends of a scale; 1 to 5 where none are named.
    pub fn ends(&self) -> Ends {
        self.from.unwrap_or(1)..=self.to.unwrap_or(5)
    }

    /// What a number may be.
    pub fn bounds(&self) -> Ends {
        self.from.unwrap_or(*NUMBERS.start())..=self.to.unwrap_or(*NUMBERS.end())
    }

    /// The most characters of an answer in words.
    pub fn length(&self) -> usize {
        let usual = if self.kind == ItemKind::Text {
            LENGTH
        } else {
            SHORT_LENGTH
        };
        self.max_length.unwrap_or(usual)
    }

    /// How many places a ranking has.
    pub fn places(&self) -> usize {
        self.at_most.unwrap_or(self.choices.len())
    }

    /// How many points there are to share out.
    pub fn points(&self) -> i64 {
        self.total.unwrap_or(TOTAL)
    }

    /// The words of a scale's point, where each has its own.
    pub fn point_label(&self, point: i64) -> Option<&LocalisedText> {
        let key = point.to_string();
        let named = self.choices.iter().find(|choice| choice.key == key);
        named.map(|choice| &choice.label)
    }

    /// The name of one of its fields: of a row, of a choice that is ranked or given points, of other's words. Keys have
    /// no dot, so that no two items share a name.
    pub fn field(&self, part: &str) -> String {
        format!("{}.{part}", self.key)
    }

    /// The names of the fields that answer it, which are the columns of an export as well: `item`; `item.row` for a
    /// matrix; `item.choice` for a ranking and for points; and `item.other` where the last choice asks to be explained.
    pub fn fields(&self) -> Vec<String> {
        let each = |parts: &[Choice]| parts.iter().map(|part| self.field(&part.key)).collect();
        match self.kind {
            ItemKind::Section => Vec::new(),
            ItemKind::Matrix => each(&self.rows),
            ItemKind::Ranking | ItemKind::Points => each(&self.choices),
            _ if self.has_other() => vec![self.key.clone(), self.field(OTHER)],
            _ => vec![self.key.clone()],
        }
    }

    /// The keys that a field of the item takes, in order; none for words, numbers, days, places and points.
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

    /// In the order of [`Item::wordings`].
    pub(super) fn wordings_mut(&mut self) -> impl Iterator<Item = &mut LocalisedText> {
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

    /// Every wording with its name; also those that are empty.
    pub(super) fn wordings(&self) -> impl Iterator<Item = (String, &LocalisedText)> {
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
