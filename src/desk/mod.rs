//! The desk's first page, with the round's progress and the next tasks, and its languages page. It depends on all other
//! features.

mod needs;
mod pages;
mod picture;
mod waiting;

use actix_web::web;

use crate::web::Samples;

/// `/desk`, `/desk/languages`
pub fn routes(cfg: &mut web::ServiceConfig) {
    pages::routes(cfg);
}

/// The pages of this feature with their samples.
pub fn samples() -> Vec<Samples> {
    pages::samples()
}
