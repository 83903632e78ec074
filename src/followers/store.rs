//! Every query about followers.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Follower, FollowerId};
use crate::db::{Db, each};
use crate::schema::followers;

/// Stores an address for a round. If it's already stored, it isn't changed. Returns its ID in both cases. Doesn't
/// allocate a change number: the gap in the sequence would come right after the person's response and connect the two.
pub(super) fn keep(db: &mut Db, follower: &Follower) -> QueryResult<FollowerId> {
    each!(db, |connection| diesel::insert_into(followers::table)
        .values(follower)
        .on_conflict_do_nothing()
        .execute(connection))?;
    followers::table
        .filter(
            followers::round_id
                .eq(&follower.round_id)
                .and(followers::email.eq(&follower.email)),
        )
        .select(followers::id)
        .first(db)
}

/// The address with an ID, if it's still stored.
pub(super) fn find(db: &mut Db, id: &FollowerId) -> QueryResult<Option<Follower>> {
    followers::table.find(id).first(db).optional()
}

/// Records that the owner confirmed an address. Keeps the date of the first time.
pub(super) fn confirm(db: &mut Db, id: &FollowerId, day: NaiveDate) -> QueryResult<()> {
    let open = followers::table
        .find(id)
        .filter(followers::confirmed_on.is_null());
    diesel::update(open)
        .set(followers::confirmed_on.eq(day))
        .execute(db)
        .map(drop)
}

/// Deletes an address. The person who left it can only delete it until its owner has confirmed it.
pub(super) fn erase(db: &mut Db, id: &FollowerId, is_owner: bool) -> QueryResult<()> {
    let row = followers::table.find(id);
    if is_owner {
        return diesel::delete(row).execute(db).map(drop);
    }
    diesel::delete(row.filter(followers::confirmed_on.is_null()))
        .execute(db)
        .map(drop)
}
