//! Database rows for followers.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::text_id;
use crate::district::RoundId;
use crate::schema::followers;

text_id! {
    /// Identifies an address that someone left.
    FollowerId
}

/// An address that gets the results of a round by email. In a copy of a PostgreSQL database, internal bookkeeping
/// reveals the order in which a day's rows were written; in SQLite they have no order.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = followers)]
pub struct Follower {
    /// The follower's ID.
    pub id: FollowerId,
    /// The round it's for.
    pub round_id: RoundId,
    /// The address, in lower case.
    pub email: String,
    /// The language to write in.
    pub language: String,
    /// The day it was left, in the district's time zone.
    pub asked_on: NaiveDate,
    /// The day its owner confirmed it. Nothing is sent before that.
    pub confirmed_on: Option<NaiveDate>,
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Keep the address out of logs.
        write!(formatter, "Follower({})", self.id)
    }
}
