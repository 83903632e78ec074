//! The desk's first page: how the round goes and what needs whoever signed in; and its page of languages. It comes last
//! because it reads all.

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

/// Every page here with its samples.
pub fn samples() -> Vec<Samples> {
    pages::samples()
}
