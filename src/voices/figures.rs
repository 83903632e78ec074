//! How figures are written: as a whole percentage, or not at all if they're too small.

use crate::priorities::score::{Votes, share};
use crate::surveys::Unit;
use crate::tally::disclosure::BASE;

/// A number of people, if it's large enough to show.
pub(super) fn enough(people: u64) -> Option<u64> {
    (people >= BASE).then_some(people)
}

/// Several sources have no common noun.
pub(super) fn common(units: &[Unit]) -> Option<Unit> {
    match units {
        [unit] => Some(*unit),
        _ => None,
    }
}

/// A share from 0 to 1 in whole percent.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share lies between 0 and 1"
)]
pub(super) fn percent(share: f64) -> u64 {
    (share * 100.0).round().clamp(0.0, 100.0) as u64
}

/// A part of a whole in whole percent.
pub(super) fn percent_of(part: u64, whole: u64) -> u64 {
    percent(share(part, whole))
}

/// The share of votes in favor, and the lower end of its interval, in whole percent. The lower end is always rounded
/// down.
pub(super) fn votes_percent(votes: &Votes) -> Option<(u64, u64)> {
    let lower = (votes.wilson_lower()? * 100.0).floor() / 100.0;
    Some((percent(votes.share()?), percent(lower)))
}
