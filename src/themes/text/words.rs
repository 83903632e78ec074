//! Finds word boundaries as defined by Unicode (UAX-29), with a fast path for ASCII.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// A word in the text: at least one letter or digit.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoundWord {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it contains a letter.
    pub(super) letter: bool,
    /// Whether it contains an apostrophe.
    pub(super) apostrophe: bool,
}

/// Calls `each` with every word of the text, in order.
#[inline]
pub(super) fn words(text: &str, mut each: impl FnMut(FoundWord)) {
    if text.is_ascii() {
        ascii_words(text.as_bytes(), each);
    } else {
        for (start, word) in text.unicode_word_indices() {
            let (letter, apostrophe) = (word.chars().any(is_letter), word.contains('\''));
            each(FoundWord {
                start,
                end: start + word.len(),
                letter,
                apostrophe,
            });
        }
    }
}

/// Whether a character is a letter in its own right, unlike a combining vowel sign.
pub(super) fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() && !is_combining_mark(letter)
}

/// Bit flags for a byte's role in a word: letters, digits, and `_` are part of words; some characters join letters,
/// some digits.
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const UNDERSCORE: u8 = 4;
const CORE: u8 = LETTER | DIGIT | UNDERSCORE;
const JOINS_LETTERS: u8 = 8;
const JOINS_DIGITS: u8 = 16;
const APOSTROPHE: u8 = 32;

/// The flags of all bytes.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        let kind = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => UNDERSCORE,
            b'\'' => JOINS_LETTERS | JOINS_DIGITS | APOSTROPHE,
            b'.' => JOINS_LETTERS | JOINS_DIGITS,
            b':' => JOINS_LETTERS,
            b',' | b';' => JOINS_DIGITS,
            _ => 0,
        };
        #[expect(
            clippy::indexing_slicing,
            reason = "the list has a place for every byte"
        )]
        {
            kinds[byte as usize] = kind;
        }
        byte += 1;
    }
    kinds
};

/// The same for ASCII, without Unicode tables.
#[inline]
fn ascii_words(bytes: &[u8], mut each: impl FnMut(FoundWord)) {
    let kind = |at: usize| {
        bytes
            .get(at)
            .and_then(|byte| KINDS.get(usize::from(*byte)))
            .copied()
            .unwrap_or_default()
    };
    let mut at = 0;
    while at < bytes.len() {
        let first = kind(at);
        if first & CORE == 0 {
            at += 1;
            continue;
        }
        let (start, mut seen, mut last) = (at, first, first);
        loop {
            at += 1;
            let current = kind(at);
            if current & CORE == 0 {
                let next = kind(at + 1);
                let letters = current & JOINS_LETTERS != 0 && last & next & LETTER != 0;
                let digits = current & JOINS_DIGITS != 0 && last & next & DIGIT != 0;
                if !letters && !digits {
                    break;
                }
            }
            seen |= current;
            last = current;
        }
        if seen & (LETTER | DIGIT) != 0 {
            each(FoundWord {
                start,
                end: at,
                letter: seen & LETTER != 0,
                apostrophe: seen & APOSTROPHE != 0,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_ascii_fast_path_finds_the_same_words_as_unicode(text in "[ -~]{0,40}|[ab1_.,;:' -]{0,20}|[\\x00-\\x7f]{0,20}") {
            let mut found = Vec::new();
            ascii_words(text.as_bytes(), |word| {
                found.push((word.start, text[word.start..word.end].to_owned(), word.letter, word.apostrophe));
            });
            // A non-ASCII letter at the end forces the library's general path.
            let general = format!("{text} é");
            let mut expected: Vec<_> = general
                .unicode_word_indices()
                .map(|(start, word)| (start, word.to_owned(), word.chars().any(is_letter), word.contains('\'')))
                .collect();
            expected.pop();
            prop_assert_eq!(found, expected);
        }
    }
}
