//! Documents for tests: one valid sample, and arbitrary ones.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use super::about::{About, Audience};
use super::document::{Document, Unit};
use super::file::parse_document;
use super::item::{Choice, Item};
use super::kind::{Intent, ItemKind};
use super::rule::Rule;
use crate::localized::LocalizedText;

/// A small survey in English and Spanish: a school, a scale, a multiple choice with three choices, and free text.
pub(super) fn document() -> Document {
    parse_document(
        r#"
        slug = "family"
        languages = ["en", "es"]
        unit = "person"
        group = "families"
        title = { en = "Family survey", es = "Encuesta para familias" }
        intro = { en = "We ask you.", es = "Le preguntamos." }

        [[items]]
        key = "welcome"
        kind = "scale"
        low = { en = "Not at all", es = "Nada" }
        high = { en = "Very much", es = "Mucho" }
        label = { en = "How welcome do you feel?", es = "¿Se siente bienvenido?" }

        [[items]]
        key = "first"
        kind = "multiple"
        at_most = 2
        label = { en = "What comes first?", es = "¿Qué va primero?" }

        [[items.choices]]
        key = "buses"
        label = { en = "Buses", es = "Autobuses" }

        [[items.choices]]
        key = "arts"
        label = { en = "Arts", es = "Artes" }

        [[items.choices]]
        key = "food"
        label = { en = "Food", es = "Comida" }

        [[items]]
        key = "best"
        kind = "text"
        intent = "strength"
        required = true
        max_length = 500
        label = { en = "What goes well?", es = "¿Qué va bien?" }
        "#,
    )
    .unwrap()
}

fn texts() -> impl Strategy<Value = LocalizedText> {
    btree_map("[a-z]{2}(-[A-Z]{2})?", "\\PC{0,8}", 0..3).prop_map(LocalizedText)
}

fn choices() -> impl Strategy<Value = Choice> {
    ("\\PC{0,8}", texts()).prop_map(|(key, label)| Choice { key, label })
}

/// Rules of every shape that the types allow, valid or not.
pub(super) fn rules() -> impl Strategy<Value = Rule> {
    let (field, value) = ("[a-z]{0,3}(\\.[a-z]{0,3})?", "[a-z0-9]{0,4}");
    let test = prop_oneof![
        (field, value).prop_map(|(field, value)| Rule::Equals { field, value }),
        (field, value).prop_map(|(field, value)| Rule::Includes { field, value }),
        field.prop_map(|field| Rule::Answered { field }),
        (field, any::<i64>()).prop_map(|(field, number)| Rule::AtLeast { field, number }),
    ];
    test.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Rule::And),
            vec(inner.clone(), 0..3).prop_map(Rule::Or),
            inner.prop_map(|rule| Rule::Not(Box::new(rule))),
        ]
    })
}

fn items() -> impl Strategy<Value = Item> {
    let named = (
        any::<String>(),
        proptest::sample::select(ItemKind::ALL),
        option::of(proptest::sample::select(Intent::ALL)),
    );
    let settings = (
        any::<bool>(),
        option::of(0..1_000_000_usize),
        any::<bool>(),
        vec(any::<String>(), 0..3),
        option::of(0..1_000_000_usize),
        option::of(any::<i64>()),
        option::of(any::<i64>()),
        option::of(any::<i64>()),
        option::of(rules()),
    );
    let words = (
        texts(),
        texts(),
        texts(),
        texts(),
        texts(),
        texts(),
        texts(),
    );
    let lists = (vec(choices(), 0..3), vec(choices(), 0..4));
    (named, settings, words, lists).prop_map(
        |((key, kind, intent), settings, words, (rows, choices))| {
            let (required, at_most, several, only, max_length, from, to, total, show_if) = settings;
            let (label, help, when, low, high, not_applicable, other) = words;
            Item {
                key,
                kind,
                intent,
                required,
                at_most,
                several,
                only,
                max_length,
                from,
                to,
                total,
                show_if,
                label,
                help,
                when,
                low,
                high,
                not_applicable,
                other,
                rows,
                choices,
            }
        },
    )
}

fn about() -> impl Strategy<Value = About> {
    let settings = (
        proptest::sample::select(Audience::ALL),
        any::<bool>(),
        option::of(any::<u32>()),
    );
    (settings, texts(), texts(), texts(), texts()).prop_map(
        |((audience, receipts, minutes), purpose, readers, support, hand_in)| About {
            audience,
            receipts,
            minutes,
            purpose,
            readers,
            support,
            hand_in,
        },
    )
}

/// Documents of every shape that the types allow, valid or not.
pub(super) fn documents() -> impl Strategy<Value = Document> {
    let settings = (
        any::<String>(),
        about(),
        vec("[a-z]{2}", 0..3),
        proptest::sample::select(Unit::ALL),
        option::of(any::<String>()),
    );
    (settings, texts(), texts(), texts(), vec(items(), 0..4)).prop_map(
        |((slug, about, languages, unit, group), title, intro, thanks, items)| Document {
            slug,
            languages,
            unit,
            group,
            title,
            intro,
            thanks,
            machine_drafts: BTreeMap::new(),
            translated_from: BTreeMap::new(),
            about,
            items,
        },
    )
}

/// A valid question of a kind. `dice` decides its settings; `before` is what its rule can refer to.
fn right_item(key: &str, kind: ItemKind, dice: u32, before: &[Item]) -> Item {
    use ItemKind as K;
    let dice = |side: u32| dice >> side & 1 == 1;
    let words = |text: &str| both(text, text);
    let list = |keys: &[&str]| -> Vec<Choice> {
        keys.iter()
            .map(|key| Choice {
                key: (*key).to_owned(),
                label: words(key),
            })
            .collect()
    };
    let mut item = Item::new(key, kind, words(key));
    item.required = kind != K::Section && dice(0);
    match kind {
        K::Single | K::Multiple | K::Grade | K::Ranking | K::ConstantSum => {
            item.choices = list(&["a", "b", "c"]);
        }
        K::Matrix if dice(1) => item.choices = list(&["a", "b"]),
        K::Matrix => (item.from, item.to) = (Some(1), Some(3)),
        K::Scale if dice(1) => {
            item.to = Some(3);
            item.choices = list(&["1", "2", "3"]);
        }
        K::Language => item.only = vec!["en".to_owned(), "es".to_owned()],
        K::Text | K::ShortText => item.intent = Some(Intent::Need),
        _ => {}
    }
    if item.is_scale() && item.choices.is_empty() {
        (item.low, item.high) = (words("low"), words("high"));
    }
    if kind == K::Matrix {
        item.rows = list(&["a", "b"]);
    }
    if matches!(kind, K::Scale | K::Matrix) && dice(2) {
        item.not_applicable = words("not for me");
    }
    if matches!(kind, K::Single | K::Multiple | K::Language) && dice(3) {
        item.other = words("something else");
    }
    item.several = matches!(kind, K::School | K::Grade | K::Language) && dice(4);
    item.at_most = (matches!(kind, K::Multiple | K::Ranking) && dice(5)).then_some(2);
    item.total = (kind == K::ConstantSum && dice(6)).then_some(10);
    item.show_if = dice(7)
        .then(|| before.iter().rev().find_map(|one| right_test(one, dice(8))))
        .flatten();
    if dice(9) {
        item.show_if = item.show_if.map(|rule| Rule::Not(Box::new(rule)));
    }
    item
}

/// A test that a question can pass. `None` for a section.
fn right_test(item: &Item, whether: bool) -> Option<Rule> {
    use ItemKind as K;
    let equals = |value: &str| Rule::Equals {
        field: item.key.clone(),
        value: value.to_owned(),
    };
    let includes = |value: &str| Rule::Includes {
        field: item.key.clone(),
        value: value.to_owned(),
    };
    let at_least = |field: String, number| Rule::AtLeast { field, number };
    let precise = match item.kind {
        K::Section => return None,
        K::YesNo | K::Consent => equals("yes"),
        K::Group => equals("staff"),
        K::Multiple | K::Ranking => includes("b"),
        K::Grade if item.several => includes("a"),
        K::Single | K::Grade => equals("a"),
        K::School if item.several => includes("oak"),
        K::School => equals("oak"),
        K::Language if item.several => includes("es"),
        K::Language => equals("es"),
        K::Scale | K::Number => at_least(item.key.clone(), 2),
        K::ConstantSum => at_least(item.field("a"), 2),
        K::Matrix if item.is_scale() => at_least(item.field("b"), 2),
        K::Matrix => Rule::Equals {
            field: item.field("b"),
            value: "a".to_owned(),
        },
        K::Date | K::Text | K::ShortText => Rule::Answered {
            field: item.key.clone(),
        },
    };
    let answered = Rule::Answered {
        field: item.key.clone(),
    };
    Some(if whether { precise } else { answered })
}

/// Valid surveys with every mix of kinds and rules, for a district with the group `staff` and the school `oak`.
pub(crate) fn right_documents() -> impl Strategy<Value = Document> {
    let item = (proptest::sample::select(ItemKind::ALL), any::<u32>());
    vec(item, 1..8).prop_map(|drawn| {
        let mut items = vec![right_item("q", ItemKind::YesNo, 0, &[])];
        for (place, (kind, dice)) in drawn.into_iter().enumerate() {
            let who = [
                ItemKind::Group,
                ItemKind::School,
                ItemKind::Grade,
                ItemKind::Language,
            ];
            // A survey asks each of these questions only once.
            let asked = who.contains(&kind) && items.iter().any(|item| item.kind == kind);
            if !asked {
                items.push(right_item(&format!("q{place}"), kind, dice, &items));
            }
        }
        Document {
            items,
            group: None,
            ..document()
        }
    })
}

/// A text in English and Spanish.
pub(super) fn both(english: &str, spanish: &str) -> LocalizedText {
    LocalizedText(BTreeMap::from([
        ("en".to_owned(), english.to_owned()),
        ("es".to_owned(), spanish.to_owned()),
    ]))
}
