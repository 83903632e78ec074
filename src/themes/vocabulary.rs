//! The words of one language with a number for each, so that what is counted and matched is numbers.
//!
//! It is also the cache that makes stemming free: a word is folded and stemmed when it is first met, and looked up as written from then on.

use hashbrown::HashMap;

use super::text::{
    fold::fold,
    language::Language,
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
    /// The number as a place in a list that runs along the words.
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

impl StemId {
    /// The number as a place in a list that runs along the stems.
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

/// A word as it is compared, with what is known of it.
#[derive(Debug)]
pub struct Word {
    /// The folded word.
    pub folded: Box<str>,
    /// Its stem.
    pub stem: StemId,
    /// Whether it is a stop word: matched by rules, but no keyword.
    pub stop: bool,
}

/// The words of one language.
#[derive(Debug)]
pub struct Vocabulary {
    language: Language,
    stemmer: Snowball,
    lexicon: Option<&'static Lexicon>,
    /// Words as written and as folded.
    surfaces: HashMap<Box<str>, WordId>,
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
            surfaces: HashMap::new(),
            words: Vec::new(),
            stem_ids: HashMap::new(),
            stems: Vec::new(),
        }
    }

    /// The language of these words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The number of a word, given as written or folded. A word that was not known gets the next number.
    pub fn learn(&mut self, surface: &str) -> WordId {
        match self.surfaces.get(surface) {
            Some(id) => *id,
            None => self.add(surface),
        }
    }

    /// The number of a word, if it is known.
    pub fn find(&self, surface: &str) -> Option<WordId> {
        self.surfaces.get(surface).copied()
    }

    /// The number of a stem, if a known word has it.
    pub fn find_stem(&self, stem: &str) -> Option<StemId> {
        self.stem_ids.get(stem).copied()
    }

    /// What is known of a word; none for a number of another vocabulary.
    pub fn word(&self, id: WordId) -> Option<&Word> {
        self.words.get(id.place())
    }

    /// Every word in the order of its number.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Every stem in the order of its number.
    pub fn stems(&self) -> &[Box<str>] {
        &self.stems
    }

    #[cold]
    fn add(&mut self, surface: &str) -> WordId {
        let folded = fold(surface);
        let known = self.surfaces.get(folded.as_ref()).copied();
        let id = known.unwrap_or_else(|| self.add_folded(&folded));
        if folded != surface {
            self.surfaces.insert(surface.into(), id);
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
        self.surfaces.insert(folded.into(), id);
        id
    }
}

/// Four thousand million different words would fill the memory long before this could fail.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_word_is_one_word() {
        let mut vocabulary = Vocabulary::new(Language::ENGLISH);
        let id = vocabulary.learn("SCHOOL");
        assert_eq!(vocabulary.learn("School"), id);
        assert_eq!(vocabulary.find("school"), Some(id));
        assert_eq!(vocabulary.words().len(), 1);
    }

    #[test]
    fn forms_share_their_stem_and_stop_words_are_known() {
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
