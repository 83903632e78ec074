//! Finds what may identify somebody in a comment: email addresses, phone numbers, street addresses, and names.
//!
//! A rough rule that anyone can follow, for staff who decide whether the public may read a comment. It flags text and
//! changes nothing. A comment without a flag may still identify somebody, and a flag may be wrong.
//!
//! - An email address has an @ between words, followed by a dot.
//! - A number has 7 to 15 digits, with spaces, dots, hyphens, or parentheses between them. Amounts of money, dates, and
//!   year ranges don't count.
//! - An address is a house number, up to four words, and a street word; or, in Spanish, a street word, up to five
//!   words, and a number. The words between are capitalized; in lowercase there can be two at most, after a
//!   three-digit number.
//! - A name is a capitalized word inside a sentence that isn't in `identity/capitals.txt`, or a word after a title
//!   (Mrs., Sra., السيدة). In a text where most words are capitalized, capitals say nothing. Names of the district's
//!   staff count in any case.

mod names;
mod patterns;

use std::ops::Range;
use std::sync::LazyLock;

use hashbrown::HashSet;

use self::names::names;
use self::patterns::{addresses, emails, numbers};
use crate::themes::text::Language;
use crate::themes::text::lexicon::lexicons;
use crate::themes::text::tokens::tokens;

/// The ways a passage may identify somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An email address.
    Email,
    /// A house number and a street.
    Address,
    /// A phone number, or another number of that length.
    Number,
    /// A person's name.
    Name,
}

impl Kind {
    /// Its label on staff pages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "an email address",
            Self::Address => "an address",
            Self::Number => "a phone number",
            Self::Name => "a name",
        }
    }
}

/// A passage that may identify somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// What it may be.
    pub kind: Kind,
    /// Its position in the text, in bytes.
    pub span: Range<usize>,
}

/// A district's known names and places.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Full names, each as folded words.
    full: HashSet<Vec<String>>,
    /// The words of those names, except stop words.
    parts: HashSet<String>,
    /// The words of places, which aren't people's names.
    places: HashSet<String>,
}

impl Known {
    /// Collects the names of the district's staff, and those of its schools and places.
    pub fn new<'a>(
        people: impl IntoIterator<Item = &'a str>,
        places: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let words = |text: &str| -> Vec<String> {
            let tokens = tokens(text, Language::UNDETERMINED).into_iter();
            let words = tokens.filter(|token| !token.whole);
            words.map(|token| token.word).collect()
        };
        let mut known = Self::default();
        for name in people {
            let name = words(name);
            let parts = name.iter().filter(|word| is_telling(word)).cloned();
            known.parts.extend(parts);
            if name.len() > 1 {
                known.full.insert(name);
            }
        }
        known.places = places.into_iter().flat_map(words).collect();
        known
    }
}

/// Whether part of a name identifies anyone on its own: not "will", not "J".
fn is_telling(word: &str) -> bool {
    word.chars().count() > 2 && !SMALL.contains(word) && !CAPITALS.contains(word)
}

/// The function words of all languages that have a list.
static SMALL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lexicons = lexicons();
    lexicons
        .flat_map(|(_, lexicon)| lexicon.function_words())
        .collect()
});

/// Capitalized words that name nobody.
static CAPITALS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("identity/capitals.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Words allowed between two words of a name, folded.
const PARTICLES: [&str; 9] = ["de", "del", "la", "las", "los", "van", "von", "da", "al"];

/// The passages of a text that may identify somebody, sorted and not overlapping.
pub fn flags(text: &str, known: &Known) -> Vec<Flag> {
    let mut found: Vec<Flag> = Vec::new();
    let mut take = |kind, spans: Vec<Range<usize>>| {
        for span in spans {
            let is_free =
                |other: &Flag| span.end <= other.span.start || other.span.end <= span.start;
            if found.iter().all(is_free) {
                found.push(Flag { kind, span });
            }
        }
    };
    take(Kind::Email, emails(text));
    take(Kind::Address, addresses(text));
    take(Kind::Number, numbers(text));
    take(Kind::Name, names(text, known));
    found.sort_by_key(|flag| flag.span.start);
    found
}

#[cfg(test)]
mod tests;
