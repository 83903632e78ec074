//! Splits a comment into tokens, for counting, matching, and highlighting.
//!
//! A token is a word with at least one letter. A hyphenated word gives one token for the whole and one for each part.
//! Possessive `'s` and elisions (`l'`) are dropped. Tokens have consecutive positions; numbers and punctuation don't
//! take a position, and a whole has the position of its first part.

use std::ops::Range;

use super::{
    fold::fold,
    language::Language,
    normalize::{Normalized, is_plain},
    words::{is_letter, words},
};

/// A word of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The word as compared: normalized and folded.
    pub word: String,
    /// Its position in the original text, in bytes.
    pub span: Range<usize>,
    /// How many words come before it, counting parts separately.
    pub position: u32,
    /// Whether it's a whole hyphenated word; its parts are tokens too.
    pub whole: bool,
}

/// The tokens of a text in a language.
pub fn tokens(text: &str, language: Language) -> Vec<Token> {
    let mut tokens = Vec::new();
    Tokenizer::default().each(text, language, |surface| {
        let word = fold(surface.word).into_owned();
        tokens.push(Token {
            word,
            span: surface.span,
            position: surface.position,
            whole: surface.whole,
        });
    });
    tokens
}

/// A token that isn't case-folded yet, so that a vocabulary can look it up without folding.
#[derive(Debug)]
pub struct Surface<'a> {
    /// The normalized word.
    pub word: &'a str,
    /// See [`Token::span`].
    pub span: Range<usize>,
    /// See [`Token::position`].
    pub position: u32,
    /// See [`Token::whole`].
    pub whole: bool,
}

/// Tokenizes one text at a time, reusing its buffers.
#[derive(Debug, Default)]
pub struct Tokenizer {
    normalized: Normalized,
}

impl Tokenizer {
    /// Calls `each` with every token of the text, in order.
    #[inline]
    pub fn each(&mut self, text: &str, language: Language, mut each: impl FnMut(Surface<'_>)) {
        let mut finder = Finder {
            elisions: elisions(language),
            position: 0,
            chain: Vec::new(),
            each: &mut each,
        };
        if text.is_ascii() {
            finder.read(text, |span| span);
            return;
        }
        // No word, composition, or hyphen spans an ASCII space, so we can handle each piece between spaces on its own.
        let mut start = 0;
        for piece in text.split_inclusive([' ', '\n']) {
            if is_plain(piece) {
                finder.read(piece, |span| start + span.start..start + span.end);
            } else {
                self.normalized.read(piece);
                let normalized = &self.normalized;
                // A few signs become a space and a mark, such as U+037A.
                let mut from = 0;
                for part in normalized.text().split_inclusive([' ', '\n']) {
                    finder.read(part, |span| {
                        let original = normalized.original(&(from + span.start..from + span.end));
                        start + original.start..start + original.end
                    });
                    from += part.len();
                }
            }
            start += piece.len();
        }
    }
}

/// A word in a hyphenated chain: where it ends, its core, and whether the core has a letter.
#[derive(Debug)]
struct Link {
    end: usize,
    core: Range<usize>,
    letter: bool,
}

struct Finder<'a, Each> {
    elisions: &'static [&'static str],
    position: u32,
    chain: Vec<Link>,
    each: &'a mut Each,
}

impl<Each: FnMut(Surface<'_>)> Finder<'_, Each> {
    /// Tokenizes normalized text. `original` maps spans back to the original text.
    #[inline]
    fn read(&mut self, text: &str, original: impl Fn(Range<usize>) -> Range<usize>) {
        let bytes = text.as_bytes();
        words(text, |found| {
            let hyphenated = self
                .chain
                .last()
                .is_some_and(|link| text.get(link.end..found.start) == Some("-"));
            if !hyphenated {
                self.finish(text, &original);
            }
            let mut link = Link {
                end: found.end,
                core: found.start..found.end,
                letter: found.letter,
            };
            if found.apostrophe {
                link.core = self.core(text, &link.core);
                link.letter = has_letter(text, &link.core);
            }
            if hyphenated || bytes.get(found.end) == Some(&b'-') {
                self.chain.push(link);
            } else if link.letter {
                self.give(text, link.core, false, &original);
                self.position += 1;
            }
        });
        self.finish(text, &original);
    }

    #[inline]
    fn give(
        &mut self,
        text: &str,
        core: Range<usize>,
        whole: bool,
        original: &impl Fn(Range<usize>) -> Range<usize>,
    ) {
        if let Some(word) = text.get(core.clone()) {
            (self.each)(Surface {
                word,
                span: original(core),
                position: self.position,
                whole,
            });
        }
    }

    /// Emits the chain's tokens: the whole, if it has more than one word, then the parts.
    fn finish(&mut self, text: &str, original: &impl Fn(Range<usize>) -> Range<usize>) {
        if self.chain.is_empty() {
            return;
        }
        let mut chain = std::mem::take(&mut self.chain);
        if let [first, .., last] = chain.as_slice()
            && chain.iter().any(|link| link.letter)
        {
            self.give(text, first.core.start..last.core.end, true, original);
        }
        for link in chain.drain(..).filter(|link| link.letter) {
            self.give(text, link.core, false, original);
            self.position += 1;
        }
        self.chain = chain;
    }

    /// The core of a word: without the possessive at its end or the elision at its start.
    fn core(&self, text: &str, span: &Range<usize>) -> Range<usize> {
        let word = text.get(span.clone()).unwrap_or_default();
        let Some((before, _)) = word.split_once('\'') else {
            return span.clone();
        };
        if self
            .elisions
            .iter()
            .any(|elision| elision.eq_ignore_ascii_case(before))
        {
            return span.start + before.len() + 1..span.end;
        }
        if word.ends_with("'s") || word.ends_with("'S") {
            return span.start..span.end - 2;
        }
        span.clone()
    }
}

fn has_letter(text: &str, span: &Range<usize>) -> bool {
    text.get(span.clone())
        .is_some_and(|word| word.chars().any(is_letter))
}

/// The elisions that a language writes with an apostrophe before a vowel.
fn elisions(language: Language) -> &'static [&'static str] {
    if language == Language::ENGLISH || language == Language::SPANISH {
        return &[];
    }
    match language.as_str() {
        "fr" => &[
            "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
        ],
        "it" => &[
            "l", "d", "c", "s", "m", "t", "v", "n", "un", "all", "dall", "dell", "nell", "sull",
            "coll", "quell", "quest", "anch", "dov", "com", "sant", "bell", "grand",
        ],
        "ca" => &["l", "d", "m", "n", "s", "t"],
        "pt" => &["d"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words_of(text: &str, tag: &str) -> Vec<String> {
        tokens(text, tag.parse().unwrap())
            .into_iter()
            .map(|token| token.word)
            .collect()
    }

    #[test]
    fn words_contain_a_letter_and_are_lowercase() {
        assert_eq!(
            words_of("Fix the 3 BUSES by 8:15, on 5th!", "en"),
            ["fix", "the", "buses", "by", "on", "5th"]
        );
    }

    #[test]
    fn a_hyphenated_word_counts_as_a_whole_and_by_its_parts() {
        assert_eq!(
            words_of("Drop-off, then K-12 -- pick–up", "en"),
            ["drop-off", "drop", "off", "then", "k-12", "k", "pick", "up"]
        );
        let positions: Vec<_> = tokens("no drop-off zone", Language::ENGLISH)
            .iter()
            .map(|token| token.position)
            .collect();
        assert_eq!(positions, [0, 1, 1, 2, 3]);
    }

    #[test]
    fn possessives_and_elisions_are_dropped() {
        assert_eq!(
            words_of("The school's bus, the CHILD’S seat, don’t", "en"),
            ["the", "school", "bus", "the", "child", "seat", "don't"]
        );
        assert_eq!(
            words_of("L’école n'aujourd'hui", "fr"),
            ["école", "aujourd'hui"]
        );
        assert_eq!(words_of("o'clock d'you", "en"), ["o'clock", "d'you"]);
        assert_eq!(words_of("ג׳ורג' ס'", "he"), ["ג׳ורג'", "ס'"]);
    }

    #[test]
    fn a_span_points_at_the_word_as_it_was_written() {
        let text = "Más nin\u{303}os: the SCHOOL’s ﬁeld-trip";
        let written: Vec<_> = tokens(text, Language::ENGLISH)
            .into_iter()
            .map(|token| text[token.span].to_owned())
            .collect();
        assert_eq!(
            written,
            [
                "Más",
                "nin\u{303}os",
                "the",
                "SCHOOL",
                "ﬁeld-trip",
                "ﬁeld",
                "trip"
            ]
        );
    }

    fn comment() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "school",
            "School's",
            "niños",
            "nin\u{303}os",
            "-",
            " ",
            "’",
            "'",
            "ﬁ",
            "½",
            "drop-off",
            "\n",
            "\u{a0}",
            "´",
            "K-12",
            "é",
            "的",
            "한",
            "ㄱㅏ",
            "👍",
            "\u{301}",
            "l’",
            "_",
            ".",
            ":",
            "9",
        ]);
        prop_oneof![
            prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat()),
            any::<String>()
        ]
    }

    proptest! {
        #[test]
        fn tokenizing_a_span_gives_its_word_again(text in comment()) {
            for token in tokens(&text, Language::ENGLISH) {
                let written = text.get(token.span.clone());
                prop_assert!(written.is_some(), "{:?} is no span of {:?}", token, text);
                // A span may be wider than its word if one character stands for several, as in ½, but never narrower.
                let again = tokens(written.unwrap(), Language::ENGLISH);
                prop_assert!(again.iter().any(|other| other.word == token.word), "{:?} in {:?} gives {:?}", token, text, again);
            }
        }

        #[test]
        fn tokens_are_in_order(text in comment()) {
            let found = tokens(&text, Language::ENGLISH);
            prop_assert!(found.windows(2).all(|pair| pair[0].position <= pair[1].position && pair[0].span.start <= pair[1].span.start));
            let parts: Vec<_> = found.iter().filter(|token| !token.whole).map(|token| token.position).collect();
            prop_assert_eq!(parts.clone(), (0..).take(parts.len()).collect::<Vec<u32>>());
        }

        #[test]
        fn tokenizing_before_or_after_normalizing_gives_the_same_words(text in comment()) {
            let mut whole = Normalized::default();
            whole.read(&text);
            let expected: Vec<_> = tokens(whole.text(), Language::ENGLISH).into_iter().map(|token| token.word).collect();
            let found: Vec<_> = tokens(&text, Language::ENGLISH).into_iter().map(|token| token.word).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn a_long_text_in_any_language_is_read_to_the_end(pieces in prop::collection::vec(comment(), 0..40), tag in prop::sample::select(&["en", "es", "fr", "ar", "zh", "und"][..])) {
            // The word at the end is found whatever comes before it.
            let text = format!("{}\nlast", pieces.concat());
            let found = tokens(&text, tag.parse().unwrap());
            prop_assert_eq!(found.last().map(|token| token.word.as_str()), Some("last"));
            prop_assert!(found.iter().all(|token| text.get(token.span.clone()).is_some()));
        }
    }
}
