//! What earlier editions show: the numbers that a reader can subtract from the next one's.

use std::collections::{BTreeMap, BTreeSet};

use super::build::wrote_key;
use super::content::SchoolEdition;
use crate::results::{FrozenCounts, FrozenRow, FrozenSurvey, Split, WroteLine};
use crate::tally::Part;
use crate::tally::disclosure::{Column, FEW};
use crate::voices::Snapshot;

/// The row of those who were asked.
const ASKED: &str = "_asked";

/// What a class is a class of, and its keys; `None` for everyone.
pub(super) type ClassOf<'a> = Option<(Part, &'a [String])>;

/// The same with sorted keys.
type Class = Option<(Part, Vec<String>)>;

/// A row: the survey, the table, and the row's key.
type Row = (String, String, String);

/// Numbers by class, oldest first.
type ByClass = BTreeMap<Class, Vec<u64>>;

/// The numbers of all earlier editions of a round, for schools and for everyone: school staff read both. Those that were
/// taken back count too: they were seen.
#[derive(Default)]
pub(super) struct Earlier {
    /// Each survey as it was shown last to schools.
    surveys: BTreeMap<String, FrozenSurvey>,
    /// All numbers that were shown for each count.
    counts: BTreeMap<Row, ByClass>,
    /// The counts that an edition for schools hid.
    hidden: BTreeSet<(Row, Class)>,
    /// How many people of each survey took part, as the public read it.
    took_part: BTreeMap<String, ByClass>,
}

/// The numbers that were shown in one table.
pub(super) struct Shown<'a> {
    pub(super) earlier: &'a Earlier,
    pub(super) survey: &'a str,
    pub(super) table: String,
}

impl Earlier {
    /// What these editions show, oldest first.
    pub(super) fn of(public: &[Snapshot], schools: &[SchoolEdition]) -> Self {
        let mut earlier = Self::default();
        for snapshot in public {
            earlier.note_public(snapshot);
        }
        for survey in schools.iter().flat_map(|edition| &edition.surveys) {
            earlier.note_survey(survey);
        }
        earlier
    }

    /// Notes who took part, and who mentioned which theme. Public columns are groups of one survey; a total is one
    /// survey's if all columns are.
    fn note_public(&mut self, snapshot: &Snapshot) {
        for source in &snapshot.sources {
            let shown = self.took_part.entry(source.survey.clone()).or_default();
            if let Some(answered) = source.answered {
                shown.entry(None).or_default().push(answered);
            }
            for column in &source.groups {
                let class = Some((Part::Group, sorted(&column.keys)));
                shown.entry(class).or_default().push(column.base);
            }
        }
        for part in &snapshot.asked {
            let columns: Vec<Option<(&str, Class)>> = part
                .columns
                .iter()
                .map(|column| group_class(column))
                .collect();
            let surveys: BTreeSet<Option<&str>> = columns
                .iter()
                .map(|column| column.as_ref().map(|(survey, _)| *survey))
                .collect();
            let only = match surveys.into_iter().collect::<Vec<_>>()[..] {
                [Some(survey)] => Some((survey, None)),
                _ => None,
            };
            for row in &part.rows {
                let cells = columns.iter().zip(&row.cells).chain([(&only, &row.all)]);
                for (column, cell) in cells {
                    if let (Some((survey, class)), Some(count)) = (column, cell.count()) {
                        let table = wrote_key(part.intent);
                        let place = ((*survey).to_owned(), table, row.theme.clone());
                        let shown = self.counts.entry(place).or_default();
                        shown.entry(class.clone()).or_default().push(count);
                    }
                }
            }
        }
    }

    fn note_survey(&mut self, survey: &FrozenSurvey) {
        for question in &survey.questions {
            let keys = question.row_keys();
            self.note(survey, question.key(), &keys, question.counts.as_ref());
        }
        for wrote in &survey.wrote {
            let keys: Vec<String> = wrote.lines.iter().map(WroteLine::key).collect();
            let table = wrote_key(wrote.intent);
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
        let bases = counts.bases.iter();
        let asked = FrozenRow {
            total: Some(counts.asked),
            cells: bases
                .map(|bases| bases.iter().copied().map(Some).collect())
                .collect(),
        };
        let rows = keys.iter().map(String::as_str).zip(&counts.rows);
        for (key, row) in rows.chain([(ASKED, &asked)]) {
            let place = (survey.survey.clone(), table.to_owned(), key.to_owned());
            let mut cells = vec![(None, row.total)];
            for (split, counts) in survey.splits.iter().zip(&row.cells) {
                for (class, count) in split.classes.iter().zip(counts) {
                    cells.push((Some((split.part, sorted(&class.keys))), *count));
                }
            }
            for (class, count) in cells {
                if let Some(count) = count {
                    let shown = self.counts.entry(place.clone()).or_default();
                    shown.entry(class).or_default().push(count);
                } else {
                    self.hidden.insert((place.clone(), class));
                }
            }
        }
    }

    /// A survey as it was shown last.
    pub(super) fn survey(&self, slug: &str) -> Option<&FrozenSurvey> {
        self.surveys.get(slug)
    }

    /// How many people of a survey took part, as it's shown: as the public read it, if that is at most four away.
    pub(super) fn people(&self, survey: &str, people: u64, class: ClassOf<'_>) -> u64 {
        let shown = self.took_part.get(survey);
        let shown = shown.and_then(|shown| shown.get(&owned(class)));
        near(shown.map_or(&[], Vec::as_slice), people)
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
    /// How many people were asked, as it's shown: as an earlier edition showed it or how many took part, if that is at
    /// most four away.
    pub(super) fn asked(&self, asked: u64, class: ClassOf<'_>) -> u64 {
        let took_part = self.earlier.took_part.get(self.survey);
        let took_part = took_part.and_then(|shown| shown.get(&owned(class)));
        let mut shown = took_part.cloned().unwrap_or_default();
        shown.extend(self.counts(ASKED, class));
        near(&shown, asked)
    }

    /// What was shown for a row, for a class or for everyone, oldest first.
    pub(super) fn counts(&self, row: &str, class: ClassOf<'_>) -> Vec<u64> {
        let shown = self.earlier.counts.get(&self.place(row));
        let shown = shown.and_then(|shown| shown.get(&owned(class)));
        shown.cloned().unwrap_or_default()
    }

    /// Whether a count stays hidden as in an earlier edition: as long as its class has changed by fewer than five people,
    /// and until it's so large that it can't have been small. Otherwise its growth by a few would tell how small it was.
    pub(super) fn stays_hidden(
        &self,
        (row, class): (&str, ClassOf<'_>),
        count: u64,
        asked: u64,
    ) -> bool {
        let hidden = &self.earlier.hidden;
        let before = self.counts(ASKED, class);
        let is_near = before
            .last()
            .is_some_and(|before| before.abs_diff(asked) < FEW);
        hidden.contains(&(self.place(row), owned(class))) && (is_near || count < 2 * FEW)
    }

    fn place(&self, row: &str) -> Row {
        (self.survey.to_owned(), self.table.clone(), row.to_owned())
    }
}

/// The survey and the groups of a public column; `None` for a column of the first versions, which united surveys.
fn group_class(column: &Column) -> Option<(&str, Class)> {
    let keys = column.keys.iter().map(|key| key.split_once('/'));
    let keys: Vec<(&str, &str)> = keys.collect::<Option<_>>()?;
    let (survey, _) = *keys.first()?;
    let groups = keys
        .iter()
        .map(|(of, group)| (*of == survey).then(|| (*group).to_owned()));
    let groups: Vec<String> = groups.collect::<Option<_>>()?;
    Some((survey, Some((Part::Group, sorted(&groups)))))
}

/// The number that was shown last among those at most four away; the number itself if there is none.
fn near(shown: &[u64], people: u64) -> u64 {
    let mut shown = shown.iter().rev().copied();
    shown
        .find(|before| before.abs_diff(people) < FEW)
        .unwrap_or(people)
}

fn owned(class: ClassOf<'_>) -> Class {
    class.map(|(part, keys)| (part, sorted(keys)))
}

fn sorted(keys: &[String]) -> Vec<String> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys
}
