//! Every query about imports and their batches.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use serde::Serialize;

use crate::audit::{self, Actor};
use crate::comments::BatchState;
use crate::db::{Db, take_changes};
use crate::responses::{Batch, BatchId};
use crate::schema::{batches, comments, responses, surveys, votes};
use crate::surveys::SurveyId;

/// How many rows of a table to delete at once.
const CLEARED: i64 = 500;

/// Marks unfinished batches as undone. If an import is still writing one, its next slice finds that out and stops. A
/// batch that goes live in the meantime stays, because its state is checked under the lock on its row.
pub(super) fn take_away_unfinished(
    db: &mut Db,
    survey: &SurveyId,
    kind: &str,
) -> QueryResult<Vec<BatchId>> {
    let unfinished = batches::survey_id
        .eq(survey)
        .and(batches::kind.eq(kind))
        .and(batches::number.eq(0))
        .and(batches::state.ne(BatchState::Live));
    diesel::update(batches::table.filter(unfinished))
        .set(batches::state.eq(BatchState::Undone))
        .returning(batches::id)
        .get_results(db)
}

/// Deletes some rows of a batch that never counted, and finally the batch. Returns whether it's gone. Rows that the
/// tally has seen are never deleted, but it has never seen these. The import that wrote the batch and the one that
/// overtook it may both clear it at the same time. The lock on the batch's row makes one wait for the other, so that
/// neither assumes rows are gone that the other is still deleting.
pub(super) fn clear_some(db: &mut Db, batch: &BatchId) -> QueryResult<bool> {
    let never_counted = batches::number
        .eq(0)
        .and(batches::state.ne(BatchState::Live));
    let locked = diesel::update(batches::table.find(batch).filter(never_counted))
        .set(batches::state.eq(BatchState::Undone))
        .execute(db)?;
    if locked == 0 {
        return Ok(true);
    }
    let ids: Vec<String> = votes::table
        .filter(votes::batch_id.eq(batch))
        .limit(CLEARED)
        .select(votes::id)
        .load(db)?;
    let mut deleted = diesel::delete(votes::table.filter(votes::id.eq_any(ids))).execute(db)?;
    if deleted == 0 {
        let ids: Vec<String> = comments::table
            .filter(comments::batch_id.eq(batch))
            .limit(CLEARED)
            .select(comments::id)
            .load(db)?;
        deleted = diesel::delete(comments::table.filter(comments::id.eq_any(ids))).execute(db)?;
    }
    if deleted == 0 {
        let ids: Vec<String> = responses::table
            .filter(responses::batch_id.eq(batch))
            .limit(CLEARED)
            .select(responses::id)
            .load(db)?;
        deleted = diesel::delete(responses::table.filter(responses::id.eq_any(ids))).execute(db)?;
    }
    if deleted == 0 {
        diesel::delete(batches::table.find(batch)).execute(db)?;
    }
    Ok(deleted == 0)
}

/// Adds a batch whose rows don't count yet. Returns false if another import into the survey has started to write since
/// earlier leftovers were deleted. The lock on the survey's row makes one wait for the other.
pub(super) fn open(db: &mut Db, batch: &Batch) -> QueryResult<bool> {
    if let Some(survey) = &batch.survey_id {
        diesel::update(surveys::table.find(survey))
            .set(surveys::state.eq(surveys::state))
            .execute(db)?;
    }
    let others = batches::table.filter(
        batches::survey_id
            .eq(&batch.survey_id)
            .and(batches::kind.eq(&batch.kind))
            .and(batches::state.eq(BatchState::Loading)),
    );
    if diesel::select(diesel::dsl::exists(others)).get_result(db)? {
        return Ok(false);
    }
    diesel::insert_into(batches::table)
        .values(batch)
        .execute(db)?;
    Ok(true)
}

/// Locks the row of our batch until the transaction ends. Returns false if another import has undone it.
pub(super) fn claim(db: &mut Db, batch: &BatchId) -> QueryResult<bool> {
    let ours = diesel::update(
        batches::table
            .find(batch)
            .filter(batches::state.eq(BatchState::Loading)),
    )
    .set(batches::state.eq(BatchState::Loading))
    .execute(db)?;
    Ok(ours == 1)
}

/// Adds to a batch's row count.
pub(super) fn add_to_count(db: &mut Db, batch: &BatchId, rows: i64) -> QueryResult<()> {
    diesel::update(batches::table.find(batch))
        .set(batches::row_count.eq(batches::row_count + rows))
        .execute(db)
        .map(drop)
}

/// Makes a batch live: its rows count from this commit on. Returns false if another import has undone it.
pub(super) fn go_live(
    db: &mut Db,
    actor: &Actor,
    batch: &Batch,
    detail: &impl Serialize,
) -> QueryResult<bool> {
    let number = take_changes(db, 1)?;
    let ours = diesel::update(
        batches::table
            .find(&batch.id)
            .filter(batches::state.eq(BatchState::Loading)),
    )
    .set((
        batches::state.eq(BatchState::Live),
        batches::number.eq(number),
    ))
    .execute(db)?;
    if ours == 0 {
        return Ok(false);
    }
    let action = format!("{}.imported", batch.kind);
    let survey = batch.survey_id.as_ref().map_or("", SurveyId::as_str);
    audit::record(db, actor, &action, "survey", survey, detail)?;
    Ok(true)
}

/// Which of these submissions a survey already has, with the digest of their answers. A response from our own pages is
/// identified by its ID, as in an export. Rows of an unfinished import aren't included.
pub(super) fn known(
    db: &mut Db,
    survey: &SurveyId,
    submission_ids: &BTreeSet<&str>,
) -> QueryResult<HashMap<String, String>> {
    let live = batches::table
        .filter(batches::state.eq(BatchState::Live))
        .select(batches::id.nullable());
    let imported: Vec<(String, String)> = responses::table
        .filter(
            responses::survey_id
                .eq(survey)
                .and(responses::identity.eq_any(submission_ids))
                .and(responses::batch_id.eq_any(live)),
        )
        .select((responses::identity, responses::answers_digest))
        .load(db)?;
    let ours: Vec<(String, String)> = responses::table
        .filter(
            responses::survey_id
                .eq(survey)
                .and(responses::id.eq_any(submission_ids))
                .and(responses::batch_id.is_null()),
        )
        .select((responses::id, responses::answers_digest))
        .load(db)?;
    Ok(imported.into_iter().chain(ours).collect())
}
