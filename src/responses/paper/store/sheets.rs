//! Queries that read sheets: lists, marks and single sheets.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use crate::comments::Status;
use crate::db::{Db, Json, PAGE_SIZE, Paging};
use crate::keys::ResponseId;
use crate::responses::model::Response;
use crate::responses::paper::marks::{Mark, Marks};
use crate::responses::paper::model::{PaperBatchId, PaperSheet};
use crate::schema::{comments as comment_rows, paper_batches, paper_sheets, responses};
use crate::surveys::SurveyId;

/// A sheet in the list of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::responses::paper) struct SheetLine {
    pub(in crate::responses::paper) sheet: i32,
    pub(in crate::responses::paper) status: Status,
    pub(in crate::responses::paper) marks: Marks,
    /// How many questions it answers.
    pub(in crate::responses::paper) answers: usize,
}

/// A sheet with everything it says.
#[derive(Clone, Debug)]
pub(in crate::responses::paper) struct StoredSheet {
    pub(in crate::responses::paper) response: Response,
    pub(in crate::responses::paper) marks: Marks,
    /// The language of its text, by item.
    pub(in crate::responses::paper) languages: BTreeMap<String, String>,
}

/// How many sheets of each batch of a survey count.
pub(in crate::responses::paper) fn counted(
    db: &mut Db,
    survey: &SurveyId,
) -> QueryResult<BTreeMap<PaperBatchId, i64>> {
    let rows: Vec<(PaperBatchId, i64)> = paper_sheets::table
        .inner_join(responses::table)
        .filter(
            responses::survey_id
                .eq(survey)
                .and(responses::status.eq(Status::Counted)),
        )
        .group_by(paper_sheets::batch_id)
        .select((paper_sheets::batch_id, diesel::dsl::count_star()))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// The marks of every sheet of a survey that counts.
pub(in crate::responses::paper) fn marks_of(
    db: &mut Db,
    survey: &SurveyId,
) -> QueryResult<Vec<Marks>> {
    let rows: Vec<Json<Marks>> = paper_sheets::table
        .inner_join(responses::table)
        .filter(
            responses::survey_id
                .eq(survey)
                .and(responses::status.eq(Status::Counted)),
        )
        .order(paper_sheets::response_id)
        .select(paper_sheets::marks)
        .load(db)?;
    Ok(rows.into_iter().map(|marks| marks.0).collect())
}

/// The marks of every sheet of a batch that counts.
pub(in crate::responses::paper) fn marks_in(
    db: &mut Db,
    batch: &PaperBatchId,
) -> QueryResult<Vec<Marks>> {
    let rows: Vec<Json<Marks>> = paper_sheets::table
        .inner_join(responses::table)
        .filter(
            paper_sheets::batch_id
                .eq(batch)
                .and(responses::status.eq(Status::Counted)),
        )
        .order(paper_sheets::sheet)
        .select(paper_sheets::marks)
        .load(db)?;
    Ok(rows.into_iter().map(|marks| marks.0).collect())
}

/// The sheets of some responses: the name of the batch with the sheet's number, and the marks.
pub(in crate::responses) fn sheets_of(
    db: &mut Db,
    responses: &[&ResponseId],
) -> QueryResult<HashMap<ResponseId, (String, Marks)>> {
    let rows: Vec<(PaperSheet, String)> = paper_sheets::table
        .inner_join(paper_batches::table)
        .filter(paper_sheets::response_id.eq_any(responses))
        .select((paper_sheets::all_columns, paper_batches::name))
        .load(db)?;
    let named = |(sheet, batch): (PaperSheet, String)| {
        let name = format!("{batch} / {}", sheet.sheet);
        (sheet.response_id, (name, sheet.marks.0))
    };
    Ok(rows.into_iter().map(named).collect())
}

/// A page of a batch's current sheets, latest first.
pub(in crate::responses::paper) fn lines(
    db: &mut Db,
    batch: &PaperBatchId,
    page: Option<i64>,
) -> QueryResult<(Paging, Vec<SheetLine>)> {
    let now = || {
        paper_sheets::table.inner_join(responses::table).filter(
            paper_sheets::batch_id
                .eq(batch)
                .and(responses::status.ne(Status::Replaced)),
        )
    };
    let paging = Paging::new(page, now().count().get_result(db)?);
    let rows: Vec<(PaperSheet, Response)> = now()
        .order((paper_sheets::sheet.desc(), paper_sheets::response_id))
        .limit(PAGE_SIZE)
        .offset(paging.offset())
        .select((paper_sheets::all_columns, responses::all_columns))
        .load(db)?;
    let line = |(sheet, response): (PaperSheet, Response)| SheetLine {
        sheet: sheet.sheet,
        status: response.status,
        marks: sheet.marks.0,
        // The text of an "other" choice is part of its question's answer.
        answers: response
            .answers
            .keys()
            .filter(|key| !key.contains('.'))
            .count(),
    };
    Ok((paging, rows.into_iter().map(line).collect()))
}

/// The current sheet of a batch with a number.
pub(in crate::responses::paper) fn sheet(
    db: &mut Db,
    batch: &PaperBatchId,
    number: i32,
) -> QueryResult<Option<StoredSheet>> {
    let Some((sheet, response)) = current(db, batch, number)? else {
        return Ok(None);
    };
    let languages: Vec<(String, String)> = comment_rows::table
        .filter(
            comment_rows::response_id
                .eq(&response.id)
                .and(comment_rows::status.ne(Status::Replaced)),
        )
        .select((comment_rows::item_key, comment_rows::language))
        .load(db)?;
    Ok(Some(StoredSheet {
        response,
        marks: sheet.marks.0,
        languages: languages.into_iter().collect(),
    }))
}

pub(super) fn current(
    db: &mut Db,
    batch: &PaperBatchId,
    number: i32,
) -> QueryResult<Option<(PaperSheet, Response)>> {
    paper_sheets::table
        .inner_join(responses::table)
        .filter(
            paper_sheets::batch_id
                .eq(batch)
                .and(paper_sheets::sheet.eq(number))
                .and(responses::status.ne(Status::Replaced)),
        )
        .select((paper_sheets::all_columns, responses::all_columns))
        .first(db)
        .optional()
}

/// How often each mark occurs, by part of a question.
pub(in crate::responses::paper) fn tallied(marks: &[Marks]) -> BTreeMap<(String, Mark), usize> {
    let mut counts = BTreeMap::new();
    for (part, marked) in marks.iter().flatten() {
        *counts.entry((part.clone(), marked.mark)).or_insert(0) += 1;
    }
    counts
}
