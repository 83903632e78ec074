//! Seats: who has one and who waits. Decided while the forum's row is locked, so that no seat is given away twice.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::dsl::sum;
use diesel::prelude::*;

use super::{by_id, lock, queue};
use crate::db::{Db, Json};
use crate::forums::forms::SignUpDraft;
use crate::forums::model::{Forum, Moment, SignUp, SignUpId, SignUpStatus, who_moves_up};
use crate::keys::ForumId;
use crate::schema::sign_ups;

/// The result of a sign-up form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignUpOutcome {
    /// It's stored.
    New(SignUp),
    /// The same form was already stored. Nothing was changed.
    Before(SignUp),
    /// A form with this submission key was already stored with different content. Nothing was changed.
    SaysOtherwise,
    /// A form with this submission key was stored and then canceled. Nothing was changed.
    Canceled,
    /// The forum has started. Nothing was changed.
    TooLate,
}

/// Stores a sign-up: with seats if the whole party fits, otherwise on the waiting list. `submission` is the digest of
/// the form's key, and `local` the time in the district's time zone.
pub fn sign_up(
    db: &mut Db,
    forum: &ForumId,
    submission: &str,
    draft: &SignUpDraft,
    at: NaiveDateTime,
    local: NaiveDateTime,
) -> QueryResult<SignUpOutcome> {
    let forum = lock(db, forum)?;
    let before: Option<SignUp> = of_forum(&forum.id)
        .filter(sign_ups::submission.eq(submission))
        .first(db)
        .optional()?;
    if let Some(before) = before {
        return Ok(if before.status == SignUpStatus::Canceled {
            SignUpOutcome::Canceled
        } else if draft.says_the_same_as(&before) {
            SignUpOutcome::Before(before)
        } else {
            SignUpOutcome::SaysOtherwise
        });
    }
    if forum.moment(local) != Moment::Ahead {
        return Ok(SignUpOutcome::TooLate);
    }
    let last: Option<i64> = of_forum(&forum.id)
        .select(diesel::dsl::max(sign_ups::position))
        .first(db)?;
    let free = i64::from(forum.seats) - seats_taken(db, &forum.id)?;
    let status = if i64::from(draft.party) <= free {
        SignUpStatus::Seated
    } else {
        SignUpStatus::Waiting
    };
    let sign_up = SignUp {
        id: SignUpId::new(),
        forum_id: forum.id,
        submission: submission.to_owned(),
        name: draft.name.clone(),
        email: draft.email.clone(),
        party: draft.party,
        language: draft.language.clone(),
        needs: Json(draft.needs.clone()),
        status,
        position: last.unwrap_or(0) + 1,
    };
    diesel::insert_into(sign_ups::table)
        .values(&sign_up)
        .execute(db)?;
    queue::enqueue_confirmation(db, &sign_up.id, at)?;
    Ok(SignUpOutcome::New(sign_up))
}

/// Cancels a sign-up: deletes the name and email address, and gives the seats to people on the waiting list. Does
/// nothing once the forum has started. Idempotent.
pub(in crate::forums) fn cancel(
    db: &mut Db,
    sign_up: &SignUpId,
    at: NaiveDateTime,
    local: NaiveDateTime,
) -> QueryResult<()> {
    let forum: ForumId = sign_ups::table
        .find(sign_up)
        .select(sign_ups::forum_id)
        .first(db)?;
    let forum = lock(db, &forum)?;
    if forum.moment(local) != Moment::Ahead {
        return Ok(());
    }
    diesel::update(sign_ups::table.find(sign_up))
        .set((
            sign_ups::status.eq(SignUpStatus::Canceled),
            sign_ups::name.eq(""),
            sign_ups::email.eq(""),
        ))
        .execute(db)?;
    fill_free_seats(db, &forum, at)
}

/// Gives free seats to people on the waiting list and emails them. The forum's row must be locked.
pub(in crate::forums) fn fill_free_seats(
    db: &mut Db,
    forum: &Forum,
    at: NaiveDateTime,
) -> QueryResult<()> {
    let free = i64::from(forum.seats) - seats_taken(db, &forum.id)?;
    let waiting: Vec<SignUp> = of_forum(&forum.id)
        .filter(sign_ups::status.eq(SignUpStatus::Waiting))
        .order(sign_ups::position)
        .load(db)?;
    let up = who_moves_up(free, &waiting);
    if up.is_empty() {
        return Ok(());
    }
    diesel::update(sign_ups::table.filter(sign_ups::id.eq_any(&up)))
        .set(sign_ups::status.eq(SignUpStatus::Seated))
        .execute(db)?;
    queue::enqueue_free_seats(db, &up, at)
}

/// How many seats of a forum are taken.
pub fn seats_taken(db: &mut Db, forum: &ForumId) -> QueryResult<i64> {
    let taken: Option<i64> = of_forum(forum)
        .filter(sign_ups::status.eq(SignUpStatus::Seated))
        .select(sum(sign_ups::party))
        .first(db)?;
    Ok(taken.unwrap_or(0))
}

/// How many people have seats and how many are waiting, by forum.
pub(in crate::forums) fn taken_by_forum(
    db: &mut Db,
) -> QueryResult<BTreeMap<(ForumId, SignUpStatus), i64>> {
    let rows: Vec<(ForumId, SignUpStatus, Option<i64>)> = sign_ups::table
        .group_by((sign_ups::forum_id, sign_ups::status))
        .select((sign_ups::forum_id, sign_ups::status, sum(sign_ups::party)))
        .load(db)?;
    let counted = rows
        .into_iter()
        .map(|(forum, status, people)| ((forum, status), people.unwrap_or(0)));
    Ok(counted.collect())
}

/// Everyone who signed up and didn't cancel, in the order they signed up.
pub(in crate::forums) fn sign_ups(db: &mut Db, forum: &ForumId) -> QueryResult<Vec<SignUp>> {
    of_forum(forum)
        .filter(sign_ups::status.ne(SignUpStatus::Canceled))
        .order(sign_ups::position)
        .load(db)
}

/// A sign-up with its forum.
pub(in crate::forums) fn find_sign_up(
    db: &mut Db,
    id: &SignUpId,
) -> QueryResult<Option<(SignUp, Forum)>> {
    let Some(sign_up) = sign_ups::table.find(id).first::<SignUp>(db).optional()? else {
        return Ok(None);
    };
    let forum = by_id(db, &sign_up.forum_id)?;
    Ok(Some((sign_up, forum)))
}

#[expect(
    clippy::elidable_lifetime_names,
    reason = "auto_type asks for the name"
)]
#[diesel::dsl::auto_type]
fn of_forum<'a>(forum: &'a ForumId) -> _ {
    sign_ups::table.filter(sign_ups::forum_id.eq(forum))
}
