//! Counting answers: a question by the columns of a view.

use roaring::RoaringBitmap;

use super::question::Question;
use crate::surveys::SurveyId;
use crate::tally::gate::{Shown, ShownTable};
use crate::tally::{Facet, Index, RemarkFacet, View};

/// A question with its counts.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// The question.
    pub(super) question: Question,
    /// A row for each of its choices; the bases are those who were asked.
    pub(super) choices: ShownTable,
    /// Those who were asked and left it empty, in the same columns.
    pub(super) empty: Vec<Shown>,
}

/// Counts a question. Those who left it empty are a row like any other: everyone who was asked is in one at least, so
/// what one row hides must not be what the others leave.
pub(super) fn count(index: &Index, view: &View<'_>, question: Question) -> Counted {
    let key = &question.key;
    let asked = index.voices(&Facet::Asked(key.clone()));
    let chose = |choice: &str| {
        index
            .voices(&Facet::Chose(key.clone(), choice.to_owned()))
            .clone()
    };
    let mut rows: Vec<RoaringBitmap> = question
        .choices
        .iter()
        .map(|choice| chose(&choice.key))
        .collect();
    let empty = index.left_empty(key);
    let nobody = view.is_disjoint(&empty);
    if !nobody {
        rows.push(empty);
    }
    let mut choices = view.count(asked, &rows, question.shares);
    let empty = if nobody {
        vec![Shown::Count(0); view.columns().len() + 1]
    } else {
        let row = choices.rows.pop().into_iter();
        row.flat_map(|row| row.cells.into_iter().chain([row.total]))
            .collect()
    };
    Counted {
        question,
        choices,
        empty,
    }
}

/// Those who wrote something to open questions of a survey, of those who were asked, in the same columns: a table with a
/// row for each question.
pub(super) fn count_open(
    index: &Index,
    view: &View<'_>,
    survey: &SurveyId,
    items: &[&str],
) -> ShownTable {
    let here = index.remarks(&RemarkFacet::Survey(survey.clone()));
    let wrote = |item: &&str| {
        let said = index.remarks(&RemarkFacet::Item((*item).to_owned()));
        index.voices_of(&(here & said))
    };
    let asked = items.iter().fold(RoaringBitmap::new(), |asked, item| {
        asked | index.voices(&Facet::Asked((*item).to_owned()))
    });
    let rows: Vec<RoaringBitmap> = items.iter().map(wrote).collect();
    view.count(&asked, &rows, false)
}
