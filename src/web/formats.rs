//! Formats numbers, dates, times, and lists in the reader's language.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use icu_datetime::fieldsets::zone::GenericLong;
use icu_datetime::fieldsets::{T, YMD, YMDE};
use icu_datetime::input::{Date, DateTime, Time, TimeZone};
use icu_datetime::{DateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use icu_locale_core::Locale;

use crate::error::{Error, Result};

/// The formatters of one language.
pub struct Formats {
    decimal: DecimalFormatter,
    day: DateTimeFormatter<YMDE>,
    short_day: DateTimeFormatter<YMD>,
    time: NoCalendarFormatter<T>,
    zone: NoCalendarFormatter<GenericLong>,
    list: ListFormatter,
    /// Whether items of a list of three and more also get a comma.
    separates_by_commas: bool,
    weekday_without_comma: bool,
}

impl Formats {
    /// Loads the formatters of a language tag.
    pub fn load(tag: &str) -> Result<Self> {
        let regional = match tag {
            // US Spanish groups digits like English: 1,306.
            "es" => "es-US",
            // Codes, phone numbers, and typed input use Western digits, so all numbers do.
            "ar" => "ar-u-nu-latn",
            tag => tag,
        };
        let locale: Locale = regional
            .parse()
            .map_err(|_| Error::bug(format!("{tag} is not a locale")))?;
        Ok(Self {
            decimal: DecimalFormatter::try_new(
                locale.clone().into(),
                DecimalFormatterOptions::default(),
            )
            .map_err(Error::internal)?,
            // English abbreviates days and months within a sentence; other languages spell them out.
            day: DateTimeFormatter::try_new(
                locale.clone().into(),
                if tag == "en" {
                    YMDE::medium()
                } else {
                    YMDE::long()
                },
            )
            .map_err(Error::internal)?,
            short_day: DateTimeFormatter::try_new(locale.clone().into(), YMD::medium())
                .map_err(Error::internal)?,
            time: NoCalendarFormatter::try_new(locale.clone().into(), T::hm())
                .map_err(Error::internal)?,
            zone: NoCalendarFormatter::try_new(locale.clone().into(), GenericLong)
                .map_err(Error::internal)?,
            list: ListFormatter::try_new_and(
                locale.into(),
                ListFormatterOptions::default().with_length(ListLength::Wide),
            )
            .map_err(Error::internal)?,
            separates_by_commas: tag == "ar",
            weekday_without_comma: tag == "es",
        })
    }

    /// A whole number with grouping.
    pub fn number(&self, number: i64) -> String {
        self.decimal.format(&Decimal::from(number)).to_string()
    }

    /// A date with its weekday: "Sat, Nov 21, 2026".
    pub fn day(&self, day: NaiveDate) -> Result<String> {
        let day = self.day.format(&iso(day)?).to_string();
        // Within a sentence, Spanish writes “el domingo 29 de noviembre”; CLDR has a comma for calendars.
        Ok(if self.weekday_without_comma {
            day.replacen(", ", " ", 1)
        } else {
            day
        })
    }

    /// A short date, for tables: "Nov 21, 2026".
    pub fn short_day(&self, day: NaiveDate) -> Result<String> {
        Ok(self.short_day.format(&iso(day)?).to_string())
    }

    /// A time of day: "6:00 PM".
    pub fn time(&self, at: NaiveDateTime) -> Result<String> {
        let time = clock_time(at)?;
        // Some locales put a narrow no-break space before AM and PM, which shows as a box in plain-text emails.
        Ok(self.time.format(&time).to_string().replace('\u{202f}', " "))
    }

    /// A start time printed next to its end: "6:00" before "7:30 PM", but "11:00 AM" before "1:00 PM".
    pub fn start_time(&self, starts: NaiveDateTime, ends: NaiveDateTime) -> Result<String> {
        let whole = self.time(starts)?;
        let is_one_half = starts.hour() / 12 == ends.hour() / 12;
        let clock = whole.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        Ok(if is_one_half { clock.to_owned() } else { whole })
    }

    /// The common name of an IANA time zone at a given time: "Central Time" for `America/Chicago`.
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

    /// The separators of a list: one after each item, the last one empty. They depend on the words and not only on the
    /// number of items: Spanish has "inglés y español" but "español e inglés". Items that contain commas are separated by
    /// semicolons.
    pub fn joints(&self, items: &[String]) -> Vec<String> {
        const END: char = '\u{1}';
        let ended = items.iter().map(|item| format!("{item}{END}"));
        let whole = self.list.format(ended).to_string();
        let behind = whole.split(END).skip(1);
        let next = items.iter().skip(1).map(String::as_str);
        let joints = behind.zip(next.chain([""]));
        let joints =
            joints.map(|(piece, next)| piece.strip_suffix(next).unwrap_or(piece).to_owned());
        let joints: Vec<String> = joints.collect();
        // “Care after school, Buildings, heat, and cold, School meals” can't be read.
        if items.iter().any(|item| item.contains([',', '،', ';'])) {
            let separator = if self.separates_by_commas {
                "؛ "
            } else {
                "; "
            };
            let last = items.len().saturating_sub(1);
            let joint = |place| if place < last { separator } else { "" };
            return (0..items.len())
                .map(|place| joint(place).to_owned())
                .collect();
        }
        if self.separates_by_commas && joints.len() > 2 {
            return joints.iter().map(|joint| with_comma(joint)).collect();
        }
        joints
    }

    /// A list as it reads in a sentence: "English, Spanish, and Arabic".
    pub fn list(&self, items: &[String]) -> String {
        let joints = self.joints(items);
        let pieces = items.iter().zip(&joints);
        pieces
            .flat_map(|(item, joint)| [item.as_str(), joint.as_str()])
            .collect()
    }

    /// A date with its weekday and the time of day.
    pub fn moment(&self, at: NaiveDateTime) -> Result<String> {
        Ok(format!("{}, {}", self.day(at.date())?, self.time(at)?))
    }
}

/// A joint of an Arabic list with the comma that readers expect: CLDR joins all items by "and" alone.
fn with_comma(joint: &str) -> String {
    joint
        .strip_prefix(' ')
        .map_or_else(|| joint.to_owned(), |and| format!("، {and}"))
}

fn clock_time(at: NaiveDateTime) -> Result<Time> {
    let part = |value: u32| u8::try_from(value).map_err(Error::internal);
    Time::try_new(part(at.hour())?, part(at.minute())?, 0, 0).map_err(Error::internal)
}

fn iso(day: NaiveDate) -> Result<Date<icu_calendar::Iso>> {
    let part = |value: u32| u8::try_from(value).map_err(Error::internal);
    Date::try_new_iso(day.year(), part(day.month())?, part(day.day())?).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(tag: &str, items: &[&str]) -> (String, String) {
        let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        let formats = Formats::load(tag).unwrap();
        let joined = items.iter().zip(formats.joints(&items));
        let joined = joined.map(|(item, joint)| item.clone() + &joint).collect();
        (formats.list(&items), joined)
    }

    #[test]
    fn lists_follow_their_language_whether_joined_at_once_or_piece_by_piece() {
        for (tag, items, expected) in [
            ("en", &["English", "Spanish"][..], "English and Spanish"),
            (
                "en",
                &["buses", "meals", "staff"],
                "buses, meals, and staff",
            ),
            ("es", &["inglés", "español"], "inglés y español"),
            ("es", &["español", "inglés"], "español e inglés"),
            (
                "es",
                &["comidas", "camiones", "maestros"],
                "comidas, camiones y maestros",
            ),
            ("ar", &["الحافلات", "الوجبات"], "الحافلات والوجبات"),
            (
                "ar",
                &["الحافلات", "الوجبات", "المعلمون"],
                "الحافلات، والوجبات، والمعلمون",
            ),
            ("en", &["alone"], "alone"),
            ("en", &[], ""),
        ] {
            assert_eq!(list(tag, items), (expected.to_owned(), expected.to_owned()));
        }
    }

    #[test]
    fn english_days_and_times_are_short() {
        let english = Formats::load("en").unwrap();
        let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        assert_eq!(english.day(day).unwrap(), "Sat, Nov 28, 2026");
        assert_eq!(english.short_day(day).unwrap(), "Nov 28, 2026");
        let noon = at("2026-11-28T12:00:00");
        let hours = |starts: &str, ends: &str| {
            let (starts, ends) = (at(starts), at(ends));
            let start = english.start_time(starts, ends).unwrap();
            format!("{start}–{}", english.time(ends).unwrap())
        };
        assert_eq!(english.time(noon).unwrap(), "12:00 PM");
        assert_eq!(
            hours("2026-11-28T18:00:00", "2026-11-28T19:30:00"),
            "6:00–7:30 PM"
        );
        assert_eq!(
            hours("2026-11-28T11:00:00", "2026-11-28T13:00:00"),
            "11:00 AM–1:00 PM"
        );
    }

    #[test]
    fn spanish_times_follow_spanish_conventions() {
        let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let (six, half_past_seven) = (at("2026-11-28T18:00:00"), at("2026-11-28T19:30:00"));
        let spanish = Formats::load("es").unwrap();
        assert_eq!(spanish.start_time(six, half_past_seven).unwrap(), "6:00");
        let twelve_hours = spanish
            .time(half_past_seven)
            .unwrap()
            .replace('\u{a0}', " ");
        assert_eq!(twelve_hours, "7:30 p.m.");
    }

    #[test]
    fn numbers_and_dates_use_the_digits_that_people_type() {
        let day = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();
        let arabic = Formats::load("ar").unwrap();
        assert_eq!(arabic.number(1306), "1,306");
        assert_eq!(arabic.day(day).unwrap(), "الاثنين، 5 أكتوبر 2026");
        let spanish = Formats::load("es").unwrap();
        assert_eq!(spanish.number(1306), "1,306");
        assert_eq!(spanish.day(day).unwrap(), "lunes 5 de octubre de 2026");
    }
}
