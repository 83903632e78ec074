//! Notes of tables: rows in the ledger of comments. A corrected note is a new comment, and the old one stays with the
//! status "replaced".

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::audit::{self, Actor};
use crate::comments::{self as ledger, Comment, CommentId, NewComment, Source, Status};
use crate::db::{Db, take_changes};
use crate::district::RoundId;
use crate::forums::model::{Forum, Table};
use crate::keys::ForumId;
use crate::schema::{comments, forum_tables};
use crate::surveys::Intent;

/// A note as a facilitator wrote it, validated against the forum's prompts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::forums) struct NoteDraft {
    /// The prompt, its intent, the language and the text.
    pub(in crate::forums) said: NewComment,
    /// How many people at the table it speaks for.
    pub(in crate::forums) speaks_for: i32,
}

/// Why a note was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::forums) enum NoteFault {
    /// It speaks for more people than sit at the table. Holds the number at the table.
    TooMany(i32),
    /// It was changed or withdrawn in the meantime.
    Changed,
    /// A form with the same key was already saved with different content.
    SaysOtherwise,
}

/// The counted and withdrawn notes of a table, latest change first.
pub(in crate::forums) fn notes(db: &mut Db, table: &Table) -> QueryResult<Vec<Comment>> {
    comments::table
        .filter(
            comments::table_id
                .eq(&table.id)
                .and(comments::status.eq_any([Status::Counted, Status::Withdrawn])),
        )
        .order((comments::number.desc(), comments::id))
        .load(db)
}

/// A note of a forum with its table.
pub(in crate::forums) fn note(
    db: &mut Db,
    forum: &ForumId,
    id: &CommentId,
) -> QueryResult<(Comment, Table)> {
    comments::table
        .inner_join(forum_tables::table)
        .filter(comments::id.eq(id).and(forum_tables::forum_id.eq(forum)))
        .select((comments::all_columns, forum_tables::all_columns))
        .first(db)
}

/// The keys and intents of the prompts that a forum's notes answer.
pub(in crate::forums) fn prompts_in_use(
    db: &mut Db,
    forum: &ForumId,
) -> QueryResult<BTreeSet<(String, Intent)>> {
    let rows: Vec<(String, Intent)> = comments::table
        .inner_join(forum_tables::table)
        .filter(forum_tables::forum_id.eq(forum))
        .select((comments::item_key, comments::intent))
        .distinct()
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// Everything a forum's tables have said, whatever its status: table number, prompt and text.
pub(in crate::forums) fn said_before(
    db: &mut Db,
    forum: &ForumId,
) -> QueryResult<BTreeSet<(i32, String, String)>> {
    let rows: Vec<(i32, String, String)> = comments::table
        .inner_join(forum_tables::table)
        .filter(forum_tables::forum_id.eq(forum))
        .select((
            forum_tables::table_number,
            comments::item_key,
            comments::text,
        ))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// Adds a note. Its ID is derived from the form's submission key, so a form that arrives twice is one note.
pub(in crate::forums) fn add_note(
    db: &mut Db,
    actor: &Actor,
    forum: &Forum,
    table: &Table,
    id: &CommentId,
    draft: &NoteDraft,
) -> QueryResult<Result<(), NoteFault>> {
    // Allocate the number first, so that nobody else can change the table or its notes from here on.
    let number = take_changes(db, 1)?;
    if let Some(before) = before(db, id)? {
        return Ok(before.says(table, draft));
    }
    if let Some(fault) = too_many(db, table, draft.speaks_for)? {
        return Ok(Err(fault));
    }
    let row = row(&forum.round_id, table, id.clone(), draft.clone(), number);
    ledger::insert_all(db, &[row])?;
    record(db, actor, "note.added", id)?;
    Ok(Ok(()))
}

/// Adds many notes of one forum, numbered from `number`.
pub(in crate::forums) fn add_notes(
    db: &mut Db,
    actor: &Actor,
    forum: &Forum,
    notes: Vec<(Table, NoteDraft)>,
    number: i64,
) -> QueryResult<()> {
    let rows = (number..).zip(notes).map(|(number, (table, draft))| {
        row(&forum.round_id, &table, CommentId::new(), draft, number)
    });
    let rows: Vec<Comment> = rows.collect();
    ledger::insert_all(db, &rows)?;
    audit::record(
        db,
        actor,
        "notes.imported",
        "forum",
        forum.id.as_str(),
        &rows.len(),
    )
}

/// Replaces an old note with a new one. The old one stays in the ledger as replaced.
pub(in crate::forums) fn correct_note(
    db: &mut Db,
    actor: &Actor,
    old: &CommentId,
    table: &Table,
    id: &CommentId,
    draft: &NoteDraft,
) -> QueryResult<Result<(), NoteFault>> {
    let number = take_changes(db, 2)?;
    if let Some(before) = before(db, id)? {
        return Ok(before.says(table, draft));
    }
    if let Some(fault) = too_many(db, table, draft.speaks_for)? {
        return Ok(Err(fault));
    }
    let counted = comments::table.filter(
        comments::id
            .eq(old)
            .and(comments::status.eq(Status::Counted)),
    );
    let round: Option<RoundId> = diesel::update(counted)
        .set((
            comments::status.eq(Status::Replaced),
            comments::number.eq(number),
        ))
        .returning(comments::round_id)
        .get_result(db)
        .optional()?;
    let Some(round) = round else {
        return Ok(Err(NoteFault::Changed));
    };
    let row = row(&round, table, id.clone(), draft.clone(), number + 1);
    ledger::insert_all(db, &[row])?;
    record(db, actor, "note.corrected", old)?;
    Ok(Ok(()))
}

/// Withdraws a note from every count. It can be put back.
pub(in crate::forums) fn withdraw_note(
    db: &mut Db,
    actor: &Actor,
    id: &CommentId,
) -> QueryResult<Result<(), NoteFault>> {
    let number = take_changes(db, 1)?;
    move_note(db, id, Status::Counted, Status::Withdrawn, number)?
        .map_or(Ok(Err(NoteFault::Changed)), |()| {
            record(db, actor, "note.withdrawn", id).map(Ok)
        })
}

/// Puts a withdrawn note back.
pub(in crate::forums) fn restore_note(
    db: &mut Db,
    actor: &Actor,
    table: &Table,
    id: &CommentId,
    speaks_for: i32,
) -> QueryResult<Result<(), NoteFault>> {
    let number = take_changes(db, 1)?;
    if let Some(fault) = too_many(db, table, speaks_for)? {
        return Ok(Err(fault));
    }
    move_note(db, id, Status::Withdrawn, Status::Counted, number)?
        .map_or(Ok(Err(NoteFault::Changed)), |()| {
            record(db, actor, "note.restored", id).map(Ok)
        })
}

/// Changes a note's status if it's still `from`.
fn move_note(
    db: &mut Db,
    id: &CommentId,
    from: Status,
    to: Status,
    number: i64,
) -> QueryResult<Option<()>> {
    let changed =
        diesel::update(comments::table.filter(comments::id.eq(id).and(comments::status.eq(from))))
            .set((comments::status.eq(to), comments::number.eq(number)))
            .execute(db)?;
    Ok((changed > 0).then_some(()))
}

/// A note that is already in the ledger under an ID.
struct Before(Comment);

impl Before {
    /// Accepts a repeated submission if it has the same content.
    fn says(&self, table: &Table, draft: &NoteDraft) -> Result<(), NoteFault> {
        let Self(row) = self;
        let same = row.table_id.as_ref() == Some(&table.id)
            && row.item_key == draft.said.item_key
            && row.text == draft.said.text
            && row.language == draft.said.language
            && row.speaks_for == draft.speaks_for;
        if same {
            Ok(())
        } else {
            Err(NoteFault::SaysOtherwise)
        }
    }
}

fn before(db: &mut Db, id: &CommentId) -> QueryResult<Option<Before>> {
    let row = comments::table.find(id).first(db).optional()?;
    Ok(row.map(Before))
}

/// The fault of a note that speaks for more people than now sit at its table.
fn too_many(db: &mut Db, table: &Table, speaks_for: i32) -> QueryResult<Option<NoteFault>> {
    let present: i32 = forum_tables::table
        .find(&table.id)
        .select(forum_tables::present)
        .first(db)?;
    Ok((speaks_for > present).then_some(NoteFault::TooMany(present)))
}

fn row(round: &RoundId, table: &Table, id: CommentId, draft: NoteDraft, number: i64) -> Comment {
    Comment {
        id,
        round_id: round.clone(),
        source: Source::Note,
        survey_id: None,
        response_id: None,
        table_id: Some(table.id.clone()),
        label: String::new(),
        item_key: draft.said.item_key,
        intent: draft.said.intent,
        language: draft.said.language,
        text: draft.said.text,
        speaks_for: draft.speaks_for,
        status: Status::Counted,
        status_reason: String::new(),
        released_by: None,
        released_at: None,
        batch_id: None,
        number,
    }
}

fn record(db: &mut Db, actor: &Actor, action: &str, id: &CommentId) -> QueryResult<()> {
    audit::record(db, actor, action, "comment", id.as_str(), &())
}
