//! A survey's results as an edition keeps them: counted once, in classes of people that hold for every table, with small
//! counts already hidden. Nothing is counted when a page shows them.

use serde::{Deserialize, Serialize};

use super::question::Question;
use crate::localized::Wording;
use crate::surveys::{Intent, Unit};
use crate::tally::Part;
use crate::tally::disclosure::{Shown, ShownRow, ShownTable};

/// The results of one survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenSurvey {
    /// The survey's slug.
    pub survey: String,
    /// Its title.
    pub title: Wording,
    /// What it counts.
    pub unit: Unit,
    /// The revision whose questions these are.
    pub revision: i32,
    /// How many people answered.
    pub people: u64,
    /// The ways in which they are split, each with at least two classes.
    pub splits: Vec<Split>,
    /// The closed questions, in the survey's order.
    pub questions: Vec<FrozenQuestion>,
    /// What people wrote about, by what the questions ask for.
    pub wrote: Vec<FrozenIntent>,
}

/// A way to split the people of a survey. Its classes are the columns of every table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// By group, or by school.
    pub part: Part,
    /// The classes, in the district's order.
    pub classes: Vec<FrozenClass>,
}

/// A class of people: a group or school, or several that were too small on their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenClass {
    /// The keys of its groups or schools. The empty key is for people without any.
    pub keys: Vec<String>,
    /// What staff call it.
    pub name: String,
    /// How many of the survey's people are in it.
    pub people: u64,
}

/// A closed question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenQuestion {
    /// The question.
    pub(super) question: Question,
    /// Its counts; `None` if they would reveal hidden ones.
    pub counts: Option<FrozenCounts>,
}

/// The comments of questions that ask for the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenIntent {
    /// What they ask for.
    pub intent: Intent,
    /// One line per row of the counts: an open question that people wrote something for, or a theme.
    pub lines: Vec<WroteLine>,
    /// The counts; `None` if they would reveal hidden ones.
    pub counts: Option<FrozenCounts>,
}

/// What a row about comments counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WroteLine {
    /// People who wrote something for an open question.
    Question(String, Wording),
    /// People who mentioned a theme, with whether it's part of another theme.
    Theme(String, String, bool),
}

/// The counts of a table. A hidden count is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenCounts {
    /// How many people were asked.
    pub asked: u64,
    /// How many of each class were asked, for each of the survey's splits; empty for a split that isn't shown here.
    pub bases: Vec<Vec<u64>>,
    /// The rows. For a closed question, the last one counts those who didn't answer.
    pub rows: Vec<FrozenRow>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenRow {
    /// How many people in all.
    pub total: Option<u64>,
    /// How many people of each class, for each split that is shown.
    pub cells: Vec<Vec<Option<u64>>>,
}

impl FrozenSurvey {
    /// The classes of a split; none if its people aren't split so.
    pub fn classes(&self, part: Part) -> &[FrozenClass] {
        let split = self.splits.iter().find(|split| split.part == part);
        split.map_or(&[], |split| &split.classes)
    }
}

impl FrozenQuestion {
    /// A question with its counts.
    pub fn new(question: Question, counts: Option<FrozenCounts>) -> Self {
        Self { question, counts }
    }

    /// The keys of its rows, which name them in later editions.
    pub fn row_keys(&self) -> Vec<String> {
        let choices = self
            .question
            .choices
            .iter()
            .map(|choice| choice.key.clone());
        choices.chain(["_empty".to_owned()]).collect()
    }

    /// The question's key, which names it in addresses and in later editions.
    pub fn key(&self) -> &str {
        &self.question.key
    }
}

impl WroteLine {
    /// The key of the row in later editions. A theme and a question may have the same key.
    pub fn key(&self) -> String {
        match self {
            Self::Question(key, _) => format!("_wrote:{key}"),
            Self::Theme(key, ..) => key.clone(),
        }
    }
}

impl FrozenCounts {
    /// The table by one of the survey's splits, with everyone as the total; without a split, the total alone. `None` if
    /// this split isn't shown here.
    pub(super) fn table(&self, split: Option<usize>) -> Option<ShownTable> {
        let bases = match split {
            Some(split) => self
                .bases
                .get(split)
                .filter(|bases| !bases.is_empty())?
                .as_slice(),
            None => &[],
        };
        let row = |row: &FrozenRow| ShownRow {
            cells: split
                .and_then(|split| row.cells.get(split))
                .into_iter()
                .flatten()
                .map(|count| shown(*count))
                .collect(),
            total: shown(row.total),
        };
        Some(ShownTable {
            bases: ShownRow {
                cells: bases.iter().map(|base| Shown::Count(*base)).collect(),
                total: Shown::Count(self.asked),
            },
            rows: self.rows.iter().map(row).collect(),
        })
    }
}

fn shown(count: Option<u64>) -> Shown {
    count.map_or(Shown::TooFew, Shown::Count)
}
