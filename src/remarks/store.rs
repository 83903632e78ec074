//! Every query about remarks.

use diesel::prelude::*;

use super::model::Remark;
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
