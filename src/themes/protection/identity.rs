//! What in a comment may tell who somebody is: e-mail addresses, telephone numbers, postal addresses, names.
//!
//! A rough rule that anyone can follow, for whoever decides whether the public may read a comment. It flags and changes nothing: a
//! comment without a flag may still tell who somebody is, and a flag may be wrong.
//!
//! - An e-mail address has an @ between words and a dot behind it.
//! - A number has 7 to 15 digits, with blanks, dots, hyphens or brackets between them. Sums of money, dates and pairs of years are none.
//! - An address is a house number, up to four words and a word for a street, or in Spanish a word for a street, up to five words and a
//!   number. The words between begin with a capital; in lower case two at the most, behind a number of three digits.
//! - A name is a word with a capital inside a sentence that is not in `identity/capitals.txt`, or a word behind a title (Mrs., Sra.,
//!   السيدة). A text in which most words have capitals says nothing by them. The names of the district's staff count in any case.

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

/// What may tell who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A house number and a street.
    Address,
    /// A telephone number, or another number as long.
    Number,
    /// Somebody's name.
    Name,
}

impl Kind {
    /// What it is called at the desk.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "an email address",
            Self::Address => "an address",
            Self::Number => "a phone number",
            Self::Name => "a name",
        }
    }
}

/// A passage that may tell who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// What it may be.
    pub kind: Kind,
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
}

/// What is known of a district.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Full names, each as its folded words.
    full: HashSet<Vec<String>>,
    /// The words of those names that are no small words.
    parts: HashSet<String>,
    /// The words of places, which are no names of people.
    places: HashSet<String>,
}

impl Known {
    /// The names of people who work for the district, and those of its schools and places.
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

/// Whether a part of a name tells anything when it stands alone: not "will", not "J".
fn is_telling(word: &str) -> bool {
    word.chars().count() > 2 && !SMALL.contains(word) && !CAPITALS.contains(word)
}

/// The small words of every language that has a list.
static SMALL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lexicons = lexicons();
    lexicons
        .flat_map(|(_, lexicon)| lexicon.function_words())
        .collect()
});

/// Words with a capital that name nobody.
static CAPITALS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("identity/capitals.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// What may stand between two words of one name, folded.
const PARTICLES: [&str; 9] = ["de", "del", "la", "las", "los", "van", "von", "da", "al"];

/// The passages of a text that may tell who somebody is: sorted, and never over each other.
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
