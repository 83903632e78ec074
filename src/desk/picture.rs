//! What the first page draws: counts by day as columns, and a stage as a length.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

/// How many days a picture shows at most.
const SHOWN: u64 = 42;

/// How many days after the last answer a picture still runs up to today.
const FRESH: u64 = 14;

/// Counts by day: columns of a drawing that is one unit wide for each day and 100 units high.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ByDay {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    /// How many days the drawing shows.
    pub(super) days: u64,
    /// The most of one day.
    pub(super) most: u64,
    pub(super) columns: Vec<Column>,
}

/// One day that has a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Column {
    /// From the first day on, from 0.
    pub(super) place: u64,
    /// From 1 to 100.
    pub(super) height: u64,
    pub(super) today: bool,
}

impl ByDay {
    /// Draws counts by day; none where there are none. The last day is today while answers are fresh, else the last day with one.
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

/// How much of a stretch of time has passed, in whole percent; none before its first day.
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
