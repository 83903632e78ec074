//! Who did what, in the transaction that does it. Staff only: public answering writes no audit line.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;

use crate::accounts::AccountId;
use crate::db::{Db, Json, text_id};
use crate::schema::audit;

text_id! {
    /// Names a line of the audit.
    AuditId
}

/// Who acts and when: a signed-in account, or the command line.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account; none for a command run on the machine itself.
    pub account: Option<AccountId>,
    /// When it happens, in UTC.
    pub at: NaiveDateTime,
}

/// Adds a line: what was done (`survey.closed`), to what (`survey`) and which. `detail` holds ids and counts, never names.
pub fn record(
    db: &mut Db,
    actor: &Actor,
    action: &str,
    subject: &str,
    subject_id: &str,
    detail: &impl Serialize,
) -> QueryResult<()> {
    let detail = serde_json::to_value(detail)
        .map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    diesel::insert_into(audit::table)
        .values((
            audit::id.eq(AuditId::new()),
            audit::at.eq(actor.at),
            audit::account_id.eq(actor.account.as_ref()),
            audit::action.eq(action),
            audit::subject.eq(subject),
            audit::subject_id.eq(subject_id),
            audit::detail.eq(Json(detail)),
        ))
        .execute(db)?;
    Ok(())
}

/// When the last thing was done, if anything was.
pub fn last(db: &mut Db) -> QueryResult<Option<NaiveDateTime>> {
    audit::table.select(diesel::dsl::max(audit::at)).first(db)
}
