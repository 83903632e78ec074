//! Validates a single question.

use std::collections::BTreeSet;

use super::Faults;
use crate::keys::{is_key, is_language};
use crate::surveys::item::{Choice, Item, NOT_APPLICABLE, OTHER};
use crate::surveys::kind::ItemKind;

/// The highest character limit that a question can set.
const LONGEST: usize = 20_000;

/// The most rows in a matrix. More would make a page that nobody finishes on a phone.
const ROWS: usize = 20;

/// The most points to divide. Each number of points is counted as a set of its own.
const MOST_POINTS: i64 = 100;

/// The kinds that can have an "other" choice.
const WITH_OTHER: &[ItemKind] = &[ItemKind::Single, ItemKind::Multiple, ItemKind::Language];

/// A setting: whether an item has it, its name in a message, and the kinds that allow it.
type Setting = (bool, &'static str, &'static [ItemKind]);

fn settings(item: &Item) -> [Setting; 12] {
    use ItemKind as K;
    let ends = item.from.is_some() || item.to.is_some();
    let labeled = !item.low.is_empty() || !item.high.is_empty();
    let explained = item.intent.is_some() && !WITH_OTHER.contains(&item.kind);
    let choices = !item.choices.is_empty();
    let not_applicable = !item.not_applicable.is_empty();
    [
        (
            choices,
            "choices are",
            &[
                K::Single,
                K::Multiple,
                K::Scale,
                K::Matrix,
                K::Ranking,
                K::ConstantSum,
                K::Grade,
            ],
        ),
        (!item.rows.is_empty(), "rows are", &[K::Matrix]),
        (explained, "intent is", &[K::Text, K::ShortText]),
        (
            item.max_length.is_some(),
            "max_length is",
            &[K::Text, K::ShortText],
        ),
        (
            item.at_most.is_some(),
            "at_most is",
            &[K::Multiple, K::Ranking],
        ),
        (ends, "from and to are", &[K::Scale, K::Matrix, K::Number]),
        (labeled, "low and high are", &[K::Scale, K::Matrix]),
        (not_applicable, "not_applicable is", &[K::Scale, K::Matrix]),
        (item.total.is_some(), "total is", &[K::ConstantSum]),
        (
            item.several,
            "several is",
            &[K::School, K::Grade, K::Language],
        ),
        (!item.only.is_empty(), "only is", &[K::Group, K::Language]),
        (item.has_other(), "other is", WITH_OTHER),
    ]
}

impl Faults {
    pub(super) fn item(&mut self, item: &Item) {
        self.note(item.label.is_empty(), || {
            if item.is_question() {
                "the question needs text"
            } else {
                "the section needs a heading"
            }
            .to_owned()
        });
        self.misplaced(item);
        self.words(item);
        self.lists(item);
        self.numbers(item);
        if item.is_scale() || item.kind == ItemKind::Scale {
            self.scale(item);
        }
        self.note(!item.when.is_empty() && item.show_if.is_none(), || {
            "when explains a show_if, but the question has none: add one or remove when".to_owned()
        });
    }

    /// Reports settings that don't belong to this kind of question.
    fn misplaced(&mut self, item: &Item) {
        for (set, what, kinds) in settings(item) {
            self.note(set && !kinds.contains(&item.kind), || {
                let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
                format!("{what} only for questions of kind {}", listed(&kinds))
            });
        }
        self.note(item.required && !item.is_question(), || {
            "a section has no answer, so it cannot be required: remove required".to_owned()
        });
    }

    fn words(&mut self, item: &Item) {
        let goals = "strength, need, hope, opportunity, threat, or other";
        self.note(item.is_open() && item.intent.is_none(), || {
            format!("set intent to what it asks about: {goals}")
        });
        let may_explain = WITH_OTHER.contains(&item.kind) && !item.has_other();
        self.note(item.intent.is_some() && may_explain, || {
            "intent describes the text of other, but the question has no other: add one or remove intent".to_owned()
        });
        self.note(!(1..=LONGEST).contains(&item.length()), || {
            format!("max_length must be from 1 to {LONGEST} characters")
        });
    }

    fn lists(&mut self, item: &Item) {
        use ItemKind as K;
        let lists = matches!(
            item.kind,
            K::Single | K::Multiple | K::Ranking | K::ConstantSum | K::Grade
        ) || item.kind == K::Matrix && !item.is_scale();
        self.note(
            lists && item.choices.len() + usize::from(item.has_other()) < 2,
            || "the question needs at least two choices".to_owned(),
        );
        self.note(
            item.kind == K::Matrix && !(1..=ROWS).contains(&item.rows.len()),
            || format!("a matrix must have 1 to {ROWS} rows"),
        );
        self.note(
            item.kind == K::Language && item.only.len() + usize::from(item.has_other()) < 2,
            || "list the languages to choose from: only = [\"en\", \"es\"]".to_owned(),
        );
        for tag in item.only.iter().filter(|_| item.kind == K::Language) {
            self.note(!is_language(tag), || {
                format!("“{tag}” is not a language tag: use one such as en or es")
            });
        }
        let mut named = BTreeSet::new();
        for key in &item.only {
            self.note(!named.insert(key), || format!("only lists “{key}” twice"));
        }
        if !item.is_scale() {
            self.keys("choice", &item.choices);
        }
        self.keys("row", &item.rows);
        let taken =
            |key: &str, set: bool| set && item.choices.iter().any(|choice| choice.key == key);
        self.note(taken(OTHER, item.has_other()), || {
            format!(
                "the choice “{OTHER}” and the setting other mean the same thing: keep one of them"
            )
        });
        self.note(taken(NOT_APPLICABLE, !item.not_applicable.is_empty()), || {
            format!("the choice “{NOT_APPLICABLE}” and the setting not_applicable mean the same thing: keep one of them")
        });
    }

    fn keys(&mut self, what: &str, list: &[Choice]) {
        let mut seen = BTreeSet::new();
        for one in list {
            self.note(!is_key(&one.key), || {
                format!(
                    "“{}” cannot be a {what}'s key: use lowercase letters, digits, and hyphens",
                    one.key
                )
            });
            self.note(!seen.insert(&one.key), || {
                format!("two {what}s have the key “{}”: give each its own", one.key)
            });
            self.note(one.label.is_empty(), || {
                format!("the {what} “{}” needs text", one.key)
            });
        }
    }

    fn numbers(&mut self, item: &Item) {
        let possible = 1..=item.choices.len() + usize::from(item.has_other());
        let may_have = matches!(item.kind, ItemKind::Multiple | ItemKind::Ranking);
        let most = item.at_most.filter(|_| may_have);
        self.note(most.is_some_and(|most| !possible.contains(&most)), || {
            "at_most must be from 1 to the number of choices".to_owned()
        });
        self.note(
            item.kind == ItemKind::ConstantSum && !(2..=MOST_POINTS).contains(&item.points()),
            || format!("total must be from 2 to {MOST_POINTS} points"),
        );
        self.note(
            item.kind == ItemKind::Number && item.bounds().is_empty(),
            || "from cannot be larger than to".to_owned(),
        );
    }

    fn scale(&mut self, item: &Item) {
        let ends = item.ends();
        let width = ends.end().saturating_sub(*ends.start());
        self.note(!(1..=10).contains(&width), || {
            "a scale must have 2 to 11 points".to_owned()
        });
        if item.choices.is_empty() {
            self.note(item.low.is_empty() || item.high.is_empty(), || {
                "describe the two ends in low and high, or give each point its own text".to_owned()
            });
            return;
        }
        self.note(!item.low.is_empty() || !item.high.is_empty(), || {
            "each point has its own text: remove low and high".to_owned()
        });
        let points = ends.map(|point| point.to_string());
        self.note(
            !points.eq(item.choices.iter().map(|choice| choice.key.clone())),
            || {
                "list a choice for every point of the scale, in order, with its number as the key"
                    .to_owned()
            },
        );
        for choice in &item.choices {
            self.note(choice.label.is_empty(), || {
                format!("the point “{}” needs text", choice.key)
            });
        }
    }
}

/// Joins words for use in a sentence.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} or {two}"),
        [first @ .., last] => format!("{}, or {last}", first.join(", ")),
    }
}
