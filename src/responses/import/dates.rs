//! The day that a cell names, in the district's zone.

use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use serde::Deserialize;

/// How a file writes its dates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum DateFormat {
    /// ISO 8601: a day, perhaps with a time, perhaps with a zone.
    #[default]
    Iso,
    /// Seconds since 1970 in UTC.
    EpochSeconds,
    /// Milliseconds since 1970 in UTC.
    EpochMilliseconds,
    /// A pattern in the letters of strftime.
    Pattern(String),
}

impl TryFrom<String> for DateFormat {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "iso" | "iso-8601" => return Ok(Self::Iso),
            "epoch-seconds" => return Ok(Self::EpochSeconds),
            "epoch-milliseconds" => return Ok(Self::EpochMilliseconds),
            _ => {}
        }
        let mut items = StrftimeItems::new(&text).peekable();
        let says_something = items.peek().is_some_and(|_| text.contains('%'));
        if !says_something || items.any(|item| matches!(item, Item::Error)) {
            return Err(format!(
                "“{text}” is no date format: say epoch-seconds, epoch-milliseconds, iso or a pattern such as %m/%d/%Y"
            ));
        }
        Ok(Self::Pattern(text))
    }
}

/// Days outside of these years are a format misread, such as seconds taken for milliseconds.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2200;

impl DateFormat {
    /// The day that a text names. A time with a zone is turned into the district's zone; one without is taken to be in
    /// it already.
    pub fn day(&self, text: &str, zone: Tz) -> Option<NaiveDate> {
        let text = text.trim();
        let day = match self {
            Self::Iso => iso(text, zone),
            Self::EpochSeconds => local(
                DateTime::from_timestamp_secs(text.parse().ok()?)?.naive_utc(),
                zone,
            ),
            Self::EpochMilliseconds => local(
                DateTime::from_timestamp_millis(text.parse().ok()?)?.naive_utc(),
                zone,
            ),
            Self::Pattern(pattern) => by_pattern(text, pattern, zone),
        };
        day.filter(|day| YEARS.contains(&day.year()))
    }
}

/// The day of an instant of UTC.
#[expect(clippy::unnecessary_wraps, reason = "every form of a date may fail")]
fn local(utc: NaiveDateTime, zone: Tz) -> Option<NaiveDate> {
    Some(zone.from_utc_datetime(&utc).date_naive())
}

fn iso(text: &str, zone: Tz) -> Option<NaiveDate> {
    const ZONED: [&str; 4] = [
        "%Y-%m-%dT%H:%M:%S%.f%#z",
        "%Y-%m-%d %H:%M:%S%.f%#z",
        "%Y-%m-%d %H:%M:%S%.f %#z",
        "%Y-%m-%dT%H:%M%#z",
    ];
    const PLAIN: [&str; 5] = [
        "%Y-%m-%d",
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
    ];
    let universal = text.strip_suffix(" UTC").or_else(|| text.strip_suffix('Z'));
    let text = universal.map_or_else(|| text.to_owned(), |before| format!("{before}+0000"));
    ZONED
        .iter()
        .chain(&PLAIN)
        .find_map(|pattern| by_pattern(&text, pattern, zone))
}

fn by_pattern(text: &str, pattern: &str, zone: Tz) -> Option<NaiveDate> {
    if let Ok(instant) = DateTime::parse_from_str(text, pattern) {
        return local(instant.naive_utc(), zone);
    }
    NaiveDateTime::parse_from_str(text, pattern)
        .map(|moment| moment.date())
        .or_else(|_| NaiveDate::parse_from_str(text, pattern))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(format: &str, text: &str) -> Option<String> {
        let format = DateFormat::try_from(format.to_owned()).unwrap();
        format
            .day(text, Tz::America__Chicago)
            .map(|day| day.to_string())
    }

    #[test]
    fn an_instant_falls_on_the_day_of_the_district() {
        // 2018-02-13 05:58:16 UTC is still the evening of the twelfth in Chicago.
        assert_eq!(
            day("epoch-milliseconds", "1518501496471").as_deref(),
            Some("2018-02-12")
        );
        assert_eq!(
            day("epoch-seconds", "1518501496").as_deref(),
            Some("2018-02-12")
        );
        assert_eq!(
            day("iso", "2018-02-13T05:58:16Z").as_deref(),
            Some("2018-02-12")
        );
        assert_eq!(
            day("iso", "2018-02-13 05:58:16 UTC").as_deref(),
            Some("2018-02-12")
        );
        assert_eq!(
            day("iso", "2018-02-13T05:58:16+07:00").as_deref(),
            Some("2018-02-12")
        );
        assert_eq!(
            day("%d.%m.%Y %H:%M %z", "13.02.2018 05:58 +0000").as_deref(),
            Some("2018-02-12")
        );
    }

    #[test]
    fn a_day_or_time_without_a_zone_is_the_district_s_own() {
        for text in [
            "2018-02-13",
            "2018-02-13T23:59:00",
            "2018-02-13 00:01",
            "2018-02-13 00:01:02.5",
        ] {
            assert_eq!(day("iso", text).as_deref(), Some("2018-02-13"), "{text}");
        }
        assert_eq!(day("%m/%d/%Y", "9/4/2026").as_deref(), Some("2026-09-04"));
        assert_eq!(
            day("%m/%d/%Y %I:%M:%S %p", "9/14/2026 8:05:00 PM").as_deref(),
            Some("2026-09-14")
        );
    }

    #[test]
    fn what_is_no_date_in_the_format_is_none() {
        assert_eq!(day("iso", "13.02.2018"), None);
        assert_eq!(day("iso", ""), None);
        assert_eq!(
            day("epoch-seconds", "1518501496471"),
            None,
            "milliseconds are not seconds"
        );
        assert_eq!(day("%m/%d/%Y", "31/12/2026"), None);
    }

    #[test]
    fn a_pattern_that_says_nothing_is_refused() {
        assert!(DateFormat::try_from("%Q".to_owned()).is_err());
        assert!(DateFormat::try_from("epoch".to_owned()).is_err());
    }
}
