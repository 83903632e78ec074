//! Surveys: what a district asks, as documents with stable keys, in several languages; draft, open, closed.

mod document;
mod model;
mod store;

pub use document::{
    Asks, Choice, Document, Ends, Fault, Item, ItemKind, Unit, is_key, parse_document,
    write_document,
};
pub use model::{Correction, Revision, RevisionId, State, Survey, SurveyId};
pub use store::{
    Places, by_id, by_slug, in_round, insert_draft, latest_revision, open_surveys, places, revision,
};
