//! The change counter: a single row whose lock makes the order of change numbers match the order of commits on every
//! engine.

use diesel::prelude::*;

use super::Db;
use crate::schema::change_counter;

/// Reserves `count` numbers and returns the first. Call it before writing the rows that carry them: the row lock then
/// blocks every other writer of tracked rows until this transaction ends.
pub fn take_changes(db: &mut Db, count: i64) -> QueryResult<i64> {
    let last: i64 = diesel::update(change_counter::table.find(1))
        .set(change_counter::last.eq(change_counter::last + count))
        .returning(change_counter::last)
        .get_result(db)?;
    Ok(last - count + 1)
}

/// The number of the last committed change. Pages that count catch up to it first.
pub fn last_change(db: &mut Db) -> QueryResult<i64> {
    change_counter::table
        .find(1)
        .select(change_counter::last)
        .first(db)
}
