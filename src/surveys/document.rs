//! A survey as a document: what is asked, in which words. `fixtures/riverside/survey.toml` is the documented example.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::about::About;
use super::item::Item;
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

impl Unit {
    /// What people call several of them.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Household => "households",
            Self::ChildAndSchool => "children",
            Self::Table => "tables",
        }
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
    /// The machine-translated languages, each with the name of the person who reviewed it; empty before
    /// somebody has, and then the language is not shown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub machine_drafts: BTreeMap<String, String>,
    /// Which sentence each translation was made from: language, name of the wording, `source_mark` of the sentence. A
    /// translation without an entry was written from the current source.
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

impl Document {
    /// The item of a key.
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    /// What can be answered: everything but the sections.
    pub fn questions(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.is_question())
    }

    /// Whether sections part it into several steps; a heading over all of it does not.
    pub fn is_in_steps(&self) -> bool {
        let mut after_the_first = self.items.iter().skip(1);
        after_the_first.any(|item| !item.is_question())
    }

    /// Every item, with whether people meet it by what they answered before: by its own rule, or by its section's.
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

    /// The questions that take words: those that ask for nothing else, and those whose last choice asks to be explained.
    pub fn open_items(&self) -> impl Iterator<Item = &Item> {
        let takes_words = |item: &&Item| item.is_open() || item.has_other();
        self.items.iter().filter(takes_words)
    }

    /// The item that a field belongs to, and the part of it where it has several; see [`Item::fields`]. A matrix, a
    /// ranking and points have no field of their own name.
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

    /// Puts a wording into other words. A translation that is rewritten matches its source again; one that is
    /// left while its source changes is stale from now on.
    pub(super) fn reword(&mut self, name: &str, words: &LocalisedText) {
        let Some(text) = self.wording_mut(name) else {
            return;
        };
        let before = std::mem::replace(text, words.clone());
        let Some((source, translations)) = self.languages.split_first() else {
            return;
        };
        let said =
            |text: &LocalisedText, tag: &String| text.0.get(tag).cloned().unwrap_or_default();
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
