//! Rows of followers.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::text_id;
use crate::district::RoundId;
use crate::schema::followers;

text_id! {
    /// Names an address that somebody left.
    FollowerId
}

/// An address to which it is told what came of a round. On PostgreSQL whoever holds a copy of the database could read from
/// its own bookkeeping in which order the rows of a day were written; on SQLite they have no order.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = followers)]
pub struct Follower {
    /// Names it.
    pub id: FollowerId,
    /// What it is about.
    pub round_id: RoundId,
    /// The address, in lower case.
    pub email: String,
    /// The language to write in.
    pub language: String,
    /// The day on which it was left, in the district's zone.
    pub asked_on: NaiveDate,
    /// The day on which its owner confirmed it; nothing is sent before.
    pub confirmed_on: Option<NaiveDate>,
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // An address has no place in a log.
        write!(formatter, "Follower({})", self.id)
    }
}
