//! The team pages and the person's own account page.

mod member;
mod members;
mod own;
mod password;
mod person;

use actix_web::web;

use crate::web::Samples;

/// `/desk/team` and each person's page, `/desk/account`
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/desk/team")
            .get(members::show)
            .post(members::add),
    )
    .route("/desk/team/{account}", web::get().to(member::show))
    .route("/desk/team/{account}/grants", web::post().to(member::grant))
    .route(
        "/desk/team/{account}/grants/{grant}/take",
        web::post().to(member::revoke),
    )
    .route(
        "/desk/team/{account}/disable",
        web::post().to(member::disable),
    )
    .route(
        "/desk/team/{account}/enable",
        web::post().to(member::enable),
    )
    .route(
        "/desk/team/{account}/password",
        web::post().to(password::set_password),
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
        Samples::of::<password::PasswordPage>(),
        Samples::of::<member::MemberPage>(),
        Samples::of::<own::OwnPage>(),
    ]
}
