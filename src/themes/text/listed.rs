//! Words that a language's own list holds: the vocabularies of Snowball, in `fixtures/stems/`, whose README names their licence.

use std::sync::LazyLock;

use hashbrown::HashSet;

use super::language::Language;

static ENGLISH: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../../fixtures/stems/en.csv")));

static SPANISH: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../../fixtures/stems/es.csv")));

/// The first column, below its name.
fn words(list: &'static str) -> HashSet<&'static str> {
    let lines = list.lines().skip(1);
    lines.filter_map(|line| line.split(',').next()).collect()
}

/// Whether the list of a language holds a folded word. A language without a list knows none.
pub fn is_listed(language: Language, word: &str) -> bool {
    match language {
        Language::ENGLISH => ENGLISH.contains(word),
        Language::SPANISH => SPANISH.contains(word),
        _ => false,
    }
}
