//! Rows of batches and their sheets.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::marks::Marks;
use crate::accounts::AccountId;
use crate::db::{Json, text_id};
use crate::responses::{Channel, ResponseId};
use crate::schema::{paper_batches, paper_sheets};
use crate::surveys::SurveyId;

text_id! {
    /// Names a batch of sheets.
    PaperBatchId,
}

/// The channels by which answers come that a clerk types in.
pub(super) const CHANNELS: [Channel; 3] = [Channel::Paper, Channel::Phone, Channel::InPerson];

/// A pile of sheets of one wording.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = paper_batches, treat_none_as_default_value = false)]
pub struct PaperBatch {
    /// Names it.
    pub id: PaperBatchId,
    /// The survey whose sheets they are.
    pub survey_id: SurveyId,
    /// What people call it, such as `Lincoln, box 2`.
    pub name: String,
    /// How the answers came.
    pub channel: Channel,
    /// The language of the sheets.
    pub language: String,
    /// The revision of the sheets.
    pub revision: i32,
    /// The day on the sheets, in the district's zone.
    pub day: NaiveDate,
    /// Who began it; none for the command line.
    pub started_by: Option<AccountId>,
    /// When it was begun, in UTC.
    pub started_at: NaiveDateTime,
    /// When it was closed, in UTC; none while it takes sheets.
    pub closed_at: Option<NaiveDateTime>,
    /// The number of the last sheet; numbers are never given twice.
    pub last_sheet: i32,
}

/// What a response of a batch is beside a response. A corrected sheet has several: the one that counts, and tombstones.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = paper_sheets)]
pub(super) struct PaperSheet {
    /// The response.
    pub(super) response_id: ResponseId,
    /// Its batch.
    pub(super) batch_id: PaperBatchId,
    /// Its number in the batch, from 1.
    pub(super) sheet: i32,
    /// What the sheet said where it gave no answer.
    pub(super) marks: Json<Marks>,
}

/// The code at the foot of a printed sheet, by which a clerk finds its wording: `family · es · r3`.
pub(super) fn code(slug: &str, language: &str, revision: i32) -> String {
    format!("{slug} · {language} · r{revision}")
}
