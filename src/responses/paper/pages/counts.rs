//! How often sheets have no answer to a question, and why.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::localized::Wording;
use crate::responses::paper::marks::{Mark, parts};
use crate::surveys::{Choice, Document, Item};
use crate::web::languages::FALLBACK;

/// A question, or a row of one, with the number of sheets that have no answer to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct MarkRow {
    number: usize,
    label: Wording,
    /// The row of a matrix.
    of: Option<Wording>,
    blank: usize,
    two_marks: usize,
    unclear: usize,
    not_asked: usize,
}

/// The questions of a document in order, including those that every sheet answered.
pub(super) fn mark_rows(
    document: &Document,
    counts: &BTreeMap<(String, Mark), usize>,
) -> Vec<MarkRow> {
    let row = |number: usize, item: &Item, part: String| {
        let count = |mark| counts.get(&(part.clone(), mark)).copied().unwrap_or(0);
        let is_part = |row: &&Choice| item.field(&row.key) == part;
        MarkRow {
            number,
            label: item.label.wording(FALLBACK),
            of: item
                .rows
                .iter()
                .find(is_part)
                .map(|row| row.label.wording(FALLBACK)),
            blank: count(Mark::Blank),
            two_marks: count(Mark::TwoMarks),
            unclear: count(Mark::Unclear),
            not_asked: count(Mark::NotAsked),
        }
    };
    let questions = (1..).zip(document.questions());
    questions
        .flat_map(|(number, item)| {
            let parts = parts(item).into_iter();
            parts.map(move |part| row(number, item, part))
        })
        .collect()
}

/// Two rows for page samples.
pub(super) fn sample_rows() -> Vec<MarkRow> {
    let (document, _) = crate::responses::samples::kinds();
    let counts = [
        (("rides".to_owned(), Mark::TwoMarks), 2),
        (("feel.teachers".to_owned(), Mark::Blank), 11),
    ];
    mark_rows(&document, &counts.into())
}
