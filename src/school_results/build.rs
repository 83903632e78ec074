//! Puts an edition for schools together.

use roaring::RoaringBitmap;
use serde::Serialize;

use super::asked::because_of_answers;
use super::content::SchoolEdition;
use super::earlier::{Earlier, Shown};
use super::material::{ClosedSurvey, Material};
use super::protection::{Relation, SplitSets, Table, protect};
use crate::results::{
    FrozenClass, FrozenCounts, FrozenIntent, FrozenQuestion, FrozenSurvey, Question, Split,
    WroteLine,
};
use crate::surveys::{Intent, Item, ItemKind};
use crate::tally::disclosure::{Column, FEW, Overlapping, classes};
use crate::tally::{Chips, CommentFacet, Part};
use crate::themes::{Index, Theme};
use crate::web::languages::FALLBACK;

/// What a planner is told about an edition before it's released.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many counts it has.
    pub cells: u64,
    /// How many are hidden because they're five or fewer.
    pub small: u64,
    /// How many more are hidden because they would reveal those.
    pub linked: u64,
    /// Surveys with too few people to count, by title.
    pub too_few: Vec<String>,
    /// Groups and schools that are counted together because they're too small, by name.
    pub merged: Vec<String>,
    /// Questions without counts, by survey.
    pub uncounted: Vec<(String, String)>,
}

/// Counts the closed surveys of a round.
pub(super) fn build(index: &Index, material: &Material) -> (SchoolEdition, Report) {
    let earlier = Earlier::of(&material.public, &material.earlier);
    let mut report = Report::default();
    let mut surveys = Vec::new();
    for survey in &material.surveys {
        if survey.answered.len() < FEW {
            report
                .too_few
                .push(survey.document.title.get(FALLBACK).0.to_owned());
            continue;
        }
        surveys.push(freeze(index, material, survey, &earlier, &mut report));
    }
    let coding = material.coding.as_ref();
    let edition = SchoolEdition {
        released_by: material.by.clone(),
        released_at: material.at,
        change: material.change,
        codebook: coding.map(|(coding, day, _)| (coding.version, *day)),
        surveys,
    };
    (edition, report)
}

/// The table of what people wrote for an intent, in later editions.
pub(super) fn wrote_key(intent: Intent) -> String {
    format!("_wrote:{intent}")
}

fn freeze(
    index: &Index,
    material: &Material,
    survey: &ClosedSurvey,
    earlier: &Earlier,
    report: &mut Report,
) -> FrozenSurvey {
    let splits: Vec<SplitSets> = [
        by_group(material, survey, earlier),
        by_school(material, survey, earlier),
    ]
    .into_iter()
    .flatten()
    .collect();
    for class in splits.iter().flat_map(|split| &split.split.classes) {
        if class.keys.len() > 1 {
            report.merged.push(class.name.clone());
        }
    }
    let people = survey.answered.len();
    let before = earlier.survey(&survey.slug).map(|before| before.people);
    let people = before
        .filter(|before| before.abs_diff(people) < FEW)
        .unwrap_or_else(|| earlier.people(&survey.slug, people, None));
    let title = survey.document.title.wording(FALLBACK);
    let mut counter = Counter {
        index,
        material,
        survey,
        splits: &splits,
        earlier,
        report,
    };
    let questions = counter.questions();
    let intents = Intent::ALL.iter();
    let wrote = intents
        .filter_map(|intent| counter.wrote(*intent))
        .collect();
    FrozenSurvey {
        survey: survey.slug.clone(),
        title,
        unit: survey.document.unit,
        revision: survey.revision,
        people,
        questions,
        wrote,
        splits: splits.into_iter().map(|split| split.split).collect(),
    }
}

/// The groups of a survey's people, small ones merged. `None` if that leaves one class.
fn by_group(material: &Material, survey: &ClosedSurvey, earlier: &Earlier) -> Option<SplitSets> {
    let groups: Vec<Column> = survey
        .groups
        .iter()
        .map(|(key, people)| Column {
            keys: vec![key.clone()],
            base: people.len(),
        })
        .collect();
    let before = earlier.classes(&survey.slug, Part::Group);
    let found = classes(&groups, &before, FEW).columns;
    let mut found = split(material, Part::Group, found, &survey.groups)?;
    for class in &mut found.split.classes {
        let of_class = Some((Part::Group, class.keys.as_slice()));
        class.people = earlier.people(&survey.slug, class.people, of_class);
    }
    Some(found)
}

/// The schools of a survey's people, small ones merged within their level first.
fn by_school(material: &Material, survey: &ClosedSurvey, earlier: &Earlier) -> Option<SplitSets> {
    let keys: Vec<String> = survey.schools.iter().map(|(key, _)| key.clone()).collect();
    let levels = |keys: &[String]| {
        let schools = material.places.schools.iter();
        let of = schools.filter(|school| keys.contains(&school.key));
        let mut levels: Vec<_> = of.map(|school| school.level).collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    };
    let overlapping = Overlapping {
        keys: &keys,
        people: &|keys| union(&survey.schools, keys).len(),
        is_like: &|one, other| levels(one) == levels(other),
    };
    let before = earlier.classes(&survey.slug, Part::School);
    let found = overlapping.classes(&before, FEW).columns;
    split(material, Part::School, found, &survey.schools)
}

fn split(
    material: &Material,
    part: Part,
    classes: Vec<Column>,
    sets: &[(String, RoaringBitmap)],
) -> Option<SplitSets> {
    if classes.len() < 2 {
        return None;
    }
    let rank = |column: &Column| {
        let ranks = column.keys.iter().map(|key| match key.as_str() {
            "" => usize::MAX,
            key => material.names.rank(part, key),
        });
        ranks.min()
    };
    let mut classes = classes;
    classes.sort_by_key(rank);
    let name = |key: &String| match key.as_str() {
        "" => Chips::without(part).to_owned(),
        key => material.names.of(part.as_str(), key),
    };
    let sets: Vec<RoaringBitmap> = classes
        .iter()
        .map(|class| union(sets, &class.keys))
        .collect();
    let overlap = sets.iter().enumerate().any(|(place, set)| {
        let others = sets.iter().take(place);
        others.into_iter().any(|other| !set.is_disjoint(other))
    });
    let classes = classes.into_iter().map(|column| FrozenClass {
        name: column.keys.iter().map(name).collect::<Vec<_>>().join(" + "),
        keys: column.keys,
        people: column.base,
    });
    Some(SplitSets {
        split: Split {
            part,
            classes: classes.collect(),
        },
        sets,
        overlap,
    })
}

fn union(sets: &[(String, RoaringBitmap)], keys: &[String]) -> RoaringBitmap {
    let of = sets.iter().filter(|(key, _)| keys.contains(key));
    of.fold(RoaringBitmap::new(), |all, (_, set)| all | set)
}

/// Counts the tables of one survey.
struct Counter<'a> {
    index: &'a Index,
    material: &'a Material,
    survey: &'a ClosedSurvey,
    splits: &'a [SplitSets],
    earlier: &'a Earlier,
    report: &'a mut Report,
}

impl Counter<'_> {
    /// The counts of a table as its readers see them. `label` names it for the planner if it has none.
    fn protected(&mut self, table: Option<Table<'_>>, label: &str) -> Option<FrozenCounts> {
        let counts = table.and_then(|table| protect(table, &self.survey.answered, self.splits));
        let Some((counts, hidden)) = counts else {
            let title = self.survey.document.title.get(FALLBACK).0.to_owned();
            self.report.uncounted.push((title, label.to_owned()));
            return None;
        };
        self.report.cells += hidden.cells;
        self.report.small += hidden.small;
        self.report.linked += hidden.linked;
        Some(counts)
    }

    /// The closed questions. Those about groups and schools are the splits themselves.
    fn questions(&mut self) -> Vec<FrozenQuestion> {
        let (document, places) = (&self.survey.document, &self.material.places);
        let because_of_answers = because_of_answers(document);
        let mut questions = Vec::new();
        for question in Question::of_document(document, places) {
            if matches!(question.kind(), ItemKind::Group | ItemKind::School) {
                continue;
            }
            let question = question.in_all_classes();
            let key = question.key();
            let item = key.split_once('.').map_or(key, |(item, _)| item);
            let (earlier, survey) = (self.earlier, self.survey);
            let is_counted =
                !because_of_answers.contains(item) && question.kind() != ItemKind::Date;
            let table = is_counted.then(|| Table {
                asked: self.index.tally.asked(key).clone(),
                rows: question.sets(&self.index.tally),
                relation: Relation::Answers,
                shown: Shown {
                    earlier,
                    survey: &survey.slug,
                    table: key.to_owned(),
                },
            });
            let counts = self.protected(table, &question.label().text);
            questions.push(FrozenQuestion::new(question, counts));
        }
        questions
    }

    /// What people wrote for the open questions with an intent; `None` if there are no such questions.
    fn wrote(&mut self, intent: Intent) -> Option<FrozenIntent> {
        let (index, survey) = (self.index, self.survey);
        let because_of_answers = because_of_answers(&survey.document);
        let items = survey.document.open_items().filter(|item| item.is_open());
        let items = items.filter(|item| item.intent.unwrap_or(Intent::Other) == intent);
        let items: Vec<&Item> = items
            .filter(|item| !because_of_answers.contains(item.key.as_str()))
            .collect();
        if items.is_empty() {
            return None;
        }
        let here = index
            .tally
            .comments(&CommentFacet::Survey(survey.id.clone()));
        let said = here & index.tally.comments(&CommentFacet::Intent(intent));
        let (mut lines, mut rows) = (Vec::new(), Vec::new());
        let mut asked = RoaringBitmap::new();
        for item in &items {
            asked |= index.tally.asked(&item.key);
            let wrote = here & index.tally.comments(&CommentFacet::Item(item.key.clone()));
            let line = WroteLine::Question(item.key.clone(), item.label.wording(FALLBACK));
            rows.push((line.key(), index.tally.voices_of(&wrote)));
            lines.push(line);
        }
        let (mut parents, mut unions) = (Vec::new(), Vec::new());
        if let Some((coding, _, coded)) = &self.material.coding {
            let themes = &coding.codebook.themes;
            for theme in themes {
                let mentioned = coded.theme(&theme.key) & &said;
                let name = theme.name.get(FALLBACK).0.to_owned();
                let line = WroteLine::Theme(theme.key.clone(), name, theme.parent.is_some());
                rows.push((line.key(), index.tally.voices_of(&mentioned)));
                lines.push(line);
                let parent = |other: &Theme| theme.parent.as_ref() == Some(&other.key);
                parents.push(themes.iter().position(parent));
                unions.push(theme.rules.is_empty());
            }
        }
        let table = Table {
            asked,
            rows,
            relation: Relation::Wrote {
                questions: items.len(),
                parents: &parents,
                unions: &unions,
            },
            shown: Shown {
                earlier: self.earlier,
                survey: &survey.slug,
                table: wrote_key(intent),
            },
        };
        let counts = self.protected(Some(table), intent.heading());
        Some(FrozenIntent {
            intent,
            lines,
            counts,
        })
    }
}
