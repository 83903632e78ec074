//! Every query about the votes of an import.

use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::comments::{BatchState, CommentId, Status};
use crate::db::{Db, each};
use crate::error::Result;
use crate::responses::{BatchId, VoteId};
use crate::schema::{batches, comments, votes};
use crate::surveys::SurveyId;

/// One vote of one voter on one statement.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = votes, treat_none_as_default_value = false)]
pub(super) struct Vote {
    pub(super) id: VoteId,
    pub(super) comment_id: CommentId,
    /// The source's ID for the voter.
    pub(super) voter: String,
    /// 1 for agree, -1 for disagree, 0 for pass.
    pub(super) value: i32,
    pub(super) batch_id: Option<BatchId>,
}

/// The imported statements of a survey: their ID in their file, the item they answer, and the comment.
pub(super) fn statements(
    db: &mut Db,
    survey: &SurveyId,
) -> QueryResult<Vec<(String, String, CommentId)>> {
    let live = batches::table
        .filter(batches::state.eq(BatchState::Live))
        .select(batches::id.nullable());
    comments::table
        .filter(
            comments::survey_id
                .eq(survey)
                .and(comments::label.ne(""))
                .and(comments::status.ne_all([Status::Replaced, Status::Withdrawn]))
                .and(comments::batch_id.eq_any(live)),
        )
        .order(comments::id)
        .select((comments::label, comments::item_key, comments::id))
        .load(db)
}

/// Adds votes and skips those that exist. Returns how many were added.
pub(super) fn add(db: &mut Db, rows: &[Vote]) -> QueryResult<usize> {
    each!(db, |connection| diesel::insert_into(votes::table)
        .values(rows)
        .on_conflict((votes::comment_id, votes::voter))
        .do_nothing()
        .execute(connection))
}

/// Replaces existing votes.
pub(super) fn replace(db: &mut Db, rows: &[Vote]) -> QueryResult<()> {
    each!(db, |connection| diesel::insert_into(votes::table)
        .values(rows)
        .on_conflict((votes::comment_id, votes::voter))
        .do_update()
        .set((
            votes::value.eq(excluded(votes::value)),
            votes::batch_id.eq(excluded(votes::batch_id))
        ))
        .execute(connection))
    .map(drop)
}

/// Calls back for each vote that counts on a survey's statements: comment, voter, value.
pub(super) fn each_of(
    db: &mut Db,
    survey: &SurveyId,
    mut take: impl FnMut(&str, &str, i32),
) -> Result<()> {
    let live = batches::table
        .filter(batches::state.eq(BatchState::Live))
        .select(batches::id.nullable());
    let rows = votes::table
        .inner_join(comments::table)
        .filter(
            comments::survey_id
                .eq(survey)
                .and(votes::batch_id.is_null().or(votes::batch_id.eq_any(live))),
        )
        .select((votes::comment_id, votes::voter, votes::value));
    for row in rows.load_iter::<(String, String, i32), _>(db)? {
        let (comment, voter, value) = row?;
        take(&comment, &voter, value);
    }
    Ok(())
}
