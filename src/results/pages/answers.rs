//! Sections of the page: closed questions with their counts, scales as diverging bars, and open questions.

use serde::Serialize;

use super::columns::{ALL, AnswerHead, Cell, Column, cells, heads};
use crate::localized::Wording;
use crate::results::count::QuestionCounts;
use crate::results::question::{Choice, Question, Set};
use crate::results::scale::{Room, Segment, Sides, shares, sum};
use crate::statistics::quantile::Quartiles;
use crate::surveys::ItemKind;
use crate::tally::disclosure::{Shown, ShownRow};
use crate::tally::{Filter, Gauge};

/// A closed question as a page shows it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Answers {
    pub(super) key: String,
    pub(super) label: Wording,
    /// For a row of a matrix, the matrix's question.
    pub(super) of: Option<Wording>,
    /// The column heading for its answers.
    pub(super) answered: &'static str,
    /// How to read its counts, or why there are none.
    pub(super) note: Option<&'static str>,
    /// The most common answer or, for a scale, how many are above the middle.
    pub(super) lead: Option<Lead>,
    pub(super) scale: Option<Scale>,
    pub(super) heads: Vec<AnswerHead>,
    /// The quartiles of a number in each column; empty for other questions.
    pub(super) middles: Vec<Option<Quartiles<String>>>,
    pub(super) rows: Vec<ChoiceRow>,
    /// People who didn't answer: the table's last row, if counted.
    pub(super) empty: Vec<Cell>,
    /// A ranking's choices, with how many people ranked them at each place.
    pub(super) on_places: Vec<(Wording, Vec<Gauge>)>,
}

/// The headline result.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Lead {
    pub(super) label: Wording,
    pub(super) gauge: Gauge,
}

/// A possible answer.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChoiceRow {
    pub(super) key: String,
    pub(super) label: Wording,
    /// The label of this point on a scale.
    pub(super) point: Option<Wording>,
    pub(super) cells: Vec<Cell>,
}

/// The bars of a scale.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Scale {
    pub(super) low: Wording,
    pub(super) high: Wording,
    /// The points below the middle, such as `1–2`.
    pub(super) low_points: String,
    pub(super) high_points: String,
    /// The position of the middle line, in percent.
    pub(super) line: String,
    pub(super) bars: Vec<Bar>,
    #[serde(skip)]
    sides: Sides,
}

/// One column of a scale, as a horizontal bar.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) base: Option<u64>,
    pub(super) low: Gauge,
    pub(super) high: Gauge,
    /// `None` if any of its counts is hidden.
    pub(super) segments: Option<Vec<Segment>>,
    #[serde(skip)]
    shares: Option<Vec<f64>>,
}

/// How a page shows its questions, and where it links to.
pub(super) struct Manner<'a> {
    /// Whether the columns are groups.
    pub(super) by_group: bool,
    /// Whether choices keep the survey's order; otherwise the largest come first.
    pub(super) as_asked: bool,
    /// The query of this page with another filter.
    pub(super) page: &'a dyn Fn(&Filter) -> String,
    /// The address of the comments by people who match a filter.
    pub(super) comments: &'a dyn Fn(&Filter) -> String,
}

/// A question with its counts, as a page shows it.
pub(super) fn answers(counted: &QuestionCounts, columns: &[Column], to: &Manner<'_>) -> Answers {
    let question = &counted.question;
    let bases = &counted.choices.bases;
    let columns: Vec<Column> = columns
        .iter()
        // A table of groups by groups would say nothing.
        .filter(|column| !to.by_group || question.kind != ItemKind::Group || column.key == ALL)
        .cloned()
        .collect();
    let order = order(counted, &columns, to);
    let all = columns.iter().find(|column| column.key == ALL);
    let on_places = order.iter().filter_map(|place| {
        let choice = question.choices.get(*place)?;
        let of_places = counted.places.get(*place)?;
        let gauges = on_places(choice, of_places, bases, all?, to);
        Some((choice.label.clone(), gauges))
    });
    let on_places = on_places.collect();
    let rows = order
        .iter()
        .filter_map(|place| choice_row(counted, *place, &columns, to));
    let rows: Vec<ChoiceRow> = rows.collect();
    let are_counted = !counted.empty.is_empty();
    let empty = cells(
        if are_counted { &columns } else { &[] },
        |place| counted.empty.get(place).copied().unwrap_or(Shown::TooFew),
        bases,
        |filter| Some(filter.with("empty", &question.key)),
        to.page,
        to.comments,
    );
    let scale = (question.points > 0).then(|| scale(counted, &columns, to));
    Answers {
        key: question.key.clone(),
        label: question.label.clone(),
        of: question.of.clone(),
        answered: question.answered(),
        note: question.note(),
        lead: lead(question, &rows, scale.as_ref()),
        heads: heads(&columns, Some(bases), to.page),
        middles: match &counted.middles[..] {
            [] => Vec::new(),
            middles => columns
                .iter()
                .map(|column| middles.get(column.place).cloned().flatten())
                .collect(),
        },
        scale,
        rows,
        empty,
        on_places,
    }
}

/// The choices in the order of their rows: the survey's, or the largest first.
fn order(counted: &QuestionCounts, columns: &[Column], to: &Manner<'_>) -> Vec<usize> {
    let first = columns.first().map_or(0, |column| column.place);
    let mut order: Vec<(usize, &ShownRow)> = counted.choices.rows.iter().enumerate().collect();
    if !to.as_asked && !counted.question.is_ordered() {
        // Sort by shown counts, so that the order reveals nothing that the numbers don't.
        order.sort_by_key(|(_, row)| std::cmp::Reverse(row.cell(first).count()));
    }
    order.into_iter().map(|(place, _)| place).collect()
}

/// A choice with its counts in each column.
fn choice_row(
    counted: &QuestionCounts,
    place: usize,
    columns: &[Column],
    to: &Manner<'_>,
) -> Option<ChoiceRow> {
    let choice = counted.question.choices.get(place)?;
    let row = counted.choices.rows.get(place)?;
    let mean = counted.means.get(place).copied().flatten();
    let mean = mean.map(|mean| plain(&format!("{mean:.1} points on average")));
    Some(ChoiceRow {
        key: choice.key.clone(),
        label: choice.label.clone(),
        point: choice.point.clone().or(mean),
        cells: cells(
            columns,
            |place| row.cell(place),
            &counted.choices.bases,
            |filter| narrowed(filter, [choice]),
            to.page,
            to.comments,
        ),
    })
}

/// How many people ranked a choice at each place, with a link to each set.
fn on_places(
    choice: &Choice,
    counts: &[u64],
    bases: &ShownRow,
    all: &Column,
    to: &Manner<'_>,
) -> Vec<Gauge> {
    let gauge = |(place, count): (usize, &u64)| {
        let set = Set {
            key: place.to_string(),
            ..choice.set.clone()
        };
        let filter = all
            .filter
            .as_ref()
            .filter(|filter| *count > 0 && set.fits(filter));
        Gauge {
            href: filter.map(|filter| (to.page)(&set.narrow(filter))),
            ..Gauge::of(Shown::Count(*count), bases.cell(all.place))
        }
    };
    (1..).zip(counts).map(gauge).collect()
}

/// A question that isn't counted here, and why.
pub(super) fn uncounted(question: &Question) -> Answers {
    Answers {
        key: question.key.clone(),
        label: question.label.clone(),
        of: question.of.clone(),
        answered: question.answered(),
        note: Some(
            "The counts of this question could reveal hidden ones: only people who gave certain answers saw it, or it asks for \
             a date. Planners can see them.",
        ),
        lead: None,
        scale: None,
        heads: Vec::new(),
        middles: Vec::new(),
        rows: Vec::new(),
        empty: Vec::new(),
        on_places: Vec::new(),
    }
}

/// The filter narrowed to people who also gave one of these answers.
fn narrowed<'a>(filter: &Filter, choices: impl IntoIterator<Item = &'a Choice>) -> Option<Filter> {
    let sets = choices.into_iter().map(|choice| &choice.set);
    let mut sets = sets.filter(|set| set.fits(filter));
    let one = sets.next()?.narrow(filter);
    Some(sets.fold(one, |filter, set| set.widen(&filter)))
}

fn lead(question: &Question, rows: &[ChoiceRow], scale: Option<&Scale>) -> Option<Lead> {
    let lead = if let Some(scale) = scale {
        Lead {
            label: plain(&scale.high_points),
            gauge: scale.bars.first()?.high.clone(),
        }
    } else {
        let count = |row: &&ChoiceRow| row.cells.first().and_then(|cell| cell.gauge.count);
        let most = rows
            .iter()
            .rev()
            .max_by_key(count)
            .filter(|row| count(row).is_some_and(|count| count > 0))?;
        Lead {
            label: most.label.clone(),
            gauge: most.cells.first()?.gauge.clone(),
        }
    };
    let asked = question.choices.len() > 1;
    (asked && lead.gauge.share.is_some()).then_some(lead)
}

pub(super) fn plain(text: &str) -> Wording {
    Wording {
        text: text.to_owned(),
        lang: None,
    }
}

fn scale(counted: &QuestionCounts, columns: &[Column], to: &Manner<'_>) -> Scale {
    let question = &counted.question;
    let sides = Sides::of(question.points);
    let bars = columns.iter().map(|column| {
        let base = counted.choices.bases.cell(column.place);
        let counts: Vec<Shown> = counted
            .choices
            .rows
            .iter()
            .take(question.points)
            .map(|row| row.cell(column.place))
            .collect();
        let side = |places: std::ops::Range<usize>| {
            let counts = counts.get(places.clone()).unwrap_or_default();
            let mut gauge = Gauge::of(sum(counts), base);
            let points = question.choices.get(places).unwrap_or_default();
            let filter = column.filter.as_ref();
            let behind = filter.and_then(|filter| narrowed(filter, points));
            gauge.href = behind
                .filter(|_| gauge.count.is_some_and(|count| count > 0))
                .map(|filter| (to.page)(&filter));
            gauge
        };
        Bar {
            label: column.label.clone(),
            base: base.count(),
            low: side(sides.low()),
            high: side(sides.high()),
            segments: None,
            shares: shares(&counts, base),
        }
    });
    let points = |places: std::ops::Range<usize>| {
        let points = question.choices.get(places).unwrap_or_default();
        match points {
            [] => String::new(),
            [only] => only.key.clone(),
            [first, .., last] => format!("{}–{}", first.key, last.key),
        }
    };
    Scale {
        low: question.low.clone(),
        high: question.high.clone(),
        low_points: points(sides.low()),
        high_points: points(sides.high()),
        line: String::new(),
        bars: bars.collect(),
        sides,
    }
}

/// Draws the bars of all scales on a page at the same scale, so that readers can compare them.
pub(super) fn draw(questions: &mut [Answers]) {
    let mut room = Room::default();
    for scale in questions
        .iter()
        .filter_map(|answers| answers.scale.as_ref())
    {
        for shares in scale.bars.iter().filter_map(|bar| bar.shares.as_ref()) {
            room = room.with(scale.sides, shares);
        }
    }
    for scale in questions.iter_mut().filter_map(|it| it.scale.as_mut()) {
        scale.line = room.line();
        for bar in &mut scale.bars {
            let shares = bar.shares.as_ref();
            bar.segments = shares.map(|shares| scale.sides.segments(shares, room));
        }
    }
}
