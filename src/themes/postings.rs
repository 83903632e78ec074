//! Which remarks hold which words, followed as remarks come and go, so that a theme's remarks are found without reading any.

use std::collections::BTreeMap;
use std::ops::Bound;

use hashbrown::HashMap;
use roaring::RoaringBitmap;

use super::{
    matcher::{Pattern, Patterns, Rule, Terms, Test, near, places},
    rule::Term,
    text::{language::Language, tokens::Tokeniser},
    vocabulary::{Vocabulary, WordId},
};

/// The words of every remark. A remark is named by its ordinal, which the caller gives out.
#[derive(Debug, Default)]
pub struct Postings {
    tokeniser: Tokeniser,
    languages: BTreeMap<Language, LanguagePostings>,
    remarks: HashMap<u32, Entry>,
}

/// What is kept of a remark: enough to find phrases, and to take it out again.
#[derive(Debug)]
struct Entry {
    language: Language,
    /// Its words in order.
    sequence: Box<[WordId]>,
    /// Its whole hyphenated words.
    wholes: Box<[WordId]>,
}

#[derive(Debug)]
struct LanguagePostings {
    vocabulary: Vocabulary,
    /// The remarks that hold each word, by the place of its number.
    remarks: Vec<RoaringBitmap>,
    /// The words of each stem, by the place of its number.
    stems: Vec<Vec<WordId>>,
    /// The words in order, for beginnings.
    sorted: BTreeMap<Box<str>, WordId>,
}

impl Postings {
    /// Adds a remark; one of the same ordinal is replaced.
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
            if let Some(remarks) = postings.remarks.get_mut(id.place()) {
                remarks.insert(ordinal);
            }
        });
        self.remarks.insert(
            ordinal,
            Entry {
                language,
                sequence: sequence.into(),
                wholes: wholes.into(),
            },
        );
    }

    /// Takes a remark out. Nothing happens if it is not there.
    pub fn remove(&mut self, ordinal: u32) {
        let Some(entry) = self.remarks.remove(&ordinal) else {
            return;
        };
        let Some(postings) = self.languages.get_mut(&entry.language) else {
            return;
        };
        for id in entry.sequence.iter().chain(&entry.wholes) {
            if let Some(remarks) = postings.remarks.get_mut(id.place()) {
                remarks.remove(ordinal);
            }
        }
    }

    /// The language and the words of a remark, in order; nothing if it is not there.
    pub fn sequence(&self, ordinal: u32) -> Option<(Language, &[WordId])> {
        let entry = self.remarks.get(&ordinal)?;
        Some((entry.language, &entry.sequence))
    }

    /// The words of each language, by language.
    pub fn vocabularies(&self) -> impl Iterator<Item = (Language, &Vocabulary)> {
        self.languages
            .iter()
            .map(|(language, postings)| (*language, &postings.vocabulary))
    }

    /// How many remarks hold each word of a language, in the order of the words' numbers.
    pub fn uses(&self, language: Language) -> impl Iterator<Item = u64> {
        let postings = self.languages.get(&language).into_iter();
        postings.flat_map(|postings| postings.remarks.iter().map(RoaringBitmap::len))
    }

    /// The remarks of a language that hold a term.
    pub fn holding_term(&self, language: Language, term: &Term) -> RoaringBitmap {
        let terms = Terms {
            any: vec![term.clone()],
            none: Vec::new(),
        };
        self.evaluate(&Rule::new(&BTreeMap::from([(language, terms)])))
    }

    /// How many remarks there are.
    pub fn len(&self) -> usize {
        self.remarks.len()
    }

    /// Whether there is no remark.
    pub fn is_empty(&self) -> bool {
        self.remarks.is_empty()
    }

    /// The remarks that a rule matches: in each language those with any of its terms and none of its others.
    pub fn evaluate(&self, rule: &Rule) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        for (language, patterns) in rule.languages() {
            if let Some(postings) = self.languages.get(&language) {
                found |= postings.evaluate(patterns, &self.remarks);
            }
        }
        found
    }
}

impl LanguagePostings {
    fn new(language: Language) -> Self {
        Self {
            vocabulary: Vocabulary::new(language),
            remarks: Vec::new(),
            stems: Vec::new(),
            sorted: BTreeMap::new(),
        }
    }

    fn learn(&mut self, surface: &str) -> WordId {
        let id = self.vocabulary.learn(surface);
        // Numbers are given out in order, so a new word is the one behind the last.
        if id.place() == self.remarks.len()
            && let Some(word) = self.vocabulary.word(id)
        {
            self.remarks.push(RoaringBitmap::new());
            self.sorted.insert(word.folded.clone(), id);
            self.stems.resize(self.vocabulary.stems().len(), Vec::new());
            if let Some(words) = self.stems.get_mut(word.stem.place()) {
                words.push(id);
            }
        }
        id
    }

    fn evaluate(&self, patterns: &Patterns, entries: &HashMap<u32, Entry>) -> RoaringBitmap {
        let union = |patterns: &[Pattern]| {
            patterns
                .iter()
                .fold(RoaringBitmap::new(), |found, pattern| {
                    found | self.find(pattern, entries)
                })
        };
        let any = union(&patterns.any);
        // Most rules have no such terms, and a theme without remarks needs no search for them.
        if any.is_empty() || patterns.none.is_empty() {
            any
        } else {
            any - union(&patterns.none)
        }
    }

    fn find(&self, pattern: &Pattern, entries: &HashMap<u32, Entry>) -> RoaringBitmap {
        match pattern {
            Pattern::One(test) => self.holding(&self.accepted(test)),
            Pattern::Sequence(tests) => {
                let accepted: Vec<Vec<WordId>> =
                    tests.iter().map(|test| self.accepted(test)).collect();
                let holding = accepted
                    .iter()
                    .map(|words| self.holding(words))
                    .reduce(|some, more| some & more);
                let follows = |entry: &Entry| !found_at(entry, &accepted).is_empty();
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
                let are_near = |entry: &Entry| {
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
        match test {
            Test::Stem(stem) => {
                let stem = self.vocabulary.find_stem(stem);
                stem.and_then(|stem| self.stems.get(stem.place()))
                    .cloned()
                    .unwrap_or_default()
            }
            Test::Beginning(beginning) => {
                let from = (Bound::Included(beginning.as_str()), Bound::Unbounded);
                let words = self
                    .sorted
                    .range::<str, _>(from)
                    .take_while(|(word, _)| word.starts_with(beginning.as_str()));
                let mut words: Vec<WordId> = words.map(|(_, id)| *id).collect();
                words.sort_unstable();
                words
            }
        }
    }

    fn holding(&self, words: &[WordId]) -> RoaringBitmap {
        words
            .iter()
            .filter_map(|id| self.remarks.get(id.place()))
            .fold(RoaringBitmap::new(), |found, remarks| found | remarks)
    }
}

/// Where a remark holds words one after another, each among those accepted for it.
fn found_at(entry: &Entry, accepted: &[Vec<WordId>]) -> Vec<usize> {
    places(&entry.sequence, accepted, |accepted, word| {
        accepted.binary_search(word).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rule(terms: &[(&str, &[&str], &[&str])]) -> Rule {
        let parse = |terms: &[&str]| terms.iter().map(|term| term.parse().unwrap()).collect();
        let terms = terms.iter().map(|(tag, any, none)| {
            (
                tag.parse().unwrap(),
                Terms {
                    any: parse(any),
                    none: parse(none),
                },
            )
        });
        Rule::new(&terms.collect())
    }

    fn found(postings: &Postings, rule: &Rule) -> Vec<u32> {
        postings.evaluate(rule).into_iter().collect()
    }

    #[test]
    fn a_rule_finds_the_remarks_of_every_language() {
        let mut postings = Postings::default();
        postings.insert(1, Language::ENGLISH, "Buses are late");
        postings.insert(2, Language::SPANISH, "Los autobuses llegan tarde");
        postings.insert(3, Language::ENGLISH, "A business trip by bus");
        postings.insert(4, Language::ENGLISH, "Food");
        let rule = rule(&[
            ("en", &["bus*"], &["\"business trip\""]),
            ("es", &["autob*"], &[]),
        ]);
        assert_eq!(found(&postings, &rule), [1, 2]);
    }

    #[test]
    fn a_corrected_or_withdrawn_remark_is_found_no_more() {
        let mut postings = Postings::default();
        postings.insert(1, Language::ENGLISH, "buses");
        postings.insert(2, Language::ENGLISH, "buses");
        postings.insert(1, Language::SPANISH, "comida");
        postings.remove(2);
        postings.remove(9);
        assert_eq!(
            found(&postings, &rule(&[("en", &["bus*"], &[])])),
            Vec::<u32>::new()
        );
        assert_eq!(found(&postings, &rule(&[("es", &["comidas"], &[])])), [1]);
        assert_eq!(postings.len(), 1);
    }

    /// What happens to postings: a remark comes, or goes.
    #[derive(Clone, Debug)]
    enum Step {
        Insert(u32, bool, String),
        Remove(u32),
    }

    fn text() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "bus",
            "Buses",
            "drop",
            "off",
            "drop-off",
            "dropped",
            "school-bus",
            "the",
            "5",
            "niño",
            "niños",
            "not",
        ]);
        prop::collection::vec(word, 0..7).prop_map(|words| words.join(" "))
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let insert = (0_u32..12, prop::bool::ANY, text())
            .prop_map(|(ordinal, english, text)| Step::Insert(ordinal, english, text));
        prop::collection::vec(
            prop_oneof![3 => insert, 1 => (0_u32..12).prop_map(Step::Remove)],
            0..40,
        )
    }

    fn terms() -> impl Strategy<Value = Vec<&'static str>> {
        let term = prop::sample::select(vec![
            "bus",
            "bus*",
            "\"drop off\"",
            "\"drop* off\"",
            "drop-off",
            "\"the school bus\"",
            "bus NEAR/1 off",
            "\"drop off\" NEAR/2 bu*",
            "drop-off NEAR/0 niño",
            "\"off bu*\"",
            "niño",
            "d*",
            "\"not\"",
            "\"bus bus\"",
            "\"drop-o*\"",
        ]);
        prop::collection::vec(term, 0..4)
    }

    /// A matcher that shares nothing with the engine but the definition of a word: it tries each term on the bare list of words.
    fn naive(text: &str, language: Language, any: &[&str], none: &[&str]) -> bool {
        use crate::themes::text::{
            stems::{Snowball, Stem},
            tokens::tokens,
        };
        let stemmer = Snowball::new(language);
        let all: Vec<String> = tokens(text, language)
            .into_iter()
            .map(|token| token.word)
            .collect();
        let split: Vec<&String> = all.iter().filter(|word| !word.contains('-')).collect();
        let same = |word: &str, wanted: &str| match wanted.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => stemmer.stem(word) == stemmer.stem(wanted),
        };
        let at = |written: &str| -> Vec<(usize, usize)> {
            let wanted: Vec<String> = written
                .trim_matches('"')
                .replace('-', " ")
                .split(' ')
                .map(str::to_owned)
                .collect();
            let fits = |at: &usize| {
                let mut words = wanted.iter().enumerate();
                words.all(|(i, wanted)| split.get(at + i).is_some_and(|word| same(word, wanted)))
            };
            let found = (0..split.len()).filter(fits);
            found.map(|at| (at, at + wanted.len())).collect()
        };
        let matched = |term: &&str| {
            if let Some((one, rest)) = term.split_once(" NEAR/") {
                let (between, other) = rest.split_once(' ').unwrap();
                let between: usize = between.parse().unwrap();
                let (ones, others) = (at(one), at(other));
                let near = |one: &(usize, usize), other: &(usize, usize)| {
                    one.1 <= other.0 && other.0 - one.1 <= between
                };
                ones.iter().any(|one| {
                    others
                        .iter()
                        .any(|other| near(one, other) || near(other, one))
                })
            } else if term.starts_with('"') {
                !at(term).is_empty()
            } else {
                all.iter().any(|word| same(word, term))
            }
        };
        any.iter().any(matched) && !none.iter().any(matched)
    }

    proptest! {
        #[test]
        fn followed_rebuilt_and_read_one_by_one_give_the_same_remarks(
            steps in steps(), any in terms(), none in terms(), any_es in terms(),
        ) {
            let mut followed = Postings::default();
            let mut now: BTreeMap<u32, (Language, String)> = BTreeMap::new();
            for step in steps {
                match step {
                    Step::Insert(ordinal, english, text) => {
                        let language = if english { Language::ENGLISH } else { Language::SPANISH };
                        followed.insert(ordinal, language, &text);
                        now.insert(ordinal, (language, text));
                    }
                    Step::Remove(ordinal) => {
                        followed.remove(ordinal);
                        now.remove(&ordinal);
                    }
                }
            }
            let mut rebuilt = Postings::default();
            for (ordinal, (language, text)) in now.iter().rev() {
                rebuilt.insert(*ordinal, *language, text);
            }
            let rule = rule(&[("en", &any, &none), ("es", &any_es, &[])]);
            let expected: Vec<u32> = now.iter().filter(|(_, (language, text))| {
                if *language == Language::ENGLISH { naive(text, *language, &any, &none) } else { naive(text, *language, &any_es, &[]) }
            }).map(|(ordinal, _)| *ordinal).collect();
            prop_assert_eq!(&found(&followed, &rule), &expected);
            prop_assert_eq!(&found(&rebuilt, &rule), &expected);
            let matched: Vec<u32> = now.iter().filter(|(_, (language, text))| rule.matches(text, *language)).map(|(ordinal, _)| *ordinal).collect();
            prop_assert_eq!(&matched, &expected);
            for (language, text) in now.values() {
                let spans = rule.spans(text, *language);
                prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
                prop_assert!(!rule.matches(text, *language) || !spans.is_empty());
            }
        }
    }
}
