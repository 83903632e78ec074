//! Rows of the ledger.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::{text_enum, text_id};
use crate::keys::{AccountId, BatchId, ResponseId, RoundId, TableId};
use crate::schema::comments;
use crate::surveys::{Intent, SurveyId};

text_id! {
    /// A comment's id.
    CommentId
}

text_enum! {
    /// Where a comment comes from. The last three sources don't count people.
    Source {
        /// An answer to an open question.
        Response = "response",
        /// A note from a table at a forum.
        Note = "note",
        /// An interview.
        Interview = "interview",
        /// A comment from an imported file.
        Import = "import",
        /// A passage from a document.
        Document = "document",
        /// A statistic.
        Data = "data",
        /// An observation.
        Observation = "observation",
    }
}

text_enum! {
    /// Whether something counts. Nothing that the tally follows is ever deleted.
    Status {
        /// It counts.
        Counted = "counted",
        /// Sent too fast, or with the hidden spam-trap field filled in. Counted separately.
        Suspected = "suspected",
        /// Kept but set aside by staff: on no public page and in no count.
        SetAside = "set-aside",
        /// Withdrawn by the person who said it.
        Withdrawn = "withdrawn",
        /// Replaced by a newer version.
        Replaced = "replaced",
        /// Reached us from a phone after the survey closed. Kept separate until a planner accepts or rejects it.
        Late = "late",
    }
}

text_enum! {
    /// The state of an import.
    BatchState {
        /// Its rows are still being written and don't count yet.
        Loading = "loading",
        /// Its rows count.
        Live = "live",
        /// Undone: its rows don't count.
        Undone = "undone",
    }
}

/// One thing that one person or one table said.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = comments, treat_none_as_default_value = false)]
pub struct Comment {
    /// The id; also part of its public address once released.
    pub id: CommentId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// The source.
    pub source: Source,
    /// The survey that asked, if any.
    pub survey_id: Option<SurveyId>,
    /// The response that it's part of.
    pub response_id: Option<ResponseId>,
    /// For a note, the table that wrote it.
    pub table_id: Option<TableId>,
    /// Its label in the imported file; empty if it wasn't imported.
    pub label: String,
    /// The key of the item or prompt that it answers.
    pub item_key: String,
    /// What the question asked for.
    pub intent: Intent,
    /// The language of the text, as a tag.
    pub language: String,
    /// The text, never changed.
    pub text: String,
    /// For a note, how many people at the table it speaks for; otherwise 1.
    pub speaks_for: i32,
    /// Whether it counts.
    pub status: Status,
    /// Why it was set aside; otherwise empty.
    pub status_reason: String,
    /// Who released it to the public.
    pub released_by: Option<AccountId>,
    /// When it was released, in UTC.
    pub released_at: Option<NaiveDateTime>,
    /// The import that it came from.
    pub batch_id: Option<BatchId>,
    /// Its position in the order of changes. It's 0 while its batch isn't live; the batch's number counts instead.
    pub number: i64,
}

/// What we know about a comment before it's in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComment {
    /// The key of the item or prompt that it answers.
    pub item_key: String,
    /// What the question asked for.
    pub intent: Intent,
    /// The language of the text, as a tag.
    pub language: String,
    /// The text.
    pub text: String,
}

/// A comment with what we know about its speaker. Only for accounts that may see rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// The comment.
    pub comment: Comment,
    /// The group that the speaker chose.
    pub group: Option<String>,
    /// The schools that the speaker chose.
    pub schools: Vec<String>,
}
