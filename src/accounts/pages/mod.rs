//! Sign-in and the team.

mod sign_in;

use actix_web::web;

/// `/sign-in`, `/sign-out`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/sign-in")
            .get(sign_in::show)
            .post(sign_in::submit),
    )
    .route("/sign-out", web::post().to(sign_in::sign_out));
}
