//! The outbox: a row for each mail that is to be sent, written in the transaction that gives the reason for it.
//! It holds ids and never a name or an address; those are read when the mail is written.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use serde::Serialize;

use crate::db::{Db, Json, each, text_id};
use crate::schema::outbox;

text_id! {
    /// Names a mail, from the outbox to its `Message-ID`.
    MailId
}

/// How long a claimed mail is ours alone: longer than the slowest mail server takes for a whole batch.
const CLAIM_MINUTES: i64 = 15;
/// After so many tries a mail stays where it is, for `doctor` to tell. Their waits add up to almost six days.
const MOST_ATTEMPTS: i32 = 12;

/// A mail whose time has come.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Due {
    /// Names it.
    pub id: MailId,
    /// Which mail it is, as `forum.sign-up`.
    pub kind: String,
    /// The ids of what it is about.
    pub payload: Json<serde_json::Value>,
    /// How often it was tried, this time included.
    pub attempts: i32,
}

/// Puts one mail into the outbox, due at once.
pub fn enqueue(
    db: &mut Db,
    kind: &str,
    payload: &impl Serialize,
    at: NaiveDateTime,
) -> QueryResult<()> {
    enqueue_all(db, kind, &[payload], at)
}

/// Puts several mails of one kind into the outbox, due at once.
pub fn enqueue_all(
    db: &mut Db,
    kind: &str,
    payloads: &[impl Serialize],
    at: NaiveDateTime,
) -> QueryResult<()> {
    if payloads.is_empty() {
        return Ok(());
    }
    let rows = payloads.iter().map(|payload| {
        let payload = serde_json::to_value(payload)
            .map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
        Ok((
            outbox::id.eq(MailId::new()),
            outbox::kind.eq(kind.to_owned()),
            outbox::payload.eq(Json(payload)),
            outbox::run_at.eq(at),
            outbox::attempts.eq(0),
        ))
    });
    let rows: Vec<_> = rows.collect::<QueryResult<_>>()?;
    each!(db, |connection| diesel::insert_into(outbox::table)
        .values(&rows)
        .execute(connection))?;
    Ok(())
}

/// Rows whose time has come and that nobody else is busy with.
#[diesel::dsl::auto_type]
fn is_due(now: NaiveDateTime) -> _ {
    let most: i32 = MOST_ATTEMPTS;
    outbox::done_at
        .is_null()
        .and(outbox::run_at.le(now))
        .and(outbox::attempts.lt(most))
        .and(
            outbox::claimed_until
                .is_null()
                .or(outbox::claimed_until.le(now)),
        )
}

/// Whether any mail's time has come.
pub fn any_due(db: &mut Db, now: NaiveDateTime) -> QueryResult<bool> {
    let due = outbox::table.filter(is_due(now)).count();
    Ok(due.get_result::<i64>(db)? > 0)
}

/// Takes up to `most` mails whose time has come; no other worker gets them until the claim runs out.
pub fn claim(db: &mut Db, now: NaiveDateTime, most: i64) -> QueryResult<Vec<Due>> {
    let ids: Vec<MailId> = outbox::table
        .filter(is_due(now))
        .order((outbox::run_at, outbox::id))
        .limit(most)
        .select(outbox::id)
        .load(db)?;
    // Asked again while the row is locked: another node may have taken it since.
    diesel::update(outbox::table.filter(outbox::id.eq_any(ids).and(is_due(now))))
        .set((
            outbox::claimed_until.eq(now + TimeDelta::minutes(CLAIM_MINUTES)),
            outbox::attempts.eq(outbox::attempts + 1),
        ))
        .returning((outbox::id, outbox::kind, outbox::payload, outbox::attempts))
        .get_results(db)
}

/// Notes that a mail is sent, or that nothing is to be sent any more.
pub fn finish(db: &mut Db, id: &MailId, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(outbox::table.find(id))
        .set((
            outbox::done_at.eq(now),
            outbox::claimed_until.eq(None::<NaiveDateTime>),
            outbox::last_error.eq(None::<String>),
        ))
        .execute(db)
        .map(drop)
}

/// Puts a mail off after a try that failed, for 2^attempts minutes. `reason` names nobody.
pub fn put_off(
    db: &mut Db,
    id: &MailId,
    attempts: i32,
    reason: &str,
    now: NaiveDateTime,
) -> QueryResult<()> {
    diesel::update(outbox::table.find(id))
        .set((
            outbox::run_at.eq(now + wait(attempts)),
            outbox::claimed_until.eq(None::<NaiveDateTime>),
            outbox::last_error.eq(reason),
        ))
        .execute(db)
        .map(drop)
}

/// How long to wait after a number of tries.
fn wait(attempts: i32) -> TimeDelta {
    TimeDelta::minutes(1_i64 << attempts.clamp(0, MOST_ATTEMPTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_all_of_them_end_within_six_days() {
        assert_eq!(wait(1), TimeDelta::minutes(2));
        assert_eq!(wait(2), TimeDelta::minutes(4));
        let all: TimeDelta = (1..=MOST_ATTEMPTS).map(wait).sum();
        assert!(
            all < TimeDelta::days(6) && all > TimeDelta::days(5),
            "{all}"
        );
    }
}
