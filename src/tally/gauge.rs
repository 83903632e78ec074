//! A count out of a base, as a page shows it: in words, as a share, and as the length of a bar.

use serde::Serialize;

use super::disclosure::Shown;

/// A count and its base.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Gauge {
    /// The count; `None` if hidden.
    pub count: Option<u64>,
    /// The base; `None` if hidden.
    pub base: Option<u64>,
    /// The share, in whole percent.
    pub share: Option<u64>,
    /// The bar's length in percent, with one decimal, as SVG expects.
    pub width: String,
    /// The address of the set behind the count, if it can be opened.
    pub href: Option<String>,
}

impl Gauge {
    /// A count out of a base.
    pub fn of(count: Shown, base: Shown) -> Self {
        let (count, base) = (count.count(), base.count());
        let both = count.zip(base);
        Self {
            count,
            base,
            share: both.map(|(count, base)| percent(count, base)),
            width: both.map_or_else(String::new, |(count, base)| width(count, base)),
            href: None,
        }
    }

    /// An exact count, for readers with row access.
    pub fn exact(count: u64, base: u64) -> Self {
        Self::of(Shown::Count(count), Shown::Count(base))
    }
}

/// A share in whole percent, halves rounded up; 0 of 0 is 0.
pub fn percent(part: u64, whole: u64) -> u64 {
    (part * 200 + whole).checked_div(whole * 2).unwrap_or(0)
}

/// A share as a bar's length: percent with one decimal, as SVG expects.
pub fn width(part: u64, whole: u64) -> String {
    let tenths = (part * 1000).checked_div(whole).unwrap_or(0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_and_a_bar_is_not() {
        let gauge = Gauge::exact(412, 1306);
        assert_eq!((gauge.share, gauge.width.as_str()), (Some(32), "31.5"));
        assert_eq!(Gauge::exact(0, 0).share, Some(0));
    }

    #[test]
    fn a_hidden_count_or_base_gives_no_share() {
        let hidden = Gauge::of(Shown::TooFew, Shown::Count(84));
        assert_eq!((hidden.count, hidden.share), (None, None));
        let of_few = Gauge::of(Shown::Count(0), Shown::TooFew);
        assert_eq!((of_few.count, of_few.share), (Some(0), None));
    }
}
