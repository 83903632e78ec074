//! Validates a document. Reports all problems at once and in plain words, so that people can fix them in one go.

use std::collections::BTreeSet;

use serde::Serialize;

use super::document::Document;
use super::given::DistrictText;
use super::kind::ItemKind;
use super::model::Places;
use crate::keys::{is_key, is_language};
use crate::localized::LocalizedText;

mod item;
mod rule;

/// A problem in a document: where it is, and what it is in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The item's key. `None` for the survey itself.
    pub item: Option<String>,
    /// What's wrong.
    pub reason: String,
}

impl Fault {
    /// A problem of the survey itself.
    pub(super) fn of_survey(reason: &str) -> Self {
        Self {
            item: None,
            reason: reason.to_owned(),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.item {
            Some(item) => write!(formatter, "{item}: {}", self.reason),
            None => formatter.write_str(&self.reason),
        }
    }
}

/// The most items in a survey.
const ITEMS: usize = 200;

/// A slug that the desk uses in its own URLs.
const RESERVED: &str = "new";

impl Document {
    /// The problems of the document on its own. Missing translations only matter when it's published.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.survey(self);
        let mut seen = BTreeSet::new();
        for item in &self.items {
            faults.within(&item.key);
            faults.note(!is_key(&item.key), || {
                "use lowercase letters, digits, and hyphens in a key".to_owned()
            });
            faults.note(!seen.insert(&item.key), || {
                "two questions have this key: give each its own".to_owned()
            });
            faults.item(item);
        }
        faults.rules(self);
        faults.found
    }

    /// The problems from [`Document::faults`], plus anything that doesn't match the district's groups and schools.
    pub fn faults_in(&self, places: &Places) -> Vec<Fault> {
        let mut faults = Faults {
            found: self.faults(),
            item: None,
        };
        let known = |key: &String| places.groups.iter().any(|group| group.key == *key);
        faults.unknown_groups(self.group.iter().filter(|key| !known(key)));
        for item in &self.items {
            faults.within(&item.key);
            let groups = item.only.iter().filter(|_| item.kind == ItemKind::Group);
            faults.unknown_groups(groups.filter(|key| !known(key)));
            faults.note(
                item.kind == ItemKind::Group && places.groups.is_empty(),
                || "the district has no groups to choose from: add them to its file".to_owned(),
            );
            faults.note(
                item.kind == ItemKind::School && places.schools.is_empty(),
                || "the district has no schools to choose from: add them to its file".to_owned(),
            );
        }
        faults.unknown_places(self, places);
        faults.found
    }

    /// Missing translations, as faults: every language must be complete before the survey is published. An unreviewed
    /// machine translation isn't shown to anyone, so it doesn't block publishing.
    pub fn wordless(&self, given: &DistrictText) -> Vec<Fault> {
        let missing = self.missing_with(given).into_iter();
        missing
            .filter(|(tag, _)| !self.is_unread_draft(tag))
            .map(|(tag, names)| {
                Fault::of_survey(&format!(
                    "the language “{tag}” is missing text for {}",
                    names.join(", ")
                ))
            })
            .collect()
    }
}

/// Collects problems under the key of the current item.
#[derive(Default)]
pub(super) struct Faults {
    pub(super) found: Vec<Fault>,
    item: Option<String>,
}

impl Faults {
    /// Reports the next problems under this item.
    pub(super) fn within(&mut self, item: &str) {
        self.item = Some(item.to_owned());
    }

    /// Reports the next problems under the survey itself.
    pub(super) fn outside(&mut self) {
        self.item = None;
    }

    pub(super) fn note(&mut self, wrong: bool, reason: impl FnOnce() -> String) {
        if wrong {
            self.found.push(Fault {
                item: self.item.clone(),
                reason: reason(),
            });
        }
    }

    fn survey(&mut self, document: &Document) {
        self.note(!is_key(&document.slug), || {
            format!(
                "“{}” cannot be a survey's address: use lowercase letters, digits, and hyphens",
                document.slug
            )
        });
        self.note(document.slug == RESERVED, || {
            format!(
                "“{RESERVED}” cannot be a survey's address because the desk uses it: choose another"
            )
        });
        self.note(document.languages.is_empty(), || {
            "list at least one language".to_owned()
        });
        let mut seen = BTreeSet::new();
        for tag in &document.languages {
            self.note(!is_language(tag), || {
                format!("“{tag}” is not a language tag: use one such as en or es")
            });
            self.note(!seen.insert(tag), || format!("“{tag}” is listed twice"));
        }
        self.note(document.title.is_empty(), || {
            "the survey needs a title".to_owned()
        });
        self.note(document.questions().next().is_none(), || {
            "the survey needs at least one question".to_owned()
        });
        self.note(document.items.len() > ITEMS, || {
            format!("a survey can have at most {ITEMS} questions and sections")
        });
        let about = &document.about;
        self.note(about.receipts && !document.is_for_students(), || {
            "receipts is only for student surveys: everyone else always gets a receipt".to_owned()
        });
        self.note(
            about.minutes.is_some_and(|it| !(1..=120).contains(&it)),
            || "minutes must be from 1 to 120".to_owned(),
        );
        for (name, text) in document.wordings() {
            self.note(holds_control_characters(text), || {
                format!("{name} has a character that pages cannot show: remove it")
            });
        }
        self.once(document, ItemKind::Group, "the group");
        self.once(document, ItemKind::School, "the school");
        self.once(document, ItemKind::Grade, "the grade band");
        self.once(document, ItemKind::Language, "the language at home");
        let intent = document
            .items
            .iter()
            .any(|item| item.kind == ItemKind::Group);
        self.note(document.group.is_some() && intent, || {
            "the survey sets a group and also asks for it: keep one of the two".to_owned()
        });
    }

    /// A response has one group, one list of schools, one of grade bands and one of languages, so each kind can be
    /// asked only once.
    fn once(&mut self, document: &Document, kind: ItemKind, what: &str) {
        let asking = document.items.iter().filter(|item| item.kind == kind);
        self.note(asking.count() > 1, || {
            format!("only one question can ask for {what}")
        });
    }

    fn unknown_groups<'a>(&mut self, keys: impl Iterator<Item = &'a String>) {
        for key in keys {
            self.note(true, || format!("the district has no group “{key}”"));
        }
    }
}

fn holds_control_characters(text: &LocalizedText) -> bool {
    let strange = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t' | '\r');
    text.0.values().any(|words| words.contains(strange))
}

#[cfg(test)]
mod tests;
