//! Normalizes text for comparison: Unicode compatibility composition (NFKC), straight apostrophes, plain hyphens, and
//! no soft hyphens. Keeps a mapping back to the original text.

use std::ops::Range;

use unicode_normalization::{IsNormalized, char, is_nfkc_quick};

/// Normalized text that knows where each of its bytes came from.
#[derive(Debug, Default)]
pub struct Normalized {
    text: String,
    /// For each byte of `text`, the original span of its character.
    origins: Vec<(usize, usize)>,
    pieces: Vec<Piece>,
}

/// A letter or mark, with its combining class and original span.
#[derive(Clone, Copy, Debug)]
struct Piece {
    letter: char,
    class: u8,
    start: usize,
    end: usize,
}

/// A quick check for text that's already normalized. May return false for normalized text.
pub fn is_plain(text: &str) -> bool {
    // Western European letters are the common case. They're already composed, and none of them looks like an
    // apostrophe.
    text.chars()
        .all(|letter| letter.is_ascii() || matches!(letter, 'À'..='ı' | '¿' | '¡'))
        || (!text.chars().any(|letter| straight(letter) != Some(letter))
            && is_nfkc_quick(text.chars()) == IsNormalized::Yes)
}

/// The character that stands in for another before composition; `None` for the soft hyphen, which is invisible.
fn straight(letter: char) -> Option<char> {
    match letter {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{FF07}' => Some('\''),
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{00AD}' => None,
        other => Some(other),
    }
}

impl Normalized {
    /// Normalizes a text, reusing buffers.
    pub fn read(&mut self, text: &str) {
        self.decompose(text);
        self.reorder();
        self.compose();
        self.text.clear();
        self.origins.clear();
        for piece in &self.pieces {
            self.text.push(piece.letter);
            self.origins
                .resize(self.text.len(), (piece.start, piece.end));
        }
    }

    /// The normalized text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Maps a span of the normalized text to the original. Both are on character boundaries.
    pub fn original(&self, span: &Range<usize>) -> Range<usize> {
        let origins = self.origins.get(span.clone()).unwrap_or_default();
        let start = origins
            .iter()
            .map(|origin| origin.0)
            .min()
            .unwrap_or_default();
        let end = origins.iter().map(|origin| origin.1).max().unwrap_or(start);
        start..end
    }

    fn decompose(&mut self, text: &str) {
        self.pieces.clear();
        for (start, written) in text.char_indices() {
            let Some(letter) = straight(written) else {
                continue;
            };
            let end = start + written.len_utf8();
            char::decompose_compatible(letter, |letter| {
                let class = char::canonical_combining_class(letter);
                self.pieces.push(Piece {
                    letter,
                    class,
                    start,
                    end,
                });
            });
        }
    }

    /// Sorts each run of marks into canonical order (Unicode, section 3.11, D109).
    fn reorder(&mut self) {
        for marks in self.pieces.chunk_by_mut(|_, next| next.class != 0) {
            // A run starts with its base letter, except where the text starts with marks.
            let skip = usize::from(marks.first().is_some_and(|first| first.class == 0));
            if let Some(marks) = marks.get_mut(skip..) {
                marks.sort_by_key(|mark| mark.class);
            }
        }
    }

    /// Combines marks with the preceding letter where Unicode has a composed character (section 3.11, D117).
    fn compose(&mut self) {
        let mut kept: Vec<Piece> = Vec::with_capacity(self.pieces.len());
        let mut starter: Option<usize> = None;
        for piece in self.pieces.drain(..) {
            if let Some(at) = starter
                && kept
                    .get(at + 1..)
                    .and_then(<[_]>::last)
                    .is_none_or(|last| last.class < piece.class)
                && let Some(base) = kept.get_mut(at)
                && let Some(letter) = char::compose(base.letter, piece.letter)
            {
                base.letter = letter;
                base.start = base.start.min(piece.start);
                base.end = base.end.max(piece.end);
                continue;
            }
            if piece.class == 0 {
                starter = Some(kept.len());
            }
            kept.push(piece);
        }
        self.pieces = kept;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn normalized(text: &str) -> String {
        let mut normalized = Normalized::default();
        normalized.read(text);
        normalized.text().to_owned()
    }

    #[test]
    fn apostrophes_become_straight_and_hyphens_plain() {
        assert_eq!(
            normalized("don’t don‘t donʼt don＇t"),
            "don't don't don't don't"
        );
        assert_eq!(
            normalized("drop‐off drop‑off drop\u{AD}off"),
            "drop-off drop-off dropoff"
        );
    }

    #[test]
    fn a_span_maps_back_to_the_original_text() {
        let written = "ﬁx nin\u{303}os";
        let mut normalized = Normalized::default();
        normalized.read(written);
        assert_eq!(normalized.text(), "fix niños");
        assert_eq!(&written[normalized.original(&(4..10))], "nin\u{303}os");
        assert_eq!(&written[normalized.original(&(0..3))], "ﬁx");
    }

    /// Letters, marks, jamo, and compatibility forms that make composition hard.
    fn awkward() -> impl Strategy<Value = String> {
        let hard = prop::sample::select(vec![
            'a',
            'o',
            'q',
            ' ',
            '\u{300}',
            '\u{301}',
            '\u{323}',
            '\u{31B}',
            '\u{1100}',
            '\u{1161}',
            '\u{11A8}',
            'ㄱ',
            'ㅏ',
            '가',
            'ﬁ',
            '½',
            '´',
            '\u{0B92}',
            '\u{0BD7}',
            '\u{FF76}',
            '\u{FF9E}',
            'ệ',
            'Å',
            '\u{344}',
            '\u{1D15E}',
        ]);
        prop_oneof![
            prop::collection::vec(hard, 0..12).prop_map(String::from_iter),
            any::<String>()
        ]
    }

    proptest! {
        #[test]
        fn composition_agrees_with_unicode_normalization(text in awkward()) {
            let straightened: String = text.chars().filter_map(straight).collect();
            prop_assert_eq!(normalized(&text), straightened.nfkc().collect::<String>());
        }

        #[test]
        fn plain_text_is_unchanged(text in awkward()) {
            if is_plain(&text) {
                prop_assert_eq!(normalized(&text), text);
            }
        }

        #[test]
        fn every_span_is_on_character_boundaries(text in awkward()) {
            let mut normalized = Normalized::default();
            normalized.read(&text);
            for (start, letter) in normalized.text().char_indices() {
                let span = normalized.original(&(start..start + letter.len_utf8()));
                prop_assert!(text.get(span).is_some_and(|written| !written.is_empty()));
            }
        }
    }
}
