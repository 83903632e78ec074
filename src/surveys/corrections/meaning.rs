//! Checks whether a question still asks the same thing of the same people.

use std::collections::BTreeMap;

use super::{keeps_order, moved_words};
use crate::localized::LocalizedText;
use crate::surveys::document::Document;
use crate::surveys::faults::Faults;
use crate::surveys::item::{Choice, Item};
use crate::surveys::kind::ItemKind;
use crate::surveys::rule::Rule;

impl Faults {
    pub(super) fn same_meaning(&mut self, before: &Item, after: &Item) {
        let new_key = |what: &str| {
            format!(
                "{what}, so it asks something different: put it back, and add a new question with its own key"
            )
        };
        self.note(before.kind != after.kind, || {
            new_key(&format!(
                "its kind changed from {} to {}",
                before.kind, after.kind
            ))
        });
        self.note(before.intent != after.intent, || {
            new_key("what it asks about has changed")
        });
        let scale = |item: &Item| item.is_scale().then(|| item.ends());
        let rescaled = before.kind == after.kind && scale(before) != scale(after);
        self.note(rescaled, || new_key("the ends of its scale have changed"));
        self.note(before.at_most != after.at_most, || {
            new_key("how many choices people can pick has changed")
        });
        self.note(before.several != after.several, || {
            new_key("whether people can pick several has changed")
        });
        self.note(before.points() != after.points(), || {
            new_key("the total number of points has changed")
        });
        self.note(after.required && !before.required, || {
            "people have skipped it, so you cannot make it required now".to_owned()
        });
        self.note(after.length() < before.length(), || {
            format!(
                "people were promised {} characters: you can only increase max_length",
                before.length()
            )
        });
        self.takes_no_less(before, after);
        self.same_list("choice", &before.choices, &after.choices, before.is_scale());
        self.same_list("row", &before.rows, &after.rows, false);
        self.same_words(&[
            ("low", &before.low, &after.low),
            ("high", &before.high, &after.high),
        ]);
    }

    /// Checks that every answer that was possible is still possible.
    fn takes_no_less(&mut self, before: &Item, after: &Item) {
        let lost = |key: &String| !after.only.contains(key);
        let narrower = match (before.only.is_empty(), after.only.is_empty()) {
            (_, true) => false,
            (true, false) => true,
            (false, false) => before.only.iter().any(lost),
        };
        self.note(narrower, || {
            "a group or language that people could choose was removed: put it back".to_owned()
        });
        let gone = |was: &LocalizedText, is: &LocalizedText| !was.is_empty() && is.is_empty();
        self.note(gone(&before.other, &after.other), || {
            "other was removed, but people have chosen it: put it back".to_owned()
        });
        self.note(gone(&before.not_applicable, &after.not_applicable), || {
            "not_applicable was removed, but people have chosen it: put it back".to_owned()
        });
        let (was, is) = (before.bounds(), after.bounds());
        let shrunk = is.start() > was.start() || is.end() < was.end();
        self.note(before.kind == ItemKind::Number && shrunk, || {
            format!(
                "people may have answered anything from {} to {}: you can only widen the range",
                was.start(),
                was.end()
            )
        });
    }

    /// Checks that no choice or row was removed, because people may have chosen it. The labels of a scale's points can
    /// come and go.
    fn same_list(&mut self, what: &str, before: &[Choice], after: &[Choice], is_scale: bool) {
        let now = |key: &str| after.iter().find(|one| one.key == key);
        for one in before.iter().filter(|_| !is_scale) {
            self.note(now(&one.key).is_none(), || {
                format!(
                    "the {what} “{}” was removed, but people have chosen it: put it back. You can add new ones",
                    one.key
                )
            });
        }
        self.note(!keeps_order(before, after, |one| &one.key), || {
            format!(
                "its {what}s are in a different order: put them back in order. You can add new ones anywhere"
            )
        });
        let kept = before
            .iter()
            .filter_map(|one| Some((one.key.as_str(), &one.label, &now(&one.key)?.label)));
        self.same_words(&kept.collect::<Vec<_>>());
    }

    fn same_words(&mut self, list: &[super::Renamed<'_>]) {
        for (key, other) in moved_words(list) {
            self.note(true, || {
                format!("“{key}” has the text of “{other}”, and answers belong to keys, not positions: put both back")
            });
        }
    }

    /// Checks that the rules haven't changed: they decide who is asked a question, and so what its percentages are out
    /// of.
    pub(super) fn same_people(&mut self, before: &Document, after: &Document) {
        let (was, is) = (rules(before), rules(after));
        for item in before.questions() {
            let key = item.key.as_str();
            self.within(key);
            let changed = is.get(key).is_some_and(|now| was.get(key) != Some(now));
            self.note(changed, || {
                "its show_if, or its section's, has changed, so different people would be asked: put it back, or add a new question with its own key".to_owned()
            });
        }
    }
}

/// The rules that apply to each question: its section's and its own.
fn rules(document: &Document) -> BTreeMap<&str, Vec<&Rule>> {
    let mut section = None;
    let mut rules = BTreeMap::new();
    for item in &document.items {
        let own = item.show_if.as_ref();
        if item.is_question() {
            rules.insert(item.key.as_str(), section.into_iter().chain(own).collect());
        } else {
            section = own;
        }
    }
    rules
}
