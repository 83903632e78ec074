//! The words of a list's signs. A comment can only contain a sign if it has all its words, which is quick to check.

use crate::themes::engine::rule::{Term, TermWord};
use crate::themes::text::Language;
use crate::themes::text::lexicon::lexicon;
use crate::themes::text::stems::{Snowball, Stem};

/// The words of one list.
#[derive(Debug)]
pub(super) struct SignWords {
    language: Language,
    stemmer: Snowball,
    /// Each word once; words compared by stem are stored as stems.
    words: Vec<TermWord>,
    /// For each of these words, the signs that are looked up by it: the indexes of all words that each needs.
    looked_up: Vec<Vec<Vec<u16>>>,
}

impl SignWords {
    pub(super) fn new(language: Language) -> Self {
        Self {
            language,
            stemmer: Snowball::new(language),
            words: Vec::new(),
            looked_up: Vec::new(),
        }
    }

    /// Adds a sign.
    pub(super) fn add(&mut self, sign: &Term, everyday: &[String]) {
        let words = match sign {
            Term::Word(word) => vec![word],
            Term::Phrase(words) => words.iter().collect(),
            Term::Near { one, other, .. } => one.iter().chain(other).collect(),
        };
        let Some(anchor) = self.anchor(&words, everyday) else {
            return;
        };
        // Languages may split a word differently if it isn't all letters, so only the anchor may be such a word.
        let plain = words
            .iter()
            .filter(|word| letters(word).chars().all(char::is_alphabetic));
        let needed = plain.map(|word| self.number(word)).collect();
        let anchor = usize::from(self.number(anchor));
        if let Some(signs) = self.looked_up.get_mut(anchor) {
            signs.push(needed);
        }
    }

    /// The indexes of the words that a folded word matches.
    pub(super) fn places(&self, word: &str) -> impl Iterator<Item = u16> {
        let stem = self.stemmer.stem(word);
        let is_it = move |known: &TermWord| match known {
            TermWord::Stem(known) => *known == stem,
            TermWord::Beginning(beginning) => word.starts_with(beginning.as_str()),
        };
        let words = (0..).zip(&self.words);
        words
            .filter(move |(_, known)| is_it(known))
            .map(|(place, _)| place)
    }

    /// Whether any sign looked up by this word has all its words.
    pub(super) fn completes(&self, place: u16, has: impl Fn(u16) -> bool) -> bool {
        let signs = self.looked_up.get(usize::from(place));
        let mut signs = signs.into_iter().flatten();
        signs.any(|needed| needed.iter().all(|word| has(*word)))
    }

    /// The word that a sign is looked up by: its last word that's neither a function word nor an everyday word;
    /// otherwise its longest.
    fn anchor<'a>(&self, words: &[&'a TermWord], everyday: &[String]) -> Option<&'a TermWord> {
        let is_small = |word: &str| {
            lexicon(self.language)
                .is_some_and(|known| known.function_words().any(|small| small == word))
        };
        let is_rare = |word: &&&TermWord| {
            let word = letters(word);
            !is_small(word) && !everyday.iter().any(|common| common == word)
        };
        let longest = words
            .iter()
            .max_by_key(|word| letters(word).chars().count());
        words.iter().rev().find(is_rare).or(longest).copied()
    }

    fn number(&mut self, word: &TermWord) -> u16 {
        let word = match word {
            TermWord::Stem(word) => TermWord::Stem(self.stemmer.stem(word).into_owned()),
            beginning @ TermWord::Beginning(_) => beginning.clone(),
        };
        let known = self.words.iter().position(|known| *known == word);
        let place = known.unwrap_or_else(|| {
            self.words.push(word);
            self.looked_up.push(Vec::new());
            self.words.len() - 1
        });
        // Nobody can review a list of 65,536 words.
        u16::try_from(place).unwrap_or(u16::MAX)
    }
}

fn letters(word: &TermWord) -> &str {
    match word {
        TermWord::Stem(word) | TermWord::Beginning(word) => word,
    }
}
