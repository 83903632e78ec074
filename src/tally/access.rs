//! Who may see live counts, and by what.

use crate::accounts::{Account, Role, Scope};
use crate::district::RoundId;

/// What a staff member may see of a round's live counts. Everyone else reads editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessLevel {
    /// Sees every count and opens the rows behind it.
    Rows,
    /// Reads every comment and codes it, and sees no count by who people are. Whoever writes the rules could otherwise
    /// make a set for each comment and look up its group and school.
    Comments,
}

impl AccessLevel {
    /// An account's access level in a round; `None` if it sees no live counts. The round's planners, and planners and
    /// admins of the whole district, may see rows.
    pub fn of(account: &Account, round: &RoundId) -> Option<Self> {
        let covers = |role| account.reach(&[role]).covers(&Scope::Round(round.clone()));
        if covers(Role::Planner) {
            Some(Self::Rows)
        } else {
            covers(Role::Coder).then_some(Self::Comments)
        }
    }
}
