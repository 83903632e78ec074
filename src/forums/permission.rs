//! Who can run a forum.

use super::store;
use crate::accounts::{Permission, Role, Scope, Within};

/// Permission to run one forum, its tables and notes, through a grant for the forum, its round or the district.
pub(super) struct Facilitate;

impl Permission for Facilitate {
    const ROLES: &'static [Role] = &[Role::Planner, Role::Facilitator];
    const WITHIN: Within = Within::Named {
        segment: "forum",
        scopes: |db, slug| {
            let (forum, round) = store::place_of(db, slug)?;
            Ok(vec![Scope::Forum(forum), Scope::Round(round)])
        },
    };
}
