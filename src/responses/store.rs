//! Every query about responses and imports.

use diesel::prelude::*;

use super::model::{BatchState, Response};
use crate::db::{Db, each};
use crate::schema::{batches, responses};

/// Adds responses in one statement. Their numbers were taken before.
pub fn insert_all(db: &mut Db, rows: &[Response]) -> QueryResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    each!(db, |connection| diesel::insert_into(responses::table)
        .values(rows)
        .execute(connection))?;
    Ok(())
}

/// The responses that changed after a number, up to another, in the order of their numbers and ids. Those of an import
/// come when it goes live, all at once.
pub fn changed_since(db: &mut Db, after: i64, upto: i64) -> QueryResult<Vec<Response>> {
    let live = batches::table
        .filter(
            batches::number
                .gt(after)
                .and(batches::number.le(upto))
                .and(batches::state.ne(BatchState::Loading)),
        )
        .select(batches::id.nullable());
    let own = responses::number.gt(after).and(responses::number.le(upto));
    responses::table
        .filter(
            own.or(responses::number
                .eq(0)
                .and(responses::batch_id.eq_any(live))),
        )
        .order((responses::number, responses::id))
        .select(responses::all_columns)
        .load(db)
}
