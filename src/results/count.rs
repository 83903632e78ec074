//! Counts answers: a question by the columns of a view.

use roaring::RoaringBitmap;

use super::classes::middles;
use super::question::{Choice, Question};
use crate::statistics::number;
use crate::statistics::quantile::Quartiles;
use crate::surveys::{ItemKind, SurveyId};
use crate::tally::disclosure::{Shown, ShownTable};
use crate::tally::{CommentFacet, Facet, Index, View};

/// A question with its counts.
#[derive(Clone, Debug)]
pub(super) struct QuestionCounts {
    /// The question.
    pub(super) question: Question,
    /// One row per choice; the bases are the people who were asked.
    pub(super) choices: ShownTable,
    /// People who were asked but didn't answer, in the same columns.
    pub(super) empty: Vec<Shown>,
    /// The quartiles of a number, in the same columns; empty for other questions.
    pub(super) middles: Vec<Option<Quartiles<String>>>,
    /// In live results only: the mean points of each choice, over people who gave any points.
    pub(super) means: Vec<Option<f64>>,
    /// In live results only: how many people ranked each choice at each place, over all columns.
    pub(super) places: Vec<Vec<u64>>,
}

/// Counts a question.
pub(super) fn count(index: &Index, view: &View<'_>, question: Question) -> QuestionCounts {
    let mut rows: Vec<RoaringBitmap> = question
        .choices
        .iter()
        .map(|choice| index.who(&choice.set.facet()).into_owned())
        .collect();
    rows.push(index.left_empty(&question.key));
    let mut choices = view.count(index.asked(&question.key), &rows);
    let empty = choices.rows.pop().into_iter();
    let empty = empty.flat_map(|row| row.cells.into_iter().chain([row.total]));
    let of_each = |kind| {
        let choices = question.choices.iter();
        choices.filter(move |_| question.kind == kind)
    };
    let means = of_each(ItemKind::ConstantSum).map(|choice| mean(index, view, &question, choice));
    let places =
        of_each(ItemKind::Ranking).map(|choice| on_each_place(index, view, &question, choice));
    QuestionCounts {
        middles: middles(index, view, &question),
        means: means.collect(),
        places: places.collect(),
        empty: empty.collect(),
        question,
        choices,
    }
}

/// The mean points that a view's people gave a choice, over those who gave any points; `None` if nobody did.
fn mean(index: &Index, view: &View<'_>, question: &Question, choice: &Choice) -> Option<f64> {
    let people = |voices| number(view.size_of(voices));
    let all = people(index.voices(&Facet::Answered(question.key.clone())));
    let field = format!("{}.{}", question.key, choice.key);
    let mut sum = 0.0;
    for (points, voices) in index.chosen(&field) {
        let points: u32 = points.parse().ok()?;
        sum += f64::from(points) * people(voices);
    }
    (all > 0.0).then(|| sum / all)
}

/// How many of a view's people ranked a choice at each place.
fn on_each_place(index: &Index, view: &View<'_>, question: &Question, choice: &Choice) -> Vec<u64> {
    let of_place = |place: usize| {
        let facet = Facet::Chose(choice.set.field.clone(), place.to_string());
        view.size_of(index.voices(&facet))
    };
    (1..=question.places).map(of_place).collect()
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
    view.count(index.asked(item), &[wrote])
}
