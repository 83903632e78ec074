//! Paper: the printable version of a survey, and the desk pages where staff enter responses that came on paper, by
//! phone or in person.
//!
//! A batch is a stack of sheets with the same wording: one language, one revision, one day, one channel. Each sheet is a
//! normal response that goes through the same intake, plus its number in the batch and why questions have no answer. A
//! sheet has no receipt: to have it changed, a person brings its batch and number to the office.

mod entry;
mod faults;
mod marks;
mod model;
mod pages;
mod reading;
mod rules;
mod store;

use actix_web::web;

pub use marks::{Mark, Marked, Marks};
pub use model::{PaperBatch, PaperBatchId};
pub(super) use store::sheets_of;

/// `/s/{slug}/paper`, `/desk/surveys/{survey}/paper` and below
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    pages::routes(cfg);
}

/// Every page here with its samples.
pub(super) fn samples() -> Vec<crate::web::Samples> {
    pages::samples()
}
