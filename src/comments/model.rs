//! Rows of the ledger.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::{text_enum, text_id};
use crate::keys::{AccountId, BatchId, ResponseId, RoundId, TableId};
use crate::schema::comments;
use crate::surveys::{Intent, SurveyId};

text_id! {
    /// Names a comment.
    CommentId
}

text_enum! {
    /// Where a comment comes from. The last three count no people.
    Source {
        /// An answer to an open question.
        Response = "response",
        /// A table's note at a forum.
        Note = "note",
        /// An interview.
        Interview = "interview",
        /// A statement of an imported file.
        Import = "import",
        /// A passage of a document.
        Document = "document",
        /// A figure.
        Data = "data",
        /// Something that was observed.
        Observation = "observation",
    }
}

text_enum! {
    /// Whether something counts. Nothing that the tally follows is ever deleted.
    Status {
        /// It counts.
        Counted = "counted",
        /// Sent too fast, or with the field filled that people do not see: counted apart.
        Suspected = "suspected",
        /// Kept and marked: on no public page and in no count.
        SetAside = "set-aside",
        /// Taken back by the one who said it.
        Withdrawn = "withdrawn",
        /// A newer text stands in its place.
        Replaced = "replaced",
        /// It waited on a phone until after the closing: kept apart until a planner takes it in or leaves it out.
        Late = "late",
    }
}

text_enum! {
    /// An import's life.
    BatchState {
        /// Its rows are being written and count nowhere.
        Loading = "loading",
        /// Its rows count.
        Live = "live",
        /// Taken back: its rows count nowhere.
        Undone = "undone",
    }
}

/// One thing that one person or one table said.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = comments, treat_none_as_default_value = false)]
pub struct Comment {
    /// Names it; also its public address, once released.
    pub id: CommentId,
    /// The round in which it was said.
    pub round_id: RoundId,
    /// Where it comes from.
    pub source: Source,
    /// The survey that asked, where one did.
    pub survey_id: Option<SurveyId>,
    /// The response that it is part of.
    pub response_id: Option<ResponseId>,
    /// The table whose note it is.
    pub table_id: Option<TableId>,
    /// What its file calls it; empty for what was said here.
    pub label: String,
    /// The item, or the prompt, that asked.
    pub item_key: String,
    /// What was asked for.
    pub intent: Intent,
    /// The language of the words, as a tag.
    pub language: String,
    /// The words, never changed.
    pub text: String,
    /// For a note: how many at the table it speaks for; otherwise 1.
    pub speaks_for: i32,
    /// Whether it counts.
    pub status: Status,
    /// Why it was set aside, in words; else empty.
    pub status_reason: String,
    /// Who released it to the public.
    pub released_by: Option<AccountId>,
    /// When, in UTC.
    pub released_at: Option<NaiveDateTime>,
    /// The import that brought it.
    pub batch_id: Option<BatchId>,
    /// Its place in the order of changes; 0 while its batch is not live, the batch's number counting instead.
    pub number: i64,
}

/// What is known of a comment before it is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComment {
    /// The item, or the prompt, that asked.
    pub item_key: String,
    /// What was asked for.
    pub intent: Intent,
    /// The language of the words, as a tag.
    pub language: String,
    /// The words.
    pub text: String,
}

/// A comment with what is known of who said it; only for those who may see rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// The comment.
    pub comment: Comment,
    /// The group that its speaker said.
    pub group: Option<String>,
    /// The schools that its speaker said.
    pub schools: Vec<String>,
}
