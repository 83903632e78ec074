//! Every query about remarks.

use diesel::prelude::*;

use super::model::Remark;
use crate::db::{Db, each};
use crate::responses::BatchState;
use crate::schema::{batches, remarks};

/// Adds remarks in one statement. Their numbers were taken before.
pub fn insert_all(db: &mut Db, rows: &[Remark]) -> QueryResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    each!(db, |connection| diesel::insert_into(remarks::table)
        .values(rows)
        .execute(connection))?;
    Ok(())
}

/// The remarks that changed after a number, up to another, in the order of their numbers and ids. Those of an import
/// come when it goes live, all at once.
pub fn changed_since(db: &mut Db, after: i64, upto: i64) -> QueryResult<Vec<Remark>> {
    let live = batches::table
        .filter(
            batches::number
                .gt(after)
                .and(batches::number.le(upto))
                .and(batches::state.ne(BatchState::Loading)),
        )
        .select(batches::id.nullable());
    let own = remarks::number.gt(after).and(remarks::number.le(upto));
    remarks::table
        .filter(own.or(remarks::number.eq(0).and(remarks::batch_id.eq_any(live))))
        .order((remarks::number, remarks::id))
        .select(remarks::all_columns)
        .load(db)
}
