//! Sign-in and the team.

mod audit;
mod own;
mod scopes;
mod sign_in;
mod team;

use actix_web::web;

use crate::web::Samples;

/// `/sign-in`, `/sign-out`, `/desk/team`, `/desk/account`, `/desk/audit`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/sign-in")
            .get(sign_in::show)
            .post(sign_in::submit),
    )
    .route("/sign-out", web::post().to(sign_in::sign_out));
    cfg.service(web::resource("/desk/team").get(team::show).post(team::add))
        .route("/desk/team/{account}", web::get().to(team::show_member))
        .route("/desk/team/{account}/grants", web::post().to(team::give))
        .route(
            "/desk/team/{account}/grants/{grant}/take",
            web::post().to(team::take),
        )
        .route(
            "/desk/team/{account}/disable",
            web::post().to(team::disable),
        )
        .route("/desk/team/{account}/enable", web::post().to(team::enable))
        .route(
            "/desk/team/{account}/password",
            web::post().to(team::set_password),
        )
        .service(
            web::resource("/desk/account")
                .get(own::show)
                .post(own::change_password),
        )
        .route("/desk/audit", web::get().to(audit::show));
}

/// Every page here with its samples.
pub fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<sign_in::SignInPage>(),
        Samples::of::<team::TeamPage>(),
        Samples::of::<team::PasswordPage>(),
        Samples::of::<team::MemberPage>(),
        Samples::of::<own::OwnPage>(),
        Samples::of::<audit::AuditPage>(),
    ]
}
