//! The answers, question by question, as a receipt shows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::labels::{Label, plain};
use super::{AnswerForm, Typed};
use crate::localized::Wording;
use crate::responses::model::{Answer, Answers, said};
use crate::surveys::{Document, Item, ItemKind, OTHER, Places};

/// One question and its answer.
#[derive(Clone, Debug, Serialize)]
pub struct Received {
    question: Wording,
    lines: Vec<ReceivedLine>,
}

impl Received {
    /// An answer to every kind of question, for page samples.
    pub(crate) fn samples() -> Vec<Self> {
        let (document, places) = crate::responses::samples::kinds();
        let typed = crate::responses::samples::typed_kinds();
        received(&document, &places, "en", &typed, Some("es"))
    }
}

/// A part of an answer.
#[derive(Clone, Debug, Serialize)]
struct ReceivedLine {
    /// The matrix row, or the choice that was ranked or given points.
    of: Option<Label>,
    #[serde(flatten)]
    answer: ReceivedValue,
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum ReceivedValue {
    /// Labels of choices, or text as typed.
    Chosen { labels: Vec<Label> },
    /// A point out of a maximum.
    Point { point: String, most: i64 },
    /// A rank.
    Place { place: i64 },
    /// A date.
    Day { day: NaiveDate },
    /// Free text.
    Voice { words: Wording },
}

/// The answered questions with their answers. `spoken` is the language of the text, if known.
pub(in crate::responses) fn received(
    document: &Document,
    places: &Places,
    language: &str,
    typed: &Typed,
    spoken: Option<&str>,
) -> Vec<Received> {
    let sheet = AnswerForm {
        document,
        places,
        language,
        typed,
    };
    let answered = document.items.iter().map(|item| Received {
        question: item.label.wording(language),
        lines: sheet.lines(item, spoken),
    });
    answered
        .filter(|received| !received.lines.is_empty())
        .collect()
}

impl AnswerForm<'_> {
    fn lines(&self, item: &Item, spoken: Option<&str>) -> Vec<ReceivedLine> {
        let bare = |answer| ReceivedLine { of: None, answer };
        let voice = |field: &str| {
            let words = self.given_to(field).next()?.to_owned();
            let lang = spoken
                .filter(|tag| *tag != self.language)
                .map(str::to_owned);
            Some(bare(ReceivedValue::Voice {
                words: Wording { text: words, lang },
            }))
        };
        match item.kind {
            ItemKind::Section => Vec::new(),
            ItemKind::Text | ItemKind::ShortText => voice(&item.key).into_iter().collect(),
            ItemKind::Matrix => {
                let row = |row: &crate::surveys::Choice| {
                    Some(ReceivedLine {
                        of: Some(Label::Words(row.label.wording(self.language))),
                        answer: self.shown(item, &item.field(&row.key))?,
                    })
                };
                item.rows.iter().filter_map(row).collect()
            }
            ItemKind::Ranking | ItemKind::ConstantSum => {
                let mut lines: Vec<(i64, ReceivedLine)> = item
                    .choices
                    .iter()
                    .filter_map(|choice| {
                        let text = self.given_to(&item.field(&choice.key)).next()?.to_owned();
                        let number = text.parse().unwrap_or(i64::MAX);
                        let answer = if item.kind == ItemKind::Ranking {
                            ReceivedValue::Place { place: number }
                        } else {
                            ReceivedValue::Point {
                                point: text,
                                most: item.points(),
                            }
                        };
                        let of = Some(self.label(item, &choice.key));
                        Some((number, ReceivedLine { of, answer }))
                    })
                    .collect();
                if item.kind == ItemKind::Ranking {
                    lines.sort_by_key(|(place, _)| *place);
                }
                lines.into_iter().map(|(_, line)| line).collect()
            }
            _ => {
                let other = item
                    .has_other()
                    .then(|| voice(&item.field(OTHER)))
                    .flatten();
                self.shown(item, &item.key)
                    .map(bare)
                    .into_iter()
                    .chain(other)
                    .collect()
            }
        }
    }

    /// What was typed into a field, without empty values.
    fn given_to(&self, field: &str) -> impl Iterator<Item = &str> {
        self.typed(field)
            .iter()
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }

    fn shown(&self, item: &Item, field: &str) -> Option<ReceivedValue> {
        let first = self.given_to(field).next()?;
        let is_point = item.is_scale() && item.choices.is_empty() && first.parse::<i64>().is_ok();
        Some(match item.kind {
            _ if is_point => ReceivedValue::Point {
                point: first.to_owned(),
                most: *item.ends().end(),
            },
            ItemKind::Date => match first.parse() {
                Ok(day) => ReceivedValue::Day { day },
                Err(_) => ReceivedValue::Chosen {
                    labels: vec![Label::Words(plain(first))],
                },
            },
            _ => ReceivedValue::Chosen {
                labels: self
                    .given_to(field)
                    .map(|key| self.label(item, key))
                    .collect(),
            },
        })
    }
}

/// Stored answers as they would be typed.
pub(in crate::responses) fn as_typed(document: &Document, answers: &Answers) -> Typed {
    let mut typed = Typed::new();
    for item in &document.items {
        if let (ItemKind::Ranking, Some(Answer::Several(order))) =
            (item.kind, answers.get(&item.key))
        {
            let places = (1..).zip(order);
            typed.extend(
                places.map(|(place, key): (usize, _)| (item.field(key), vec![place.to_string()])),
            );
            continue;
        }
        let fields = item.fields().into_iter();
        let given = fields.map(|field| (said(answers, &field), field));
        typed.extend(
            given
                .filter(|(values, _)| !values.is_empty())
                .map(|(values, field)| (field, values)),
        );
    }
    typed
}
