//! Which comments hold which words, followed as comments come and go, so that a theme's comments are found without reading any.

use std::collections::BTreeMap;
use std::ops::Bound;

use hashbrown::HashMap;
use roaring::RoaringBitmap;

use super::matcher::{Is, Pattern, Patterns, Rule, Terms, Test, near, places};
use super::rule::Term;
use super::vocabulary::{Vocabulary, WordId};
use crate::themes::text::{Language, tokens::Tokeniser};

/// The words of every comment. A comment is named by its ordinal, which the caller gives out.
#[derive(Debug, Default)]
pub struct Postings {
    tokeniser: Tokeniser,
    languages: BTreeMap<Language, LanguagePostings>,
    comments: HashMap<u32, PostedComment>,
}

/// What is kept of a comment: enough to find phrases, and to take it out again.
#[derive(Debug)]
struct PostedComment {
    language: Language,
    /// Its words in order.
    sequence: Box<[WordId]>,
    /// Its whole hyphenated words.
    wholes: Box<[WordId]>,
}

#[derive(Debug)]
struct LanguagePostings {
    vocabulary: Vocabulary,
    /// The comments that hold each word, by the place of its number.
    comments: Vec<RoaringBitmap>,
    /// The words of each stem, by the place of its number.
    stems: Vec<Vec<WordId>>,
    /// The words in order, for beginnings.
    sorted: BTreeMap<Box<str>, WordId>,
}

impl Postings {
    /// Adds a comment; one of the same ordinal is replaced.
    pub fn insert(&mut self, ordinal: u32, language: Language, text: &str) {
        self.remove(ordinal);
        let postings = self
            .languages
            .entry(language)
            .or_insert_with(|| LanguagePostings::new(language));
        let (mut sequence, mut wholes) = (Vec::new(), Vec::new());
        self.tokeniser.each(text, language, |surface| {
            let id = postings.learn(surface.word);
            let words = if surface.whole {
                &mut wholes
            } else {
                &mut sequence
            };
            words.push(id);
            if let Some(comments) = postings.comments.get_mut(id.place()) {
                comments.insert(ordinal);
            }
        });
        self.comments.insert(
            ordinal,
            PostedComment {
                language,
                sequence: sequence.into(),
                wholes: wholes.into(),
            },
        );
    }

    /// Takes a comment out. Nothing happens if it is not there.
    pub fn remove(&mut self, ordinal: u32) {
        let Some(entry) = self.comments.remove(&ordinal) else {
            return;
        };
        let Some(postings) = self.languages.get_mut(&entry.language) else {
            return;
        };
        for id in entry.sequence.iter().chain(&entry.wholes) {
            if let Some(comments) = postings.comments.get_mut(id.place()) {
                comments.remove(ordinal);
            }
        }
    }

    /// The language and the words of a comment, in order; nothing if it is not there.
    pub fn sequence(&self, ordinal: u32) -> Option<(Language, &[WordId])> {
        let entry = self.comments.get(&ordinal)?;
        Some((entry.language, &entry.sequence))
    }

    /// The language and every word of a comment, whole hyphenated ones too; nothing if it is not there.
    pub fn words(&self, ordinal: u32) -> Option<(Language, impl Iterator<Item = WordId>)> {
        let entry = self.comments.get(&ordinal)?;
        let words = entry.sequence.iter().chain(&entry.wholes).copied();
        Some((entry.language, words))
    }

    /// The words of a language, once a comment was in it.
    pub fn vocabulary(&self, language: Language) -> Option<&Vocabulary> {
        let postings = self.languages.get(&language)?;
        Some(&postings.vocabulary)
    }

    /// The words of each language, by language.
    pub fn vocabularies(&self) -> impl Iterator<Item = (Language, &Vocabulary)> {
        self.languages
            .iter()
            .map(|(language, postings)| (*language, &postings.vocabulary))
    }

    /// How many comments hold each word of a language, in the order of the words' numbers.
    pub fn uses(&self, language: Language) -> impl Iterator<Item = u64> {
        let postings = self.languages.get(&language).into_iter();
        postings.flat_map(|postings| postings.comments.iter().map(RoaringBitmap::len))
    }

    /// The word of each stem of a language that most comments hold, the first by the alphabet of several; by the place of the stem.
    pub fn commonest_words(&self, language: Language) -> Vec<&str> {
        let Some(vocabulary) = self.vocabulary(language) else {
            return Vec::new();
        };
        let mut best: Vec<(u64, &str)> = vec![(0, ""); vocabulary.stems().len()];
        for (word, uses) in vocabulary.words().iter().zip(self.uses(language)) {
            let folded = word.folded.as_ref();
            if let Some(form) = best.get_mut(word.stem.place())
                && (uses > form.0 || (uses == form.0 && (form.1.is_empty() || folded < form.1)))
            {
                *form = (uses, folded);
            }
        }
        best.into_iter().map(|(_, word)| word).collect()
    }

    /// The comments of a language that hold a term.
    pub fn holding_term(&self, language: Language, term: &Term) -> RoaringBitmap {
        let terms = Terms {
            any: vec![term.clone()],
            none: Vec::new(),
        };
        self.evaluate(&Rule::new(&BTreeMap::from([(language, terms)])))
    }

    /// How many comments there are.
    pub fn len(&self) -> usize {
        self.comments.len()
    }

    /// Whether there is no comment.
    pub fn is_empty(&self) -> bool {
        self.comments.is_empty()
    }

    /// The comments that a rule matches: in each language those with any of its terms and none of its others.
    pub fn evaluate(&self, rule: &Rule) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        for (language, patterns) in rule.languages() {
            if let Some(postings) = self.languages.get(&language) {
                found |= postings.evaluate(patterns, &self.comments);
            }
        }
        found
    }
}

impl LanguagePostings {
    fn new(language: Language) -> Self {
        Self {
            vocabulary: Vocabulary::new(language),
            comments: Vec::new(),
            stems: Vec::new(),
            sorted: BTreeMap::new(),
        }
    }

    fn learn(&mut self, surface: &str) -> WordId {
        let id = self.vocabulary.learn(surface);
        // Numbers are given out in order, so a new word is the one behind the last.
        if id.place() == self.comments.len()
            && let Some(word) = self.vocabulary.word(id)
        {
            self.comments.push(RoaringBitmap::new());
            self.sorted.insert(word.folded.clone(), id);
            self.stems.resize(self.vocabulary.stems().len(), Vec::new());
            if let Some(words) = self.stems.get_mut(word.stem.place()) {
                words.push(id);
            }
        }
        id
    }

    fn evaluate(
        &self,
        patterns: &Patterns,
        entries: &HashMap<u32, PostedComment>,
    ) -> RoaringBitmap {
        let union = |patterns: &[Pattern]| {
            patterns
                .iter()
                .fold(RoaringBitmap::new(), |found, pattern| {
                    found | self.find(pattern, entries)
                })
        };
        let any = union(&patterns.any);
        // Most rules have no such terms, and a theme without comments needs no search for them.
        if any.is_empty() || patterns.none.is_empty() {
            any
        } else {
            any - union(&patterns.none)
        }
    }

    fn find(&self, pattern: &Pattern, entries: &HashMap<u32, PostedComment>) -> RoaringBitmap {
        match pattern {
            Pattern::One(test) => self.holding(&self.accepted(test)),
            Pattern::Sequence(tests) => {
                let accepted: Vec<Vec<WordId>> =
                    tests.iter().map(|test| self.accepted(test)).collect();
                let holding = accepted
                    .iter()
                    .map(|words| self.holding(words))
                    .reduce(|some, more| some & more);
                let follows = |entry: &PostedComment| !found_at(entry, &accepted).is_empty();
                let candidates = holding.unwrap_or_default().into_iter();
                candidates
                    .filter(|ordinal| entries.get(ordinal).is_some_and(follows))
                    .collect()
            }
            Pattern::Near(one, between, other) => {
                let accepted = |tests: &[Test]| -> Vec<Vec<WordId>> {
                    tests.iter().map(|test| self.accepted(test)).collect()
                };
                let (one, other) = (accepted(one), accepted(other));
                let holding = one
                    .iter()
                    .chain(&other)
                    .map(|words| self.holding(words))
                    .reduce(|some, more| some & more);
                let are_near = |entry: &PostedComment| {
                    let (ones, others) = (found_at(entry, &one), found_at(entry, &other));
                    let mut pairs = near((&ones, one.len()), *between, (&others, other.len()));
                    pairs.next().is_some()
                };
                let candidates = holding.unwrap_or_default().into_iter();
                candidates
                    .filter(|ordinal| entries.get(ordinal).is_some_and(are_near))
                    .collect()
            }
        }
    }

    /// The words that a test accepts, sorted by number.
    fn accepted(&self, test: &Test) -> Vec<WordId> {
        let mut words: Vec<WordId> = match &test.is {
            Is::Stem(stem) => {
                let stem = self.vocabulary.find_stem(stem);
                stem.and_then(|stem| self.stems.get(stem.place()))
                    .cloned()
                    .unwrap_or_default()
            }
            Is::Beginning(beginning) => {
                let from = (Bound::Included(beginning.as_str()), Bound::Unbounded);
                let words = self
                    .sorted
                    .range::<str, _>(from)
                    .take_while(|(word, _)| word.starts_with(beginning.as_str()));
                words.map(|(_, id)| *id).collect()
            }
        };
        words.extend(
            test.also
                .iter()
                .filter_map(|word| self.vocabulary.find(word)),
        );
        words.sort_unstable();
        words.dedup();
        words
    }

    fn holding(&self, words: &[WordId]) -> RoaringBitmap {
        words
            .iter()
            .filter_map(|id| self.comments.get(id.place()))
            .fold(RoaringBitmap::new(), |found, comments| found | comments)
    }
}

/// Where a comment holds words one after another, each among those accepted for it.
fn found_at(entry: &PostedComment, accepted: &[Vec<WordId>]) -> Vec<usize> {
    places(&entry.sequence, accepted, |accepted, word| {
        accepted.binary_search(word).is_ok()
    })
}

#[cfg(test)]
mod tests;
