//! Surveys: what a district asks, as documents with stable keys in several languages. A survey is a draft, open or
//! closed.

mod about;
mod class;
mod closing;
mod corrections;
mod document;
mod faults;
mod file;
mod given;
mod item;
mod kind;
mod life;
mod model;
mod pages;
mod progress;
mod reading;
mod ready;
mod rule;
#[cfg(test)]
pub(crate) mod samples;
mod store;
pub mod translation;

pub use about::{About, Audience, ReceiptUse};
pub use class::Class;
pub use closing::Acceptance;
pub use corrections::{Correction, corrections};
pub use document::{Document, Unit};
pub use faults::Fault;
pub use file::{parse_document, write_document};
pub use given::DistrictText;
pub use item::{Choice, Ends, Item, NO, NOT_APPLICABLE, OTHER, YES};
pub use kind::{Intent, ItemKind};
pub use life::{change, close, import_document, publish, take_translation};
pub use model::{Places, Revision, RevisionId, State, Survey, SurveyId, may_see};
pub use progress::{ByDay, Column, Participation, ProgressSource, SurveyProgress};
pub use rule::{Plain, Rule, Said, Test, Walk};
pub use store::{
    by_id, by_slug, in_round, insert_draft, latest_revision, open_surveys, places,
    published_documents, revision, unfinished,
};

/// `/desk/surveys` and below
pub fn routes(cfg: &mut actix_web::web::ServiceConfig) {
    pages::routes(cfg);
}

/// Every page here with its samples.
pub fn samples() -> Vec<crate::web::Samples> {
    pages::samples()
}
