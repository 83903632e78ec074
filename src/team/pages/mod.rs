//! The team pages and the person's own account page.

mod members;
mod own;

use actix_web::web;

use crate::web::Samples;

/// `/desk/team` and each person's page, `/desk/account`
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/desk/team")
            .get(members::show)
            .post(members::add),
    )
    .route("/desk/team/{account}", web::get().to(members::show_member))
    .route("/desk/team/{account}/grants", web::post().to(members::give))
    .route(
        "/desk/team/{account}/grants/{grant}/take",
        web::post().to(members::take),
    )
    .route(
        "/desk/team/{account}/disable",
        web::post().to(members::disable),
    )
    .route(
        "/desk/team/{account}/enable",
        web::post().to(members::enable),
    )
    .route(
        "/desk/team/{account}/password",
        web::post().to(members::set_password),
    )
    .service(
        web::resource("/desk/account")
            .get(own::show)
            .post(own::change_password),
    );
}

/// The pages of this module with their samples.
pub(super) fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<members::TeamPage>(),
        Samples::of::<members::PasswordPage>(),
        Samples::of::<members::MemberPage>(),
        Samples::of::<own::OwnPage>(),
    ]
}
