//! A survey's closed questions, each with its possible answers. Each row of a matrix is a question of its own.

use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use crate::localized::{LocalizedText, Wording};
use crate::surveys::{Document, Ends, Item, ItemKind, Places};
use crate::tally::{Facet, Filter, Index};
use crate::web::languages::FALLBACK;

/// A closed question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The name of its field: its key, or the field name of a matrix row.
    pub(super) key: String,
    /// The question's text; for a matrix row, the row's text.
    pub(super) label: Wording,
    /// For a row of a matrix, the matrix's question.
    pub(super) of: Option<Wording>,
    /// The kind of item; for a matrix row, the matrix's kind.
    pub(super) kind: ItemKind,
    /// Whether only one answer is possible, so that its choices partition people.
    pub(super) shares: bool,
    /// Whether an answer is required from people who are asked.
    pub(super) required: bool,
    /// Whether earlier answers decide who is asked.
    pub(super) conditional: bool,
    /// The possible answers, in the survey's order.
    pub(super) choices: Vec<Choice>,
    /// How many of the choices, from the first, are points of a scale.
    pub(super) points: usize,
    /// The range of a number.
    pub(super) bounds: Ends,
    /// How many places a ranking has.
    pub(super) places: usize,
    /// The label of a scale's low end; empty for other kinds.
    pub(super) low: Wording,
    /// The label of a scale's high end; empty for other kinds.
    pub(super) high: Wording,
}

/// A possible answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Choice {
    /// The key stored in answers: of a choice, a group, a school, or a number.
    pub(super) key: String,
    /// The label, as shown to people.
    pub(super) label: Wording,
    /// The label of this point on a scale.
    pub(super) point: Option<Wording>,
    /// The people who gave this answer.
    pub(super) set: Set,
}

/// The people who gave one answer: the field, and a choice's key or a class of numbers or dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Set {
    /// The field.
    pub(super) field: String,
    /// The key or class that was chosen.
    pub(super) key: String,
}

impl Set {
    /// The facet that they share.
    pub(super) fn facet(&self) -> Facet {
        Facet::Chose(self.field.clone(), self.key.clone())
    }

    /// Whether a filter's people can be in this set. A filter with several checked boxes matches people who checked any
    /// of them, so it can't describe people who checked two.
    pub(super) fn fits(&self, filter: &Filter) -> bool {
        let chosen = || filter.chose.iter().filter(|(item, _)| *item == self.field);
        chosen().next().is_none() || chosen().any(|(_, chosen)| *chosen == self.key)
    }

    /// The filter narrowed to these people, replacing other answers in the same field.
    pub(super) fn narrow(&self, filter: &Filter) -> Filter {
        filter.with_only("chose", &format!("{}:{}", self.field, self.key))
    }

    /// The filter with these people added to other answers in the same field.
    pub(super) fn widen(&self, filter: &Filter) -> Filter {
        filter.with("chose", &format!("{}:{}", self.field, self.key))
    }
}

impl Question {
    /// A document's closed questions. Groups and schools come from `places`.
    pub fn of_document(document: &Document, places: &Places) -> Vec<Self> {
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
            shares: !item.takes_several() && item.kind != ItemKind::ConstantSum,
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

    /// Its key; for a row of a matrix, the name of its field.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its text; for a row of a matrix, the row's text.
    pub fn label(&self) -> &Wording {
        &self.label
    }

    /// The kind of item.
    pub fn kind(&self) -> ItemKind {
        self.kind
    }

    /// Who gave each answer, with the answer's key, in the order of the choices.
    pub fn sets(&self, index: &Index) -> Vec<(String, RoaringBitmap)> {
        let choices = self.choices.iter();
        choices
            .map(|choice| {
                let people = index.who(&choice.set.facet()).into_owned();
                (choice.key.clone(), people)
            })
            .collect()
    }

    /// Whether its choices have a natural order, such as the points of a scale. Matrix rows compare only in the same
    /// order.
    pub(super) fn is_ordered(&self) -> bool {
        !matches!(
            self.kind,
            ItemKind::Single
                | ItemKind::Multiple
                | ItemKind::Ranking
                | ItemKind::ConstantSum
                | ItemKind::Language
        )
    }

    /// The column heading for its answers.
    pub(super) fn answered(&self) -> &'static str {
        match self.kind {
            _ if self.points > 0 => "Point",
            ItemKind::Ranking => "Ranked first",
            ItemKind::ConstantSum => "Given points",
            ItemKind::Number | ItemKind::Date => "Answered",
            _ if self.shares => "Chosen",
            _ => "Chosen (several allowed)",
        }
    }

    /// How to read its counts, if they don't cover every answer.
    pub(super) fn note(&self) -> Option<&'static str> {
        match self.kind {
            ItemKind::Ranking => Some("Counts first choices."),
            ItemKind::ConstantSum => Some("Counts people who gave a choice any points."),
            ItemKind::Number | ItemKind::Date => Some(
                "Answers are grouped into ranges. The CSV export of responses has each answer.",
            ),
            _ => None,
        }
    }
}

/// The possible answers. For numbers and dates, [`Question::in_classes`] adds the classes.
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
        ItemKind::ConstantSum => own()
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

/// The label of a point on a scale: its own, or that of the end it's at.
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
    let words: Option<&LocalizedText> = item.point_label(point).or(end);
    words
        .filter(|words| !words.is_empty())
        .map(|words| words.wording(FALLBACK))
}
