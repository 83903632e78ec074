//! Every query about responses and imports.

mod current;
mod late;
mod receipts;
mod replace;
mod submit;

use diesel::prelude::*;

pub(super) use current::{Asker, CurrentSurvey, asker, current_survey};
pub use late::{LateCounts, LateVerdict, decide_late, late_counts};
pub(super) use receipts::by_receipt;
pub use receipts::{Withdrawal, withdraw};
pub(super) use replace::{Earlier, give_way, keep_words};
pub use submit::{Submission, SubmitOutcome, submit};
pub(super) use submit::{comments_of, response, submitted_before};

use super::model::Response;
use crate::db::{Db, insert_rows};
use crate::schema::responses;

/// Adds responses. Their numbers must already be allocated.
pub fn insert_all(db: &mut Db, rows: &[Response]) -> QueryResult<()> {
    insert_rows!(db, responses::table, rows)
}

/// How many rows there are, counted or not. This is what rebuilding the index reads.
pub fn count_all(db: &mut Db) -> QueryResult<u64> {
    let rows: i64 = responses::table.count().get_result(db)?;
    Ok(u64::try_from(rows).unwrap_or(0))
}
