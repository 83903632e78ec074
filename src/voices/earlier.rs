//! What earlier editions show: the numbers that a reader can subtract from the next one's.

use std::collections::BTreeMap;

use super::snapshot::{Snapshot, SourcePart};
use crate::surveys::Intent;
use crate::tally::disclosure::{Column, PublicCell};

/// The number of a row, by what it counts: a theme for one intent, or a priority.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    /// A theme.
    Theme(Intent, String),
    /// A priority.
    Priority(String),
}

/// The keys of a column, sorted; `None` for the total.
type Class = Option<Vec<String>>;

/// The numbers of all earlier editions of a round, each as it was shown last.
#[derive(Clone, Debug, Default)]
pub(super) struct Earlier {
    sources: BTreeMap<String, SourcePart>,
    asked: BTreeMap<(Intent, String), Vec<Column>>,
    counts: BTreeMap<(Counted, Class), u64>,
}

impl Earlier {
    /// What these editions show, oldest first. Also those that were unpublished: they were seen.
    pub(super) fn of(editions: &[Snapshot]) -> Self {
        let mut earlier = Self::default();
        for edition in editions {
            for source in &edition.sources {
                earlier
                    .sources
                    .insert(source.survey.clone(), source.clone());
            }
            for part in &edition.asked {
                let mut by_survey: BTreeMap<String, Vec<Column>> = BTreeMap::new();
                for column in &part.columns {
                    let survey = column.keys.first().and_then(|key| key.split_once('/'));
                    let survey = survey.map_or("", |(survey, _)| survey).to_owned();
                    by_survey.entry(survey).or_default().push(column.clone());
                }
                for (survey, columns) in by_survey {
                    earlier.asked.insert((part.intent, survey), columns);
                }
                for row in &part.rows {
                    let counted = Counted::Theme(part.intent, row.theme.clone());
                    earlier.note(&counted, &part.columns, &row.cells, row.all);
                }
            }
            for priority in &edition.priorities {
                if let Some(decision) = &priority.decision {
                    let counted = Counted::Priority(priority.key.clone());
                    earlier.note(&counted, &decision.columns, &decision.cells, decision.all);
                }
            }
        }
        earlier
    }

    fn note(
        &mut self,
        counted: &Counted,
        columns: &[Column],
        cells: &[PublicCell],
        all: PublicCell,
    ) {
        let classes = columns.iter().map(|column| Some(sorted(column)));
        for (class, cell) in classes.zip(cells).chain([(None, &all)]) {
            if let Some(count) = cell.count() {
                self.counts.insert((counted.clone(), class), count);
            }
        }
    }

    /// The participation in a survey as it was shown last.
    pub(super) fn source(&self, survey: &str) -> Option<&SourcePart> {
        self.sources.get(survey)
    }

    /// The columns of a survey for an intent as they were shown last.
    pub(super) fn asked(&self, intent: Intent, survey: &str) -> &[Column] {
        let columns = self.asked.get(&(intent, survey.to_owned()));
        columns.map_or(&[], Vec::as_slice)
    }

    /// A count as it was shown last; without a column, its total.
    pub(super) fn count(&self, counted: &Counted, column: Option<&Column>) -> Option<u64> {
        let key = (counted.clone(), column.map(sorted));
        self.counts.get(&key).copied()
    }
}

fn sorted(column: &Column) -> Vec<String> {
    let mut keys = column.keys.clone();
    keys.sort_unstable();
    keys
}
