//! Around the closing of a survey nobody who is typing loses anything, and what waited on a phone is kept apart.

use chrono::{NaiveDateTime, TimeDelta};

use super::model::State;

/// For how long after the closing an answer that somebody was typing still counts.
const GRACE: TimeDelta = TimeDelta::minutes(10);
/// For how long after the closing an answer that waited on a phone is still stored.
const QUEUED: TimeDelta = TimeDelta::days(7);

/// What happens to an answer that arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// It is stored and counts.
    Open,
    /// It is stored apart, as late.
    Late,
    /// It is not stored.
    Closed,
}

impl Acceptance {
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
            (State::Draft, _) | (State::Closed, None) => return Self::Closed,
        };
        if since <= GRACE {
            Self::Open
        } else if queued && since <= QUEUED {
            Self::Late
        } else {
            Self::Closed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_has_ten_minutes_and_a_queue_a_week() {
        let closed = NaiveDateTime::default();
        let acceptance = |seconds, queued| {
            let now = closed + TimeDelta::seconds(seconds);
            Acceptance::at(State::Closed, Some(closed), now, queued)
        };
        assert_eq!(acceptance(600, false), Acceptance::Open);
        assert_eq!(acceptance(601, false), Acceptance::Closed);
        assert_eq!(acceptance(600, true), Acceptance::Open);
        assert_eq!(acceptance(601, true), Acceptance::Late);
        assert_eq!(acceptance(7 * 86_400, true), Acceptance::Late);
        assert_eq!(acceptance(7 * 86_400 + 1, true), Acceptance::Closed);
        // A node whose clock is behind the one that closed it.
        assert_eq!(acceptance(-5, false), Acceptance::Open);
        assert_eq!(
            Acceptance::at(State::Draft, None, closed, true),
            Acceptance::Closed
        );
    }
}
