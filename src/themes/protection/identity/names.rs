//! Finds names by capitalization, by preceding titles, and from a list of known names.

use std::ops::Range;

use super::{CAPITALS, Known, PARTICLES, SMALL};
use crate::themes::text::Language;
use crate::themes::text::tokens::{Token, tokens};

/// Words that precede a name.
const TITLES: [&str; 31] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "coach",
    "principal",
    "professor",
    "prof",
    "officer",
    "sr",
    "sra",
    "srta",
    "señor",
    "señora",
    "señorita",
    "don",
    "doña",
    "maestro",
    "maestra",
    "profesor",
    "profesora",
    "director",
    "directora",
    "doctor",
    "doctora",
    "السيد",
    "السيدة",
    "الأستاذ",
    "الأستاذة",
];

/// A word that may be part of a name.
struct Word<'a> {
    token: Token,
    written: &'a str,
    /// Whether it starts a sentence, or might.
    begins: bool,
}

impl Word<'_> {
    /// Whether it's a capital followed by lowercase letters.
    fn has_capital(&self) -> bool {
        let mut letters = self.written.chars().filter(|letter| letter.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    }

    fn is_ordinary(&self, known: &Known) -> bool {
        let word = self.token.word.as_str();
        CAPITALS.contains(word)
            || SMALL.contains(word)
            || TITLES.contains(&word)
            || known.places.contains(word)
    }
}

pub(super) fn names(text: &str, known: &Known) -> Vec<Range<usize>> {
    let words = words(text);
    let capitals = words.iter().filter(|word| word.has_capital()).count();
    let shouted = words.len() > 3 && capitals * 5 > words.len() * 3;
    let mut named = vec![false; words.len()];
    let mut name = |place: usize| {
        if let Some(named) = named.get_mut(place) {
            *named = true;
        }
    };
    for (place, word) in words.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| words.get(before));
        let behind_a_title = before.is_some_and(|before| {
            TITLES.contains(&before.token.word.as_str()) && is_near(text, before, word)
        });
        let has_no_case = !word
            .written
            .chars()
            .any(|letter| letter.is_lowercase() || letter.is_uppercase());
        let titled = behind_a_title
            && (word.has_capital() || has_no_case)
            && !SMALL.contains(word.token.word.as_str());
        let inside = !shouted && word.has_capital() && !word.begins && !word.is_ordinary(known);
        if titled || inside || known.parts.contains(&word.token.word) {
            name(place);
            // "Maria Lopez helped": the first word starts the sentence, but the next one shows that it's part of a
            // name.
            if let Some(before) = before.filter(|before| {
                before.begins
                    && before.has_capital()
                    && !before.is_ordinary(known)
                    && is_near(text, before, word)
            }) && !TITLES.contains(&before.token.word.as_str())
            {
                name(place - 1);
            }
        }
    }
    for full in &known.full {
        let is_here = |at: &[Word<'_>]| at.iter().map(|word| &word.token.word).eq(full);
        for (place, _) in words
            .windows(full.len())
            .enumerate()
            .filter(|(_, at)| is_here(at))
        {
            (place..place + full.len()).for_each(&mut name);
        }
    }
    joined(text, &words, &named)
}

/// A text's words, with hyphenated ones whole.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    for token in tokens(text, Language::UNDETERMINED) {
        if words
            .last()
            .is_some_and(|last| token.span.start < last.token.span.end)
        {
            continue;
        }
        let written = text.get(token.span.clone()).unwrap_or_default();
        let before = text.get(..token.span.start).unwrap_or_default();
        let before = before.trim_end_matches([' ', '\t']);
        let begins = before.is_empty()
            || before
                .ends_with(|letter: char| !letter.is_alphanumeric() && !",'’-&".contains(letter))
            || is_bullet(before);
        words.push(Word {
            token,
            written,
            begins,
        });
    }
    words
}

/// Whether a text ends with a standalone hyphen, like the bullet of a list.
fn is_bullet(text: &str) -> bool {
    let before = text.strip_suffix('-');
    before.is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
}

/// Whether only spaces, or the dot of a title, separate two words.
fn is_near(text: &str, one: &Word<'_>, other: &Word<'_>) -> bool {
    let between = text.get(one.token.span.end..other.token.span.start);
    between.is_some_and(|between| matches!(between.trim_matches(' '), "" | "." | ". "))
}

/// Merges adjacent name words, with particles between them, into one span.
fn joined(text: &str, words: &[Word<'_>], named: &[bool]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    // The last word that the current span can continue from: its own last word, or a particle after it.
    let mut open: Option<&Word<'_>> = None;
    for (word, named) in words.iter().zip(named) {
        let goes_on = open.is_some_and(|open| is_near(text, open, word));
        if *named {
            match spans.last_mut() {
                Some(last) if goes_on => last.end = word.token.span.end,
                _ => spans.push(word.token.span.clone()),
            }
            open = Some(word);
        } else if goes_on && PARTICLES.contains(&word.token.word.as_str()) {
            open = Some(word);
        } else {
            open = None;
        }
    }
    spans
}
