//! The closed questions of a survey, each with what could be answered. A matrix is a question for each of its rows.

use crate::localised::{LocalisedText, Wording};
use crate::surveys::{Document, Ends, Item, ItemKind, Places};
use crate::tally::{Facet, Filter};
use crate::web::languages::FALLBACK;

/// A closed question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    /// The name of the field that answers it: its key, or the one of a matrix's row.
    pub(super) key: String,
    /// As it is asked; the words of the row.
    pub(super) label: Wording,
    /// What is asked of each row of a matrix.
    pub(super) of: Option<Wording>,
    /// Which kind; of a row its matrix's.
    pub(super) kind: ItemKind,
    /// Whether one answer is all that could be given, so that its choices share people out.
    pub(super) shares: bool,
    /// Whether whoever met it had to answer.
    pub(super) required: bool,
    /// Whether people met it by what they had answered before.
    pub(super) conditional: bool,
    /// What could be answered, in the order in which it is offered.
    pub(super) choices: Vec<Choice>,
    /// How many of the choices, the first ones, are the points of a scale.
    pub(super) points: usize,
    /// What a number may be.
    pub(super) bounds: Ends,
    /// How many places a ranking has.
    pub(super) places: usize,
    /// What the ends of a scale are called; empty for other kinds.
    pub(super) low: Wording,
    /// See `low`.
    pub(super) high: Wording,
}

/// Something that could be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// The key that answers hold: of a choice, a group or a school, or a number.
    pub(super) key: String,
    /// What people read.
    pub(super) label: Wording,
    /// What a scale calls this point.
    pub(super) point: Option<Wording>,
    /// Who answered so.
    pub(super) set: Set,
}

/// Those who answered in one way: the field, and what was chosen in it, a key or a class of numbers or days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Set {
    /// The field.
    pub(super) field: String,
    /// What was chosen.
    pub(super) key: String,
}

impl Set {
    /// What is true of them.
    pub(super) fn facet(&self) -> Facet {
        Facet::Chose(self.field.clone(), self.key.clone())
    }

    /// Whether somebody whom a filter leaves can be in it: a filter names whoever ticked any of several boxes of a
    /// question, so those who ticked two of them cannot be named.
    pub(super) fn fits(&self, filter: &Filter) -> bool {
        let chosen = || filter.chose.iter().filter(|(item, _)| *item == self.field);
        chosen().next().is_none() || chosen().any(|(_, chosen)| *chosen == self.key)
    }

    /// A filter narrowed to them, instead of others of the same field.
    pub(super) fn narrow(&self, filter: &Filter) -> Filter {
        filter.with_only("chose", &format!("{}:{}", self.field, self.key))
    }

    /// A filter widened by them, where it leaves others of the same field.
    pub(super) fn widen(&self, filter: &Filter) -> Filter {
        filter.with("chose", &format!("{}:{}", self.field, self.key))
    }
}

impl Question {
    /// The closed questions of a document. Groups and schools are those of `places`.
    pub(super) fn of_document(document: &Document, places: &Places) -> Vec<Self> {
        document
            .conditions()
            .filter(|(item, _)| item.is_question() && !item.is_open())
            .flat_map(|(item, conditional)| Self::of(item, conditional, places))
            .collect()
    }

    fn of(item: &Item, conditional: bool, places: &Places) -> Vec<Self> {
        let one = Self {
            key: item.key.clone(),
            label: item.label.wording(FALLBACK),
            of: None,
            kind: item.kind,
            shares: !item.takes_several() && item.kind != ItemKind::Points,
            required: item.required,
            conditional,
            choices: choices(item, &item.key, places),
            points: if item.is_scale() {
                item.ends().count()
            } else {
                0
            },
            bounds: item.bounds(),
            places: item.places(),
            low: item.low.wording(FALLBACK),
            high: item.high.wording(FALLBACK),
        };
        if item.kind != ItemKind::Matrix {
            return vec![one];
        }
        let row = |row: &crate::surveys::Choice| Self {
            key: item.field(&row.key),
            label: row.label.wording(FALLBACK),
            of: Some(one.label.clone()),
            choices: choices(item, &item.field(&row.key), places),
            ..one.clone()
        };
        item.rows.iter().map(row).collect()
    }

    /// Whether its choices have an order of their own, such as the points of a scale. The rows of a matrix compare only in
    /// the same one.
    pub(super) fn is_ordered(&self) -> bool {
        !matches!(
            self.kind,
            ItemKind::Single
                | ItemKind::Multiple
                | ItemKind::Ranking
                | ItemKind::Points
                | ItemKind::Language
        )
    }

    /// How a row of its table was answered.
    pub(super) fn answered(&self) -> &'static str {
        match self.kind {
            _ if self.points > 0 => "Point",
            ItemKind::Ranking => "Ranked first",
            ItemKind::Points => "Given points",
            ItemKind::Number | ItemKind::Date => "Answered",
            _ if self.shares => "Chosen",
            _ => "Chosen (several allowed)",
        }
    }

    /// How its counts are to be read, where they are not all that was answered.
    pub(super) fn note(&self) -> Option<&'static str> {
        match self.kind {
            ItemKind::Ranking => Some("Counts first choices."),
            ItemKind::Points => Some("Counts people who gave a choice any points."),
            ItemKind::Number | ItemKind::Date => Some(
                "Answers are grouped into ranges. The CSV export of responses has each answer.",
            ),
            _ => None,
        }
    }
}

/// What can be chosen; of a number and a date the classes, which [`Question::in_classes`] finds.
fn choices(item: &Item, field: &str, places: &Places) -> Vec<Choice> {
    let choice = |key: &str, field: String, chosen: &str| Choice {
        key: key.to_owned(),
        label: item.reads(key, places),
        point: point(item, key),
        set: Set {
            field,
            key: chosen.to_owned(),
        },
    };
    let own = || item.choices.iter().map(|choice| choice.key.as_str());
    match item.kind {
        ItemKind::Number | ItemKind::Date => Vec::new(),
        ItemKind::Ranking => own().map(|key| choice(key, item.field(key), "1")).collect(),
        ItemKind::Points => own()
            .map(|key| choice(key, field.to_owned(), key))
            .collect(),
        _ => {
            let offered = item.offered(places);
            let offered = offered.iter();
            offered
                .map(|key| choice(key, field.to_owned(), key))
                .collect()
        }
    }
}

/// What a scale calls a point: its own words, or those of the end that it is.
fn point(item: &Item, key: &str) -> Option<Wording> {
    let point: i64 = key.parse().ok().filter(|_| item.is_scale())?;
    let ends = item.ends();
    let end = if point == *ends.start() {
        Some(&item.low)
    } else if point == *ends.end() {
        Some(&item.high)
    } else {
        None
    };
    let words: Option<&LocalisedText> = item.point_label(point).or(end);
    words
        .filter(|words| !words.is_empty())
        .map(|words| words.wording(FALLBACK))
}
