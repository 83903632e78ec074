//! The outbox: one row for each email to send, written in the same transaction as the change that causes it. Rows hold
//! ids, never names or addresses; those are read when the email is composed.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use serde::Serialize;

use crate::db::{Db, Json, each, text_id};
use crate::schema::outbox;

text_id! {
    /// The id of an email, used in the outbox and in its `Message-ID`.
    MailId
}

/// How long a claim lasts. It must exceed the time the slowest mail server takes for a whole batch.
const CLAIM_MINUTES: i64 = 15;
/// After this many attempts, an email stays in the outbox with its last error. The delays before that add up to almost
/// three days.
const MOST_ATTEMPTS: i32 = 12;

/// An email that's due.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Due {
    /// The id of the email.
    pub id: MailId,
    /// The kind of email, such as `forum.sign-up`.
    pub kind: String,
    /// The ids that the email is about.
    pub payload: Json<serde_json::Value>,
    /// The number of attempts, including this one.
    pub attempts: i32,
}

/// Adds an email to the outbox, due now.
pub fn enqueue(
    db: &mut Db,
    kind: &str,
    payload: &impl Serialize,
    at: NaiveDateTime,
) -> QueryResult<()> {
    enqueue_all(db, kind, &[payload], at)
}

/// Adds several emails of one kind to the outbox, due now.
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

/// Rows that are due and not claimed by another worker.
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

/// Whether any email is due.
pub fn any_due(db: &mut Db, now: NaiveDateTime) -> QueryResult<bool> {
    let due = outbox::table.filter(is_due(now)).count();
    Ok(due.get_result::<i64>(db)? > 0)
}

/// How many emails were given up on in the last two weeks, and the error of the latest.
pub fn given_up(db: &mut Db, now: NaiveDateTime) -> QueryResult<(i64, Option<String>)> {
    let most: i32 = MOST_ATTEMPTS;
    let given_up = || {
        outbox::table.filter(
            outbox::done_at
                .is_null()
                .and(outbox::attempts.ge(most))
                .and(outbox::run_at.gt(now - TimeDelta::days(14))),
        )
    };
    let count = given_up().count().get_result(db)?;
    let latest = given_up()
        .order((outbox::run_at.desc(), outbox::id))
        .select(outbox::last_error)
        .first::<Option<String>>(db)
        .optional()?;
    Ok((count, latest.flatten()))
}

/// Claims up to `most` due emails. Other workers don't get them until the claim expires.
pub fn claim(db: &mut Db, now: NaiveDateTime, most: i64) -> QueryResult<Vec<Due>> {
    let ids: Vec<MailId> = outbox::table
        .filter(is_due(now))
        .order((outbox::run_at, outbox::id))
        .limit(most)
        .select(outbox::id)
        .load(db)?;
    // Check again while the row is locked: another node may have claimed it in the meantime.
    diesel::update(outbox::table.filter(outbox::id.eq_any(ids).and(is_due(now))))
        .set((
            outbox::claimed_until.eq(now + TimeDelta::minutes(CLAIM_MINUTES)),
            outbox::attempts.eq(outbox::attempts + 1),
        ))
        .returning((outbox::id, outbox::kind, outbox::payload, outbox::attempts))
        .get_results(db)
}

/// Marks an email as sent, or as no longer needed.
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

/// Postpones an email by 2^attempts minutes after a failed attempt. `reason` must not contain personal data.
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

/// The delay after a number of attempts.
fn wait(attempts: i32) -> TimeDelta {
    TimeDelta::minutes(1_i64 << attempts.clamp(0, MOST_ATTEMPTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_twice_the_last_and_retries_end_within_six_days() {
        assert_eq!(wait(1), TimeDelta::minutes(2));
        assert_eq!(wait(2), TimeDelta::minutes(4));
        let all: TimeDelta = (1..=MOST_ATTEMPTS).map(wait).sum();
        assert!(
            all < TimeDelta::days(6) && all > TimeDelta::days(5),
            "{all}"
        );
    }
}
