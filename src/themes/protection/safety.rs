//! Comments that may speak of somebody's safety: self-harm, violence, abuse. They are shown to staff first, and never in public.
//!
//! The lists are reviewed data, a file a language in `safety/`; each says who must review it. A sign is a term as codebooks
//! write them. It counts unless an idiom overlaps it ("to die for"), or unless it stands right behind a negator and its concern
//! says that this takes it away. Every list is read on every comment, whatever its language, since people mix them. What is
//! found says by which words, so that whoever reads it sees why.

mod words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::themes::engine::matcher::{Rule, Terms};
use crate::themes::engine::rule::Term;
use crate::themes::text::Language;
use crate::themes::text::fold::fold;
use crate::themes::text::lexicon::lexicon;
use crate::themes::text::tokens::tokens;
use words::SignWords;

/// What a comment may speak of.
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

/// A sign in a comment.
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
    /// Words that are too common to look a comment up by.
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

/// A list ready for reading comments.
#[derive(Debug)]
struct List {
    language: Language,
    negators: Vec<String>,
    concerns: Vec<Watched>,
    words: SignWords,
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
        let mut concerns = Vec::new();
        let mut words = SignWords::new(language);
        for listed in &file.concerns {
            let signs = read(&listed.signs)?;
            for sign in &signs {
                words.add(sign, &file.everyday);
            }
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
            words,
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

/// Some of the lists, a bit for each.
pub type Lists = u8;

/// Every list.
const EVERY: Lists = Lists::MAX;

/// A word that signs are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignWord {
    list: u8,
    place: u16,
}

/// Which words of the lists a folded word is.
pub fn sign_words(word: &str) -> Vec<SignWord> {
    let lists = (0_u8..).zip(LISTS.iter());
    let of_list = |(list, of): (u8, &List)| -> Vec<SignWord> {
        let places = of.words.places(word);
        places.map(|place| SignWord { list, place }).collect()
    };
    lists.flat_map(of_list).collect()
}

/// The lists of which a comment with these words may hold a sign. It holds none of those that it lacks a word of.
pub fn lists_with(words: &[SignWord]) -> Lists {
    let may_hold = |word: &&SignWord| {
        let list = LISTS.get(usize::from(word.list));
        let place = |place| SignWord {
            list: word.list,
            place,
        };
        let has = |needed: u16| words.contains(&place(needed));
        list.is_some_and(|list| list.words.completes(word.place, has))
    };
    let lists = words.iter().filter(may_hold);
    lists.fold(0, |lists, word| lists | 1 << word.list)
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
