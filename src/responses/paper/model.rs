//! Database rows for batches and their sheets.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::marks::Marks;
use crate::accounts::AccountId;
use crate::db::{Json, text_id};
use crate::responses::{Channel, ResponseId};
use crate::schema::{paper_batches, paper_sheets};
use crate::surveys::SurveyId;

text_id! {
    /// Identifies a batch of sheets.
    PaperBatchId,
}

/// The channels of responses that staff enter.
pub(super) const CHANNELS: [Channel; 3] = [Channel::Paper, Channel::Phone, Channel::InPerson];

/// A stack of sheets with the same wording.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = paper_batches, treat_none_as_default_value = false)]
pub struct PaperBatch {
    /// The batch's ID.
    pub id: PaperBatchId,
    /// The survey it belongs to.
    pub survey_id: SurveyId,
    /// Its name, such as `Lincoln, box 2`.
    pub name: String,
    /// How the responses came in.
    pub channel: Channel,
    /// The language of the sheets.
    pub language: String,
    /// The revision of the sheets.
    pub revision: i32,
    /// The date on the sheets, in the district's time zone.
    pub day: NaiveDate,
    /// Who started it. `None` for the command line.
    pub started_by: Option<AccountId>,
    /// When it was started, in UTC.
    pub started_at: NaiveDateTime,
    /// When it was closed, in UTC. `None` while it takes sheets.
    pub closed_at: Option<NaiveDateTime>,
    /// The number of the last sheet. Numbers are never reused.
    pub last_sheet: i32,
}

/// What a batch stores about a response. A corrected sheet has several rows: the one that counts, and tombstones.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = paper_sheets)]
pub(super) struct PaperSheet {
    /// The response.
    pub(super) response_id: ResponseId,
    /// Its batch.
    pub(super) batch_id: PaperBatchId,
    /// Its number in the batch, from 1.
    pub(super) sheet: i32,
    /// Why questions have no answer.
    pub(super) marks: Json<Marks>,
}

/// The code at the bottom of a printed sheet, which identifies its wording: `family · es · r3`.
pub(super) fn code(slug: &str, language: &str, revision: i32) -> String {
    format!("{slug} · {language} · r{revision}")
}
