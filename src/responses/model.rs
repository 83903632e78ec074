//! Rows of responses and of the imports that bring them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::comments::{BatchState, Status};
use crate::db::{Json, text_enum, text_id};
use crate::keys::{AccountId, BatchId, ResponseId};
use crate::schema::{batches, responses};
use crate::surveys::SurveyId;

text_id! {
    /// Names a vote.
    VoteId,
}

text_enum! {
    /// How an answer reached us.
    Channel {
        /// The pages of this program.
        Web = "web",
        /// A paper form, typed in.
        Paper = "paper",
        /// Said on the telephone.
        Phone = "phone",
        /// Said to somebody of ours.
        InPerson = "in-person",
        /// The file of another tool.
        Import = "import",
    }
}

/// What was answered to one item: keys, never words, except where words were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// A point of a scale.
    Number(i64),
    /// The key of a choice, of a group; or the words of an open answer.
    One(String),
    /// The keys of choices, or of schools, in the order of the survey; of a ranking in the order in which they were put.
    Several(Vec<String>),
    /// What each row of a matrix, or each choice that was given points, was answered with.
    Each(BTreeMap<String, Part>),
}

/// What was answered to one row, or given to one choice.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Part {
    /// A point of a scale, or a number of points.
    Number(i64),
    /// The key of a choice.
    One(String),
}

impl std::fmt::Display for Part {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(formatter),
            Self::One(key) => key.fmt(formatter),
        }
    }
}

/// Everything that was answered, by item key; the words of a last choice that asks to be explained under `item.other`.
/// What was left open, and what was hidden from who answered, has no entry.
pub type Answers = BTreeMap<String, Answer>;

/// What was answered to a field, as rules ask for it.
pub fn said(answers: &Answers, field: &str) -> Vec<String> {
    match answers.get(field) {
        Some(Answer::Number(number)) => vec![number.to_string()],
        Some(Answer::One(value)) => vec![value.clone()],
        Some(Answer::Several(keys)) => keys.clone(),
        Some(Answer::Each(parts)) => parts.values().map(Part::to_string).collect(),
        None => {
            let part = field
                .split_once('.')
                .and_then(|(key, part)| match answers.get(key) {
                    Some(Answer::Each(parts)) => parts.get(part),
                    _ => None,
                });
            part.map(Part::to_string).into_iter().collect()
        }
    }
}

/// One submitted response.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = responses, treat_none_as_default_value = false)]
pub struct Response {
    /// Names it.
    pub id: ResponseId,
    /// The survey that was answered.
    pub survey_id: SurveyId,
    /// Which wording was seen.
    pub revision: i32,
    /// What makes a second arrival the same: the digest of the submission key, or the row's identity in its file.
    pub identity: String,
    /// The digest of the receipt's code, which alone opens the response again; none for what was not sent on our pages.
    pub receipt: Option<String>,
    /// The digest of the answers.
    pub answers_digest: String,
    /// What was answered.
    pub answers: Json<Answers>,
    /// Who answered, as the source tells people apart: rows of one person count as one. The response's own id where every response is a person.
    pub person: String,
    /// The group that was said, or that the survey is for.
    pub group_key: Option<String>,
    /// The schools that were said; they may be several.
    pub schools: Json<Vec<String>>,
    /// The language of the form.
    pub language: String,
    /// How it reached us.
    pub channel: Channel,
    /// The day in the district's zone; no finer time is kept.
    pub day: NaiveDate,
    /// Whether it counts.
    pub status: Status,
    /// The import that brought it.
    pub batch_id: Option<BatchId>,
    /// Its place in the order of changes; 0 while its batch is not live, the batch's number counting instead.
    pub number: i64,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = batches, treat_none_as_default_value = false)]
pub struct Batch {
    /// Names it.
    pub id: BatchId,
    /// `responses` or `votes`.
    pub kind: String,
    /// The survey that it belongs to.
    pub survey_id: Option<SurveyId>,
    /// The file's name, without its folder.
    pub file_name: String,
    /// The file's SHA-256.
    pub file_digest: String,
    /// Its life.
    pub state: BatchState,
    /// How many rows it added.
    pub row_count: i64,
    /// When it began, in UTC.
    pub started_at: NaiveDateTime,
    /// Who began it; none for the command line.
    pub started_by: Option<AccountId>,
    /// Its place in the order of changes; 0 until it is live.
    pub number: i64,
}
