//! Numbers, days and times in the reader's language.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use icu_datetime::fieldsets::zone::GenericLong;
use icu_datetime::fieldsets::{T, YMD, YMDE};
use icu_datetime::input::{Date, DateTime, Time, TimeZone};
use icu_datetime::{DateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale;

use crate::error::{Error, Result};

/// The formats of one language.
pub struct Formats {
    decimal: DecimalFormatter,
    day: DateTimeFormatter<YMDE>,
    short_day: DateTimeFormatter<YMD>,
    time: NoCalendarFormatter<T>,
    zone: NoCalendarFormatter<GenericLong>,
}

impl Formats {
    /// The formats of a language tag.
    pub fn load(tag: &str) -> Result<Self> {
        // Spanish as it is spoken in the United States groups 1,306 as English does.
        let regional = if tag == "es" { "es-US" } else { tag };
        let locale: Locale = regional
            .parse()
            .map_err(|_| Error::bug(format!("{tag} is not a locale")))?;
        Ok(Self {
            decimal: DecimalFormatter::try_new(
                locale.clone().into(),
                DecimalFormatterOptions::default(),
            )
            .map_err(Error::internal)?,
            day: DateTimeFormatter::try_new(locale.clone().into(), YMDE::long())
                .map_err(Error::internal)?,
            short_day: DateTimeFormatter::try_new(locale.clone().into(), YMD::medium())
                .map_err(Error::internal)?,
            time: NoCalendarFormatter::try_new(locale.clone().into(), T::hm())
                .map_err(Error::internal)?,
            zone: NoCalendarFormatter::try_new(locale.into(), GenericLong)
                .map_err(Error::internal)?,
        })
    }

    /// A whole number, grouped.
    pub fn number(&self, number: i64) -> String {
        self.decimal.format(&Decimal::from(number)).to_string()
    }

    /// A day with its weekday: "Saturday, November 21, 2026".
    pub fn day(&self, day: NaiveDate) -> Result<String> {
        Ok(self.day.format(&iso(day)?).to_string())
    }

    /// A day in short, for tables: "Nov 21, 2026".
    pub fn short_day(&self, day: NaiveDate) -> Result<String> {
        Ok(self.short_day.format(&iso(day)?).to_string())
    }

    /// A time of day: "6:00 PM".
    pub fn time(&self, at: NaiveDateTime) -> Result<String> {
        let time = clock_time(at)?;
        // Some locales put a narrow space before AM and PM, which reads as a box in plain mails.
        Ok(self.time.format(&time).to_string().replace('\u{202f}', " "))
    }

    /// What people called a zone of the IANA database at a time: "Central Time" for `America/Chicago`.
    pub fn zone(&self, at: NaiveDateTime, name: &str) -> Result<String> {
        let at = DateTime {
            date: iso(at.date())?,
            time: clock_time(at)?,
        };
        let zone = TimeZone::from_iana_id(name)
            .without_offset()
            .at_date_time(at);
        Ok(self.zone.format(&zone).to_string())
    }

    /// A day with its weekday and a time of day.
    pub fn moment(&self, at: NaiveDateTime) -> Result<String> {
        Ok(format!("{}, {}", self.day(at.date())?, self.time(at)?))
    }
}

fn clock_time(at: NaiveDateTime) -> Result<Time> {
    let part = |value: u32| u8::try_from(value).map_err(Error::internal);
    Time::try_new(part(at.hour())?, part(at.minute())?, 0, 0).map_err(Error::internal)
}

fn iso(day: NaiveDate) -> Result<Date<icu_calendar::Iso>> {
    let part = |value: u32| u8::try_from(value).map_err(Error::internal);
    Date::try_new_iso(day.year(), part(day.month())?, part(day.day())?).map_err(Error::internal)
}
