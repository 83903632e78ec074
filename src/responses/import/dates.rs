//! Parses the date in a cell, in the district's time zone.

use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use serde::Deserialize;

/// The date format of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum DateFormat {
    /// ISO 8601: a date, with or without a time and a time zone.
    #[default]
    Iso,
    /// Seconds since 1970 in UTC.
    EpochSeconds,
    /// Milliseconds since 1970 in UTC.
    EpochMilliseconds,
    /// A strftime pattern.
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
                "“{text}” is not a date format: use epoch-seconds, epoch-milliseconds, iso, or a pattern such as %m/%d/%Y"
            ));
        }
        Ok(Self::Pattern(text))
    }
}

/// A date outside these years means that the format is wrong, such as seconds read as milliseconds.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2200;

impl DateFormat {
    /// The date that a text stands for. A time with a time zone is converted to the district's; a time without one is
    /// assumed to be in it already.
    pub fn day(&self, text: &str, zone: Tz) -> Option<NaiveDate> {
        let text = text.trim();
        match self {
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
        }
        .filter(|day| is_plausible(*day))
    }
}

fn is_plausible(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

/// The local date of a UTC time. `None` at the very ends of time, where the conversion would overflow.
fn local(utc: NaiveDateTime, zone: Tz) -> Option<NaiveDate> {
    is_plausible(utc.date()).then(|| zone.from_utc_datetime(&utc).date_naive())
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
    use chrono::Utc;
    use proptest::prelude::*;

    use super::*;

    fn day(format: &str, text: &str) -> Option<String> {
        let format = DateFormat::try_from(format.to_owned()).unwrap();
        format
            .day(text, Tz::America__Chicago)
            .map(|day| day.to_string())
    }

    #[test]
    fn an_instant_becomes_the_day_in_the_district_s_time_zone() {
        // 2018-02-13 05:58:16 UTC is still the evening of the 12th in Chicago.
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
    fn a_date_or_time_without_a_zone_is_local_to_the_district() {
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
    fn text_that_does_not_match_the_format_is_not_a_date() {
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
    fn the_earliest_and_latest_instants_are_refused() {
        let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        for instant in [first, last] {
            for (format, text) in [
                ("epoch-seconds", instant.timestamp().to_string()),
                ("epoch-milliseconds", instant.timestamp_millis().to_string()),
                ("iso", instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
                ("%Y %j %z", instant.format("%Y %j -1200").to_string()),
            ] {
                assert_eq!(day(format, &text), None, "{format} {text}");
            }
        }
    }

    /// Text that looks like the formats and cells of a file more often than arbitrary text does.
    fn written() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            any::<i64>().prop_map(|number| number.to_string()),
            "[0-9/:.TZ +-]{0,24}",
            "(%[-_0]?[A-Za-z+%]|[ /:.T-]){1,8}",
        ]
    }

    proptest! {
        #[test]
        fn any_cell_in_any_format_is_read_without_panicking(format in written(), text in written(), zone in 0..chrono_tz::TZ_VARIANTS.len()) {
            let zone = chrono_tz::TZ_VARIANTS[zone];
            for format in ["iso", "epoch-seconds", "epoch-milliseconds", &format] {
                if let Ok(format) = DateFormat::try_from(format.to_owned()) {
                    let day = format.day(&text, zone);
                    prop_assert!(day.is_none_or(|day| YEARS.contains(&day.year())));
                }
            }
        }

        /// Compares the date in a time zone with that zone's own arithmetic.
        #[test]
        fn every_format_of_an_instant_gives_the_same_day(seconds in 0..4_000_000_000_i64) {
            let zone = Tz::America__Chicago;
            let instant = DateTime::from_timestamp_secs(seconds).unwrap();
            let expected = instant.with_timezone(&zone).date_naive();
            for (format, text) in [
                ("epoch-seconds", seconds.to_string()),
                ("epoch-milliseconds", format!("{seconds}999")),
                ("iso", instant.to_rfc3339()),
                ("iso", instant.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()),
                ("%d.%m.%Y %H:%M:%S %z", instant.format("%d.%m.%Y %H:%M:%S +0000").to_string()),
            ] {
                let format = DateFormat::try_from(format.to_owned()).unwrap();
                prop_assert_eq!(format.day(&text, zone), Some(expected), "{}", text);
            }
        }
    }

    #[test]
    fn an_invalid_date_format_is_refused() {
        assert!(DateFormat::try_from("%Q".to_owned()).is_err());
        assert!(DateFormat::try_from("epoch".to_owned()).is_err());
    }
}
