//! The sign-in and audit pages.

mod audit;
mod sign_in;

use actix_web::web;

use crate::web::Samples;

/// `/sign-in`, `/sign-out`, `/desk/audit`
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/sign-in")
            .get(sign_in::show)
            .post(sign_in::submit),
    )
    .route("/sign-out", web::post().to(sign_in::sign_out))
    .route("/desk/audit", web::get().to(audit::show));
}

/// The pages of this module with their samples.
pub fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<sign_in::SignInPage>(),
        Samples::of::<audit::AuditPage>(),
    ]
}
