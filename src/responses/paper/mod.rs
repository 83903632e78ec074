//! Paper: the printed twin of a survey, and the desk's pages where a clerk types in what came back on sheets, was said on the
//! phone or to staff.
//!
//! A batch is a pile of sheets of one wording: one language, one revision, one day, one channel. Each sheet of it is a response like
//! any other, checked by the same intake, with its number in the batch beside it and what the sheet said where it gave no answer.
//! A sheet has no receipt: to have it changed, a person brings its batch and number to the office.

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
