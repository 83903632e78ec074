//! One number of a plan, and what a reader makes of it.

use super::{Told, Weight};
use crate::tally::disclosure::FEW;

/// Two readers of the same edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// Takes every number as it's printed, to find small counts.
    Trusting,
    /// Knows that a number may have stayed although it changed by up to four, to find small changes.
    Doubting,
}

/// A variable of the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) truth: u64,
    /// The largest value that a reader considers possible.
    pub(super) most: u64,
    /// What an earlier edition shows, if that is within four of the number now.
    pub(super) earlier: Option<u64>,
    /// `None` if it isn't printed anywhere, and only follows from numbers that are.
    pub(super) weight: Option<Weight>,
    pub(super) told: Told,
    /// Whether it isn't shown in any case.
    pub(super) closed: bool,
    /// Whether the number itself would say something about one to four people, or about everyone in a class.
    pub(super) guarded: bool,
}

impl Entry {
    /// Whether it's printed as a few.
    pub(super) fn is_few(&self) -> bool {
        self.weight != Some(Weight::Base) && self.truth <= FEW
    }

    /// The values that a reader considers possible, before sums are considered. Who has seen a number in an earlier
    /// edition takes it for nearly the same now, also where it's hidden.
    pub(super) fn range(&self, reader: Reader) -> (u64, u64) {
        let (low, high) = match self.told {
            Told::Exactly => return (self.truth, self.truth),
            Told::Earlier(_) if reader == Reader::Trusting && !self.guarded => {
                return (self.truth, self.truth);
            }
            Told::Few => (0, self.most.clamp(self.truth, FEW)),
            Told::Earlier(_) | Told::Nothing => (0, self.most.max(self.truth)),
        };
        match self.earlier {
            Some(earlier) => (
                low.max(earlier.saturating_sub(FEW - 1)).min(self.truth),
                high.min(earlier + FEW - 1).max(self.truth),
            ),
            None => (low, high),
        }
    }

    /// Whether this range of values that a reader can't rule out reveals too much. It must leave as many values as the
    /// threshold, and so never only those from one to four; and a number that stays may not have changed for sure.
    pub(super) fn reveals(&self, reader: Reader, (low, high): (u64, u64)) -> bool {
        let narrow = high - low < FEW;
        match reader {
            Reader::Trusting => self.guarded && narrow,
            Reader::Doubting => self
                .change()
                .is_some_and(|earlier| narrow || !(low..=high).contains(&earlier)),
        }
    }

    /// The number that is still shown, if the true one has changed.
    pub(super) fn change(&self) -> Option<u64> {
        let stays = matches!(self.told, Told::Earlier(_));
        self.earlier
            .filter(|earlier| stays && *earlier != self.truth)
    }

    /// Whether it's printed at all, and can be hidden.
    pub(super) fn may_be_hidden(&self) -> bool {
        self.weight.is_some_and(|weight| weight != Weight::Base)
    }
}
