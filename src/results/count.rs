//! Counting answers: a question by the columns of a view.

use roaring::RoaringBitmap;

use super::question::Question;
use crate::surveys::SurveyId;
use crate::tally::gate::{Door, Shown, ShownTable};
use crate::tally::{Index, RemarkFacet, View};

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
    let asked = index.asked(&question.key);
    let mut rows: Vec<RoaringBitmap> = question
        .choices
        .iter()
        .map(|choice| index.voices(&choice.set.facet()).clone())
        .collect();
    let empty = index.left_empty(&question.key);
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

/// Whether a question may be counted in a view. Behind the gate not where some did not meet it: how many did is how many
/// answered another question in some way, in a table of its own that would give away what the other one hides.
pub(super) fn may_be_counted(index: &Index, view: &View<'_>, key: &str, conditional: bool) -> bool {
    !conditional || view.door() == Door::Rows || view.is_covered_by(index.asked(key))
}

/// Those who wrote something to an open question of a survey, or explained its last choice, out of those who were asked: a
/// table of one row.
pub(super) fn count_open(
    index: &Index,
    view: &View<'_>,
    survey: &SurveyId,
    item: &str,
) -> ShownTable {
    let here = index.remarks(&RemarkFacet::Survey(survey.clone()));
    let said = index.remarks(&RemarkFacet::Item(item.to_owned()));
    let wrote = index.voices_of(&(here & said));
    view.count(index.asked(item), &[wrote], false)
}
