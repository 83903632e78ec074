//! The length of a stage on the first page's timeline.

use chrono::NaiveDate;

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
    fn a_stage_s_progress_starts_on_its_first_day_and_stops_at_100_percent() {
        assert_eq!(passed(day(10), day(19), day(9)), None);
        assert_eq!(passed(day(10), day(19), day(10)), Some(0));
        assert_eq!(passed(day(10), day(19), day(15)), Some(50));
        assert_eq!(passed(day(10), day(19), day(30)), Some(100));
    }
}
