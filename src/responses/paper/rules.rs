//! Which batches can be started, and what a batch accepts. Pure.
//!
//! Sheets are filled out while the survey is open and entered later. So a batch takes sheets as long as the batch
//! itself is open, even after the survey closes. After that only a planner can start or reopen a batch, and its date
//! can't be after the closing date. Sheets count immediately: somebody already decided to enter them, so no second
//! decision is needed.

use chrono::NaiveDate;

use crate::surveys::State;

/// What the rules need to know about a survey, with dates in the district's time zone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asking {
    /// Its state.
    pub(super) state: State,
    /// The day it was first published.
    pub(super) opened: Option<NaiveDate>,
    /// The day it was closed.
    pub(super) closed: Option<NaiveDate>,
    /// Today.
    pub(super) today: NaiveDate,
}

impl Asking {
    /// Whether somebody can start or reopen a batch. `plans` is true for a planner of the survey's round.
    pub(super) fn may_begin(&self, plans: bool) -> bool {
        match self.state {
            State::Draft => false,
            State::Open => true,
            State::Closed => plans,
        }
    }

    /// The dates that sheets can have.
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
    fn after_a_survey_closes_only_planners_can_start_a_batch() {
        assert!(!asking(State::Draft, None).may_begin(true));
        assert!(asking(State::Open, None).may_begin(false));
        assert!(!asking(State::Closed, Some(9)).may_begin(false));
        assert!(asking(State::Closed, Some(9)).may_begin(true));
    }

    #[test]
    fn a_sheet_s_date_must_be_while_the_survey_was_open() {
        let days = asking(State::Open, None).days();
        assert!(days.contains(&day(5)) && days.contains(&day(20)));
        assert!(!days.contains(&day(4)) && !days.contains(&day(21)));
        let days = asking(State::Closed, Some(9)).days();
        assert!(days.contains(&day(9)) && !days.contains(&day(10)));
    }
}
