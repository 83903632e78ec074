//! What earlier editions show: the numbers that a reader can subtract from the next one's.

use std::collections::{BTreeMap, BTreeSet};

use super::snapshot::{DecisionPart, Snapshot, SourcePart};
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

/// The numbers of all earlier editions of a round. Those that were unpublished count too: they were seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Earlier {
    /// The participation in each survey as it was shown last.
    sources: BTreeMap<String, SourcePart>,
    /// Who of each survey was asked for each intent, as it was shown last.
    asked: BTreeMap<(Intent, String), Vec<Column>>,
    /// The decision on each priority as it was shown last.
    decisions: BTreeMap<String, DecisionPart>,
    /// All numbers that were shown for each count, oldest first.
    counts: BTreeMap<Counted, BTreeMap<Class, Vec<u64>>>,
}

impl Earlier {
    /// What these editions show, oldest first.
    pub(super) fn of(editions: &[Snapshot]) -> Self {
        let mut earlier = Self::default();
        for edition in editions {
            for source in edition
                .sources
                .iter()
                .filter(|part| !part.groups.is_empty())
            {
                earlier
                    .sources
                    .insert(source.survey.clone(), source.clone());
            }
            for part in &edition.asked {
                for (survey, columns) in by_survey(&part.columns) {
                    earlier.asked.insert((part.intent, survey), columns);
                }
                for row in &part.rows {
                    let counted = Counted::Theme(part.intent, row.theme.clone());
                    earlier.note(counted, &part.columns, &row.cells, row.all);
                }
            }
            for priority in &edition.priorities {
                if let Some(decision) = &priority.decision {
                    let counted = Counted::Priority(priority.key.clone());
                    earlier.note(counted, &decision.columns, &decision.cells, decision.all);
                    earlier
                        .decisions
                        .insert(priority.key.clone(), decision.clone());
                }
            }
        }
        earlier
    }

    fn note(
        &mut self,
        counted: Counted,
        columns: &[Column],
        cells: &[PublicCell],
        all: PublicCell,
    ) {
        let shown = self.counts.entry(counted).or_default();
        let classes = columns.iter().map(|column| Some(sorted(&column.keys)));
        for (class, cell) in classes.zip(cells).chain([(None, &all)]) {
            if let Some(count) = cell.count() {
                shown.entry(class).or_default().push(count);
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

    /// The decision on a priority as it was shown last.
    pub(super) fn decision(&self, priority: &str) -> Option<&DecisionPart> {
        self.decisions.get(priority)
    }

    /// What was shown for a count, oldest first; without a column, for its total. If the column unites several classes of
    /// earlier editions, also what a reader gets by adding those up.
    pub(super) fn counts(&self, counted: &Counted, column: Option<&Column>) -> Vec<u64> {
        let Some(shown) = self.counts.get(counted) else {
            return Vec::new();
        };
        let class = column.map(|column| sorted(&column.keys));
        let mut counts: Vec<u64> = column
            .and_then(|column| united(shown, &column.keys))
            .into_iter()
            .collect();
        counts.extend(shown.get(&class).into_iter().flatten());
        counts
    }
}

/// The sum of the numbers shown last for the classes that a column unites.
fn united(shown: &BTreeMap<Class, Vec<u64>>, keys: &[String]) -> Option<u64> {
    let named = |key: &String| shown.keys().flatten().any(|class| class.contains(key));
    let mut left: BTreeSet<&String> = keys.iter().filter(|key| named(key)).collect();
    let mut sum = 0;
    for (class, counts) in shown {
        let Some(class) = class else { continue };
        if class.len() < keys.len() && class.iter().all(|key| left.contains(key)) {
            left.retain(|key| !class.contains(key));
            sum += counts.last()?;
        }
    }
    (left.is_empty() && sum > 0).then_some(sum)
}

/// The columns of each survey. Editions of the first versions could combine groups of several surveys; those name none.
fn by_survey(columns: &[Column]) -> BTreeMap<String, Vec<Column>> {
    let mut found: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for column in columns {
        let surveys: BTreeSet<&str> = column
            .keys
            .iter()
            .filter_map(|key| Some(key.split_once('/')?.0))
            .collect();
        if let [survey] = surveys.into_iter().collect::<Vec<_>>()[..] {
            found
                .entry(survey.to_owned())
                .or_default()
                .push(column.clone());
        }
    }
    found
}

fn sorted(keys: &[String]) -> Vec<String> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys
}
