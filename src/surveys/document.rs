//! A survey as a document: what is asked, in which words. `fixtures/riverside/survey.toml` is the documented example.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

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
    /// The questions, in order.
    #[serde(default)]
    pub items: Vec<Item>,
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

/// What is wrong with a document: where, and why in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The item's key, or nothing for the survey itself.
    pub item: Option<String>,
    /// Why.
    pub reason: String,
}

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

    /// Everything that is wrong, so that it can be mended in one go.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Faults(Vec::new());
        let none = None;
        faults.note(!is_key(&self.slug), none, || {
            format!(
                "“{}” cannot be a survey's address: use lower-case letters, digits and hyphens",
                self.slug
            )
        });
        faults.note(self.languages.is_empty(), none, || {
            "name at least one language".to_owned()
        });
        faults.note(self.title.is_empty(), none, || {
            "the survey has no title".to_owned()
        });
        faults.note(self.items.is_empty(), none, || {
            "the survey asks nothing yet".to_owned()
        });
        let mut seen = BTreeSet::new();
        for item in &self.items {
            let key = Some(item.key.as_str());
            faults.note(!is_key(&item.key), key, || {
                "a key has lower-case letters, digits and hyphens".to_owned()
            });
            faults.note(!seen.insert(&item.key), key, || {
                "two questions have this key".to_owned()
            });
            faults.item(item);
        }
        faults.0
    }

    /// The wordings that a language lacks, as `item: part`, for every language of the survey.
    pub fn missing_words(&self) -> Vec<(String, Vec<String>)> {
        let lacking = |tag: &String| {
            let only = std::slice::from_ref(tag);
            let lacks = |text: &LocalisedText| !text.is_empty() && !text.missing(only).is_empty();
            let own = [
                ("title", &self.title),
                ("intro", &self.intro),
                ("thanks", &self.thanks),
            ];
            let own = own
                .into_iter()
                .filter(|(_, text)| lacks(text))
                .map(|(name, _)| name.to_owned());
            let items = self.items.iter().flat_map(|item| {
                let parts = [
                    ("question", &item.label),
                    ("help", &item.help),
                    ("low end", &item.low),
                    ("high end", &item.high),
                ];
                let parts = parts
                    .into_iter()
                    .filter(|(_, text)| lacks(text))
                    .map(|(name, _)| format!("{}: {name}", item.key));
                let choices = item
                    .choices
                    .iter()
                    .filter(|choice| lacks(&choice.label))
                    .map(|choice| format!("{}: {}", item.key, choice.key));
                parts.chain(choices).collect::<Vec<_>>()
            });
            (tag.clone(), own.chain(items).collect::<Vec<_>>())
        };
        self.languages
            .iter()
            .map(lacking)
            .filter(|(_, parts)| !parts.is_empty())
            .collect()
    }
}

struct Faults(Vec<Fault>);

impl Faults {
    fn note(&mut self, wrong: bool, item: Option<&str>, reason: impl FnOnce() -> String) {
        if wrong {
            self.0.push(Fault {
                item: item.map(str::to_owned),
                reason: reason(),
            });
        }
    }

    fn item(&mut self, item: &Item) {
        let key = Some(item.key.as_str());
        let lists = matches!(item.kind, ItemKind::Single | ItemKind::Multiple);
        self.note(item.label.is_empty(), key, || {
            "the question has no words".to_owned()
        });
        self.note(lists && item.choices.len() < 2, key, || {
            "it needs at least two choices".to_owned()
        });
        self.note(!lists && !item.choices.is_empty(), key, || {
            "only single and multiple list choices".to_owned()
        });
        self.note(item.is_open() && item.asks.is_none(), key, || {
            "say what it asks for: strength, need, hope, opportunity, threat or other".to_owned()
        });
        self.note(!item.is_open() && item.asks.is_some(), key, || {
            "only an open question asks for something".to_owned()
        });
        self.note(
            item.at_most
                .is_some_and(|most| most == 0 || item.kind != ItemKind::Multiple),
            key,
            || "at_most is for multiple, and at least 1".to_owned(),
        );
        let ends = item.ends();
        let width = ends.end().saturating_sub(*ends.start());
        self.note(
            item.kind == ItemKind::Scale && !(1..=10).contains(&width),
            key,
            || "a scale has 2 to 11 points".to_owned(),
        );
        self.note(item.length() == 0 || item.length() > 20_000, key, || {
            "max_length is 1 to 20000 characters".to_owned()
        });
        let mut seen = BTreeSet::new();
        for choice in &item.choices {
            self.note(!is_key(&choice.key), key, || {
                format!("“{}” cannot be a choice's key", choice.key)
            });
            self.note(!seen.insert(&choice.key), key, || {
                format!("two choices have the key “{}”", choice.key)
            });
            self.note(choice.label.is_empty(), key, || {
                format!("the choice “{}” has no words", choice.key)
            });
        }
    }
}

/// Whether a text can be a key: lower-case letters, digits and hyphens, 64 at the most, not starting with a hyphen.
pub fn is_key(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-')
}

/// Reads a document; a shape that cannot be read comes back in plain words, with its line.
pub fn parse_document(text: &str) -> Result<Document, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// Writes a document; reading it again gives the same.
pub fn write_document(document: &Document) -> Result<String, String> {
    toml::to_string_pretty(document).map_err(|error| error.to_string())
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}
