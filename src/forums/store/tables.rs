//! Tables of a forum. The tally follows them, so each change allocates a number.

use std::collections::BTreeMap;

use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use super::lock;
use crate::audit::{self, Actor};
use crate::comments::Status;
use crate::db::{Db, take_changes};
use crate::forums::model::Table;
use crate::keys::{ForumId, TableId};
use crate::schema::{comments, forum_tables};

/// Why a table wasn't changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::forums) enum TableFault {
    /// The table already exists, with this many people.
    Taken(i32),
    /// One of its notes speaks for more people than that.
    SpokenFor(i32),
}

/// The tables of a forum, by number.
pub(in crate::forums) fn tables(db: &mut Db, forum: &ForumId) -> QueryResult<Vec<Table>> {
    forum_tables::table
        .filter(forum_tables::forum_id.eq(forum))
        .order(forum_tables::table_number)
        .load(db)
}

/// The table with this number.
pub(in crate::forums) fn table(
    db: &mut Db,
    forum: &ForumId,
    table_number: i32,
) -> QueryResult<Option<Table>> {
    forum_tables::table
        .filter(
            forum_tables::forum_id
                .eq(forum)
                .and(forum_tables::table_number.eq(table_number)),
        )
        .first(db)
        .optional()
}

/// How many counted notes each table of a forum has.
pub(in crate::forums) fn note_counts(
    db: &mut Db,
    forum: &ForumId,
) -> QueryResult<BTreeMap<TableId, i64>> {
    let rows: Vec<(TableId, i64)> = forum_tables::table
        .inner_join(comments::table)
        .filter(
            forum_tables::forum_id
                .eq(forum)
                .and(comments::status.eq(Status::Counted)),
        )
        .group_by(forum_tables::id)
        .select((forum_tables::id, count_star()))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// Adds a table. Does nothing if it exists with the same number of people.
pub(in crate::forums) fn add_table(
    db: &mut Db,
    actor: &Actor,
    forum: &ForumId,
    table_number: i32,
    present: i32,
) -> QueryResult<Result<(), TableFault>> {
    lock(db, forum)?;
    if let Some(there) = table(db, forum, table_number)? {
        return Ok(if there.present == present {
            Ok(())
        } else {
            Err(TableFault::Taken(there.present))
        });
    }
    let number = take_changes(db, 1)?;
    let table = Table {
        id: TableId::new(),
        forum_id: forum.clone(),
        table_number,
        present,
        number,
    };
    diesel::insert_into(forum_tables::table)
        .values(&table)
        .execute(db)?;
    audit::record(
        db,
        actor,
        "table.added",
        "forum",
        forum.as_str(),
        &(table_number, present),
    )?;
    Ok(Ok(()))
}

/// Sets how many people sit at a table. Can't be less than the number that one of its notes speaks for.
pub(in crate::forums) fn set_present(
    db: &mut Db,
    actor: &Actor,
    table: &Table,
    present: i32,
) -> QueryResult<Result<(), TableFault>> {
    let number = take_changes(db, 1)?;
    let most: Option<i32> = comments::table
        .filter(
            comments::table_id
                .eq(&table.id)
                .and(comments::status.eq(Status::Counted)),
        )
        .select(max(comments::speaks_for))
        .first(db)?;
    if let Some(most) = most.filter(|most| *most > present) {
        return Ok(Err(TableFault::SpokenFor(most)));
    }
    diesel::update(forum_tables::table.find(&table.id))
        .set((
            forum_tables::present.eq(present),
            forum_tables::number.eq(number),
        ))
        .execute(db)?;
    audit::record(
        db,
        actor,
        "table.changed",
        "forum",
        table.forum_id.as_str(),
        &(table.table_number, present),
    )?;
    Ok(Ok(()))
}
