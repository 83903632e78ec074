//! The permissions, one type each, and what a handler asks of a grant. A feature adds one of its own where only it knows
//! what its address names.

use diesel::QueryResult;

use super::model::{Role, Scope};
use crate::db::Db;

/// What a handler needs of the person who is signed in.
pub trait Permission: 'static {
    /// The roles that have it; an admin has everything.
    const ROLES: &'static [Role];
    /// What the address names, so that a grant for that alone is enough: the name of a path segment and its kind.
    const WITHIN: Within = Within::District;
}

/// How far a grant must reach for a handler.
#[derive(Clone, Copy, Debug)]
pub enum Within {
    /// The whole district.
    District,
    /// The round whose slug is the path segment `round`.
    Round,
    /// What a feature's own address names.
    Named {
        /// The path segment that names it.
        segment: &'static str,
        /// The scopes that are each enough for what the segment says.
        scopes: fn(&mut Db, &str) -> QueryResult<Vec<Scope>>,
    },
    /// Any grant will do; the handler narrows what it shows to the grant's reach.
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
    /// To see the desk at all.
    Desk: Anything, [Planner, Facilitator, Clerk, Coder, Viewer];
    /// To add people to the team and change what they may do.
    Team: District, [];
    /// To write, publish and close surveys and forums.
    Surveys: District, [Planner];
    /// To see surveys and their settings.
    SeeSurveys: Anything, [Planner, Clerk, Coder, Viewer];
    /// To type answers in from sheets, the telephone and conversations.
    Paper: Anything, [Planner, Clerk];
    /// To see counts behind the gate.
    Counts: Anything, [Planner, Coder, Viewer];
    /// To see rows: comments with what is known of who said them. Every opening is audited.
    Rows: Round, [Planner];
    /// To read comments and code them.
    Code: Round, [Planner, Coder];
    /// To release comments to the public.
    Release: Round, [Planner];
    /// To edit the codebook.
    Codebook: Round, [Planner, Coder];
    /// To weigh, order and decide priorities, and to write and publish the plan.
    Plan: Round, [Planner];
    /// To see the forums that one runs.
    SeeForums: Anything, [Planner, Facilitator, Clerk];
}
