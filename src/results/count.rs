//! Counting answers: a question by the columns of a view.

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
pub(super) struct Counted {
    /// The question.
    pub(super) question: Question,
    /// A row for each of its choices; the bases are those who were asked.
    pub(super) choices: ShownTable,
    /// Those who were asked and left it empty, in the same columns; empty where they are not counted.
    pub(super) empty: Vec<Shown>,
    /// The quartiles of a number, in the same columns; empty for other questions.
    pub(super) middles: Vec<Option<Quartiles<String>>>,
    /// For whoever sees rows: how many points each choice got on average, from those who shared any out.
    pub(super) means: Vec<Option<f64>>,
    /// For whoever sees rows: how many put each choice on each place of a ranking, over all columns.
    pub(super) places: Vec<Vec<u64>>,
}

/// Counts a question. Those who left it empty are a row like any other: everyone who was asked is in one, so what one row
/// hides must not be what the others leave. Where people are in several rows and counts are suppressed, that row is not counted:
/// nobody in it is in another, which would say more of the others than suppression allows for.
pub(super) fn count(index: &Index, view: &View<'_>, question: Question) -> Counted {
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
    let means = of_each(ItemKind::Points).map(|choice| mean(index, view, &question, choice));
    let places =
        of_each(ItemKind::Ranking).map(|choice| on_each_place(index, view, &question, choice));
    Counted {
        middles: middles(index, view, &question, &choices),
        means: means.collect(),
        places: places.collect(),
        question,
        choices,
        empty,
    }
}

/// How many points people of a view gave a choice on average, those who shared out any; none where nobody did.
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

/// How many people of a view put a choice of a ranking on each of its places.
fn on_each_place(index: &Index, view: &View<'_>, question: &Question, choice: &Choice) -> Vec<u64> {
    let of_place = |place: usize| {
        let facet = Facet::Chose(choice.set.field.clone(), place.to_string());
        view.sizes(index.voices(&facet)).total.count().unwrap_or(0)
    };
    (1..=question.places).map(of_place).collect()
}

/// Whether a question may be counted in a view. Where counts are suppressed, a question that some did not meet may not: how
/// many did is how many answered another question in some way, a table of its own that would reveal what the other one hides.
pub(super) fn may_be_counted(index: &Index, view: &View<'_>, key: &str, conditional: bool) -> bool {
    !conditional || view.level() == AccessLevel::Rows || view.is_covered_by(index.asked(key))
}

/// Those who wrote something to an open question of a survey, or explained its last choice, out of those who were asked: a
/// table of one row.
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
