//! A theme's rule compiled for matching, and matched against one text.
//!
//! A comment is in the theme if it matches at least one `any` term in its own language and no `none` term. A word
//! matches every word with the same stem; `bus*` matches every word that starts with `bus`; a phrase matches its words
//! in sequence, with hyphens and spaces treated alike; NEAR matches two of those that don't overlap.

use std::{collections::BTreeMap, ops::Range};

use super::rule::{Term, TermWord};
use crate::themes::text::{
    Language,
    fold::fold,
    stems::{Snowball, Stem},
    tokens::tokens,
};

/// A theme's terms in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The text must contain at least one of these.
    pub any: Vec<Term>,
    /// The text must contain none of these.
    pub none: Vec<Term>,
}

/// A theme's terms in every language, stemmed.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    languages: BTreeMap<Language, Patterns>,
}

/// The terms of one language.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    pub(super) any: Vec<Pattern>,
    pub(super) none: Vec<Pattern>,
}

/// A stemmed term.
#[derive(Clone, Debug)]
pub(super) enum Pattern {
    /// One word, or a whole hyphenated word.
    One(Test),
    /// Words in sequence; a hyphenated word is split into its parts.
    Sequence(Vec<Test>),
    /// Two sequences with at most this many words between them.
    Near(Vec<Test>, usize, Vec<Test>),
}

/// Pairs of positions where two sequences of these lengths are near each other, given the positions of each.
pub(super) fn near(
    (ones, one): (&[usize], usize),
    between: usize,
    (others, other): (&[usize], usize),
) -> impl Iterator<Item = (usize, usize)> {
    let gap = move |first: usize, second: usize| {
        second
            .checked_sub(first + one)
            .or_else(|| first.checked_sub(second + other))
    };
    let pairs = ones
        .iter()
        .flat_map(move |first| others.iter().map(move |second| (*first, *second)));
    pairs.filter(move |(first, second)| gap(*first, *second).is_some_and(|gap| gap <= between))
}

/// The positions where consecutive words pass consecutive tests.
pub(super) fn places<W, T>(
    words: &[W],
    tests: &[T],
    accepts: impl Fn(&T, &W) -> bool,
) -> Vec<usize> {
    let windows = words.windows(tests.len().max(1)).enumerate();
    windows
        .filter(|(_, words)| {
            !tests.is_empty()
                && tests
                    .iter()
                    .zip(*words)
                    .all(|(test, word)| accepts(test, word))
        })
        .map(|(place, _)| place)
        .collect()
}

/// A condition on a word.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) is: Is,
    /// Other folded words that match too, through accepted spellings.
    pub(super) also: Vec<String>,
}

/// A condition on a word as written.
#[derive(Clone, Debug)]
pub(super) enum Is {
    /// Has this stem.
    Stem(String),
    /// Starts with this.
    Beginning(String),
}

impl Test {
    fn new(is: Is) -> Self {
        Self {
            is,
            also: Vec::new(),
        }
    }

    fn accepts(&self, word: &Candidate) -> bool {
        self.is.accepts(&word.folded, &word.stem) || self.also.contains(&word.folded)
    }
}

impl Is {
    fn accepts(&self, folded: &str, stem: &str) -> bool {
        match self {
            Self::Stem(wanted) => stem == wanted,
            Self::Beginning(beginning) => folded.starts_with(beginning.as_str()),
        }
    }
}

/// Accepted spellings by language: the folded word as typed, and the one that's meant, as in `{ "autobus" = "autobús"
/// }`.
pub type Spellings = BTreeMap<Language, BTreeMap<String, String>>;

impl Pattern {
    /// Makes every test accept the other spellings of its words.
    fn spell(&mut self, spellings: &BTreeMap<String, String>, stemmer: &Snowball) {
        let tests: Vec<&mut Test> = match self {
            Self::One(test) => vec![test],
            Self::Sequence(tests) => tests.iter_mut().collect(),
            Self::Near(one, _, other) => one.iter_mut().chain(other).collect(),
        };
        for test in tests {
            let meant = |meant: &str| test.is.accepts(meant, &stemmer.stem(meant));
            let also = spellings.iter().filter(|(_, word)| meant(word));
            test.also = also.map(|(written, _)| written.clone()).collect();
        }
    }
}

/// A word of the text being matched.
struct Candidate {
    folded: String,
    stem: String,
    span: Range<usize>,
}

impl Rule {
    /// Compiles terms. Compile a rule once and use it for every comment.
    pub fn new(terms: &BTreeMap<Language, Terms>) -> Self {
        let languages = terms.iter().map(|(language, terms)| {
            let stemmer = Snowball::new(*language);
            let patterns = |terms: &[Term]| {
                terms
                    .iter()
                    .map(|term| pattern(term, *language, &stemmer))
                    .collect()
            };
            (
                *language,
                Patterns {
                    any: patterns(&terms.any),
                    none: patterns(&terms.none),
                },
            )
        });
        Self {
            languages: languages.collect(),
        }
    }

    /// The same rule, with accepted spellings counting as the words they mean.
    #[must_use]
    pub fn spelled(mut self, spellings: &Spellings) -> Self {
        for (language, patterns) in &mut self.languages {
            let Some(spellings) = spellings.get(language) else {
                continue;
            };
            let stemmer = Snowball::new(*language);
            for pattern in patterns.any.iter_mut().chain(&mut patterns.none) {
                pattern.spell(spellings, &stemmer);
            }
        }
        self
    }

    /// The terms of each language.
    pub(super) fn languages(&self) -> impl Iterator<Item = (Language, &Patterns)> {
        self.languages
            .iter()
            .map(|(language, patterns)| (*language, patterns))
    }

    /// Whether a text in a language is in the theme.
    pub fn matches(&self, text: &str, language: Language) -> bool {
        let Some(patterns) = self.languages.get(&language) else {
            return false;
        };
        let (singles, parts) = candidates(text, language);
        let found = |pattern: &Pattern| pattern.find(&singles, &parts).next().is_some();
        patterns.any.iter().any(found) && !patterns.none.iter().any(found)
    }

    /// The byte ranges where `any` terms match in a text, sorted and merged where they overlap. A phrase is one range.
    /// Ignores `none` terms.
    pub fn spans(&self, text: &str, language: Language) -> Vec<Range<usize>> {
        let Some(patterns) = self.languages.get(&language) else {
            return Vec::new();
        };
        let (singles, parts) = candidates(text, language);
        let mut spans: Vec<_> = patterns
            .any
            .iter()
            .flat_map(|pattern| pattern.find(&singles, &parts))
            .collect();
        spans.sort_by_key(|span| (span.start, span.end));
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(spans.len());
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => joined.push(span),
            }
        }
        joined
    }
}

impl Pattern {
    /// The matches of the pattern among a text's words.
    fn find<'a>(
        &'a self,
        singles: &'a [Candidate],
        parts: &'a [Candidate],
    ) -> Box<dyn Iterator<Item = Range<usize>> + 'a> {
        match self {
            Self::One(test) => Box::new(
                singles
                    .iter()
                    .filter(|word| test.accepts(word))
                    .map(|word| word.span.clone()),
            ),
            Self::Sequence(tests) => {
                let found = places(parts, tests, Test::accepts);
                Box::new(
                    found
                        .into_iter()
                        .filter_map(|place| span(parts, place, tests.len())),
                )
            }
            Self::Near(one, between, other) => {
                let ones = places(parts, one, Test::accepts);
                let others = places(parts, other, Test::accepts);
                let pairs = near((&ones, one.len()), *between, (&others, other.len()));
                let spans = pairs.flat_map(|(first, second)| {
                    [
                        span(parts, first, one.len()),
                        span(parts, second, other.len()),
                    ]
                });
                Box::new(spans.flatten().collect::<Vec<_>>().into_iter())
            }
        }
    }
}

/// The byte range of `length` words starting at a position.
fn span(words: &[Candidate], place: usize, length: usize) -> Option<Range<usize>> {
    let (first, last) = (words.get(place)?, words.get(place + length - 1)?);
    Some(first.span.start.min(last.span.start)..last.span.end.max(first.span.end))
}

/// A text's words: all of them, and those that take up a position.
fn candidates(text: &str, language: Language) -> (Vec<Candidate>, Vec<Candidate>) {
    let stemmer = Snowball::new(language);
    let found = tokens(text, language);
    let candidate = |token: &crate::themes::text::tokens::Token| Candidate {
        folded: token.word.clone(),
        stem: stemmer.stem(&token.word).into_owned(),
        span: token.span.clone(),
    };
    (
        found.iter().map(candidate).collect(),
        found
            .iter()
            .filter(|token| !token.whole)
            .map(candidate)
            .collect(),
    )
}

fn pattern(term: &Term, language: Language, stemmer: &Snowball) -> Pattern {
    match term {
        Term::Word(word) => Pattern::One(whole(word, language, stemmer)),
        Term::Near {
            one,
            between,
            other,
        } => Pattern::Near(
            sequence(one, language, stemmer),
            *between,
            sequence(other, language, stemmer),
        ),
        Term::Phrase(words) => {
            let mut tests = sequence(words, language, stemmer);
            if tests.len() > 1 {
                return Pattern::Sequence(tests);
            }
            // A phrase of one word is just that word.
            tests
                .pop()
                .map_or_else(|| Pattern::Sequence(Vec::new()), Pattern::One)
        }
    }
}

/// Tests for consecutive words.
fn sequence(words: &[TermWord], language: Language, stemmer: &Snowball) -> Vec<Test> {
    words
        .iter()
        .flat_map(|word| parts(word, language, stemmer))
        .collect()
}

/// The test for a word on its own.
fn whole(word: &TermWord, language: Language, stemmer: &Snowball) -> Test {
    match word {
        TermWord::Beginning(beginning) => Test::new(Is::Beginning(beginning.clone())),
        TermWord::Stem(word) => {
            let first = tokens(word, language)
                .into_iter()
                .next()
                .map_or_else(|| word.clone(), |token| token.word);
            Test::new(Is::Stem(stemmer.stem(&first).into_owned()))
        }
    }
}

/// Tests for a word in a phrase: one for each part of a hyphenated word.
fn parts(word: &TermWord, language: Language, stemmer: &Snowball) -> Vec<Test> {
    match word {
        TermWord::Stem(word) => {
            let words = tokens(word, language)
                .into_iter()
                .filter(|token| !token.whole);
            words
                .map(|token| Test::new(Is::Stem(stemmer.stem(&token.word).into_owned())))
                .collect()
        }
        TermWord::Beginning(word) => {
            let (before, last) = word.rsplit_once('-').unwrap_or(("", word));
            let words = tokens(before, language)
                .into_iter()
                .filter(|token| !token.whole);
            let mut tests: Vec<Test> = words
                .map(|token| Test::new(Is::Stem(stemmer.stem(&token.word).into_owned())))
                .collect();
            if !last.is_empty() {
                tests.push(Test::new(Is::Beginning(fold(last).into_owned())));
            }
            tests
        }
    }
}

#[cfg(test)]
mod tests;
