//! The permissions, one type each, and how far a grant must reach. A feature defines its own permission if only it
//! knows what its address refers to.

use diesel::QueryResult;

use super::model::{Role, Scope};
use crate::db::Db;

/// What a handler requires of the signed-in person.
pub trait Permission: 'static {
    /// The roles that have the permission. Admins always do.
    const ROLES: &'static [Role];
    /// The scope that the address names. A grant for that scope is enough.
    const WITHIN: Within = Within::District;
}

/// The scope that a grant must cover.
#[derive(Clone, Copy, Debug)]
pub enum Within {
    /// The whole district.
    District,
    /// The round whose slug is in the path segment `round`.
    Round,
    /// A scope that a feature derives from its own address.
    Named {
        /// The path segment.
        segment: &'static str,
        /// The scopes for the segment's value. A grant for any one of them is enough.
        scopes: fn(&mut Db, &str) -> QueryResult<Vec<Scope>>,
    },
    /// Any scope is enough. The handler shows only what the grant covers.
    Anything,
}

macro_rules! permissions {
    ($($(#[$meta:meta])* $name:ident: $within:ident, [$($role:ident),*];)+) => {$(
        $(#[$meta])*
        pub struct $name;
        impl Permission for $name {
            const ROLES: &'static [Role] = &[$(Role::$role),*];
            const WITHIN: Within = Within::$within;
        }
    )+};
}

permissions! {
    /// To open the desk.
    Desk: Anything, [Planner, Facilitator, Clerk, Coder, Viewer];
    /// To add people to the team and change their access.
    Team: District, [];
    /// To write, publish, and close surveys and forums.
    Surveys: District, [Planner];
    /// To see surveys and their settings.
    SeeSurveys: Anything, [Planner, Clerk, Coder, Viewer];
    /// To enter responses from paper, phone calls, and conversations.
    Paper: Anything, [Planner, Clerk];
    /// To see live counts by who people are, and so what one more response changes.
    Counts: Anything, [Planner];
    /// To see roughly who has taken part in an open survey. Not for coders, who read each comment as it arrives.
    Participation: Anything, [Planner, Clerk, Viewer];
    /// To read the results that were released for schools.
    SchoolResults: Anything, [Planner, Viewer];
    /// To see rows: comments with what's known about their authors. Each view is audited.
    Rows: Round, [Planner];
    /// To read comments and code them.
    Code: Round, [Planner, Coder];
    /// To release comments to the public.
    Release: Round, [Planner];
    /// To edit the codebook.
    Codebook: Round, [Planner, Coder];
    /// To weigh, rank, and decide priorities, and to write and publish the plan.
    Plan: Round, [Planner];
    /// To see the forums that the person runs.
    SeeForums: Anything, [Planner, Facilitator, Clerk];
}
