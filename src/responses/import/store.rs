//! Every query about imports and their batches.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use serde::Serialize;

use crate::audit::{self, Actor};
use crate::db::{Db, take_changes};
use crate::responses::{Batch, BatchId, BatchState};
use crate::schema::{batches, remarks, responses, votes};
use crate::surveys::SurveyId;

/// How many rows of a table are deleted at once.
const CLEARED: i64 = 500;

/// The batches of a survey that no import brought to its end.
pub(super) fn unfinished(db: &mut Db, survey: &SurveyId, kind: &str) -> QueryResult<Vec<BatchId>> {
    batches::table
        .filter(
            batches::survey_id
                .eq(survey)
                .and(batches::kind.eq(kind))
                .and(batches::number.eq(0))
                .and(batches::state.ne(BatchState::Live)),
        )
        .select(batches::id)
        .load(db)
}

/// Takes batches away from whoever may still be writing them: their next slice finds that it may not.
pub(super) fn give_up(db: &mut Db, ids: &[BatchId]) -> QueryResult<()> {
    diesel::update(batches::table.filter(batches::id.eq_any(ids)))
        .set(batches::state.eq(BatchState::Undone))
        .execute(db)
        .map(drop)
}

/// Deletes some rows of a batch that never counted, then the batch itself; returns whether it is gone. What the tally
/// follows is never deleted, but it has never seen these.
pub(super) fn clear_some(db: &mut Db, batch: &BatchId) -> QueryResult<bool> {
    let ids: Vec<String> = votes::table
        .filter(votes::batch_id.eq(batch))
        .limit(CLEARED)
        .select(votes::id)
        .load(db)?;
    let mut deleted = diesel::delete(votes::table.filter(votes::id.eq_any(ids))).execute(db)?;
    if deleted == 0 {
        let ids: Vec<String> = remarks::table
            .filter(remarks::batch_id.eq(batch))
            .limit(CLEARED)
            .select(remarks::id)
            .load(db)?;
        deleted = diesel::delete(remarks::table.filter(remarks::id.eq_any(ids))).execute(db)?;
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

/// Adds a batch whose rows count nowhere yet.
pub(super) fn open(db: &mut Db, batch: &Batch) -> QueryResult<()> {
    diesel::insert_into(batches::table)
        .values(batch)
        .execute(db)
        .map(drop)
}

/// Keeps a batch ours until the transaction ends, by the lock on its row; false if it was taken away meanwhile.
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

/// Adds to the number of a batch's rows.
pub(super) fn add_to_count(db: &mut Db, batch: &BatchId, rows: i64) -> QueryResult<()> {
    diesel::update(batches::table.find(batch))
        .set(batches::row_count.eq(batches::row_count + rows))
        .execute(db)
        .map(drop)
}

/// Makes a batch live: from this commit on its rows count. False if the batch was taken away meanwhile.
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

/// Which of these identities a survey has already, with the digest of their answers. An answer of our own pages is known
/// by its id, which is what an export calls it. Rows of an import that never came to its end are not here.
pub(super) fn known(
    db: &mut Db,
    survey: &SurveyId,
    identities: &BTreeSet<&str>,
) -> QueryResult<HashMap<String, String>> {
    let live = batches::table
        .filter(batches::state.eq(BatchState::Live))
        .select(batches::id.nullable());
    let imported: Vec<(String, String)> = responses::table
        .filter(
            responses::survey_id
                .eq(survey)
                .and(responses::identity.eq_any(identities))
                .and(responses::batch_id.eq_any(live)),
        )
        .select((responses::identity, responses::answers_digest))
        .load(db)?;
    let ours: Vec<(String, String)> = responses::table
        .filter(
            responses::survey_id
                .eq(survey)
                .and(responses::id.eq_any(identities))
                .and(responses::batch_id.is_null()),
        )
        .select((responses::id, responses::answers_digest))
        .load(db)?;
    Ok(imported.into_iter().chain(ours).collect())
}
