//! Counts answers: a question by the columns of a view.

use roaring::RoaringBitmap;

use super::classes::middles;
use super::question::{Choice, Question};
use crate::statistics::number;
use crate::statistics::quantile::Quartiles;
use crate::surveys::{ItemKind, SurveyId};
use crate::tally::disclosure::{AccessLevel, Shown, ShownTable};
use crate::tally::{CommentFacet, Facet, Index, View};

/// A question with its counts.
#[derive(Clone, Debug)]
pub(super) struct QuestionCounts {
    /// The question.
    pub(super) question: Question,
    /// One row per choice; the bases are the people who were asked.
    pub(super) choices: ShownTable,
    /// People who were asked but didn't answer, in the same columns; empty if they aren't counted.
    pub(super) empty: Vec<Shown>,
    /// The quartiles of a number, in the same columns; empty for other questions.
    pub(super) middles: Vec<Option<Quartiles<String>>>,
    /// With row access only: the mean points of each choice, over people who gave any points.
    pub(super) means: Vec<Option<f64>>,
    /// With row access only: how many people ranked each choice at each place, over all columns.
    pub(super) places: Vec<Vec<u64>>,
}

/// Counts a question. People who didn't answer are a row like any other: everyone asked is in a row, so subtracting the
/// other rows must not reveal a hidden one. If people can be in several rows and counts are suppressed, we don't count
/// that row: its people are in no other row, which would reveal more about the others than suppression accounts for.
pub(super) fn count(index: &Index, view: &View<'_>, question: Question) -> QuestionCounts {
    let asked = index.asked(&question.key);
    let mut rows: Vec<RoaringBitmap> = question
        .choices
        .iter()
        .map(|choice| index.who(&choice.set.facet()).into_owned())
        .collect();
    let empty = index.left_empty(&question.key);
    let nobody = view.is_disjoint(&empty);
    let is_counted = question.shares || view.level() == AccessLevel::Rows;
    if !nobody && is_counted {
        rows.push(empty);
    }
    let mut choices = view.count(asked, &rows, question.shares);
    if !is_counted && question.required {
        choices = choices.without_nobody();
    }
    let empty = if !is_counted {
        Vec::new()
    } else if nobody {
        vec![Shown::Count(0); view.columns().len() + 1]
    } else {
        let row = choices.rows.pop().into_iter();
        row.flat_map(|row| row.cells.into_iter().chain([row.total]))
            .collect()
    };
    let opens = view.level() == AccessLevel::Rows;
    let of_each = |kind| {
        question
            .choices
            .iter()
            .filter(move |_| opens && question.kind == kind)
    };
    let means = of_each(ItemKind::ConstantSum).map(|choice| mean(index, view, &question, choice));
    let places =
        of_each(ItemKind::Ranking).map(|choice| on_each_place(index, view, &question, choice));
    QuestionCounts {
        middles: middles(index, view, &question, &choices),
        means: means.collect(),
        places: places.collect(),
        question,
        choices,
        empty,
    }
}

/// The mean points that a view's people gave a choice, over those who gave any points; `None` if nobody did.
fn mean(index: &Index, view: &View<'_>, question: &Question, choice: &Choice) -> Option<f64> {
    let people = |voices| Some(number(view.sizes(voices).total.count()?));
    let all = people(index.voices(&Facet::Answered(question.key.clone())))?;
    let field = format!("{}.{}", question.key, choice.key);
    let mut sum = 0.0;
    for (points, voices) in index.chosen(&field) {
        let points: u32 = points.parse().ok()?;
        sum += f64::from(points) * people(voices)?;
    }
    (all > 0.0).then(|| sum / all)
}

/// How many of a view's people ranked a choice at each place.
fn on_each_place(index: &Index, view: &View<'_>, question: &Question, choice: &Choice) -> Vec<u64> {
    let of_place = |place: usize| {
        let facet = Facet::Chose(choice.set.field.clone(), place.to_string());
        view.sizes(index.voices(&facet)).total.count().unwrap_or(0)
    };
    (1..=question.places).map(of_place).collect()
}

/// Whether a question may be counted in a view. With suppressed counts, a question that some people weren't asked may
/// not: the number who were is the number who gave certain answers to another question, so it could reveal what that
/// question's table hides.
pub(super) fn may_be_counted(index: &Index, view: &View<'_>, key: &str, conditional: bool) -> bool {
    !conditional || view.level() == AccessLevel::Rows || view.is_covered_by(index.asked(key))
}

/// A one-row table of the people who answered an open question of a survey, or explained its "other" choice, out of the
/// people who were asked.
pub(super) fn count_open(
    index: &Index,
    view: &View<'_>,
    survey: &SurveyId,
    item: &str,
) -> ShownTable {
    let here = index.comments(&CommentFacet::Survey(survey.clone()));
    let said = index.comments(&CommentFacet::Item(item.to_owned()));
    let wrote = index.voices_of(&(here & said));
    view.count(index.asked(item), &[wrote], false)
}
