//! A count as a published edition stores it.

use serde::{Deserialize, Serialize};

use super::plan::Told;

/// A count as the public sees it. Stored in published snapshots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicCell {
    /// The exact count.
    Exact(u64),
    /// The count of an earlier edition, because it has changed by one to four since.
    Earlier(u64),
    /// Five or fewer, also nobody.
    Few,
    /// Less than 5% of the base, in snapshots of the first versions.
    Below,
    /// More than 95% of the base, in snapshots of the first versions.
    Above,
    /// A small count, or one that would reveal a small count.
    Hidden,
}

impl PublicCell {
    /// A count that a plan has decided about.
    pub fn told(told: Told, count: u64) -> Self {
        match told {
            Told::Earlier(earlier) if earlier != count => Self::Earlier(earlier),
            Told::Exactly | Told::Earlier(_) => Self::Exact(count),
            Told::Few => Self::Few,
            Told::Nothing => Self::Hidden,
        }
    }

    /// The count that is shown, if one is.
    pub fn count(self) -> Option<u64> {
        match self {
            Self::Exact(count) | Self::Earlier(count) => Some(count),
            Self::Few | Self::Below | Self::Above | Self::Hidden => None,
        }
    }
}
