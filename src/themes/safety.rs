//! Remarks that may speak of somebody's safety: self-harm, violence, abuse. They are shown to staff first, and never in public.
//!
//! The lists are reviewed data, a file a language in `safety/`; each says who must review it. A sign is a term as codebooks
//! write them. It counts unless an idiom overlaps it ("to die for"), or unless it stands right behind a negator and its concern
//! says that this takes it away. Every list is read on every remark, whatever its language, since people mix them. What is
//! found says by which words, so that whoever reads it sees why.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::matcher::{Rule, Terms};
use super::rule::{Term, TermWord};
use super::text::fold::fold;
use super::text::language::Language;
use super::text::lexicon::lexicon;
use super::text::stems::{Snowball, Stem};
use super::text::tokens::tokens;

/// What a remark may speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Concern {
    /// Somebody hurts themselves, or does not want to live.
    SelfHarm,
    /// Somebody threatens others, or has a weapon.
    Violence,
    /// Somebody is hurt by others.
    Abuse,
}

impl Concern {
    /// What it is called at the desk.
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfHarm => "self-harm",
            Self::Violence => "violence",
            Self::Abuse => "abuse",
        }
    }
}

/// A sign in a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// What it may speak of.
    pub concern: Concern,
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
}

/// How many words before a sign a negator may stand to turn it around: "never hit me", "does not ever hit me".
const NEGATED_WITHIN: usize = 2;

/// The lists of the languages that have one.
const FILES: [(Language, &str); 3] = [
    (Language::ENGLISH, include_str!("safety/en.toml")),
    (Language::SPANISH, include_str!("safety/es.toml")),
    (Language::ARABIC, include_str!("safety/ar.toml")),
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    negators: Vec<String>,
    /// Words that are too common to look a remark up by.
    everyday: Vec<String>,
    concerns: Vec<Listed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    concern: Concern,
    when_negated: bool,
    signs: Vec<String>,
    idioms: Vec<String>,
}

/// A list ready for reading remarks.
#[derive(Debug)]
struct List {
    language: Language,
    negators: Vec<String>,
    concerns: Vec<Watched>,
    /// One word of each sign; a remark without any of them holds no sign.
    anchors: Vec<TermWord>,
    stemmer: Snowball,
}

#[derive(Debug)]
struct Watched {
    concern: Concern,
    when_negated: bool,
    signs: Rule,
    idioms: Rule,
}

static LISTS: LazyLock<Vec<List>> = LazyLock::new(|| {
    let lists = FILES.into_iter();
    // A test reads every file, so none is left out here.
    lists
        .filter_map(|(language, text)| List::parse(language, text).ok())
        .collect()
});

impl List {
    fn parse(language: Language, text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let read = |terms: &[String]| -> Result<Vec<Term>, String> {
            let terms = terms.iter().map(|term| {
                let read = term.parse::<Term>();
                read.map_err(|fault| format!("{term}: {fault}"))
            });
            terms.collect()
        };
        let rule = |any| {
            let terms = Terms {
                any,
                none: Vec::new(),
            };
            Rule::new(&BTreeMap::from([(language, terms)]))
        };
        let (mut concerns, mut anchors) = (Vec::new(), Vec::new());
        let stemmer = Snowball::new(language);
        for listed in &file.concerns {
            let signs = read(&listed.signs)?;
            let anchor = |term| anchor(term, language, &file.everyday);
            anchors.extend(signs.iter().filter_map(anchor).map(|word| match word {
                TermWord::Stem(word) => TermWord::Stem(stemmer.stem(word).into_owned()),
                beginning @ TermWord::Beginning(_) => beginning.clone(),
            }));
            concerns.push(Watched {
                concern: listed.concern,
                when_negated: listed.when_negated,
                signs: rule(signs),
                idioms: rule(read(&listed.idioms)?),
            });
        }
        let own = file.negators.iter().map(|word| fold(word).into_owned());
        let known = lexicon(language).into_iter();
        let known = known.flat_map(|lexicon| &lexicon.negators);
        Ok(Self {
            language,
            negators: own.chain(known.map(ToString::to_string)).collect(),
            concerns,
            anchors,
            stemmer,
        })
    }

    /// Whether a folded word is one without which no sign can stand.
    fn is_anchor(&self, word: &str) -> bool {
        let stem = self.stemmer.stem(word);
        self.anchors.iter().any(|anchor| match anchor {
            TermWord::Stem(anchor) => *anchor == stem,
            TermWord::Beginning(beginning) => word.starts_with(beginning.as_str()),
        })
    }

    /// The signs that no negator turns around, whatever idiom they are in.
    fn signs(&self, text: &str) -> impl Iterator<Item = Sign> {
        self.concerns.iter().flat_map(move |watched| {
            let concern = watched.concern;
            let spans = watched.signs.spans(text, self.language).into_iter();
            let spans = spans.filter(|span| watched.when_negated || !self.is_negated(text, span));
            spans.map(move |span| Sign { concern, span })
        })
    }

    /// Where the idioms of each concern stand.
    fn idioms(&self, text: &str) -> impl Iterator<Item = Sign> {
        self.concerns.iter().flat_map(move |watched| {
            let concern = watched.concern;
            let spans = watched.idioms.spans(text, self.language);
            spans.into_iter().map(move |span| Sign { concern, span })
        })
    }

    /// Whether a negator stands right before a span, in the same part of the sentence.
    fn is_negated(&self, text: &str, span: &Range<usize>) -> bool {
        let before = text.get(..span.start).unwrap_or_default();
        let part = before
            .rsplit(['.', '!', '?', ';', ':', ',', '\n', '،', '؛', '؟'])
            .next()
            .unwrap_or_default();
        let words = tokens(part, self.language);
        let last = words.iter().rev().filter(|token| !token.whole);
        last.take(NEGATED_WITHIN)
            .any(|token| self.negators.contains(&token.word))
    }
}

/// The word by which a term is looked for: its last that is neither a small word nor an everyday one, else its longest.
fn anchor<'a>(term: &'a Term, language: Language, everyday: &[String]) -> Option<&'a TermWord> {
    let words = match term {
        Term::Word(word) => std::slice::from_ref(word),
        Term::Phrase(words) => words,
        Term::Near { one, .. } => one,
    };
    let is_small = |word: &str| {
        lexicon(language).is_some_and(|known| known.function_words().any(|small| small == word))
    };
    let is_rare = |word: &&TermWord| {
        let word = letters(word);
        !is_small(word) && !everyday.iter().any(|common| common == word)
    };
    let longest = words
        .iter()
        .max_by_key(|word| letters(word).chars().count());
    words.iter().rev().find(is_rare).or(longest)
}

fn letters(word: &TermWord) -> &str {
    match word {
        TermWord::Stem(word) | TermWord::Beginning(word) => word,
    }
}

/// Some of the lists, a bit for each.
pub type Lists = u8;

/// Every list.
const EVERY: Lists = Lists::MAX;

/// The lists of which a remark with this folded word may hold a sign. It holds none of those that no word of it names.
pub fn anchored(word: &str) -> Lists {
    let lists = (0_u32..).zip(LISTS.iter());
    lists
        .filter(|(_, list)| list.is_anchor(word))
        .fold(0, |lists, (place, _)| lists | 1 << place)
}

/// The signs in a text, in the order in which they stand, each span once for a concern.
pub fn signs(text: &str) -> Vec<Sign> {
    signs_among(text, EVERY)
}

/// The same, where no other list than these can have any.
pub fn signs_among(text: &str, among: Lists) -> Vec<Sign> {
    let lists = (0_u32..).zip(LISTS.iter());
    let mut found: Vec<Sign> = lists
        .filter(|(place, _)| among >> place & 1 == 1)
        .flat_map(|(_, list)| list.signs(text))
        .collect();
    if found.is_empty() {
        return found;
    }
    // An idiom of one language takes away the sign of another: "suicide prevention" begins as "suicidio" does.
    let idioms: Vec<Sign> = LISTS.iter().flat_map(|list| list.idioms(text)).collect();
    found.retain(|sign| {
        !idioms.iter().any(|idiom| {
            idiom.concern == sign.concern
                && idiom.span.start < sign.span.end
                && sign.span.start < idiom.span.end
        })
    });
    found.sort_by_key(|sign| (sign.span.start, sign.span.end, sign.concern));
    found.dedup();
    found
}

#[cfg(test)]
mod tests;
