//! A survey as a document: what is asked, in which words. `fixtures/riverside/survey.toml` is the documented example.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::about::About;
use crate::db::text_enum;
use crate::localised::LocalisedText;

text_enum! {
    /// What a source counts.
    Unit {
        /// Each answer is a person.
        Person = "person",
        /// Each answer is a household.
        Household = "household",
        /// Each answer is one child in one school.
        ChildAndSchool = "child-and-school",
        /// Each note is a table's.
        Table = "table",
    }
}

text_enum! {
    /// What an open question asks for. Themes are always split by it: praise is no demand.
    Asks {
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

text_enum! {
    /// The kinds of question.
    ItemKind {
        /// One of several choices.
        Single = "single",
        /// Any of several choices, perhaps up to a number.
        Multiple = "multiple",
        /// A whole number between two labelled ends.
        Scale = "scale",
        /// Words.
        Text = "text",
        /// Which group of people somebody belongs to.
        Group = "group",
        /// Which school, or schools.
        School = "school",
    }
}

/// A survey's document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// In addresses.
    pub slug: String,
    /// The languages it is asked in, the first being the one its words were written in.
    pub languages: Vec<String>,
    /// What each answer counts.
    pub unit: Unit,
    /// The group that everyone who answers belongs to, unless an item asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Its title.
    pub title: LocalisedText,
    /// Who asks, what for, how long, how it is kept.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub intro: LocalisedText,
    /// What happens next and when.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub thanks: LocalisedText,
    /// The languages that a machine has put its words into, each with the name of whoever has read them; empty before
    /// somebody has, and then the language is not shown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub machine_drafts: BTreeMap<String, String>,
    /// Which sentence each translation was made from: language, name of the wording, [`source_mark`] of the sentence. A
    /// translation without an entry was written beside its source.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translated_from: BTreeMap<String, BTreeMap<String, String>>,
    /// Who is asked, and what they are told about it.
    #[serde(default, skip_serializing_if = "About::is_empty")]
    pub about: About,
    /// The questions, in order.
    #[serde(default)]
    pub items: Vec<Item>,
}

/// What is kept of a sentence to tell later whether it has changed: 12 digits of its SHA-256.
pub(crate) fn source_mark(sentence: &str) -> String {
    let digest = crate::secret::digest(sentence.trim());
    digest.get(..12).unwrap_or(&digest).to_owned()
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
    pub asks: Option<Asks>,
    /// Whether it must be answered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// For several choices: how many at the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<usize>,
    /// For schools: whether several may be ticked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub several: bool,
    /// For groups: those offered, if not all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// For words: the most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// For a scale: its lowest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// For a scale: its highest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// The question.
    pub label: LocalisedText,
    /// A hint below the question.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub help: LocalisedText,
    /// For a scale: the label of its low end.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub low: LocalisedText,
    /// For a scale: the label of its high end.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub high: LocalisedText,
    /// What can be chosen, for kinds that list their own choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// One choice.
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

/// The most characters of an answer in words, where the item names no other number.
const LENGTH: usize = 2000;

impl Item {
    /// Whether words are asked for.
    pub fn is_open(&self) -> bool {
        self.kind == ItemKind::Text
    }

    /// The ends of a scale; 1 to 5 where none are named.
    pub fn ends(&self) -> Ends {
        self.from.unwrap_or(1)..=self.to.unwrap_or(5)
    }

    /// The most characters of an answer in words.
    pub fn length(&self) -> usize {
        self.max_length.unwrap_or(LENGTH)
    }

    /// In the order of [`Item::wordings`].
    fn wordings_mut(&mut self) -> impl Iterator<Item = &mut LocalisedText> {
        let parts = [
            &mut self.label,
            &mut self.help,
            &mut self.low,
            &mut self.high,
        ];
        let choices = self.choices.iter_mut().map(|choice| &mut choice.label);
        parts.into_iter().chain(choices)
    }

    fn wordings(&self) -> impl Iterator<Item = (String, &LocalisedText)> {
        let parts = [
            ("question", &self.label),
            ("help", &self.help),
            ("low end", &self.low),
            ("high end", &self.high),
        ];
        let choices = self.choices.iter().map(|choice| {
            (
                format!("{}: choice {}", self.key, choice.key),
                &choice.label,
            )
        });
        parts
            .into_iter()
            .map(|(part, text)| (format!("{}: {part}", self.key), text))
            .chain(choices)
    }
}

impl Document {
    /// The item of a key.
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    /// The questions that ask for words.
    pub fn open_items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.is_open())
    }

    /// Every wording with its name, such as `title`, `best: help` or `news: choice paper`; also those that are empty.
    pub fn wordings(&self) -> impl Iterator<Item = (String, &LocalisedText)> {
        let own = [
            ("title", &self.title),
            ("intro", &self.intro),
            ("thanks", &self.thanks),
        ];
        own.into_iter()
            .chain(self.about.wordings())
            .map(|(part, text)| (part.to_owned(), text))
            .chain(self.items.iter().flat_map(Item::wordings))
    }

    /// The wording of a name that [`Document::wordings`] gives, to be changed.
    pub fn wording_mut(&mut self, name: &str) -> Option<&mut LocalisedText> {
        let position = self.wordings().position(|(known, _)| known == name)?;
        self.wordings_mut().nth(position)
    }

    /// The wordings in the order of [`Document::wordings`].
    fn wordings_mut(&mut self) -> impl Iterator<Item = &mut LocalisedText> {
        let own = [&mut self.title, &mut self.intro, &mut self.thanks];
        own.into_iter()
            .chain(self.about.wordings_mut())
            .chain(self.items.iter_mut().flat_map(Item::wordings_mut))
    }

    /// Whether a machine has put it into a language and nobody has read that yet.
    pub fn is_unread_draft(&self, tag: &str) -> bool {
        self.machine_drafts
            .get(tag)
            .is_some_and(|reader| reader.trim().is_empty())
    }

    /// The names of the wordings of a language whose source sentence has changed since they were translated.
    pub fn stale_words(&self, tag: &str) -> Vec<String> {
        let (Some(marks), Some(source)) = (self.translated_from.get(tag), self.languages.first())
        else {
            return Vec::new();
        };
        let changed = |name: &String, text: &LocalisedText| {
            let now = text.0.get(source).map(|sentence| source_mark(sentence));
            marks
                .get(name)
                .is_some_and(|mark| Some(mark) != now.as_ref())
        };
        self.wordings()
            .filter(|(name, text)| text.0.contains_key(tag) && changed(name, text))
            .map(|(name, _)| name)
            .collect()
    }

    /// The names of the wordings that a language lacks, for every language of the survey that lacks any. What has no
    /// words in any language, such as an optional hint, is not missing.
    pub fn missing_words(&self) -> Vec<(String, Vec<String>)> {
        let lacking = |tag: &String| {
            let only = std::slice::from_ref(tag);
            let lacks = |text: &LocalisedText| !text.is_empty() && !text.missing(only).is_empty();
            let names = self.wordings().filter(|(_, text)| lacks(text));
            (tag.clone(), names.map(|(name, _)| name).collect::<Vec<_>>())
        };
        self.languages
            .iter()
            .map(lacking)
            .filter(|(_, names)| !names.is_empty())
            .collect()
    }

    /// The languages whose words are complete and no unread draft of a machine, in the survey's order.
    pub fn complete_languages(&self) -> Vec<&str> {
        let missing = self.missing_words();
        let complete = |tag: &&str| {
            missing.iter().all(|(lacking, _)| lacking != tag) && !self.is_unread_draft(tag)
        };
        self.languages
            .iter()
            .map(String::as_str)
            .filter(complete)
            .collect()
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
pub(super) fn is_false(value: &bool) -> bool {
    !*value
}
