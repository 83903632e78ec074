//! Which comments contain which words, updated as comments change, so that we can find a theme's comments without
//! reading any.

use std::collections::BTreeMap;
use std::ops::Bound;

use hashbrown::HashMap;
use roaring::RoaringBitmap;

use super::matcher::{Is, Pattern, Patterns, Rule, Terms, Test, near, places};
use super::rule::Term;
use super::vocabulary::{Vocabulary, WordId};
use crate::themes::text::{Language, tokens::Tokenizer};

/// The words of every comment. The caller assigns each comment an ordinal.
#[derive(Debug, Default)]
pub struct Postings {
    tokenizer: Tokenizer,
    languages: BTreeMap<Language, LanguagePostings>,
    comments: HashMap<u32, PostedComment>,
}

/// What we store about a comment: enough to find phrases, and to remove it again.
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
    /// The comments that contain each word, indexed by its number.
    comments: Vec<RoaringBitmap>,
    /// The words of each stem, indexed by its number.
    stems: Vec<Vec<WordId>>,
    /// The words in sorted order, for prefix search.
    sorted: BTreeMap<Box<str>, WordId>,
}

impl Postings {
    /// Adds a comment, replacing any with the same ordinal.
    pub fn insert(&mut self, ordinal: u32, language: Language, text: &str) {
        self.remove(ordinal);
        let postings = self
            .languages
            .entry(language)
            .or_insert_with(|| LanguagePostings::new(language));
        let (mut sequence, mut wholes) = (Vec::new(), Vec::new());
        self.tokenizer.each(text, language, |surface| {
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

    /// Removes a comment, if it's there.
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

    /// A comment's language and its words in order, if it's there.
    pub fn sequence(&self, ordinal: u32) -> Option<(Language, &[WordId])> {
        let entry = self.comments.get(&ordinal)?;
        Some((entry.language, &entry.sequence))
    }

    /// A comment's language and all its words, including whole hyphenated ones, if it's there.
    pub fn words(&self, ordinal: u32) -> Option<(Language, impl Iterator<Item = WordId>)> {
        let entry = self.comments.get(&ordinal)?;
        let words = entry.sequence.iter().chain(&entry.wholes).copied();
        Some((entry.language, words))
    }

    /// A language's words, if any comment was ever in it.
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

    /// The number of comments that contain each word of a language, in word order.
    pub fn uses(&self, language: Language) -> impl Iterator<Item = u64> {
        let postings = self.languages.get(&language).into_iter();
        postings.flat_map(|postings| postings.comments.iter().map(RoaringBitmap::len))
    }

    /// For each stem of a language, the word in the most comments; ties go to the alphabetically first. Indexed by the
    /// stem's number.
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

    /// The comments in a language that contain a term.
    pub fn holding_term(&self, language: Language, term: &Term) -> RoaringBitmap {
        let terms = Terms {
            any: vec![term.clone()],
            none: Vec::new(),
        };
        self.evaluate(&Rule::new(&BTreeMap::from([(language, terms)])))
    }

    /// The number of comments.
    pub fn len(&self) -> usize {
        self.comments.len()
    }

    /// Whether there are no comments.
    pub fn is_empty(&self) -> bool {
        self.comments.is_empty()
    }

    /// The comments that match a rule: in each language, those with any of its `any` terms and none of its `none`
    /// terms.
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
        // Numbers are assigned in order, so a new word is always one past the end.
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
        // Most rules have no `none` terms, and an empty theme needs no search for them.
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

/// The positions where a comment has consecutive words, each in the accepted list for its place.
fn found_at(entry: &PostedComment, accepted: &[Vec<WordId>]) -> Vec<usize> {
    places(&entry.sequence, accepted, |accepted, word| {
        accepted.binary_search(word).is_ok()
    })
}

#[cfg(test)]
mod tests;
