//! Which batches may be begun, and what a batch takes. Pure.
//!
//! Sheets are filled in while people are asked, and typed in later. So a batch takes sheets as long as it is open itself,
//! also after the survey has closed; but then only a planner begins one or opens one again, and its day is no later than the
//! day of the closing. They count at once: a pile that somebody decided to type in needs no second decision.

use chrono::NaiveDate;

use crate::surveys::State;

/// A survey as the rules see it, in days of the district.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asking {
    /// Its life.
    pub(super) state: State,
    /// The day on which it was first published.
    pub(super) opened: Option<NaiveDate>,
    /// The day on which it was closed.
    pub(super) closed: Option<NaiveDate>,
    /// Today.
    pub(super) today: NaiveDate,
}

impl Asking {
    /// Whether somebody may begin a batch, or open one again; a planner of the survey's round is `plans`.
    pub(super) fn may_begin(&self, plans: bool) -> bool {
        match self.state {
            State::Draft => false,
            State::Open => true,
            State::Closed => plans,
        }
    }

    /// The days that may stand on the sheets.
    pub(super) fn days(&self) -> std::ops::RangeInclusive<NaiveDate> {
        let last = self
            .closed
            .map_or(self.today, |closed| closed.min(self.today));
        self.opened.unwrap_or(last)..=last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, day).unwrap()
    }

    fn asking(state: State, closed: Option<u32>) -> Asking {
        Asking {
            state,
            opened: Some(day(5)),
            closed: closed.map(day),
            today: day(20),
        }
    }

    #[test]
    fn after_the_closing_only_a_planner_begins_a_batch() {
        assert!(!asking(State::Draft, None).may_begin(true));
        assert!(asking(State::Open, None).may_begin(false));
        assert!(!asking(State::Closed, Some(9)).may_begin(false));
        assert!(asking(State::Closed, Some(9)).may_begin(true));
    }

    #[test]
    fn the_day_on_a_sheet_lies_between_the_opening_and_the_closing_or_today() {
        let days = asking(State::Open, None).days();
        assert!(days.contains(&day(5)) && days.contains(&day(20)));
        assert!(!days.contains(&day(4)) && !days.contains(&day(21)));
        let days = asking(State::Closed, Some(9)).days();
        assert!(days.contains(&day(9)) && !days.contains(&day(10)));
    }
}
