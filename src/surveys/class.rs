//! Bins for numbers and dates. Few people give exactly the same answer, so nearby answers are counted together.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

use super::item::Ends;

/// A range of numbers or dates that are counted together. Both ends are included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Whole numbers.
    Numbers(i64, i64),
    /// Days.
    Days(NaiveDate, NaiveDate),
}

/// The most bins of equal width, so that a reader sees the distribution and not each answer.
const MOST: i64 = 15;
/// Ranges this wide or wider get bins that grow with the size of the number.
const FAR: i64 = 2000;

impl Class {
    /// The bins for a number between two ends, ascending. They depend only on the ends and never on the answers, so
    /// every view has the same bins on any day. A narrow range has bins of equal width: 1, 2 or 5 times a power of ten.
    /// A wide range has bins that start at 0, 1, 2, 5, 10, 20 and so on.
    pub fn of_numbers(ends: &Ends) -> Vec<Self> {
        let (low, high) = (*ends.start(), *ends.end());
        let starts = if high.saturating_sub(low) < FAR {
            let width = round_numbers()
                .find(|width| (high - low) / width < MOST)
                .unwrap_or(FAR);
            let first = low.div_euclid(width) * width;
            let count = (high - first) / width + 1;
            (0..count).map(|nth| first + nth * width).collect()
        } else {
            by_size(low, high)
        };
        let ends = starts.iter().skip(1).map(|next| next - 1).chain([high]);
        let classes = starts.iter().zip(ends);
        classes
            .map(|(start, end)| Self::Numbers((*start).max(low), end))
            .filter(|class| !matches!(class, Self::Numbers(start, end) if start > end))
            .collect()
    }

    /// The month that contains a day.
    pub fn month(day: NaiveDate) -> Self {
        let first = day.with_day(1).unwrap_or(day);
        let next = first.checked_add_months(Months::new(1));
        Self::Days(
            first,
            next.and_then(|next| next.pred_opt()).unwrap_or(first),
        )
    }

    /// The year that contains a day.
    pub fn year(day: NaiveDate) -> Self {
        let end = |month, last| NaiveDate::from_ymd_opt(day.year(), month, last).unwrap_or(day);
        Self::Days(end(1, 1), end(12, 31))
    }

    /// The next month or year.
    #[must_use]
    pub fn next(&self) -> Option<Self> {
        let Self::Days(first, last) = self else {
            return None;
        };
        let next = last.succ_opt()?;
        Some(if first.month() == last.month() {
            Self::month(next)
        } else {
            Self::year(next)
        })
    }

    /// Whether a stored answer falls into this bin.
    pub fn holds(&self, answer: &str) -> bool {
        match self {
            Self::Numbers(first, last) => answer
                .parse()
                .is_ok_and(|number| (*first..=*last).contains(&number)),
            Self::Days(first, last) => answer
                .parse()
                .is_ok_and(|day| (*first..=*last).contains(&day)),
        }
    }

    /// Parses what [`Class::key`] returns. `None` for a bin of a single number, or for anything else.
    pub fn parse(key: &str) -> Option<Self> {
        let (first, last) = key.split_once("..")?;
        let numbers = || Some(Self::Numbers(first.parse().ok()?, last.parse().ok()?));
        let days = || Some(Self::Days(first.parse().ok()?, last.parse().ok()?));
        numbers().or_else(days)
    }

    /// The bin's name in a URL: both ends, or just the number if the bin holds only one.
    pub fn key(&self) -> String {
        match self {
            Self::Numbers(first, last) if first == last => first.to_string(),
            Self::Numbers(first, last) => format!("{first}..{last}"),
            Self::Days(first, last) => format!("{first}..{last}"),
        }
    }
}

/// The label that people read.
impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbers(first, last) if first == last => write!(f, "{first}"),
            // A dash next to a minus sign would be hard to read.
            Self::Numbers(first, last) if *first < 0 => write!(f, "{first} to {last}"),
            Self::Numbers(first, last) => write!(f, "{first}–{last}"),
            class @ Self::Days(first, _) if *class == Self::month(*first) => {
                write!(f, "{}", first.format("%B %Y"))
            }
            class @ Self::Days(first, _) if *class == Self::year(*first) => {
                write!(f, "{}", first.year())
            }
            Self::Days(first, last) => write!(f, "{first} to {last}"),
        }
    }
}

/// 1, 2, 5, 10, 20, 50 …
fn round_numbers() -> impl Iterator<Item = i64> {
    let powers = std::iter::successors(Some(1_i64), |power| power.checked_mul(10));
    powers.flat_map(|power| {
        [1, 2, 5]
            .into_iter()
            .filter_map(move |times| power.checked_mul(times))
    })
}

/// The start of each bin if bins grow with size. Negative numbers mirror positive ones.
fn by_size(low: i64, high: i64) -> Vec<i64> {
    let above = [0].into_iter().chain(round_numbers());
    let below = round_numbers().skip(1).map(|number| 1 - number);
    let mut starts: Vec<i64> = above.take_while(|start| *start <= high).collect();
    starts.extend(below.take_while(|start| *start > low));
    starts.extend((low < 0).then_some(low));
    starts.retain(|start| *start <= high);
    starts.sort_unstable();
    starts.dedup();
    let first = starts.iter().rposition(|start| *start <= low).unwrap_or(0);
    starts.split_off(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reads(low: i64, high: i64) -> Vec<String> {
        let classes = Class::of_numbers(&(low..=high));
        classes.iter().map(ToString::to_string).collect()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_small_range_is_split_into_classes_of_equal_round_width() {
        assert_eq!(reads(0, 4), ["0", "1", "2", "3", "4"]);
        assert_eq!(
            reads(0, 60)[..3],
            ["0–4".to_owned(), "5–9".to_owned(), "10–14".to_owned()]
        );
        let minutes = reads(0, 180);
        assert_eq!((minutes.len(), minutes[1].as_str()), (10, "20–39"));
        assert_eq!(minutes[9], "180");
        assert_eq!(reads(-3, 20)[..2], ["-3".to_owned(), "-2 to -1".to_owned()]);
    }

    #[test]
    fn a_large_range_is_split_into_classes_that_grow_with_the_numbers() {
        assert_eq!(
            reads(0, 1_000_000)[..6],
            ["0", "1", "2–4", "5–9", "10–19", "20–49"].map(str::to_owned)
        );
        assert_eq!(reads(0, 1_000_000).len(), 20);
    }

    #[test]
    fn each_month_and_year_has_a_name_and_a_next_one() {
        let month = Class::month(day("2027-12-05"));
        assert_eq!(
            (month.to_string(), month.key()),
            (
                "December 2027".to_owned(),
                "2027-12-01..2027-12-31".to_owned()
            )
        );
        assert_eq!(month.next().unwrap().to_string(), "January 2028");
        let year = Class::year(day("2027-12-05"));
        assert_eq!(year.to_string(), "2027");
        assert_eq!(year.next().unwrap().to_string(), "2028");
        assert!(year.holds("2027-01-01") && !year.holds("2028-01-01"));
    }

    proptest! {
        #[test]
        fn every_number_in_a_range_is_in_exactly_one_class(
            low in prop_oneof![-300_i64..300, Just(0), -2_000_000_i64..2_000_000],
            room in prop_oneof![0_i64..400, 0_i64..3_000_000],
            share in 0.0..=1.0_f64,
        ) {
            let high = low + room;
            let classes = Class::of_numbers(&(low..=high));
            #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a number between the ends")]
            let number = (low + (room as f64 * share) as i64).clamp(low, high);
            for answer in [low, number, high] {
                let holding = classes.iter().filter(|class| class.holds(&answer.to_string()));
                prop_assert_eq!(holding.count(), 1, "{} in {:?}", answer, classes);
            }
            for class in &classes {
                let key = class.key();
                prop_assert!(Class::parse(&key).is_none_or(|read| read == *class));
                prop_assert!(matches!(class, Class::Numbers(first, last) if *first >= low && *last <= high));
            }
            prop_assert!(classes.len() <= 50);
        }
    }
}
