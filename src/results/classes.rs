//! Number and date questions in the results: counted in classes, with quartiles for numbers.

use roaring::RoaringBitmap;

use super::question::{Choice, Question, Set};
use crate::localized::Wording;
use crate::statistics::quantile::Quartiles;
use crate::surveys::{Class, ItemKind};
use crate::tally::disclosure::{Shown, ShownTable};
use crate::tally::{Index, View};

/// The maximum number of months to show as rows, or of years before empty ones are dropped.
const MOST: usize = 24;

impl Question {
    /// Turns a number or date question into classes, from the first to the last class in which any of the survey's
    /// people are; leaves other questions unchanged. Dates are grouped by month, or by year if there are many.
    pub(super) fn in_classes(self, index: &Index, people: &RoaringBitmap) -> Self {
        let here = |class: &Class| {
            let chosen = index.chosen(&self.key);
            let mut held = chosen.filter(|(answer, _)| class.holds(answer));
            held.any(|(_, voices)| !people.is_disjoint(voices))
        };
        let classes = match self.kind {
            ItemKind::Number => Class::of_numbers(&self.bounds),
            ItemKind::Date => {
                let chosen = index.chosen(&self.key);
                let days = chosen.filter(|(_, voices)| !people.is_disjoint(voices));
                let days: Vec<_> = days.filter_map(|(day, _)| day.parse().ok()).collect();
                by_month_or_year(&days)
            }
            _ => return self,
        };
        let first = classes.iter().position(here);
        let last = classes.iter().rposition(here);
        let met = first
            .zip(last)
            .and_then(|(first, last)| classes.get(first..=last));
        let mut met = met.unwrap_or_default().to_vec();
        if self.kind == ItemKind::Date && met.len() > MOST {
            met.retain(here);
        }
        self.with_classes(&met)
    }

    /// Turns a number question into all classes that its range has, whatever people answered: an edition hides small
    /// counts, and a class that is there only because somebody is in it would tell. A date question gets none, because its
    /// range has no end.
    #[must_use]
    pub fn in_all_classes(self) -> Self {
        match self.kind {
            ItemKind::Number => {
                let classes = Class::of_numbers(&self.bounds);
                self.with_classes(&classes)
            }
            _ => self,
        }
    }

    fn with_classes(self, classes: &[Class]) -> Self {
        let choice = |class: &Class| Choice {
            key: class.key(),
            label: Wording {
                text: class.to_string(),
                lang: None,
            },
            point: None,
            set: Set {
                field: self.key.clone(),
                key: class.key(),
            },
        };
        Self {
            choices: classes.iter().map(choice).collect(),
            ..self
        }
    }
}

fn by_month_or_year(days: &[chrono::NaiveDate]) -> Vec<Class> {
    let Some((first, last)) = days.iter().min().zip(days.iter().max()) else {
        return Vec::new();
    };
    let from = |class: Class| std::iter::successors(Some(class), Class::next);
    let reaches = |class: &Class| !matches!(class, Class::Days(start, _) if start > last);
    let months = || from(Class::month(*first)).take_while(reaches);
    if months().nth(MOST).is_none() {
        months().collect()
    } else {
        from(Class::year(*first)).take_while(reaches).collect()
    }
}

/// The quartiles of a number's answers, one per column; empty for other questions.
pub(super) fn middles(
    index: &Index,
    view: &View<'_>,
    question: &Question,
) -> Vec<Option<Quartiles<String>>> {
    if question.kind != ItemKind::Number {
        return Vec::new();
    }
    let mut answers: Vec<(i64, &RoaringBitmap)> = index
        .chosen(&question.key)
        .filter_map(|(number, voices)| Some((number.parse().ok()?, voices)))
        .collect();
    answers.sort_unstable_by_key(|(number, _)| *number);
    let sets: Vec<RoaringBitmap> = answers
        .iter()
        .map(|(_, voices)| (*voices).clone())
        .collect();
    let table = view.count(index.asked(&question.key), &sets);
    let numbers: Vec<String> = answers
        .iter()
        .map(|(number, _)| number.to_string())
        .collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    (0..=view.columns().len())
        .map(|place| quartiles(&numbers, &table, place))
        .collect()
}

/// The quartiles of a number as classes, one per column, from shown counts only; empty for other questions.
pub(super) fn class_quartiles(
    question: &Question,
    classes: &ShownTable,
) -> Vec<Option<Quartiles<String>>> {
    if question.kind != ItemKind::Number {
        return Vec::new();
    }
    let choices = question.choices.iter();
    let labels: Vec<&str> = choices.map(|choice| choice.label.text.as_str()).collect();
    (0..=classes.bases.cells.len())
        .map(|place| quartiles(&labels, classes, place))
        .collect()
}

/// The quartiles of a column whose rows are these values in order; `None` if a count is hidden or the column is empty.
fn quartiles(values: &[&str], table: &ShownTable, place: usize) -> Option<Quartiles<String>> {
    let counts = table.rows.iter().map(|row| match row.cell(place) {
        Shown::Count(count) => Some(count),
        Shown::TooFew => None,
    });
    let counts: Vec<(&str, u64)> = values
        .iter()
        .zip(counts)
        .map(|(value, count)| Some((*value, count?)))
        .collect::<Option<_>>()?;
    let found = Quartiles::of(&counts)?;
    Some(Quartiles {
        low: found.low.to_owned(),
        median: found.median.to_owned(),
        high: found.high.to_owned(),
    })
}
