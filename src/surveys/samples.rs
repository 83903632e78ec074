//! Documents for tests: one that is right, and arbitrary ones.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use super::about::{About, Audience};
use super::document::{Asks, Choice, Document, Item, ItemKind, Unit};
use super::file::parse_document;
use crate::localised::LocalisedText;

/// A small survey in English and Spanish that asks for a school, a scale, some of three choices, and words.
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
        asks = "strength"
        required = true
        max_length = 500
        label = { en = "What goes well?", es = "¿Qué va bien?" }
        "#,
    )
    .unwrap()
}

fn texts() -> impl Strategy<Value = LocalisedText> {
    btree_map("[a-z]{2}(-[A-Z]{2})?", any::<String>(), 0..4).prop_map(LocalisedText)
}

fn choices() -> impl Strategy<Value = Choice> {
    (any::<String>(), texts()).prop_map(|(key, label)| Choice { key, label })
}

fn items() -> impl Strategy<Value = Item> {
    let settings = (
        any::<String>(),
        proptest::sample::select(ItemKind::ALL),
        option::of(proptest::sample::select(Asks::ALL)),
        any::<bool>(),
        option::of(0..1_000_000_usize),
        any::<bool>(),
        vec(any::<String>(), 0..3),
        option::of(0..1_000_000_usize),
        option::of(any::<i64>()),
        option::of(any::<i64>()),
    );
    let words = (texts(), texts(), texts(), texts(), vec(choices(), 0..4));
    (settings, words).prop_map(|(settings, (label, help, low, high, choices))| {
        let (key, kind, asks, required, at_most, several, only, max_length, from, to) = settings;
        Item {
            key,
            kind,
            asks,
            required,
            at_most,
            several,
            only,
            max_length,
            from,
            to,
            label,
            help,
            low,
            high,
            choices,
        }
    })
}

fn about() -> impl Strategy<Value = About> {
    let settings = (
        proptest::sample::select(Audience::ALL),
        any::<bool>(),
        option::of(any::<u32>()),
    );
    (settings, texts(), texts(), texts()).prop_map(
        |((audience, receipts, minutes), purpose, readers, support)| About {
            audience,
            receipts,
            minutes,
            purpose,
            readers,
            support,
        },
    )
}

/// Documents of every shape that the types allow, right or not.
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

/// A wording in English and Spanish.
pub(super) fn both(english: &str, spanish: &str) -> LocalisedText {
    LocalisedText(BTreeMap::from([
        ("en".to_owned(), english.to_owned()),
        ("es".to_owned(), spanish.to_owned()),
    ]))
}
