//! Every query about followers.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Follower, FollowerId};
use crate::db::{Db, each};
use crate::schema::followers;

/// Keeps an address for a round. One that is kept already stays as it is; its id comes back either way. It takes no
/// change number: a gap in the numbers would lie right behind the answer that came before.
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

/// An address by its id, if it is still kept.
pub(super) fn find(db: &mut Db, id: &FollowerId) -> QueryResult<Option<Follower>> {
    followers::table.find(id).first(db).optional()
}

/// Notes that the owner of an address confirmed it; the first day stays.
pub(super) fn confirm(db: &mut Db, id: &FollowerId, day: NaiveDate) -> QueryResult<()> {
    let open = followers::table
        .find(id)
        .filter(followers::confirmed_on.is_null());
    diesel::update(open)
        .set(followers::confirmed_on.eq(day))
        .execute(db)
        .map(drop)
}

/// Erases an address. Whoever only left it can erase it until its owner has confirmed it.
pub(super) fn erase(db: &mut Db, id: &FollowerId, is_owner: bool) -> QueryResult<()> {
    let row = followers::table.find(id);
    if is_owner {
        return diesel::delete(row).execute(db).map(drop);
    }
    diesel::delete(row.filter(followers::confirmed_on.is_null()))
        .execute(db)
        .map(drop)
}
