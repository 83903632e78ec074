//! Rows of surveys and their revisions.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::document::Document;
use crate::accounts::AccountId;
use crate::db::{Json, text_enum, text_id};
use crate::district::RoundId;
use crate::schema::{revisions, surveys};

text_id! {
    /// Names a survey.
    SurveyId,
    /// Names a revision.
    RevisionId,
}

text_enum! {
    /// A survey's life.
    State {
        /// Being written.
        Draft = "draft",
        /// Taking answers.
        Open = "open",
        /// Takes no more.
        Closed = "closed",
    }
}

/// A survey, with the document that is being written; what people see is the latest revision.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = surveys)]
pub struct Survey {
    /// Names it.
    pub id: SurveyId,
    /// The round that it belongs to.
    pub round_id: RoundId,
    /// In addresses.
    pub slug: String,
    /// Its life.
    pub state: State,
    /// As it is being written.
    pub document: Json<Document>,
    /// The number of the latest revision; 0 before it was ever published.
    pub revision: i32,
    /// When it was made, in UTC.
    pub created_at: NaiveDateTime,
    /// When it was first published.
    pub opened_at: Option<NaiveDateTime>,
    /// When it was closed.
    pub closed_at: Option<NaiveDateTime>,
}

/// One wording that a revision changed, so that results can say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What was changed, as `item: part (language)`.
    pub part: String,
    /// The words before.
    pub before: String,
    /// The words after.
    pub after: String,
}

/// A document as it was published; never changed.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = revisions)]
pub struct Revision {
    /// Names it.
    pub id: RevisionId,
    /// Whose.
    pub survey_id: SurveyId,
    /// From 1.
    pub number: i32,
    /// What people see.
    pub document: Json<Document>,
    /// What it corrected in the one before.
    pub corrections: Json<Vec<Correction>>,
    /// Who published it; none for the command line.
    pub published_by: Option<AccountId>,
    /// When, in UTC.
    pub published_at: NaiveDateTime,
}
