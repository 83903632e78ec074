//! The team: who runs this installation, what each may do where, and one's own account. It comes after whatever a grant
//! can be for.

mod form;
mod pages;
mod scopes;

use actix_web::web;

use crate::web::Samples;

/// `/desk/team` and each person of it, `/desk/account`
pub fn routes(cfg: &mut web::ServiceConfig) {
    pages::routes(cfg);
}

/// Every page here with its samples.
pub fn samples() -> Vec<Samples> {
    pages::samples()
}
