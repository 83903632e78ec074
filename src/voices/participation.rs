//! Who took part and who was asked, in classes that are large enough to name. Each survey's classes are chosen once and
//! hold for every table of the snapshot.

use super::earlier::Earlier;
use super::figures::{common, enough};
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

/// The surveys with their participation. A survey with fewer than ten responses isn't counted.
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
    let mut parts: Vec<AskedPart> = Vec::new();
    for intent in &material.asked {
        let surveys = sources.iter().zip(&material.sources);
        let columns: Vec<Column> = surveys
            .flat_map(|(source, answered)| {
                asked_classes(intent, source, &answered.survey, &parts, earlier)
            })
            .collect();
        parts.push(part(intent, columns));
    }
    parts
}

/// The classes of a survey among those who were asked. Where all but a few of a class were asked, or a few more or fewer
/// than for another intent, the sizes are the same: their difference would tell who wasn't asked.
fn asked_classes(
    intent: &IntentCounts,
    source: &Source,
    survey: &str,
    others: &[AskedPart],
    earlier: &Earlier,
) -> Vec<Column> {
    let asked = |group: &str| {
        let key = format!("{survey}/{group}");
        let found = intent.columns.iter().find(|(column, _)| *column == key);
        found.map_or(0, |(_, people)| *people)
    };
    let before = earlier.asked(intent.intent, survey);
    if source.stays && !before.is_empty() {
        return before.to_vec();
    }
    let groups = source.part.groups.iter().map(|class| {
        let keys: Vec<String> = class
            .keys
            .iter()
            .map(|group| format!("{survey}/{group}"))
            .collect();
        let base = class.sum(asked);
        let columns = others.iter().flat_map(|part| &part.columns);
        let same = columns.filter(|column| column.keys == keys);
        let mut shown = [class.base]
            .into_iter()
            .chain(same.map(|column| column.base));
        let near = shown.find(|shown| is_few(shown.abs_diff(base)));
        Column {
            keys,
            base: near.unwrap_or(base),
        }
    });
    let groups: Vec<Column> = groups.filter(|class| class.base > 0).collect();
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
