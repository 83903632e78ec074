//! The fields below a question, by the way people answer it.

use serde::Serialize;

use super::AnswerForm;
use super::codes::codes;
use super::labels::Label;
use crate::district::Level;
use crate::localized::Wording;
use crate::surveys::{Item, ItemKind, NOT_APPLICABLE, OTHER};

/// The fields of a question.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Body {
    /// Nothing to answer.
    Section,
    /// A list of choices.
    Choices(Choices),
    /// The points of a scale in a row.
    Scale(Scale),
    /// Rows, each with choices or a scale.
    Matrix {
        /// From top to bottom.
        rows: Vec<MatrixRow>,
    },
    /// Choices, each with a menu for its rank.
    Ranking {
        /// In the survey's order.
        ranked: Vec<Ranked>,
    },
    /// Choices, each with a number of points.
    Points {
        /// In the survey's order.
        given: Vec<Given>,
        /// What they must add up to.
        total: i64,
    },
    /// A text area.
    Words(Words),
    /// One line.
    Line(Words),
}

/// One group of radio buttons or checkboxes.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Choices {
    field: String,
    /// `radio` or `checkbox`.
    input: &'static str,
    /// Grouped under headings, if there are any. Otherwise one group.
    shelves: Vec<Shelf>,
    /// The text field of the "other" choice.
    other: Option<Words>,
    /// Whether the choices are the points of a scale, which can be in a row if there's room.
    is_scale: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Shelf {
    /// A Fluent message ID.
    heading: Option<String>,
    choices: Vec<Choice>,
}

#[derive(Clone, Debug, Serialize)]
struct Choice {
    value: String,
    /// Its number on a printed sheet.
    code: i64,
    label: Label,
    checked: bool,
}

/// One scale between two labeled ends.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Scale {
    field: String,
    points: Vec<Point>,
    low: Option<Wording>,
    high: Option<Wording>,
    /// The choice for people it doesn't apply to.
    not_applicable: Option<Choice>,
}

#[derive(Clone, Debug, Serialize)]
struct Point {
    value: i64,
    /// The label of an end of the scale.
    end: Option<Wording>,
    checked: bool,
}

/// A row of a matrix, as its own group.
#[derive(Clone, Debug, Serialize)]
pub(super) struct MatrixRow {
    label: Wording,
    #[serde(flatten)]
    body: Box<Body>,
}

/// A choice to rank.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Ranked {
    field: String,
    label: Label,
    /// The ranks, with the selected one marked.
    places: Vec<(usize, bool)>,
}

/// A choice to give points to.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Given {
    field: String,
    label: Label,
    text: String,
}

/// A field for text, a number or a date.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Words {
    field: String,
    /// `text`, `number` or `date`.
    input: &'static str,
    /// The most characters.
    most: usize,
    text: String,
}

/// The longest number that people type, in characters.
const DIGITS: usize = 20;

impl AnswerForm<'_> {
    pub(super) fn body(&self, item: &Item) -> Body {
        match item.kind {
            ItemKind::Section => Body::Section,
            ItemKind::Text => Body::Words(self.words(item, item.key.clone(), "text")),
            ItemKind::ShortText => Body::Line(self.words(item, item.key.clone(), "text")),
            ItemKind::Number => Body::Line(self.words(item, item.key.clone(), "number")),
            ItemKind::Date => Body::Line(self.words(item, item.key.clone(), "date")),
            ItemKind::Matrix => Body::Matrix {
                rows: self.rows(item),
            },
            ItemKind::Ranking => Body::Ranking {
                ranked: self.ranked(item),
            },
            ItemKind::ConstantSum => Body::Points {
                given: self.given(item),
                total: item.points(),
            },
            _ => self.group(item, item.key.clone()),
        }
    }

    /// The group of one field: a scale between two ends, or choices.
    fn group(&self, item: &Item, field: String) -> Body {
        if item.is_scale() && item.choices.is_empty() {
            Body::Scale(self.scale(item, field))
        } else {
            Body::Choices(self.choices(item, field))
        }
    }

    fn choice(&self, item: &Item, field: &str, key: &str) -> Choice {
        let codes = codes(item, self.places);
        let code = codes.iter().find(|(_, known)| known == key);
        Choice {
            code: code.map_or(0, |(code, _)| *code),
            value: key.to_owned(),
            label: self.label(item, key),
            checked: self.typed(field).iter().any(|value| value == key),
        }
    }

    fn choices(&self, item: &Item, field: String) -> Choices {
        let other = item
            .has_other()
            .then(|| self.words(item, item.field(OTHER), "text"));
        let one_or_more = item.takes_several() || item.kind == ItemKind::Consent;
        Choices {
            input: if one_or_more { "checkbox" } else { "radio" },
            shelves: self.shelves(item, &field),
            other,
            is_scale: item.is_scale() || item.kind == ItemKind::Matrix,
            field,
        }
    }

    fn shelves(&self, item: &Item, field: &str) -> Vec<Shelf> {
        if item.kind != ItemKind::School {
            let keys = item.offered(self.places);
            let choices = keys.iter().map(|key| self.choice(item, field, key));
            return vec![Shelf {
                heading: None,
                choices: choices.collect(),
            }];
        }
        let at = |level: Level| {
            let schools = self
                .places
                .schools
                .iter()
                .filter(move |school| school.level == level);
            schools
                .map(|school| self.choice(item, field, &school.key))
                .collect::<Vec<_>>()
        };
        Level::ALL
            .iter()
            .map(|level| Shelf {
                heading: Some(format!("level-{level}")),
                choices: at(*level),
            })
            .filter(|shelf| !shelf.choices.is_empty())
            .collect()
    }

    fn scale(&self, item: &Item, field: String) -> Scale {
        let (low, high) = (self.said(&item.low), self.said(&item.high));
        let ends = item.ends();
        let point = |value: i64| Point {
            value,
            end: match value {
                _ if value == *ends.start() => low.clone(),
                _ if value == *ends.end() => high.clone(),
                _ => None,
            },
            checked: self
                .typed(&field)
                .iter()
                .any(|typed| *typed == value.to_string()),
        };
        let may_not_apply = !item.not_applicable.is_empty();
        Scale {
            points: ends.clone().map(point).collect(),
            not_applicable: may_not_apply.then(|| self.choice(item, &field, NOT_APPLICABLE)),
            field,
            low,
            high,
        }
    }

    fn rows(&self, item: &Item) -> Vec<MatrixRow> {
        let row = |row: &crate::surveys::Choice| MatrixRow {
            label: row.label.wording(self.language),
            body: Box::new(self.group(item, item.field(&row.key))),
        };
        item.rows.iter().map(row).collect()
    }

    fn ranked(&self, item: &Item) -> Vec<Ranked> {
        let ranked = |choice: &crate::surveys::Choice| {
            let field = item.field(&choice.key);
            let typed = self.typed_text(&field);
            let place = |place: usize| (place, typed == place.to_string());
            Ranked {
                label: self.label(item, &choice.key),
                places: (1..=item.places()).map(place).collect(),
                field,
            }
        };
        item.choices.iter().map(ranked).collect()
    }

    fn given(&self, item: &Item) -> Vec<Given> {
        let given = |choice: &crate::surveys::Choice| {
            let field = item.field(&choice.key);
            Given {
                label: self.label(item, &choice.key),
                text: self.typed_text(&field),
                field,
            }
        };
        item.choices.iter().map(given).collect()
    }

    fn words(&self, item: &Item, field: String, input: &'static str) -> Words {
        Words {
            text: self.typed_text(&field),
            field,
            input,
            most: if input == "text" {
                item.length()
            } else {
                DIGITS
            },
        }
    }
}
