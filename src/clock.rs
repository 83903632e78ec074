//! The only place that asks the time.

use std::sync::{Arc, RwLock};

use chrono::{NaiveDateTime, TimeDelta, Timelike, Utc};

/// Tells the time in UTC. Whole seconds, so that both engines store and compare it the same way.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<RwLock<NaiveDateTime>>>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock for tests that moves only by [`Clock::advance`].
    pub fn fixed(at: NaiveDateTime) -> Self {
        Self(Some(Arc::new(RwLock::new(at))))
    }

    /// The time in UTC, without fractions of a second.
    pub fn now(&self) -> NaiveDateTime {
        let now = match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            None => Utc::now().naive_utc(),
            Some(at) => *at.read().unwrap_or_else(std::sync::PoisonError::into_inner),
        };
        now.with_nanosecond(0).unwrap_or(now)
    }

    /// Moves a fixed clock forward; does nothing to the machine's clock.
    pub fn advance(&self, by: TimeDelta) {
        if let Some(at) = &self.0 {
            *at.write()
                .unwrap_or_else(std::sync::PoisonError::into_inner) += by;
        }
    }
}
