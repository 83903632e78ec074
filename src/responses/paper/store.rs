//! Every query about batches of sheets.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::marks::Marks;
use super::model::{PaperBatch, PaperBatchId, PaperSheet};
use crate::audit::{self, Actor};
use crate::comments::{self, Status};
use crate::db::{Db, Json, take_changes};
use crate::keys::ResponseId;
use crate::responses::model::Response;
use crate::responses::store::{Earlier, Submission, give_way, insert_all, keep_words};
use crate::responses::store::{comments_of, response};
use crate::schema::{comments as comment_rows, paper_batches, paper_sheets, responses};
use crate::surveys::SurveyId;

mod sheets;

use sheets::current;
pub(in crate::responses) use sheets::sheets_of;
pub(super) use sheets::{
    SheetLine, StoredSheet, counted, lines, marks_in, marks_of, sheet, tallied,
};

/// The subject of audit entries.
const SUBJECT: &str = "paper-batch";

/// A sheet that was entered and validated.
#[derive(Clone, Debug)]
pub(super) struct NewSheet {
    /// Its batch.
    pub(super) batch: PaperBatchId,
    /// Its response.
    pub(super) submission: Submission,
    /// Why questions have no answer.
    pub(super) marks: Marks,
}

/// The result of storing a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// It's stored under this number, now or by an earlier submission.
    Stored(i32),
    /// The same form already stored a different sheet under this number. Nothing was changed.
    Differs(i32),
    /// The batch takes no sheets, or the sheet is taken out. Nothing was changed.
    Closed,
}

/// Starts a batch.
pub(super) fn begin(db: &mut Db, actor: &Actor, batch: &PaperBatch) -> QueryResult<()> {
    diesel::insert_into(paper_batches::table)
        .values(batch)
        .execute(db)?;
    let detail =
        json!({ "channel": batch.channel, "language": batch.language, "revision": batch.revision });
    record(db, actor, "paper.batch-begun", &batch.id, &detail)
}

/// The batch with an ID.
pub(super) fn batch(db: &mut Db, id: &PaperBatchId) -> QueryResult<PaperBatch> {
    paper_batches::table.find(id).first(db)
}

/// The batches of a survey, latest first.
pub(super) fn batches(db: &mut Db, survey: &SurveyId) -> QueryResult<Vec<PaperBatch>> {
    paper_batches::table
        .filter(paper_batches::survey_id.eq(survey))
        .order((paper_batches::started_at.desc(), paper_batches::id))
        .load(db)
}

/// Stores a sheet under the next number of its batch: once for each submission key, however often it's submitted.
pub(super) fn store_sheet(db: &mut Db, actor: &Actor, new: &NewSheet) -> QueryResult<Typed> {
    // Allocate the number first: any other server that stores with this key has then either finished or waits.
    let number = take_changes(db, 1)?;
    let batch = locked(db, &new.batch)?;
    let before: Option<(PaperSheet, String)> = paper_sheets::table
        .inner_join(responses::table)
        .filter(
            responses::survey_id
                .eq(&new.submission.survey)
                .and(responses::identity.eq(&new.submission.submission_id)),
        )
        .select((paper_sheets::all_columns, responses::answers_digest))
        .first(db)
        .optional()?;
    if let Some((before, digest)) = before {
        let same = digest == new.submission.answers_digest && before.marks.0 == new.marks;
        return Ok(if same {
            Typed::Stored(before.sheet)
        } else {
            Typed::Differs(before.sheet)
        });
    }
    if batch.closed_at.is_some() {
        return Ok(Typed::Closed);
    }
    let sheet = batch.last_sheet + 1;
    diesel::update(paper_batches::table.find(&batch.id))
        .set(paper_batches::last_sheet.eq(sheet))
        .execute(db)?;
    let response = response(&new.submission, Status::Counted, number);
    insert_all(db, std::slice::from_ref(&response))?;
    let words = comments_of(&new.submission, &response, &new.submission.words);
    comments::insert_all(db, &words)?;
    add_sheet(db, new, &response.id, sheet)?;
    record(
        db,
        actor,
        "paper.sheet-typed",
        &batch.id,
        &json!({ "sheet": sheet }),
    )?;
    Ok(Typed::Stored(sheet))
}

/// Replaces the sheet with this number. The old sheet stays as a tombstone.
pub(super) fn correct_sheet(
    db: &mut Db,
    actor: &Actor,
    sheet: i32,
    new: &NewSheet,
) -> QueryResult<Typed> {
    let number = take_changes(db, 1)?;
    let batch = locked(db, &new.batch)?;
    let (before, earlier) =
        current(db, &new.batch, sheet)?.ok_or(diesel::result::Error::NotFound)?;
    if batch.closed_at.is_some() || earlier.status == Status::Withdrawn {
        return Ok(Typed::Closed);
    }
    let submission = Submission {
        submission_id: earlier.submission_id.clone(),
        ..new.submission.clone()
    };
    if before.marks.0 == new.marks && is_same(db, &earlier, &submission)? {
        return Ok(Typed::Stored(sheet));
    }
    let response = response(&submission, earlier.status, number);
    let earlier = Earlier::of(&earlier);
    give_way(db, &earlier, number)?;
    insert_all(db, std::slice::from_ref(&response))?;
    let words = keep_words(db, &earlier, &response, &submission.words)?;
    let words = comments_of(&submission, &response, words);
    comments::insert_all(db, &words)?;
    add_sheet(db, new, &response.id, sheet)?;
    record(
        db,
        actor,
        "paper.sheet-corrected",
        &batch.id,
        &json!({ "sheet": sheet }),
    )?;
    Ok(Typed::Stored(sheet))
}

/// Whether answers and the languages of their text match what is stored.
fn is_same(db: &mut Db, earlier: &Response, submission: &Submission) -> QueryResult<bool> {
    if earlier.answers_digest != submission.answers_digest {
        return Ok(false);
    }
    let mut stored: Vec<(String, String)> = comment_rows::table
        .filter(
            comment_rows::response_id
                .eq(&earlier.id)
                .and(comment_rows::status.ne(Status::Replaced)),
        )
        .select((comment_rows::item_key, comment_rows::language))
        .load(db)?;
    let words = submission.words.iter();
    let mut typed: Vec<(String, String)> = words
        .map(|words| (words.item_key.clone(), words.language.clone()))
        .collect();
    // Sort here, because each database engine sorts text in its own way.
    stored.sort();
    typed.sort();
    Ok(stored == typed)
}

/// Takes a sheet out of every count, or puts it back. Comments that were set aside stay set aside. Returns false if
/// there's nothing to do.
pub(super) fn set_counted(
    db: &mut Db,
    actor: &Actor,
    batch: &PaperBatchId,
    sheet: i32,
    counted: bool,
) -> QueryResult<bool> {
    let number = take_changes(db, 1)?;
    let batch = locked(db, batch)?;
    let (from, to, action) = if counted {
        (Status::Withdrawn, Status::Counted, "paper.sheet-put-back")
    } else {
        (Status::Counted, Status::Withdrawn, "paper.sheet-taken-out")
    };
    let (_, response) = current(db, &batch.id, sheet)?.ok_or(diesel::result::Error::NotFound)?;
    if batch.closed_at.is_some() || response.status != from {
        return Ok(false);
    }
    diesel::update(responses::table.find(&response.id))
        .set((responses::status.eq(to), responses::number.eq(number)))
        .execute(db)?;
    let words = comment_rows::response_id
        .eq(&response.id)
        .and(comment_rows::status.eq(from));
    diesel::update(comment_rows::table.filter(words))
        .set((comment_rows::status.eq(to), comment_rows::number.eq(number)))
        .execute(db)?;
    record(db, actor, action, &batch.id, &json!({ "sheet": sheet }))?;
    Ok(true)
}

/// Closes or reopens a batch.
pub(super) fn set_closed(
    db: &mut Db,
    actor: &Actor,
    batch: &PaperBatchId,
    closed_at: Option<NaiveDateTime>,
) -> QueryResult<()> {
    let batch = locked(db, batch)?;
    if batch.closed_at.is_some() == closed_at.is_some() {
        return Ok(());
    }
    diesel::update(paper_batches::table.find(&batch.id))
        .set(paper_batches::closed_at.eq(closed_at))
        .execute(db)?;
    let action = if closed_at.is_some() {
        "paper.batch-closed"
    } else {
        "paper.batch-opened"
    };
    record(
        db,
        actor,
        action,
        &batch.id,
        &json!({ "sheets": batch.last_sheet }),
    )
}

/// Adds an audit entry for reading a sheet.
pub(super) fn opened(
    db: &mut Db,
    actor: &Actor,
    batch: &PaperBatchId,
    sheet: i32,
) -> QueryResult<()> {
    record(
        db,
        actor,
        "paper.sheet-opened",
        batch,
        &json!({ "sheet": sheet }),
    )
}

/// Reads a batch and locks it against other writers until the transaction ends.
fn locked(db: &mut Db, id: &PaperBatchId) -> QueryResult<PaperBatch> {
    diesel::update(paper_batches::table.find(id))
        .set(paper_batches::last_sheet.eq(paper_batches::last_sheet))
        .returning(paper_batches::all_columns)
        .get_result(db)
}

fn add_sheet(db: &mut Db, new: &NewSheet, response: &ResponseId, sheet: i32) -> QueryResult<()> {
    let row = PaperSheet {
        response_id: response.clone(),
        batch_id: new.batch.clone(),
        sheet,
        marks: Json(new.marks.clone()),
    };
    diesel::insert_into(paper_sheets::table)
        .values(&row)
        .execute(db)
        .map(drop)
}

fn record(
    db: &mut Db,
    actor: &Actor,
    action: &str,
    batch: &PaperBatchId,
    detail: &serde_json::Value,
) -> QueryResult<()> {
    audit::record(db, actor, action, SUBJECT, batch.as_str(), detail)
}
