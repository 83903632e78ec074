//! The audit log: who did what, written in the same transaction as the change. Only staff actions are logged, never
//! public responses.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;

use crate::db::{Db, Json, PAGE_SIZE, Paging, text_id};
use crate::keys::AccountId;
use crate::schema::{accounts, audit};

text_id! {
    /// The id of an audit entry.
    AuditId
}

/// Who makes a change, and when: a signed-in account or the command line.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account, or `None` for a command run on the server itself.
    pub account: Option<AccountId>,
    /// The time of the change, in UTC.
    pub at: NaiveDateTime,
}

/// Adds an entry: what was done (`survey.closed`), the kind of subject (`survey`), and its id. `detail` holds ids and
/// counts, never names.
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

/// The time of the latest entry, if there is one.
pub fn last(db: &mut Db) -> QueryResult<Option<NaiveDateTime>> {
    audit::table.select(diesel::dsl::max(audit::at)).first(db)
}

/// An audit entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// The account's name, or `None` for the command line.
    pub name: Option<String>,
    /// What was done, such as `survey.closed`.
    pub action: String,
    /// The kind of subject.
    pub subject: String,
    /// The subject's id.
    pub subject_id: String,
    /// Ids and counts, or null.
    pub detail: serde_json::Value,
}

/// Counts the entries about one kind of subject, or all of them.
pub fn count(db: &mut Db, subject: Option<&str>) -> QueryResult<i64> {
    match subject {
        Some(subject) => audit::table
            .filter(audit::subject.eq(subject))
            .count()
            .get_result(db),
        None => audit::table.count().get_result(db),
    }
}

/// One page of entries, newest first.
pub fn entries(db: &mut Db, subject: Option<&str>, paging: Paging) -> QueryResult<Vec<AuditEntry>> {
    type Row = (
        NaiveDateTime,
        Option<AccountId>,
        String,
        String,
        String,
        Json<serde_json::Value>,
    );
    let columns = (
        audit::at,
        audit::account_id,
        audit::action,
        audit::subject,
        audit::subject_id,
        audit::detail,
    );
    let page = audit::table
        .order((audit::at.desc(), audit::id))
        .limit(PAGE_SIZE)
        .offset(paging.offset())
        .select(columns);
    let rows: Vec<Row> = match subject {
        Some(subject) => page.filter(audit::subject.eq(subject)).load(db)?,
        None => page.load(db)?,
    };
    let actors = rows.iter().filter_map(|row| row.1.as_ref());
    let names: Vec<(AccountId, String)> = accounts::table
        .filter(accounts::id.eq_any(actors))
        .select((accounts::id, accounts::name))
        .load(db)?;
    let names: BTreeMap<AccountId, String> = names.into_iter().collect();
    let entry = |(at, account, action, subject, subject_id, Json(detail)): Row| AuditEntry {
        at,
        name: account.map(|id| names.get(&id).cloned().unwrap_or(id.to_string())),
        action,
        subject,
        subject_id,
        detail,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// The kinds of subject that have entries, sorted.
pub fn subjects(db: &mut Db) -> QueryResult<Vec<String>> {
    audit::table
        .select(audit::subject)
        .distinct()
        .order(audit::subject)
        .load(db)
}
