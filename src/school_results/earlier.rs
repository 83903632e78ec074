//! What earlier editions show: the numbers that a reader can subtract from the next one's.

use std::collections::BTreeMap;

use super::content::SchoolEdition;
use crate::results::{FrozenCounts, FrozenRow, FrozenSurvey, Split, WroteLine};
use crate::tally::Part;
use crate::tally::disclosure::{Column, FEW};

/// The row of those who were asked.
const ASKED: &str = "_asked";

/// The keys of a class, sorted, and what it's a class of; `None` for everyone.
type Class = Option<(Part, Vec<String>)>;

/// A row: the survey, the table, and the row's key.
type Row = (String, String, String);

/// The numbers of all earlier editions of a round for schools. Those that were taken back count too: they were seen.
#[derive(Default)]
pub(super) struct Earlier {
    /// Each survey as it was shown last.
    surveys: BTreeMap<String, FrozenSurvey>,
    /// All numbers that were shown for each count, oldest first.
    counts: BTreeMap<Row, BTreeMap<Class, Vec<u64>>>,
}

/// The numbers that were shown in one table.
pub(super) struct Shown<'a> {
    pub(super) earlier: &'a Earlier,
    pub(super) survey: &'a str,
    pub(super) table: String,
}

impl Earlier {
    /// What these editions show, oldest first.
    pub(super) fn of(editions: &[SchoolEdition]) -> Self {
        let mut earlier = Self::default();
        for survey in editions.iter().flat_map(|edition| &edition.surveys) {
            earlier.note_survey(survey);
        }
        earlier
    }

    fn note_survey(&mut self, survey: &FrozenSurvey) {
        for question in &survey.questions {
            let keys = question.row_keys();
            self.note(survey, question.key(), &keys, question.counts.as_ref());
        }
        for wrote in &survey.wrote {
            let keys: Vec<String> = wrote.lines.iter().map(WroteLine::key).collect();
            let table = super::build::wrote_key(wrote.intent);
            self.note(survey, &table, &keys, wrote.counts.as_ref());
        }
        self.surveys.insert(survey.survey.clone(), survey.clone());
    }

    fn note(
        &mut self,
        survey: &FrozenSurvey,
        table: &str,
        keys: &[String],
        counts: Option<&FrozenCounts>,
    ) {
        let Some(counts) = counts else {
            return;
        };
        let asked = FrozenRow {
            total: Some(counts.asked),
            cells: counts
                .bases
                .iter()
                .map(|bases| bases.iter().copied().map(Some).collect())
                .collect(),
        };
        let rows = keys.iter().map(String::as_str).zip(&counts.rows);
        for (key, row) in rows.chain([(ASKED, &asked)]) {
            let place = (survey.survey.clone(), table.to_owned(), key.to_owned());
            let shown = self.counts.entry(place).or_default();
            if let Some(total) = row.total {
                shown.entry(None).or_default().push(total);
            }
            for (split, cells) in survey.splits.iter().zip(&row.cells) {
                for (class, count) in split.classes.iter().zip(cells) {
                    if let Some(count) = count {
                        let class = Some((split.part, sorted(&class.keys)));
                        shown.entry(class).or_default().push(*count);
                    }
                }
            }
        }
    }

    /// A survey as it was shown last.
    pub(super) fn survey(&self, slug: &str) -> Option<&FrozenSurvey> {
        self.surveys.get(slug)
    }

    /// The classes of a survey as they were shown last.
    pub(super) fn classes(&self, survey: &str, part: Part) -> Vec<Column> {
        let splits = self.survey(survey).into_iter().flat_map(|it| &it.splits);
        let of_part = |split: &&Split| split.part == part;
        let classes = splits.filter(of_part).flat_map(|split| &split.classes);
        classes
            .map(|class| Column {
                keys: class.keys.clone(),
                base: class.people,
            })
            .collect()
    }
}

impl Shown<'_> {
    /// How many people were asked, as it's shown: as an earlier edition showed it, if that is at most four away.
    pub(super) fn asked(&self, asked: u64, class: Option<(Part, &[String])>) -> u64 {
        let earlier = self.counts(ASKED, class);
        let near = earlier
            .into_iter()
            .rev()
            .find(|before| before.abs_diff(asked) < FEW);
        near.unwrap_or(asked)
    }

    /// What was shown for a row, for a class or for everyone, oldest first.
    pub(super) fn counts(&self, row: &str, class: Option<(Part, &[String])>) -> Vec<u64> {
        let place = (self.survey.to_owned(), self.table.clone(), row.to_owned());
        let class = class.map(|(part, keys)| (part, sorted(keys)));
        let shown = self.earlier.counts.get(&place);
        shown
            .and_then(|shown| shown.get(&class))
            .cloned()
            .unwrap_or_default()
    }
}

fn sorted(keys: &[String]) -> Vec<String> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys
}
