//! Splits a text at its matched words, so that a page can highlight them.

use std::ops::Range;

use serde::Serialize;

/// A segment of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Segment<'a> {
    /// The text as written.
    pub text: &'a str,
    /// Whether a term matched them.
    pub marked: bool,
}

/// The segments of a text, in order. `spans` must be sorted and not overlap, like those from
/// [`crate::themes::engine::matcher::Rule::spans`]. Ignores spans that aren't on character boundaries.
pub fn segments<'a>(text: &'a str, spans: &[Range<usize>]) -> Vec<Segment<'a>> {
    let mut segments = Vec::with_capacity(2 * spans.len() + 1);
    let mut at = 0;
    for span in spans {
        let (Some(before), Some(marked)) = (text.get(at..span.start), text.get(span.clone()))
        else {
            continue;
        };
        segments.push(Segment {
            text: before,
            marked: false,
        });
        segments.push(Segment {
            text: marked,
            marked: true,
        });
        at = span.end;
    }
    segments.push(Segment {
        text: text.get(at..).unwrap_or_default(),
        marked: false,
    });
    segments.retain(|segment| !segment.text.is_empty());
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_add_up_to_the_text() {
        let text = "más buses, ya";
        let pieces = segments(text, &[0..4, 5..10]);
        assert_eq!(
            pieces.iter().map(|piece| piece.text).collect::<String>(),
            text
        );
        let marked: Vec<_> = pieces
            .iter()
            .filter(|piece| piece.marked)
            .map(|piece| piece.text)
            .collect();
        assert_eq!(marked, ["más", "buses"]);
    }

    #[test]
    fn a_text_without_matches_is_one_piece() {
        assert_eq!(
            segments("none", &[]),
            [Segment {
                text: "none",
                marked: false
            }]
        );
        assert_eq!(segments("", &[]), []);
    }
}
