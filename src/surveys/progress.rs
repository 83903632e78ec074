//! How many people have answered a survey, by day: what the desk's lists show next to it.
//!
//! Counting comes after surveys in the story, so a survey's pages only know [`ProgressSource`]. The server passes them the index.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{Places, SurveyId};
use crate::db::Db;
use crate::error::Result;

/// Whoever counts responses.
pub trait ProgressSource: Send + Sync {
    /// The progress of each of these surveys. Empty while the index is being built.
    fn of(
        &self,
        db: &mut Db,
        surveys: Vec<SurveyId>,
        today: NaiveDate,
    ) -> Result<BTreeMap<SurveyId, SurveyProgress>>;

    /// Who has taken part in a survey so far. `None` while the index is being built.
    fn participation(
        &self,
        db: &mut Db,
        survey: SurveyId,
        places: &Places,
    ) -> Result<Option<Participation>>;
}

/// Who has taken part in an open survey, as staff who see no live counts may know it. Each number is rounded down to a
/// step of five, so that one more response rarely changes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Participation {
    /// How many people.
    pub people: u64,
    /// How many of each group, by its name.
    pub groups: Vec<(String, u64)>,
    /// How many at each school, by its name. Somebody may be at several.
    pub schools: Vec<(String, u64)>,
}

impl Participation {
    /// The step that numbers are rounded down to.
    const STEP: u64 = 5;

    /// A number of people as it's shown.
    pub fn rounded(people: u64) -> u64 {
        people - people % Self::STEP
    }

    /// A survey's participation for page samples.
    pub(super) fn sample() -> Self {
        Self {
            people: 420,
            groups: vec![("Families".to_owned(), 250), ("Staff <all>".to_owned(), 0)],
            schools: vec![("Oak <Elementary>".to_owned(), 35)],
        }
    }
}

/// A survey's progress.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SurveyProgress {
    /// How many voices it has.
    pub voices: u64,
    /// How many of them answered today.
    pub today: u64,
    /// All of them by day.
    pub by_day: Option<ByDay>,
}

impl SurveyProgress {
    /// A survey's progress for page samples: two days of responses, the last of them today.
    pub(super) fn sample() -> Self {
        let (first, today) = (NaiveDate::default(), NaiveDate::default() + Days::new(1));
        Self {
            voices: 420,
            today: 3,
            by_day: ByDay::of(&BTreeMap::from([(first, 417), (today, 3)]), today),
        }
    }
}

/// The maximum number of days in a chart.
const SHOWN: u64 = 42;

/// A chart runs up to today if the last response is at most this many days old.
const FRESH: u64 = 14;

/// Counts by day as a column chart, one unit wide for each day and 100 units high.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ByDay {
    /// The first day in the chart.
    pub first: NaiveDate,
    /// The last day in the chart.
    pub last: NaiveDate,
    /// The number of days in the chart.
    pub days: u64,
    /// The number of voices in the chart.
    pub shown: u64,
    /// The highest count of a day.
    pub most: u64,
    /// The days with a count, in order.
    pub columns: Vec<Column>,
}

/// A day with a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The number of days since the first day in the chart.
    pub place: u64,
    /// The column's height, from 1 to 100.
    pub height: u64,
    /// Whether it's today.
    pub today: bool,
}

impl ByDay {
    /// Builds a chart, or returns `None` if there are no counts. It ends today if responses are recent, or else on the
    /// last day with a response.
    pub fn of(counts: &BTreeMap<NaiveDate, u64>, today: NaiveDate) -> Option<Self> {
        let (earliest, latest) = (*counts.keys().next()?, *counts.keys().next_back()?);
        let fresh = today.checked_sub_days(Days::new(FRESH))? <= latest;
        let last = if fresh { today.max(latest) } else { latest };
        let first = earliest.max(last.checked_sub_days(Days::new(SHOWN - 1))?);
        let place = |day: NaiveDate| u64::try_from((day - first).num_days()).ok();
        let shown = counts.range(first..=last);
        let most = shown.clone().map(|(_, count)| *count).max()?.max(1);
        let in_chart = shown.clone().map(|(_, count)| *count).sum();
        let columns = shown
            .filter(|(_, count)| **count > 0)
            .filter_map(|(day, count)| {
                Some(Column {
                    place: place(*day)?,
                    height: (count * 100 / most).max(1),
                    today: *day == today,
                })
            });
        Some(Self {
            first,
            last,
            days: place(last)? + 1,
            shown: in_chart,
            most,
            columns: columns.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(of_month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, of_month).unwrap()
    }

    #[test]
    fn each_column_is_at_its_day_and_the_tallest_fills_the_chart() {
        let counts = BTreeMap::from([(day(1), 5), (day(3), 10)]);
        let drawn = ByDay::of(&counts, day(4)).unwrap();
        assert_eq!(
            (drawn.first, drawn.last, drawn.days, drawn.most),
            (day(1), day(4), 4, 10)
        );
        let columns: Vec<(u64, u64)> = drawn
            .columns
            .iter()
            .map(|it| (it.place, it.height))
            .collect();
        assert_eq!(columns, [(0, 50), (2, 100)]);
    }

    #[test]
    fn an_old_survey_s_chart_ends_with_its_last_response() {
        let counts = BTreeMap::from([(day(1), 5), (day(3), 10)]);
        assert_eq!(ByDay::of(&counts, day(28)).unwrap().last, day(3));
        assert_eq!(ByDay::of(&BTreeMap::new(), day(28)), None);
    }
}
