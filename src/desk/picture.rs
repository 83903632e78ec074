//! The first page's charts: counts by day as columns, and a stage's progress as a length.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

/// The maximum number of days in a chart.
const SHOWN: u64 = 42;

/// A chart runs up to today if the last response is at most this many days old.
const FRESH: u64 = 14;

/// Counts by day as a column chart, one unit wide for each day and 100 units high.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ByDay {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    /// The number of days in the chart.
    pub(super) days: u64,
    /// The highest count of a day.
    pub(super) most: u64,
    pub(super) columns: Vec<Column>,
}

/// A day with a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Column {
    /// The number of days since the first day in the chart.
    pub(super) place: u64,
    /// The column's height, from 1 to 100.
    pub(super) height: u64,
    pub(super) today: bool,
}

impl ByDay {
    /// Builds a chart, or returns `None` if there are no counts. It ends today if responses are recent, or else on the
    /// last day with a response.
    pub(super) fn of(counts: &BTreeMap<NaiveDate, u64>, today: NaiveDate) -> Option<Self> {
        let (earliest, latest) = (*counts.keys().next()?, *counts.keys().next_back()?);
        let fresh = today.checked_sub_days(Days::new(FRESH))? <= latest;
        let last = if fresh { today.max(latest) } else { latest };
        let first = earliest.max(last.checked_sub_days(Days::new(SHOWN - 1))?);
        let place = |day: NaiveDate| u64::try_from((day - first).num_days()).ok();
        let shown = counts.range(first..=last);
        let most = shown.clone().map(|(_, count)| *count).max()?.max(1);
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
            most,
            columns: columns.collect(),
        })
    }
}

/// The share of a period that has passed, in whole percent, or `None` before its first day.
pub(super) fn passed(first: NaiveDate, last: NaiveDate, today: NaiveDate) -> Option<u64> {
    let whole = u64::try_from((last - first).num_days()).ok()? + 1;
    let gone = u64::try_from((today - first).num_days()).ok()?;
    Some((gone * 100 / whole).min(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(of_month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, of_month).unwrap()
    }

    #[test]
    fn columns_stand_on_their_days_and_the_highest_is_whole() {
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
    fn a_survey_of_long_ago_ends_with_its_last_answer() {
        let counts = BTreeMap::from([(day(1), 5), (day(3), 10)]);
        assert_eq!(ByDay::of(&counts, day(28)).unwrap().last, day(3));
        assert_eq!(ByDay::of(&BTreeMap::new(), day(28)), None);
    }

    #[test]
    fn a_stage_has_not_begun_before_its_first_day_and_never_passes_its_end() {
        assert_eq!(passed(day(10), day(19), day(9)), None);
        assert_eq!(passed(day(10), day(19), day(10)), Some(0));
        assert_eq!(passed(day(10), day(19), day(15)), Some(50));
        assert_eq!(passed(day(10), day(19), day(30)), Some(100));
    }
}
