//! Every query about forums, their seats, tables and notes.

mod notes;
mod queue;
mod sign_ups;
mod tables;

use diesel::prelude::*;

use super::model::Forum;
use crate::audit::{self, Actor};
use crate::db::Db;
use crate::district::RoundId;
use crate::keys::ForumId;
use crate::schema::forums;

pub(super) use notes::{
    NoteDraft, NoteFault, add_note, add_notes, correct_note, note, notes, prompts_in_use,
    restore_note, said_before, withdraw_note,
};
pub(super) use queue::{CONFIRMATION, FREE_SEAT, Payload};
pub use sign_ups::{SignUpOutcome, seats_taken, sign_up};
pub(super) use sign_ups::{cancel, fill_free_seats, find_sign_up, sign_ups, taken_by_forum};
pub(super) use tables::{TableFault, add_table, note_counts, set_present, table, tables};

/// The forum with a slug, and its round.
pub(super) fn place_of(db: &mut Db, slug: &str) -> QueryResult<(ForumId, RoundId)> {
    forums::table
        .filter(forums::slug.eq(slug))
        .select((forums::id, forums::round_id))
        .first(db)
}

/// The forum with a slug.
pub fn by_slug(db: &mut Db, slug: &str) -> QueryResult<Forum> {
    forums::table.filter(forums::slug.eq(slug)).first(db)
}

/// The forum with an ID.
pub(super) fn by_id(db: &mut Db, id: &ForumId) -> QueryResult<Forum> {
    forums::table.find(id).first(db)
}

/// Every forum, latest first.
pub fn list(db: &mut Db) -> QueryResult<Vec<Forum>> {
    forums::table
        .order((forums::starts_at.desc(), forums::slug))
        .load(db)
}

/// The forums of a round, in the order they take place.
pub fn in_round(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Forum>> {
    forums::table
        .filter(forums::round_id.eq(round))
        .order((forums::starts_at, forums::slug))
        .load(db)
}

/// Whether a slug is in use.
pub(super) fn is_taken(db: &mut Db, slug: &str) -> QueryResult<bool> {
    let same = forums::table.filter(forums::slug.eq(slug)).count();
    Ok(same.get_result::<i64>(db)? > 0)
}

/// Reads a forum and locks its seats against other writers until this transaction ends.
pub(super) fn lock(db: &mut Db, id: &ForumId) -> QueryResult<Forum> {
    diesel::update(forums::table.find(id))
        .set(forums::seats.eq(forums::seats))
        .execute(db)?;
    by_id(db, id)
}

/// Adds a forum. The slug must not be in use.
pub(super) fn insert(db: &mut Db, actor: &Actor, forum: &Forum) -> QueryResult<()> {
    diesel::insert_into(forums::table)
        .values(forum)
        .execute(db)?;
    audit::record(
        db,
        actor,
        "forum.added",
        "forum",
        forum.id.as_str(),
        &forum.seats,
    )
}

/// Updates a forum, and gives seats that became free to people on the waiting list.
pub(super) fn update(db: &mut Db, actor: &Actor, forum: &Forum) -> QueryResult<()> {
    lock(db, &forum.id)?;
    diesel::update(forums::table.find(&forum.id))
        .set(forum)
        .execute(db)?;
    fill_free_seats(db, forum, actor.at)?;
    audit::record(
        db,
        actor,
        "forum.changed",
        "forum",
        forum.id.as_str(),
        &forum.seats,
    )
}
