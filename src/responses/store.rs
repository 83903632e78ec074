//! Every query about responses and imports.

mod open;
mod receipts;
mod submit;

use diesel::prelude::*;

pub use open::{Asker, Head, asker, head};
pub use receipts::{Withdrawal, by_receipt, withdraw};
pub use submit::{Outcome, Submission, submit, submitted_before};

use super::model::Response;
use crate::db::{Db, each};
use crate::schema::responses;

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
