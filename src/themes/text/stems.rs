//! Stems: what the forms of a word have in common.
//!
//! Published numbers depend on stems, so the stemmer is behind a trait and its version is pinned. Callers keep a
//! [`crate::themes::engine::vocabulary::Vocabulary`], which stems each word once.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

use super::language::Language;

/// A way to find the stem of a folded word.
pub trait Stem {
    /// The stem of a folded word; the word itself if the language has no stemmer.
    fn stem<'a>(&self, word: &'a str) -> Cow<'a, str>;
}

/// The Snowball stemmer of a language, if there is one.
pub struct Snowball(Option<Stemmer>);

impl std::fmt::Debug for Snowball {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Snowball").field(&self.0.is_some()).finish()
    }
}

impl Snowball {
    /// The stemmer of a language. We skip Greek on purpose: the library's stemmer reportedly panics.
    pub fn new(language: Language) -> Self {
        let algorithm = match language.as_str() {
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "en" => Algorithm::English,
            "es" => Algorithm::Spanish,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "nb" | "no" => Algorithm::Norwegian,
            "nl" => Algorithm::Dutch,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sv" => Algorithm::Swedish,
            "ta" => Algorithm::Tamil,
            "tr" => Algorithm::Turkish,
            _ => return Self(None),
        };
        Self(Some(Stemmer::create(algorithm)))
    }
}

impl Stem for Snowball {
    fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        match &self.0 {
            Some(stemmer) => stemmer.stem(word),
            None => Cow::Borrowed(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_published_vocabulary_has_its_published_stem() {
        let mut words = 0;
        for tag in ["en", "es", "fr", "pt"] {
            let path = format!("{}/fixtures/stems/{tag}.csv", env!("CARGO_MANIFEST_DIR"));
            let mut file = csv::Reader::from_path(path).unwrap();
            let stemmer = Snowball::new(tag.parse().unwrap());
            let wrong: Vec<csv::StringRecord> = file
                .records()
                .map(Result::unwrap)
                .inspect(|_| words += 1)
                .filter(|row| stemmer.stem(&row[0]) != row[1])
                .collect();
            assert!(wrong.is_empty(), "{tag}: {wrong:?}");
        }
        // The number of words in the four files, minus a header line each.
        assert_eq!(words, 124_698);
    }

    #[test]
    fn a_language_without_a_stemmer_keeps_its_words() {
        for (tag, word) in [
            ("vi", "trường"),
            ("so", "dugsiyada"),
            ("el", "σχολεία"),
            ("und", "schools"),
        ] {
            assert_eq!(Snowball::new(tag.parse().unwrap()).stem(word), word);
        }
    }
}
