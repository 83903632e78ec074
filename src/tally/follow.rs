//! Follows the database: a page reads the number of the last change, catches up to it, then counts. Counts are never
//! stale and nothing counts twice, on any node.

use diesel::prelude::*;

use super::index::Index;
use crate::comments::{BatchState, Comment};
use crate::db::{Db, each_row, last_change, snapshot};
use crate::responses::Response;
use crate::schema::{batches, comments, forum_tables, responses, revisions, schools, surveys};

/// What changed about a comment, for code that indexes the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentChange<'a> {
    /// The comment's ordinal in the index.
    pub ordinal: u32,
    /// Its language and text; `None` if it no longer counts.
    pub words: Option<(&'a str, &'a str)>,
}

/// Applies every change up to the last committed one and returns how comments changed. On an empty index this is a
/// rebuild. Calls `progress` with the number of rows read.
pub fn catch_up(
    index: &mut Index,
    db: &mut Db,
    mut progress: impl FnMut(u64),
    mut told: impl FnMut(CommentChange<'_>),
) -> QueryResult<()> {
    snapshot(db, |db| {
        let upto = last_change(db)?;
        if upto == index.seen {
            return Ok(());
        }
        let mut read = 0;
        learn(index, db)?;
        for (id, present) in changed_tables(index.seen, upto).load(db)? {
            index.follow_table(&id, present);
        }
        // When a batch goes live or is undone, all its rows change, whatever else happened to them.
        let changed = batches::table
            .filter(batches::number.gt(index.seen))
            .filter(batches::number.le(upto))
            .select(batches::id.nullable());
        let own = responses::number
            .gt(index.seen)
            .and(responses::number.le(upto));
        let rows = responses::table
            .filter(own.or(responses::batch_id.eq_any(changed)))
            .order((responses::number, responses::id))
            .select(responses::all_columns);
        each_row!(db, rows, |response: Response| {
            index.follow_response(&response);
            read += 1;
            progress(read);
        });
        let own = comments::number
            .gt(index.seen)
            .and(comments::number.le(upto));
        let rows = comments::table
            .filter(own.or(comments::batch_id.eq_any(changed)))
            .order((comments::number, comments::id))
            .select(comments::all_columns);
        each_row!(db, rows, |comment: Comment| {
            let (ordinal, counts) = index.follow_comment(&comment);
            told(CommentChange {
                ordinal,
                words: counts.then_some((comment.language.as_str(), comment.text.as_str())),
            });
            read += 1;
            progress(read);
        });
        index.seen = upto;
        Ok(())
    })
}

/// Reads the small lists that facets depend on: schools, surveys, new revisions, and imports that don't count.
fn learn(index: &mut Index, db: &mut Db) -> QueryResult<()> {
    let levels: Vec<(String, crate::district::Level)> = schools::table
        .select((schools::key, schools::level))
        .load(db)?;
    index.follow_levels(levels.into_iter().collect());
    let silent: Vec<crate::responses::BatchId> = batches::table
        .filter(batches::state.ne(BatchState::Live))
        .select(batches::id)
        .load(db)?;
    index.silent = silent.into_iter().collect();
    index.surveys = surveys::table
        .select((surveys::id, surveys::round_id))
        .load(db)?
        .into_iter()
        .collect();
    let published: i64 = revisions::table.count().get_result(db)?;
    if usize::try_from(published) != Ok(index.documents.len()) {
        let all: Vec<crate::surveys::Revision> = revisions::table.load(db)?;
        index.documents = all
            .into_iter()
            .map(|revision| ((revision.survey_id, revision.number), revision.document.0))
            .collect();
    }
    Ok(())
}

#[diesel::dsl::auto_type]
fn changed_tables(after: i64, upto: i64) -> _ {
    forum_tables::table
        .filter(
            forum_tables::number
                .gt(after)
                .and(forum_tables::number.le(upto)),
        )
        .select((forum_tables::id, forum_tables::present))
}
