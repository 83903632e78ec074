//! The counts of a snapshot as its readers see them.

use crate::priorities::score::GroupCount;
use crate::tally::disclosure::PublicCell;

/// The size of a count as a reader sees it.
pub(super) fn visible(cell: PublicCell) -> u64 {
    match cell {
        PublicCell::Exact(count) | PublicCell::Earlier(count) => count,
        PublicCell::Above => u64::MAX,
        PublicCell::Few | PublicCell::Below | PublicCell::Hidden => 0,
    }
}

/// The key of a group in the columns of a decision. Groups that were scored together share one.
pub(super) fn group_key(group: &GroupCount) -> String {
    let together = || group.together.join("+");
    group.group.clone().unwrap_or_else(together)
}
