//! The reviewed word lists of each language, one file per language in `data/`.
//!
//! To add a language, write its file and add it to `LEXICONS`. Without a list, a language has no stop words and gets no
//! votes.

use std::sync::LazyLock;

use hashbrown::{HashMap, HashSet};

use super::language::Language;

/// A language's function words. All words are folded (see [`super::fold`]).
#[derive(Debug)]
pub struct Lexicon {
    /// Words that hold a sentence together but carry no content; they aren't keywords.
    pub stop_words: HashSet<&'static str>,
    /// Words that negate ("not"); never stop words.
    pub negators: HashSet<&'static str>,
    /// Words that say how much or how many ("more"); never stop words.
    pub quantifiers: HashSet<&'static str>,
    /// Complete answers without content ("n/a"), as written in the list.
    pub non_answers: Vec<&'static str>,
}

/// The word lists, by language.
static LEXICONS: LazyLock<HashMap<Language, Lexicon>> = LazyLock::new(|| {
    HashMap::from([
        (
            Language::ENGLISH,
            Lexicon::parse(include_str!("data/en.txt")),
        ),
        (
            Language::SPANISH,
            Lexicon::parse(include_str!("data/es.txt")),
        ),
    ])
});

/// A language's lists, if it has any.
pub fn lexicon(language: Language) -> Option<&'static Lexicon> {
    LEXICONS.get(&language)
}

/// Every language that has lists, in no particular order.
pub fn lexicons() -> impl Iterator<Item = (Language, &'static Lexicon)> {
    LEXICONS
        .iter()
        .map(|(language, lexicon)| (*language, lexicon))
}

impl Lexicon {
    /// Parses a list: `#` starts a comment, `[section]` starts a section, and words are separated by spaces.
    /// Non-answers have a line each.
    fn parse(list: &'static str) -> Self {
        let mut lexicon = Self {
            stop_words: HashSet::new(),
            negators: HashSet::new(),
            quantifiers: HashSet::new(),
            non_answers: Vec::new(),
        };
        let mut section = "";
        for line in list.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
            {
                section = name;
            } else if section == "non-answers" && !line.is_empty() {
                lexicon.non_answers.push(line);
            } else {
                let words = match section {
                    "negators" => &mut lexicon.negators,
                    "quantifiers" => &mut lexicon.quantifiers,
                    _ => &mut lexicon.stop_words,
                };
                words.extend(line.split_whitespace());
            }
        }
        lexicon
    }

    /// All function words of the language, which vote when we detect a comment's language.
    pub fn function_words(&self) -> impl Iterator<Item = &'static str> {
        self.stop_words
            .iter()
            .chain(&self.negators)
            .chain(&self.quantifiers)
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::themes::text::tokens::tokens;

    #[test]
    fn negators_and_quantifiers_are_never_stop_words() {
        for (language, lexicon) in lexicons() {
            let kept: Vec<_> = lexicon
                .negators
                .union(&lexicon.quantifiers)
                .filter(|word| lexicon.stop_words.contains(*word))
                .collect();
            assert!(kept.is_empty(), "{language}: {kept:?}");
        }
    }

    #[test]
    fn every_listed_word_is_a_single_token() {
        for (language, lexicon) in lexicons() {
            for word in lexicon.function_words() {
                let found: Vec<_> = tokens(word, language)
                    .into_iter()
                    .map(|token| token.word)
                    .collect();
                assert_eq!(found, [word], "{language}");
            }
        }
    }

    #[test]
    fn the_lists_have_the_words_of_their_language() {
        let english = lexicon(Language::ENGLISH).unwrap();
        assert!(
            english.stop_words.contains("the")
                && english.negators.contains("don't")
                && english.quantifiers.contains("more")
        );
        let spanish = lexicon(Language::SPANISH).unwrap();
        assert!(
            spanish.stop_words.contains("el")
                && spanish.negators.contains("nunca")
                && spanish.quantifiers.contains("más")
        );
        assert!(lexicon("vi".parse().unwrap()).is_none());
    }
}
