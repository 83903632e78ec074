//! The team: who runs this installation, their permissions, and each person's own account. It depends on every feature
//! that a grant can refer to.

mod form;
mod pages;
mod scopes;

use actix_web::web;

use crate::web::Samples;

/// `/desk/team` and each person's page, `/desk/account`
pub fn routes(cfg: &mut web::ServiceConfig) {
    pages::routes(cfg);
}

/// The pages of this feature with their samples.
pub fn samples() -> Vec<Samples> {
    pages::samples()
}
