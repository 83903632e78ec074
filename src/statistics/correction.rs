//! A share that a rule counted, corrected by a sample that people read.

use super::{Interval, number};

/// What a rule said of everything, and what people said of a random sample of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many comments the rule coded.
    pub all: u64,
    /// How many of them it put into the theme.
    pub counted: u64,
    /// How many of the sample people and the rule both put into it.
    pub both: u64,
    /// How many of the sample only the rule did: it fired falsely.
    pub false_finds: u64,
    /// How many of the sample only people did: it missed them.
    pub missed: u64,
    /// How many of the sample neither did.
    pub neither: u64,
}

/// A corrected share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corrected {
    /// The share, which may lie a little outside of 0 to 1.
    pub share: f64,
    /// Its interval.
    pub interval: Interval,
}

impl Checked {
    /// How many comments people read.
    pub fn sample(self) -> u64 {
        self.both + self.false_finds + self.missed + self.neither
    }

    /// Of what the rule found in the sample, the share that people found too.
    pub fn precision(self) -> Option<f64> {
        let found = self.both + self.false_finds;
        (found > 0).then(|| number(self.both) / number(found))
    }

    /// Of what people found in the sample, the share that the rule found too.
    pub fn recall(self) -> Option<f64> {
        let there = self.both + self.missed;
        (there > 0).then(|| number(self.both) / number(there))
    }

    /// The mean of the rule over everything, plus the mean of (human − rule) over the sample, with the variances of both
    /// means added; none without comments or without a sample.
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
        // Of values that are −1, 0 or 1, the mean of the squares is the share of those that are not 0.
        let bias_variance = (missed + false_finds) / sample - bias * bias;
        let variance = rule * (1.0 - rule) / all + bias_variance / sample;
        let share = rule + bias;
        Some(Corrected {
            share,
            interval: Interval::around(share, variance.max(0.0).sqrt()),
        })
    }
}
