//! The change counter: one row whose lock makes the order of numbers the order of commits, on every engine.

use diesel::prelude::*;

use super::Db;
use crate::schema::change_counter;

/// Takes `count` numbers and returns the first. Call it before writing the rows that carry them: the lock on the
/// counter's row then keeps every other writer of followed rows waiting until this transaction ends.
pub fn take_changes(db: &mut Db, count: i64) -> QueryResult<i64> {
    let last: i64 = diesel::update(change_counter::table.find(1))
        .set(change_counter::last.eq(change_counter::last + count))
        .returning(change_counter::last)
        .get_result(db)?;
    Ok(last - count + 1)
}

/// The number of the last committed change; a page that counts catches up to it first.
pub fn last_change(db: &mut Db) -> QueryResult<i64> {
    change_counter::table
        .find(1)
        .select(change_counter::last)
        .first(db)
}
