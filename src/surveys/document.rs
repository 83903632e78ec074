//! A survey as a document: its questions and all their wording. `fixtures/riverside/survey.toml` is the documented
//! example.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::about::About;
use super::item::Item;
use crate::db::text_enum;
use crate::localized::LocalizedText;

text_enum! {
    /// What one response stands for.
    Unit {
        /// A person.
        Person = "person",
        /// A household.
        Household = "household",
        /// One child in one school.
        ChildAndSchool = "child-and-school",
        /// A table at a forum: each note comes from a table.
        Table = "table",
    }
}

impl Unit {
    /// The plural noun for it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Household => "households",
            Self::ChildAndSchool => "children",
            Self::Table => "tables",
        }
    }

    /// The singular noun for it.
    pub fn noun_of_one(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Household => "household",
            Self::ChildAndSchool => "child",
            Self::Table => "table",
        }
    }
}

/// The document of a survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The slug in URLs.
    pub slug: String,
    /// The languages the survey is asked in. The first is the source language, the one its text was written in.
    pub languages: Vec<String>,
    /// What one response stands for.
    pub unit: Unit,
    /// The group that every respondent belongs to, unless an item asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The title.
    pub title: LocalizedText,
    /// Who asks and why, how long it takes, and how responses are kept.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub intro: LocalizedText,
    /// What happens next and when.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub thanks: LocalizedText,
    /// The machine-translated languages, each with the name of the person who reviewed it. The name is empty until
    /// somebody has, and until then the language isn't shown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub machine_drafts: BTreeMap<String, String>,
    /// Which source sentence each translation was made from: language, name of the text, `source_mark` of the sentence.
    /// A translation without an entry was made from the current sentence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translated_from: BTreeMap<String, BTreeMap<String, String>>,
    /// Who the audience is, and what people are told about the survey.
    #[serde(default, skip_serializing_if = "About::is_empty")]
    pub about: About,
    /// The questions, in order.
    #[serde(default)]
    pub items: Vec<Item>,
}

/// What is stored of a sentence to detect a later change: the first 12 hex digits of its SHA-256.
pub(crate) fn source_mark(sentence: &str) -> String {
    let digest = crate::secret::digest(sentence.trim());
    digest.get(..12).unwrap_or(&digest).to_owned()
}

impl Document {
    /// The item with a key.
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    /// The items that take answers: everything except sections.
    pub fn questions(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.is_question())
    }

    /// Whether sections split the survey into several steps. A single heading at the top doesn't.
    pub fn is_in_steps(&self) -> bool {
        let mut after_the_first = self.items.iter().skip(1);
        after_the_first.any(|item| !item.is_question())
    }

    /// Every item, with whether it's conditional, by its own rule or its section's.
    pub fn conditions(&self) -> impl Iterator<Item = (&Item, bool)> {
        let mut section = false;
        self.items.iter().map(move |item| {
            let own = item.show_if.is_some();
            if !item.is_question() {
                section = own;
            }
            (item, section || own)
        })
    }

    /// The questions that take free text: open questions, and questions with an "other" choice.
    pub fn open_items(&self) -> impl Iterator<Item = &Item> {
        let takes_words = |item: &&Item| item.is_open() || item.has_other();
        self.items.iter().filter(takes_words)
    }

    /// The item that a field belongs to, and the part of the item if it has several; see [`Item::fields`]. A matrix, a
    /// ranking or points has no field with just the item's key.
    pub fn item_of_field<'a>(&self, field: &'a str) -> Option<(&Item, Option<&'a str>)> {
        let (key, part) = match field.split_once('.') {
            Some((key, part)) => (key, Some(part)),
            None => (field, None),
        };
        let item = self.item(key)?;
        item.fields()
            .iter()
            .any(|name| name == field)
            .then_some((item, part))
    }

    /// Every text with its name, such as `title`, `best: help` or `news: choice paper`. Includes empty ones.
    pub fn wordings(&self) -> impl Iterator<Item = (String, &LocalizedText)> {
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

    /// The text with a name from [`Document::wordings`], mutable.
    pub fn wording_mut(&mut self, name: &str) -> Option<&mut LocalizedText> {
        let position = self.wordings().position(|(known, _)| known == name)?;
        self.wordings_mut().nth(position)
    }

    /// Replaces a text. A translation that changes with it is current again. A translation that stays the same while
    /// its source changes becomes stale.
    pub(super) fn reword(&mut self, name: &str, words: &LocalizedText) {
        let Some(text) = self.wording_mut(name) else {
            return;
        };
        let before = std::mem::replace(text, words.clone());
        let Some((source, translations)) = self.languages.split_first() else {
            return;
        };
        let said =
            |text: &LocalizedText, tag: &String| text.0.get(tag).cloned().unwrap_or_default();
        for tag in translations {
            let marks = self.translated_from.entry(tag.clone()).or_default();
            if said(&before, tag) != said(words, tag) {
                marks.remove(name);
            } else if said(&before, source) != said(words, source) && words.0.contains_key(tag) {
                let mark = || source_mark(&said(&before, source));
                marks.entry(name.to_owned()).or_insert_with(mark);
            }
        }
        self.translated_from.retain(|_, marks| !marks.is_empty());
    }

    /// The texts in the order of [`Document::wordings`].
    fn wordings_mut(&mut self) -> impl Iterator<Item = &mut LocalizedText> {
        let own = [&mut self.title, &mut self.intro, &mut self.thanks];
        own.into_iter()
            .chain(self.about.wordings_mut())
            .chain(self.items.iter_mut().flat_map(Item::wordings_mut))
    }

    /// Whether a language is a machine translation that nobody has reviewed yet.
    pub fn is_unread_draft(&self, tag: &str) -> bool {
        self.machine_drafts
            .get(tag)
            .is_some_and(|reader| reader.trim().is_empty())
    }

    /// The names of a language's texts whose source sentence has changed since they were translated.
    pub fn stale_words(&self, tag: &str) -> Vec<String> {
        let (Some(marks), Some(source)) = (self.translated_from.get(tag), self.languages.first())
        else {
            return Vec::new();
        };
        let changed = |name: &String, text: &LocalizedText| {
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

    /// The names of missing texts, for every language of the survey that is missing any. A text that is empty in every
    /// language, such as an optional hint, isn't missing.
    pub fn missing_words(&self) -> Vec<(String, Vec<String>)> {
        let lacking = |tag: &String| {
            let only = std::slice::from_ref(tag);
            let lacks = |text: &LocalizedText| !text.is_empty() && !text.missing(only).is_empty();
            let names = self.wordings().filter(|(_, text)| lacks(text));
            (tag.clone(), names.map(|(name, _)| name).collect::<Vec<_>>())
        };
        self.languages
            .iter()
            .map(lacking)
            .filter(|(_, names)| !names.is_empty())
            .collect()
    }

    /// The languages that have every text and aren't unreviewed machine translations, in the survey's order.
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
