//! All queries about comments.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::model::{BatchState, Comment, CommentId, LedgerRow, Status};
use crate::audit::{self, Actor};
use crate::db::{Db, Json, PAGE_SIZE, Paging, insert_rows, take_changes};
use crate::keys::{AccountId, ResponseId, RoundId};
use crate::schema::{batches, comments, responses};
use crate::surveys::SurveyId;

/// How many ids go into one statement.
const CHUNK: usize = 5_000;

/// Inserts comments. Their change numbers are already assigned.
pub fn insert_all(db: &mut Db, rows: &[Comment]) -> QueryResult<()> {
    insert_rows!(db, comments::table, rows)
}

/// The number of rows, counted or not, that a rebuild of the index reads.
pub fn count_all(db: &mut Db) -> QueryResult<u64> {
    let rows: i64 = comments::table.count().get_result(db)?;
    Ok(u64::try_from(rows).unwrap_or(0))
}

/// The texts of comments, in id order.
pub fn texts(db: &mut Db, ids: &[CommentId]) -> QueryResult<Vec<(CommentId, String)>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<(CommentId, String)> = comments::table
            .filter(comments::id.eq_any(chunk))
            .select((comments::id, comments::text))
            .load(db)?;
        found.extend(rows);
    }
    found.sort_unstable();
    Ok(found)
}

/// Group and schools, as given in the response.
type Speaker = (Option<String>, Json<Vec<String>>);

/// Comments with what we know about their speakers, in id order.
pub fn ledger(db: &mut Db, ids: &[CommentId]) -> QueryResult<Vec<LedgerRow>> {
    let rows: Vec<(Comment, Option<Speaker>)> = comments::table
        .left_join(responses::table)
        .filter(comments::id.eq_any(ids))
        .order(comments::id)
        .select((
            comments::all_columns,
            (responses::group_key, responses::schools).nullable(),
        ))
        .load(db)?;
    let row = |(comment, speaker): (Comment, Option<Speaker>)| {
        let (group, schools) =
            speaker.map_or((None, Vec::new()), |(group, schools)| (group, schools.0));
        LedgerRow {
            comment,
            group,
            schools,
        }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Finds a comment by id.
pub fn by_id(db: &mut Db, id: &CommentId) -> QueryResult<Comment> {
    comments::table.find(id).first(db)
}

/// A response's comments that count, in id order.
pub fn of_response(db: &mut Db, response: &ResponseId) -> QueryResult<Vec<Comment>> {
    comments::table
        .filter(
            comments::response_id
                .eq(response)
                .and(comments::status.eq(Status::Counted)),
        )
        .order(comments::id)
        .load(db)
}

/// A round's comments that the public may read, in id order.
pub fn released(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Comment>> {
    comments::table
        .filter(comments::round_id.eq(round))
        .filter(is_released())
        .order(comments::id)
        .load(db)
}

/// The ids of a round's comments that the public may read.
pub fn released_ids(db: &mut Db, round: &RoundId) -> QueryResult<Vec<CommentId>> {
    comments::table
        .filter(comments::round_id.eq(round))
        .filter(is_released())
        .order(comments::id)
        .select(comments::id)
        .load(db)
}

/// Staff released it, and it counts.
#[diesel::dsl::auto_type(no_type_alias)]
fn is_released() -> _ {
    let counts: diesel::dsl::Eq<comments::status, Status> = comments::status.eq(Status::Counted);
    comments::released_by.is_not_null().and(counts)
}

/// One page of a round's set-aside comments.
pub fn set_aside(db: &mut Db, round: &RoundId, paging: Paging) -> QueryResult<Vec<CommentId>> {
    is_set_aside(round)
        .order(comments::id)
        .limit(PAGE_SIZE)
        .offset(paging.offset())
        .select(comments::id)
        .load(db)
}

/// How many of a round's comments are set aside, and how many people said them.
pub fn count_set_aside(db: &mut Db, round: &RoundId) -> QueryResult<(i64, usize)> {
    let comments = is_set_aside(round).count().get_result(db)?;
    let people: Vec<(SurveyId, String)> = is_set_aside(round)
        .inner_join(responses::table)
        .select((responses::survey_id, responses::person))
        .distinct()
        .load(db)?;
    Ok((comments, people.len()))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn is_set_aside<'a>(round: &'a RoundId) -> _ {
    let here: diesel::dsl::Eq<comments::round_id, &'a RoundId> = comments::round_id.eq(round);
    let aside: diesel::dsl::Eq<comments::status, Status> = comments::status.eq(Status::SetAside);
    comments::table.filter(here.and(aside))
}

/// Releases a comment to the public in the actor's name, starting with the next snapshot. Only a comment that counts
/// can be released. Returns whether anything changed, so releasing twice is harmless.
pub fn release(db: &mut Db, actor: &Actor, id: &CommentId) -> QueryResult<bool> {
    let open = comments::table.find(id).filter(
        comments::status
            .eq(Status::Counted)
            .and(comments::released_by.is_null()),
    );
    let changed = diesel::update(open)
        .set((
            comments::released_by.eq(actor.account.as_ref()),
            comments::released_at.eq(actor.at),
        ))
        .execute(db)?;
    if changed == 0 {
        return Ok(false);
    }
    audit::record(db, actor, "comment.released", "comment", id.as_str(), &())?;
    Ok(true)
}

/// Undoes a release. The comment disappears from every public page at once, whatever was published. Returns whether
/// anything changed.
pub fn undo_release(db: &mut Db, actor: &Actor, id: &CommentId) -> QueryResult<bool> {
    // Public pages recheck what they may show whenever a change number is taken.
    take_changes(db, 1)?;
    let nobody: Option<&AccountId> = None;
    let never: Option<chrono::NaiveDateTime> = None;
    let changed = diesel::update(
        comments::table
            .find(id)
            .filter(comments::released_by.is_not_null()),
    )
    .set((
        comments::released_by.eq(nobody),
        comments::released_at.eq(never),
    ))
    .execute(db)?;
    if changed == 0 {
        return Ok(false);
    }
    audit::record(db, actor, "comment.taken-back", "comment", id.as_str(), &())?;
    Ok(true)
}

/// Of these comments, the ones that the public may still read: staff released them, they count, and their import wasn't
/// undone.
pub fn still_public(db: &mut Db, ids: &[CommentId]) -> QueryResult<BTreeSet<CommentId>> {
    let mut public = BTreeSet::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<CommentId> = comments::table
            .left_join(batches::table)
            .filter(comments::id.eq_any(chunk))
            .filter(is_released())
            .filter(
                batches::state
                    .is_null()
                    .or(batches::state.eq(BatchState::Live)),
            )
            .select(comments::id)
            .load(db)?;
        public.extend(rows);
    }
    Ok(public)
}

/// The status and the ids of comments by their label in the imported file, within one survey and item. Skips imports
/// that aren't live.
pub fn by_labels(
    db: &mut Db,
    survey: &SurveyId,
    item: &str,
    labels: &[String],
) -> QueryResult<Vec<(String, CommentId, Status)>> {
    let live = batches::table
        .filter(batches::state.eq(BatchState::Live))
        .select(batches::id.nullable());
    comments::table
        .filter(
            comments::survey_id
                .eq(survey)
                .and(comments::item_key.eq(item))
                .and(comments::label.eq_any(labels))
                .and(
                    comments::batch_id
                        .is_null()
                        .or(comments::batch_id.eq_any(live)),
                ),
        )
        .order(comments::label)
        .select((comments::label, comments::id, comments::status))
        .load(db)
}
