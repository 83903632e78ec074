//! Database rows for responses and the imports that create them.

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
    /// Identifies a vote.
    VoteId,
}

text_enum! {
    /// How a response reached us.
    Channel {
        /// This program's pages.
        Web = "web",
        /// A paper form, entered by staff.
        Paper = "paper",
        /// By phone.
        Phone = "phone",
        /// In person, to a staff member.
        InPerson = "in-person",
        /// A file from another tool.
        Import = "import",
    }
}

/// The answer to one item: keys, never labels, except where the question asks for text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// A point of a scale.
    Number(i64),
    /// The key of a choice or a group, or the text of an open answer.
    One(String),
    /// The keys of choices or schools, in the survey's order. For a ranking, in the order of their ranks.
    Several(Vec<String>),
    /// The answer to each row of a matrix, or to each choice that got points.
    Each(BTreeMap<String, Part>),
}

/// The answer to one row, or the points of one choice.
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

/// All answers of a response, by item key. The text of an "other" choice is under `item.other`. Unanswered and hidden
/// questions have no entry.
pub type Answers = BTreeMap<String, Answer>;

/// The answer to a field, in the form that rules evaluate.
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
    /// The response's ID.
    pub id: ResponseId,
    /// The survey it answers.
    pub survey_id: SurveyId,
    /// The revision that the person saw.
    pub revision: i32,
    /// Identifies repeated submissions of the same response: the digest of the submission key, or the row's ID in its
    /// file.
    #[diesel(column_name = identity)]
    pub submission_id: String,
    /// The digest of the receipt code, which is the only way to open the response again. `None` for responses that
    /// weren't submitted on our pages.
    pub receipt: Option<String>,
    /// The digest of the answers.
    pub answers_digest: String,
    /// The answers.
    pub answers: Json<Answers>,
    /// The source's ID for the person. Rows of one person count once. The response's own ID if every response is a
    /// different person.
    pub person: String,
    /// The group from the answers, or else the one the survey is for.
    pub group_key: Option<String>,
    /// The schools from the answers. There can be several.
    pub schools: Json<Vec<String>>,
    /// The language of the form.
    pub language: String,
    /// How it reached us.
    pub channel: Channel,
    /// The day in the district's time zone. No exact time is stored.
    pub day: NaiveDate,
    /// Whether it counts.
    pub status: Status,
    /// The import that created it.
    pub batch_id: Option<BatchId>,
    /// Its position in the sequence of changes. 0 while its batch isn't live; the batch's number counts instead.
    pub number: i64,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = batches, treat_none_as_default_value = false)]
pub struct Batch {
    /// The batch's ID.
    pub id: BatchId,
    /// `responses` or `votes`.
    pub kind: String,
    /// The survey it belongs to.
    pub survey_id: Option<SurveyId>,
    /// The file's name, without the directory.
    pub file_name: String,
    /// The file's SHA-256.
    pub file_digest: String,
    /// The batch's state.
    pub state: BatchState,
    /// How many rows it added.
    pub row_count: i64,
    /// When it started, in UTC.
    pub started_at: NaiveDateTime,
    /// Who started it. `None` for the command line.
    pub started_by: Option<AccountId>,
    /// Its position in the sequence of changes. 0 until it's live.
    pub number: i64,
}
