//! What happens to a response that arrives around the time a survey closes. People who are still typing don't lose
//! anything, and responses that were queued on a phone are kept separately.

use chrono::{NaiveDateTime, TimeDelta};

use super::model::State;

/// How long after closing a response still counts, for people who were typing.
const GRACE: TimeDelta = TimeDelta::minutes(10);
/// How long after closing a response that was queued on a phone is still stored.
const QUEUED: TimeDelta = TimeDelta::days(7);

/// What happens to an incoming response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// It's stored and counts.
    Open,
    /// It's stored separately, as late.
    Late,
    /// It isn't stored.
    Closed,
}

impl Acceptance {
    /// What happens to a response that arrives at `now`. `queued` means that it waited on a phone for a network
    /// connection.
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
    fn after_closing_a_form_has_ten_minutes_and_an_offline_queue_a_week() {
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
        // The clock of this server is behind the clock of the server that closed the survey.
        assert_eq!(acceptance(-5, false), Acceptance::Open);
        assert_eq!(
            Acceptance::at(State::Draft, None, closed, true),
            Acceptance::Closed
        );
    }
}
