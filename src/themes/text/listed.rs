//! Words in a language's own list: the Snowball vocabularies in `fixtures/stems/`, whose README has their license.

use std::sync::LazyLock;

use hashbrown::HashSet;

use super::language::Language;

static ENGLISH: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../../fixtures/stems/en.csv")));

static SPANISH: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../../fixtures/stems/es.csv")));

/// The words of the first column, without the header.
fn words(list: &'static str) -> HashSet<&'static str> {
    let lines = list.lines().skip(1);
    lines.filter_map(|line| line.split(',').next()).collect()
}

/// Whether a language's list contains a folded word. Always false for a language without a list.
pub fn is_listed(language: Language, word: &str) -> bool {
    match language {
        Language::ENGLISH => ENGLISH.contains(word),
        Language::SPANISH => SPANISH.contains(word),
        _ => false,
    }
}
