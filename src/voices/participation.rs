//! Who took part and who was asked, in classes that are large enough to name. Each survey's classes are chosen once and
//! hold for every table of the snapshot.

use super::build::{common, enough};
use super::earlier::Earlier;
use super::material::{Answered, IntentCounts, Material};
use super::snapshot::{AskedPart, CountRow, LatePart, SourcePart};
use crate::responses::LateCounts;
use crate::tally::disclosure::{BASE, Column, PublicCell, classes, is_few};

/// A survey of a snapshot with its classes.
pub(super) struct Source {
    pub(super) part: SourcePart,
    /// Whether its numbers stay as in the earlier edition.
    stays: bool,
}

/// The surveys with their participation. With fewer than ten responses, nothing of a survey is counted.
pub(super) fn sources(material: &Material, earlier: &Earlier) -> Vec<Source> {
    let sources = material.sources.iter();
    sources.map(|answered| source(answered, earlier)).collect()
}

fn source(answered: &Answered, earlier: &Earlier) -> Source {
    let before = earlier.source(&answered.survey);
    let groups = columns(
        answered
            .groups
            .iter()
            .map(|(key, people)| (key.clone(), *people)),
    );
    let shown = before.map_or(&[][..], |before| &before.groups);
    let found = classes(&groups, shown, BASE);
    let people: u64 = found.columns.iter().map(|column| column.base).sum();
    let stays = before.filter(|_| found.stays);
    let days = stays.map_or(answered.days, |before| (before.first_day, before.last_day));
    Source {
        part: SourcePart {
            survey: answered.survey.clone(),
            title: answered.title.clone(),
            unit: answered.unit,
            answered: enough(people),
            as_of: stays.and_then(|before| before.as_of.or(before.last_day)),
            first_day: days.0,
            last_day: days.1,
            groups: found.columns,
            late: late(&answered.late, before),
        },
        stays: found.stays,
    }
}

fn columns(people: impl Iterator<Item = (String, u64)>) -> Vec<Column> {
    let columns = people.filter(|(_, people)| *people > 0);
    columns
        .map(|(key, base)| Column {
            keys: vec![key],
            base,
        })
        .collect()
}

/// Responses without a decision aren't counted.
fn late(late: &LateCounts, before: Option<&SourcePart>) -> Vec<LatePart> {
    let parts = [(true, late.included), (false, late.waiting + late.excluded)];
    let some = parts.into_iter().filter(|(_, answers)| *answers > 0);
    let shown = |counted| {
        let parts = before.map_or(&[][..], |before| &before.late);
        parts.iter().find(|part| part.counted == counted)?.answers
    };
    some.map(|(counted, answers)| LatePart {
        counted,
        answers: match shown(counted) {
            Some(shown) if is_few(shown.abs_diff(answers)) => Some(shown),
            _ => enough(answers),
        },
    })
    .collect()
}

/// The counts of the themes for each intent, before disclosure control.
pub(super) fn asked(material: &Material, sources: &[Source], earlier: &Earlier) -> Vec<AskedPart> {
    let intents = material.asked.iter();
    intents
        .map(|intent| {
            let columns: Vec<Column> = sources
                .iter()
                .zip(&material.sources)
                .flat_map(|(source, answered)| asked_classes(intent, source, answered, earlier))
                .collect();
            part(intent, columns)
        })
        .collect()
}

/// The classes of a survey among those who were asked. Where all but a few of a class were asked, all are: the
/// difference to those who took part would tell who wasn't.
fn asked_classes(
    intent: &IntentCounts,
    source: &Source,
    answered: &Answered,
    earlier: &Earlier,
) -> Vec<Column> {
    let of = |people: &[(String, u64)], key: &str| {
        let found = people.iter().find(|(group, _)| group == key);
        found.map_or(0, |(_, people)| *people)
    };
    let named = |group: &str| format!("{}/{group}", answered.survey);
    let groups = source.part.groups.iter().map(|class| {
        let asked = class.sum(|group| of(&intent.columns, &named(group)));
        let took_part = class.sum(|group| of(&answered.groups, group));
        Column {
            keys: class.keys.iter().map(|group| named(group)).collect(),
            base: if is_few(took_part.abs_diff(asked)) {
                took_part
            } else {
                asked
            },
        }
    });
    let groups: Vec<Column> = groups.filter(|class| class.base > 0).collect();
    let before = earlier.asked(intent.intent, &answered.survey);
    if source.stays && !before.is_empty() {
        return before.to_vec();
    }
    classes(&groups, before, BASE).columns
}

fn part(intent: &IntentCounts, columns: Vec<Column>) -> AskedPart {
    let rows = intent.rows.iter().map(|named| {
        let count = |key: &str| named.columns.get(key).copied().unwrap_or(0);
        let counts: Vec<u64> = columns.iter().map(|column| column.sum(count)).collect();
        CountRow {
            theme: named.theme.clone(),
            all: PublicCell::Exact(counts.iter().sum()),
            cells: counts.into_iter().map(PublicCell::Exact).collect(),
            tables: named.tables,
        }
    });
    AskedPart {
        intent: intent.intent,
        questions: intent.questions.clone(),
        unit: common(&intent.units),
        asked: enough(columns.iter().map(|column| column.base).sum()),
        rows: rows.collect(),
        columns,
    }
}
