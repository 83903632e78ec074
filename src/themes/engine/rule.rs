//! Terms as people write them in a codebook: `safe`, `bus*`, `"drop off"`, `safe NEAR/5 crosswalk`.
//!
//! Parsing doesn't depend on the language; [`crate::themes::engine::matcher::Rule`] then stems a term for one language.

use std::{fmt, str::FromStr};

use crate::files::shown;
use crate::themes::text::{Language, fold::fold, normalize::Normalized, tokens::tokens};

/// One term of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// `safe` or `bus*`.
    Word(TermWord),
    /// `"drop off"`: words in sequence.
    Phrase(Vec<TermWord>),
    /// `safe NEAR/5 "cross* walk"`: both, in either order, with at most this many words between them.
    Near {
        /// The words before NEAR.
        one: Vec<TermWord>,
        /// The maximum number of words between them.
        between: usize,
        /// The words after NEAR.
        other: Vec<TermWord>,
    },
}

/// The maximum distance for NEAR: families' comments are rarely longer than this.
const MOST_BETWEEN: usize = 100;

/// A word of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TermWord {
    /// `school`: every word with the same stem.
    Stem(String),
    /// `bus*`: every word with this prefix.
    Beginning(String),
}

/// Why a text isn't a valid term, in words for its author.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at position {position}: {reason}")]
pub struct TermFault {
    /// The position of the offending character, from 1.
    pub position: usize,
    /// What's wrong and how to fix it.
    pub reason: String,
}

impl TermFault {
    fn at(position: usize, reason: impl Into<String>) -> Self {
        Self {
            position: position + 1,
            reason: reason.into(),
        }
    }
}

impl FromStr for Term {
    type Err = TermFault;

    fn from_str(written: &str) -> Result<Self, TermFault> {
        let mut normalized = Normalized::default();
        normalized.read(written);
        let text = normalized.text().replace(['“', '”', '„', '«', '»'], "\"");
        let before = text
            .chars()
            .take_while(|letter| letter.is_whitespace())
            .count();
        let text = text.trim();
        if text.is_empty() {
            return Err(TermFault::at(0, "this term is empty; write a word"));
        }
        let Some(near) = Near::find(text)? else {
            return word_or_phrase(text, before);
        };
        let side = |text: &str, at: usize| -> Result<Vec<TermWord>, TermFault> {
            let blank = text.chars().take_while(|letter| letter.is_whitespace());
            let at = before + at + blank.count();
            if text.trim().is_empty() {
                return Err(TermFault::at(
                    at,
                    "NEAR goes between two words: safe NEAR/5 crosswalk",
                ));
            }
            if let Some(second) = Near::find(text.trim())? {
                return Err(TermFault::at(
                    at + second.start,
                    "a term can have only one NEAR; write a second term",
                ));
            }
            Ok(match word_or_phrase(text.trim(), at)? {
                Self::Word(word) => vec![word],
                Self::Phrase(words) => words,
                Self::Near { one, .. } => one,
            })
        };
        Ok(Self::Near {
            one: side(near.before, 0)?,
            between: near.between,
            other: side(near.behind, near.end)?,
        })
    }
}

/// A NEAR outside quotation marks.
struct Near<'a> {
    before: &'a str,
    behind: &'a str,
    between: usize,
    /// Its start and end, in characters.
    start: usize,
    end: usize,
}

impl<'a> Near<'a> {
    fn find(text: &'a str) -> Result<Option<Self>, TermFault> {
        let mut in_quotes = false;
        let (mut at, mut place) = (0, 0);
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            if let Some((near, number)) = word.split_once('/')
                && !in_quotes
                && near.eq_ignore_ascii_case("near")
            {
                let between = number.parse().ok().filter(|number| *number <= MOST_BETWEEN);
                let between = between.ok_or_else(|| {
                    TermFault::at(
                        at + near.len() + 1,
                        format!("NEAR/ needs a number up to {MOST_BETWEEN}, as in NEAR/5"),
                    )
                })?;
                return Ok(Some(Self {
                    before: text.get(..place).unwrap_or_default(),
                    behind: text.get(place + word.len()..).unwrap_or_default(),
                    between,
                    start: at,
                    end: at + word.chars().count(),
                }));
            }
            in_quotes ^= word.matches('"').count() % 2 == 1;
            at += piece.chars().count();
            place += piece.len();
        }
        Ok(None)
    }
}

fn word_or_phrase(text: &str, offset: usize) -> Result<Term, TermFault> {
    match text.strip_prefix('"') {
        Some(rest) => phrase(rest, offset + 1),
        None => single(text, offset).map(Term::Word),
    }
}

/// Parses a phrase, starting after its opening quotation mark.
fn phrase(rest: &str, offset: usize) -> Result<Term, TermFault> {
    let end = offset + rest.chars().count();
    let Some(inside) = rest.strip_suffix('"') else {
        return Err(match rest.split_once('"') {
            Some((inside, _)) => TermFault::at(
                offset + inside.chars().count() + 1,
                "a phrase ends at its second quotation mark",
            ),
            None => TermFault::at(end, "the phrase has no second quotation mark"),
        });
    };
    let mut words = Vec::new();
    let mut at = offset;
    for piece in inside.split(char::is_whitespace) {
        if !piece.is_empty() {
            words.push(word(piece, at)?);
        }
        at += piece.chars().count() + 1;
    }
    if words.is_empty() {
        return Err(TermFault::at(
            offset,
            "there is no word between the quotation marks",
        ));
    }
    Ok(Term::Phrase(words))
}

/// Parses a word outside quotation marks.
fn single(text: &str, offset: usize) -> Result<TermWord, TermFault> {
    if let Some(at) = text.chars().position(char::is_whitespace) {
        return Err(TermFault::at(
            offset + at,
            format!("a phrase needs quotation marks: \"{}\"", shown(text)),
        ));
    }
    word(text, offset)
}

/// Parses one word, with or without a trailing `*`.
fn word(text: &str, offset: usize) -> Result<TermWord, TermFault> {
    let stem = text.strip_suffix('*');
    let bare = stem.unwrap_or(text);
    let fault = |letter: &dyn Fn(char) -> bool, reason: &str| {
        let at = bare.chars().position(letter)?;
        Some(TermFault::at(offset + at, reason))
    };
    if let Some(fault) = fault(
        &|letter| letter == '*',
        "* can go only at the end of a word",
    )
    .or_else(|| {
        fault(
            &|letter| letter == '"',
            "quotation marks go at the start and the end of a phrase",
        )
    })
    .or_else(|| {
        fault(
            &|letter| !may_stand(letter),
            "a word can have only letters, digits, hyphens, and apostrophes",
        )
    }) {
        return Err(fault);
    }
    if !bare.chars().any(char::is_alphabetic) {
        return Err(TermFault::at(offset, "a word needs at least one letter"));
    }
    let folded = fold(bare).into_owned();
    if stem.is_some() {
        return Ok(TermWord::Beginning(folded));
    }
    // Reject what can't occur as one word in a comment; otherwise it would silently match nothing.
    let found = tokens(bare, Language::UNDETERMINED);
    if found.first().is_none_or(|token| {
        token.span.len() < bare.trim_end_matches("'s").trim_end_matches("'S").len()
    }) {
        return Err(TermFault::at(
            offset,
            format!(
                "“{}” is not a single word; hyphens and apostrophes go inside words",
                shown(bare)
            ),
        ));
    }
    Ok(TermWord::Stem(folded))
}

/// The characters allowed in a word: letters with their marks, digits, and joiners.
fn may_stand(letter: char) -> bool {
    letter.is_alphanumeric()
        || "-'.:_".contains(letter)
        || unicode_normalization::char::is_combining_mark(letter)
}

impl fmt::Display for TermWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stem(word) => f.write_str(word),
            Self::Beginning(word) => write!(f, "{word}*"),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => word.fmt(f),
            Self::Phrase(words) => write_phrase(f, words),
            Self::Near {
                one,
                between,
                other,
            } => {
                write_side(f, one)?;
                write!(f, " NEAR/{between} ")?;
                write_side(f, other)
            }
        }
    }
}

fn write_phrase(f: &mut fmt::Formatter<'_>, words: &[TermWord]) -> fmt::Result {
    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
    write!(f, "\"{}\"", words.join(" "))
}

fn write_side(f: &mut fmt::Formatter<'_>, words: &[TermWord]) -> fmt::Result {
    match words {
        [word] => write!(f, "{word}"),
        words => write_phrase(f, words),
    }
}

#[cfg(test)]
mod tests;
