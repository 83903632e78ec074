//! What a receipt opens.

use diesel::prelude::*;

use super::submit::is_open;
use crate::comments::Status;
use crate::db::{Db, take_changes};
use crate::keys::ResponseId;
use crate::responses::model::Response;
use crate::schema::{comments, responses};
use crate::surveys::SurveyId;

/// The response for a receipt, by the receipt's digest.
pub(in crate::responses) fn by_receipt(db: &mut Db, digest: &str) -> QueryResult<Option<Response>> {
    responses::table
        .filter(responses::receipt.eq(digest))
        .select(responses::all_columns)
        .first(db)
        .optional()
}

/// The result of withdrawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// The response no longer counts anywhere.
    Done,
    /// The survey is closed, so the response stays.
    Closed,
    /// No response has this receipt.
    Unknown,
}

/// Withdraws a response and its comments from every count, leaving tombstones. Idempotent.
pub fn withdraw(db: &mut Db, receipt: &str) -> QueryResult<Withdrawal> {
    // Allocate the number first, so that no replacement can come in between.
    let number = take_changes(db, 1)?;
    let found: Option<(ResponseId, SurveyId, Status)> = responses::table
        .filter(responses::receipt.eq(receipt))
        .select((responses::id, responses::survey_id, responses::status))
        .first(db)
        .optional()?;
    let Some((id, survey, status)) = found else {
        return Ok(Withdrawal::Unknown);
    };
    if status == Status::Withdrawn {
        return Ok(Withdrawal::Done);
    }
    if !is_open(db, &survey)? {
        return Ok(Withdrawal::Closed);
    }
    diesel::update(responses::table.find(&id))
        .set((
            responses::status.eq(Status::Withdrawn),
            responses::number.eq(number),
        ))
        .execute(db)?;
    diesel::update(comments::table.filter(comments::response_id.eq(&id)))
        .set((
            comments::status.eq(Status::Withdrawn),
            comments::number.eq(number),
        ))
        .execute(db)?;
    Ok(Withdrawal::Done)
}
