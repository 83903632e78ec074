//! Sign-in and the team.

mod sign_in;

use actix_web::web;

use crate::web::Samples;

/// `/sign-in`, `/sign-out`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/sign-in")
            .get(sign_in::show)
            .post(sign_in::submit),
    )
    .route("/sign-out", web::post().to(sign_in::sign_out));
}

/// Every page here with its samples.
pub fn samples() -> Vec<Samples> {
    vec![Samples::of::<sign_in::SignInPage>()]
}
