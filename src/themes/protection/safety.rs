//! Finds comments that may be about somebody's safety: self-harm, violence, abuse. Staff see them first; the public
//! never does.
//!
//! The lists are reviewed data, one file per language in `safety/`; each says who must review it. A sign is a term as
//! in a codebook. It counts unless an idiom overlaps it ("to die for"), or unless a negator directly precedes it and
//! its concern isn't flagged `when_negated`. We check every comment against every list, whatever its language, because
//! people mix languages. Each result includes the matching words, so that staff see the reason.

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

/// What a comment may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Concern {
    /// Self-harm, or not wanting to live.
    SelfHarm,
    /// Threats to other people, or a weapon.
    Violence,
    /// Somebody being hurt by other people.
    Abuse,
}

impl Concern {
    /// Its label on staff pages.
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfHarm => "self-harm",
            Self::Violence => "violence",
            Self::Abuse => "abuse",
        }
    }
}

/// A sign found in a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The concern that it's a sign of.
    pub concern: Concern,
    /// Its position in the text, in bytes.
    pub span: Range<usize>,
}

/// How many words before a sign a negator may be to negate it: "never hit me", "does not ever hit me".
const NEGATED_WITHIN: usize = 2;

/// The word lists, by language.
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
    /// Words too common to look up comments by.
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

/// A compiled list.
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
    // A test reads every file, so none fails here.
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

    /// The signs that no negator negates, including those in idioms.
    fn signs(&self, text: &str) -> impl Iterator<Item = Sign> {
        self.concerns.iter().flat_map(move |watched| {
            let concern = watched.concern;
            let spans = watched.signs.spans(text, self.language).into_iter();
            let spans = spans.filter(|span| watched.when_negated || !self.is_negated(text, span));
            spans.map(move |span| Sign { concern, span })
        })
    }

    /// The idioms of each concern in a text.
    fn idioms(&self, text: &str) -> impl Iterator<Item = Sign> {
        self.concerns.iter().flat_map(move |watched| {
            let concern = watched.concern;
            let spans = watched.idioms.spans(text, self.language);
            spans.into_iter().map(move |span| Sign { concern, span })
        })
    }

    /// Whether a negator directly precedes a span, in the same clause.
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

/// A set of lists, one bit each.
pub type Lists = u8;

/// All lists.
const EVERY: Lists = Lists::MAX;

/// A word that's part of a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignWord {
    list: u8,
    place: u16,
}

/// The sign words, in all lists, that a folded word matches.
pub fn sign_words(word: &str) -> Vec<SignWord> {
    let lists = (0_u8..).zip(LISTS.iter());
    let of_list = |(list, of): (u8, &List)| -> Vec<SignWord> {
        let places = of.words.places(word);
        places.map(|place| SignWord { list, place }).collect()
    };
    lists.flat_map(of_list).collect()
}

/// The lists whose signs may be in a comment with these words. Excludes lists where every sign is missing a word.
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

/// The signs in a text, in text order; each span appears once per concern.
pub fn signs(text: &str) -> Vec<Sign> {
    signs_among(text, EVERY)
}

/// Like [`signs`], but given the only lists that can match.
pub fn signs_among(text: &str, among: Lists) -> Vec<Sign> {
    let lists = (0_u32..).zip(LISTS.iter());
    let mut found: Vec<Sign> = lists
        .filter(|(place, _)| among >> place & 1 == 1)
        .flat_map(|(_, list)| list.signs(text))
        .collect();
    if found.is_empty() {
        return found;
    }
    // An idiom in one language cancels a sign in another: "suicide prevention" starts like "suicidio".
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
