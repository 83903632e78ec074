//! Around the closing of a survey nobody who is typing loses anything, and what waited on a phone is kept apart.

use chrono::{NaiveDateTime, TimeDelta};

use super::model::State;

/// For how long after the closing an answer that somebody was typing still counts.
const GRACE: TimeDelta = TimeDelta::minutes(10);
/// For how long after the closing an answer that waited on a phone is still stored.
const QUEUED: TimeDelta = TimeDelta::days(7);

/// What happens to an answer that arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// It is stored and counts.
    Open,
    /// It is stored apart, as late.
    Late,
    /// It is not stored.
    Shut,
}

impl Door {
    /// What happens to an answer that arrives `now` at a survey which closed then, if it did; `queued` says that it
    /// waited on a phone for the network.
    pub fn at(
        state: State,
        closed_at: Option<NaiveDateTime>,
        now: NaiveDateTime,
        queued: bool,
    ) -> Self {
        let since = match (state, closed_at) {
            (State::Open, _) => return Self::Open,
            (State::Closed, Some(closed_at)) => now - closed_at,
            (State::Draft, _) | (State::Closed, None) => return Self::Shut,
        };
        if since <= GRACE {
            Self::Open
        } else if queued && since <= QUEUED {
            Self::Late
        } else {
            Self::Shut
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_has_ten_minutes_and_a_queue_a_week() {
        let closed = NaiveDateTime::default();
        let door = |seconds, queued| {
            let now = closed + TimeDelta::seconds(seconds);
            Door::at(State::Closed, Some(closed), now, queued)
        };
        assert_eq!(door(600, false), Door::Open);
        assert_eq!(door(601, false), Door::Shut);
        assert_eq!(door(600, true), Door::Open);
        assert_eq!(door(601, true), Door::Late);
        assert_eq!(door(7 * 86_400, true), Door::Late);
        assert_eq!(door(7 * 86_400 + 1, true), Door::Shut);
        // A node whose clock is behind the one that closed it.
        assert_eq!(door(-5, false), Door::Open);
        assert_eq!(Door::at(State::Draft, None, closed, true), Door::Shut);
    }
}
