//! The share that a rule counts, corrected with a sample that people read.

use super::{Interval, number};

/// How a rule coded all comments, and how people coded a random sample of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many comments the rule coded.
    pub all: u64,
    /// How many of those it put in the theme.
    pub counted: u64,
    /// In the sample: how many both people and the rule put in the theme.
    pub both: u64,
    /// In the sample: how many only the rule did (false positives).
    pub false_finds: u64,
    /// In the sample: how many only people did (false negatives).
    pub missed: u64,
    /// In the sample: how many neither did.
    pub neither: u64,
}

/// A corrected share with its 95% confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corrected {
    /// The share; it may be slightly below 0 or above 1.
    pub share: f64,
    /// The interval.
    pub interval: Interval,
}

impl Checked {
    /// Size of the sample.
    pub fn sample(self) -> u64 {
        self.both + self.false_finds + self.missed + self.neither
    }

    /// Precision: of the sample's comments that the rule put in the theme, the share that people put there too.
    pub fn precision(self) -> Option<f64> {
        let found = self.both + self.false_finds;
        (found > 0).then(|| number(self.both) / number(found))
    }

    /// Recall: of the sample's comments that people put in the theme, the share that the rule found.
    pub fn recall(self) -> Option<f64> {
        let there = self.both + self.missed;
        (there > 0).then(|| number(self.both) / number(there))
    }

    /// The rule's mean over all comments plus the mean of (people − rule) over the sample; the variances of the two means
    /// are added. None without comments or without a sample.
    ///
    /// Angelopoulos, A. N., Bates, S., Fannjiang, C., Jordan, M. I., Zrnic, T. (2023), *Prediction-powered inference*,
    /// Science 382, 669–674.
    pub fn corrected(self) -> Option<Corrected> {
        if self.all == 0 || self.sample() == 0 {
            return None;
        }
        let (all, sample) = (number(self.all), number(self.sample()));
        let rule = number(self.counted) / all;
        let (missed, false_finds) = (number(self.missed), number(self.false_finds));
        let bias = (missed - false_finds) / sample;
        // For values of −1, 0 and 1, the mean square is the share of values that are not 0.
        let bias_variance = (missed + false_finds) / sample - bias * bias;
        let variance = rule * (1.0 - rule) / all + bias_variance / sample;
        let share = rule + bias;
        Some(Corrected {
            share,
            interval: Interval::around(share, variance.max(0.0).sqrt()),
        })
    }
}
