//! The words of one language, each with a number, so that counting and matching work on numbers.
//!
//! It also caches stems: a word is folded and stemmed the first time we see it, then looked up as written.

use hashbrown::HashMap;

use crate::themes::text::{
    Language,
    fold::fold,
    lexicon::{Lexicon, lexicon},
    stems::{Snowball, Stem},
};

/// The number of a folded word within its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(u32);

/// The number of a stem within its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StemId(u32);

impl WordId {
    /// The number as an index into a list of words.
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

impl StemId {
    /// The number as an index into a list of stems.
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

/// A word as used for comparison, with its properties.
#[derive(Debug)]
pub struct Word {
    /// The folded word.
    pub folded: Box<str>,
    /// Its stem.
    pub stem: StemId,
    /// Whether it's a stop word: rules match it, but it isn't a keyword.
    pub stop: bool,
}

/// The words of one language.
#[derive(Debug)]
pub struct Vocabulary {
    language: Language,
    stemmer: Snowball,
    lexicon: Option<&'static Lexicon>,
    /// Words as written and as folded. Short ones, which are most of them, are stored by their bytes as numbers.
    short: HashMap<Short, WordId>,
    long: HashMap<Box<str>, WordId>,
    words: Vec<Word>,
    stem_ids: HashMap<Box<str>, StemId>,
    stems: Vec<Box<str>>,
}

impl Vocabulary {
    /// An empty vocabulary.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            stemmer: Snowball::new(language),
            lexicon: lexicon(language),
            short: HashMap::new(),
            long: HashMap::new(),
            words: Vec::new(),
            stem_ids: HashMap::new(),
            stems: Vec::new(),
        }
    }

    /// The language of these words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The number of a word, given as written or folded. A new word gets the next number.
    #[inline]
    pub fn learn(&mut self, surface: &str) -> WordId {
        match self.find(surface) {
            Some(id) => id,
            None => self.add(surface),
        }
    }

    /// The number of a word, if known.
    #[inline]
    pub fn find(&self, surface: &str) -> Option<WordId> {
        match Short::new(surface) {
            Some(short) => self.short.get(&short).copied(),
            None => self.long.get(surface).copied(),
        }
    }

    fn remember(&mut self, surface: &str, id: WordId) {
        match Short::new(surface) {
            Some(short) => self.short.insert(short, id),
            None => self.long.insert(surface.into(), id),
        };
    }

    /// The number of a stem, if a known word has it.
    pub fn find_stem(&self, stem: &str) -> Option<StemId> {
        self.stem_ids.get(stem).copied()
    }

    /// A word's properties; `None` for a number from another vocabulary.
    pub fn word(&self, id: WordId) -> Option<&Word> {
        self.words.get(id.place())
    }

    /// All words, in number order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// All stems, in number order.
    pub fn stems(&self) -> &[Box<str>] {
        &self.stems
    }

    #[cold]
    fn add(&mut self, surface: &str) -> WordId {
        let folded = fold(surface);
        let known = self.find(&folded);
        let id = known.unwrap_or_else(|| self.add_folded(&folded));
        if folded != surface {
            self.remember(surface, id);
        }
        id
    }

    fn add_folded(&mut self, folded: &str) -> WordId {
        let stem_text = self.stemmer.stem(folded);
        let stem = self
            .stem_ids
            .get(stem_text.as_ref())
            .copied()
            .unwrap_or_else(|| {
                let stem = StemId(number(self.stems.len()));
                self.stems.push(stem_text.as_ref().into());
                self.stem_ids.insert(stem_text.as_ref().into(), stem);
                stem
            });
        let id = WordId(number(self.words.len()));
        let stop = self
            .lexicon
            .is_some_and(|lexicon| lexicon.stop_words.contains(folded));
        self.words.push(Word {
            folded: folded.into(),
            stem,
            stop,
        });
        self.remember(folded, id);
        id
    }
}

/// A word of at most 15 bytes as two numbers, which can be hashed and compared without following a pointer.
///
/// They hold the bytes in order, padded with zeros, with the length in the last byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Short(u64, u64);

impl Short {
    #[inline]
    fn new(word: &str) -> Option<Self> {
        let bytes = word.as_bytes();
        let length = match bytes.len() {
            0..8 => return Some(Self(Self::few(bytes), 0)),
            length @ 8..16 => length as u64,
            _ => return None,
        };
        let first = u64::from_le_bytes(*bytes.first_chunk()?);
        // The last eight bytes overlap the first eight; shift out the overlap.
        let last = u64::from_le_bytes(*bytes.last_chunk()?);
        let rest = if length == 8 {
            0
        } else {
            last >> ((16 - length) * 8)
        };
        Some(Self(first, rest | length << 56))
    }

    /// Up to seven bytes, and the length.
    #[inline]
    fn few(bytes: &[u8]) -> u64 {
        let length = bytes.len() as u64;
        let chunks = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>());
        let value = if let (Some(first), Some(last)) = chunks {
            let last = u64::from(u32::from_le_bytes(*last));
            u64::from(u32::from_le_bytes(*first)) | last >> ((8 - length) * 8) << 32
        } else {
            bytes
                .iter()
                .rev()
                .fold(0, |value, byte| value << 8 | u64::from(*byte))
        };
        value | length << 56
    }
}

/// Four billion distinct words would exhaust memory long before this could fail.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_one_entry_in_any_case() {
        let mut vocabulary = Vocabulary::new(Language::ENGLISH);
        let id = vocabulary.learn("SCHOOL");
        assert_eq!(vocabulary.learn("School"), id);
        assert_eq!(vocabulary.find("school"), Some(id));
        assert_eq!(vocabulary.words().len(), 1);
    }

    #[test]
    fn words_of_any_length_stay_distinct() {
        let mut vocabulary = Vocabulary::new(Language::UNDETERMINED);
        let words: Vec<String> = (1..40)
            .flat_map(|length| ["a", "b"].map(|letter| letter.repeat(length)))
            .chain((1..40).map(|length| format!("{}c", "a".repeat(length))))
            .collect();
        let ids: Vec<WordId> = words.iter().map(|word| vocabulary.learn(word)).collect();
        assert_eq!(vocabulary.words().len(), words.len());
        for (word, id) in words.iter().zip(ids) {
            assert_eq!(vocabulary.find(word), Some(id));
            assert_eq!(vocabulary.word(id).unwrap().folded.as_ref(), word);
        }
    }

    #[test]
    fn forms_of_a_word_share_a_stem_and_stop_words_are_marked() {
        let mut vocabulary = Vocabulary::new(Language::ENGLISH);
        let (one, many, the) = (
            vocabulary.learn("school"),
            vocabulary.learn("Schools"),
            vocabulary.learn("The"),
        );
        assert_eq!(
            vocabulary.word(one).unwrap().stem,
            vocabulary.word(many).unwrap().stem
        );
        assert!(vocabulary.word(the).unwrap().stop && !vocabulary.word(one).unwrap().stop);
    }
}
