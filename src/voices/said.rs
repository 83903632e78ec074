//! The released comments, with where they were said and which words matched their themes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::snapshot::{CommentPart, Matched};
use super::store::Seating;
use crate::comments::{self, Comment};
use crate::db::Db;
use crate::district::Round;
use crate::error::Result;
use crate::localized::LocalizedText;
use crate::surveys::{self, SurveyId};
use crate::themes::{Coded, Coding, Index, Language};

/// Reads a round's released comments, sorted by ID.
pub(super) fn released(
    index: &Index,
    db: &mut Db,
    round: &Round,
    coding: Option<&Coding>,
    coded: Option<&Coded>,
    seatings: &[Seating],
) -> Result<Vec<CommentPart>> {
    let titles: BTreeMap<SurveyId, LocalizedText> = surveys::in_round(db, &round.id)?
        .into_iter()
        .map(|survey| (survey.id, survey.document.0.title))
        .collect();
    let mut parts = Vec::new();
    for comment in comments::released(db, &round.id)? {
        // A comment that the index doesn't count isn't public, even if it was released: its import may have been
        // undone.
        let Some(ordinal) = index.tally.ordinal(&comment.id) else {
            continue;
        };
        if index.tally.comment(ordinal).is_none_or(|row| !row.counts()) {
            continue;
        }
        let seating = comment
            .table_id
            .as_ref()
            .and_then(|table| seatings.iter().find(|seating| seating.table == *table));
        let title = comment.survey_id.as_ref().and_then(|id| titles.get(id));
        let language = index.language(ordinal);
        let themes = match (coding, coded) {
            (Some(coding), Some(coded)) => matched(coding, coded, ordinal, &comment.text, language),
            _ => Vec::new(),
        };
        parts.push(CommentPart {
            place: seating
                .map(|seating| &seating.title.0)
                .or(title)
                .cloned()
                .unwrap_or_default(),
            speaks_for: seating.map(|seating| spoken_for(&comment, seating)),
            item: comment.item_key,
            intent: comment.intent,
            language: if language == Language::UNDETERMINED {
                comment.language
            } else {
                language.to_string()
            },
            id: comment.id,
            text: comment.text,
            themes,
        });
    }
    parts.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    Ok(parts)
}

fn spoken_for(comment: &Comment, seating: &Seating) -> u64 {
    u64::try_from(comment.speaks_for.min(seating.present)).unwrap_or(0)
}

/// The themes that count a comment, each with the words that matched its own terms or its subthemes'.
fn matched(
    coding: &Coding,
    coded: &Coded,
    ordinal: u32,
    text: &str,
    language: Language,
) -> Vec<Matched> {
    let themes = coding.codebook.themes.iter();
    let counting = themes.filter(|theme| coded.theme(&theme.key).contains(ordinal));
    counting
        .map(|theme| {
            let mut spans: Vec<Range<usize>> = coding
                .with_parts(&theme.key)
                .into_iter()
                .filter_map(|key| coding.theme(key))
                .flat_map(|part| part.rule.spans(text, language))
                .collect();
            spans.sort_unstable_by_key(|span| (span.start, span.end));
            Matched {
                theme: theme.key.clone(),
                spans: joined(spans),
            }
        })
        .collect()
}

/// Merges overlapping spans. They must be sorted.
fn joined(spans: Vec<Range<usize>>) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some((_, end)) if span.start < *end => *end = span.end.max(*end),
            _ => joined.push((span.start, span.end)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn overlapping_spans_of_a_theme_and_its_parts_are_marked_once() {
        assert_eq!(joined(vec![0..3, 0..5, 4..8, 8..9]), [(0, 8), (8, 9)]);
    }
}
