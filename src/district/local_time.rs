//! Times as the district's clocks show them.

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

use super::District;
use crate::clock::Clock;

/// The district's time zone, or UTC while there is no district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime(Tz);

impl LocalTime {
    /// In a district's time zone.
    pub fn of(district: Option<&District>) -> Self {
        Self(district.map_or(Tz::UTC, District::zone))
    }

    /// In a time zone known by its IANA name, or UTC if the name is unknown.
    pub fn named(zone: &str) -> Self {
        Self(zone.parse().unwrap_or(Tz::UTC))
    }

    /// The local time at a UTC time.
    pub fn at(self, utc: NaiveDateTime) -> NaiveDateTime {
        self.0.from_utc_datetime(&utc).naive_local()
    }

    /// The local day at a UTC time.
    pub fn day(self, utc: NaiveDateTime) -> NaiveDate {
        self.at(utc).date()
    }

    /// The current local time.
    pub fn now(self, clock: &Clock) -> NaiveDateTime {
        self.at(clock.now())
    }

    /// The current local day.
    pub fn today(self, clock: &Clock) -> NaiveDate {
        self.day(clock.now())
    }
}
