//! Every query about remarks.

use diesel::prelude::*;

use super::model::{Remark, RemarkId};
use crate::db::{Db, each};
use crate::schema::remarks;

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

/// How many rows there are, counted or not: what a rebuild of the index reads.
pub fn count_all(db: &mut Db) -> QueryResult<u64> {
    let rows: i64 = remarks::table.count().get_result(db)?;
    Ok(u64::try_from(rows).unwrap_or(0))
}

/// The words of remarks, in the order of their ids.
pub fn texts(db: &mut Db, ids: &[RemarkId]) -> QueryResult<Vec<(RemarkId, String)>> {
    /// How many ids a statement takes at once.
    const CHUNK: usize = 5_000;
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<(RemarkId, String)> = remarks::table
            .filter(remarks::id.eq_any(chunk))
            .select((remarks::id, remarks::text))
            .load(db)?;
        found.extend(rows);
    }
    found.sort_unstable();
    Ok(found)
}
