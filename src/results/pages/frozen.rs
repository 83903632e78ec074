//! The sections of a survey's page from an edition, and the same counts as a sheet.

use serde::Serialize;

use super::answers::{Answers, Manner, answers, draw, plain, uncounted};
use super::columns::{ALL, AnswerHead, Column, NONE, heads};
use super::show::sample_question;
use crate::localized::Wording;
use crate::results::classes::class_quartiles;
use crate::results::count::QuestionCounts;
use crate::results::frozen::{
    FrozenClass, FrozenCounts, FrozenIntent, FrozenQuestion, FrozenRow, FrozenSurvey, Split,
    WroteLine,
};
use crate::surveys::{Intent, ItemKind, Unit};
use crate::tally::disclosure::{Shown, ShownTable};
use crate::tally::{Filter, Gauge, Part};

/// What an edition says about a survey, by one of its splits.
#[derive(Debug, Serialize)]
pub struct FrozenAnswers {
    /// The classes with their people, out of everyone.
    pub(super) took_part: Vec<(String, Gauge)>,
    pub(super) questions: Vec<Answers>,
    pub(super) wrote: Vec<Wrote>,
}

/// What people wrote for the questions with one intent.
#[derive(Debug, Serialize)]
pub(super) struct Wrote {
    pub(super) key: &'static str,
    pub(super) intent: &'static str,
    pub(super) heads: Vec<AnswerHead>,
    pub(super) rows: Vec<WroteRow>,
}

/// How many people wrote something for a question, or mentioned a theme.
#[derive(Debug, Serialize)]
pub(super) struct WroteRow {
    pub(super) key: String,
    pub(super) label: Wording,
    /// Whether it's a theme, and part of another.
    pub(super) theme: bool,
    pub(super) part: bool,
    pub(super) cells: Vec<Gauge>,
}

impl FrozenSurvey {
    /// A survey for page samples, by group and by school.
    pub(crate) fn sample() -> Self {
        let class = |key: &str, name: &str, people| FrozenClass {
            keys: vec![key.to_owned()],
            name: name.to_owned(),
            people,
        };
        let splits = vec![
            Split {
                part: Part::Group,
                classes: vec![
                    class("families", "Families", 36),
                    class("", "No group given", 6),
                ],
            },
            Split {
                part: Part::School,
                classes: vec![
                    class("oak", "Oak <Elementary>", 30),
                    class("maple", "Maple Hill", 20),
                ],
            },
        ];
        let counts = |rows: usize| FrozenCounts {
            asked: 42,
            bases: vec![vec![36, 6], vec![30, 20]],
            rows: (0..rows)
                .map(|row| FrozenRow {
                    total: (row != 1).then_some(21),
                    cells: vec![vec![Some(20), None], vec![Some(15), None]],
                })
                .collect(),
        };
        let kinds = [
            ItemKind::Single,
            ItemKind::YesNo,
            ItemKind::Scale,
            ItemKind::Matrix,
            ItemKind::Number,
        ];
        let questions = kinds.map(|kind| {
            let question = sample_question(kind, 42, false).question;
            let rows = question.choices.len() + 1;
            FrozenQuestion::new(question, (kind != ItemKind::YesNo).then(|| counts(rows)))
        });
        let label = plain("What do you <hope>?");
        Self {
            survey: "family".to_owned(),
            title: Wording {
                text: "Encuesta <b>para</b> familias".to_owned(),
                lang: Some("es".to_owned()),
            },
            unit: Unit::Person,
            revision: 2,
            people: 42,
            splits,
            questions: questions.into(),
            wrote: vec![FrozenIntent {
                intent: Intent::Hope,
                lines: vec![
                    WroteLine::Question("hope".to_owned(), label),
                    WroteLine::Theme("safety".to_owned(), "Safety".to_owned(), false),
                    WroteLine::Theme("crossings".to_owned(), "Crossings".to_owned(), true),
                ],
                counts: Some(counts(3)),
            }],
        }
    }

    /// The sections of its page: everyone, next to those classes of a split that `shows` names.
    pub fn answers(
        &self,
        part: Option<Part>,
        shows: impl Fn(&FrozenClass) -> bool,
        as_asked: bool,
    ) -> FrozenAnswers {
        let split = self
            .splits
            .iter()
            .position(|split| Some(split.part) == part);
        let classes = split.and_then(|split| self.splits.get(split));
        let classes = classes.map_or(&[][..], |split| &split.classes);
        let all = Column {
            label: "Everyone".to_owned(),
            key: ALL.to_owned(),
            place: classes.len(),
            filter: None,
        };
        let shown = classes.iter().enumerate().filter(|(_, class)| shows(class));
        let columns: Vec<Column> = std::iter::once(all)
            .chain(shown.map(|(place, class)| Column {
                label: class.name.clone(),
                key: key(class),
                place,
                filter: None,
            }))
            .collect();
        let to = Manner {
            by_group: false,
            as_asked,
            page: &|filter: &Filter| filter.to_query(),
            comments: &|filter: &Filter| filter.to_query(),
        };
        let questions = self.questions.iter();
        let mut questions: Vec<Answers> = questions
            .map(|question| match table(question, split) {
                Some(counted) => answers(&counted, &columns_of(&counted.choices, &columns), &to),
                None => uncounted(&question.question),
            })
            .collect();
        draw(&mut questions);
        let took_part = classes.iter().filter(|class| shows(class));
        FrozenAnswers {
            took_part: took_part
                .map(|class| (class.name.clone(), Gauge::exact(class.people, self.people)))
                .collect(),
            questions,
            wrote: self.wrote(split, &columns),
        }
    }

    fn wrote(&self, split: Option<usize>, columns: &[Column]) -> Vec<Wrote> {
        let wrote = self.wrote.iter().filter_map(|wrote| {
            let counts = wrote.counts.as_ref()?;
            let table = counts.table(split).or_else(|| counts.table(None))?;
            let columns = columns_of(&table, columns);
            let rows = wrote.lines.iter().zip(&table.rows).map(|(line, row)| {
                let cells = columns.iter().map(|column| {
                    Gauge::of(row.cell(column.place), table.bases.cell(column.place))
                });
                let (label, theme, part) = match line {
                    WroteLine::Question(_, label) => (label.clone(), false, false),
                    WroteLine::Theme(_, name, part) => (plain(name), true, *part),
                };
                WroteRow {
                    key: line.key(),
                    label,
                    theme,
                    part,
                    cells: cells.collect(),
                }
            });
            let mut rows: Vec<WroteRow> = rows.collect();
            // Questions first, in their order; themes by shown counts, so that the order reveals nothing that the numbers don't.
            let count = |row: &WroteRow| row.cells.first().and_then(|cell| cell.count);
            rows.sort_by_key(|row| {
                (
                    row.theme,
                    std::cmp::Reverse(row.theme.then(|| count(row)).flatten()),
                )
            });
            Some(Wrote {
                key: wrote.intent.as_str(),
                intent: Intent::heading(wrote.intent),
                heads: heads(&columns, Some(&table.bases), Filter::to_query),
                rows,
            })
        });
        wrote.collect()
    }
}

fn key(class: &FrozenClass) -> String {
    let keys = class.keys.iter().map(|key| match key.as_str() {
        "" => NONE,
        key => key,
    });
    keys.collect::<Vec<_>>().join("+")
}

/// The columns that a table has: only everyone if it isn't split.
fn columns_of(table: &ShownTable, columns: &[Column]) -> Vec<Column> {
    let is_split = !table.bases.cells.is_empty();
    let shown = columns
        .iter()
        .filter(|column| is_split || column.key == ALL);
    shown
        .cloned()
        .map(|column| Column {
            place: if column.key == ALL {
                table.bases.cells.len()
            } else {
                column.place
            },
            ..column
        })
        .collect()
}

/// A question's counts by a split, or for everyone if it isn't split by that.
fn table(question: &FrozenQuestion, split: Option<usize>) -> Option<QuestionCounts> {
    let counts = question.counts.as_ref()?;
    let mut choices = counts.table(split).or_else(|| counts.table(None))?;
    let empty = choices.rows.pop()?;
    let empty: Vec<Shown> = empty.cells.into_iter().chain([empty.total]).collect();
    Some(QuestionCounts {
        middles: class_quartiles(&question.question, &choices),
        means: Vec::new(),
        places: Vec::new(),
        question: question.question.clone(),
        empty,
        choices,
    })
}
