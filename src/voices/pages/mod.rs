//! The public pages, and the desk page that publishes them.

mod basis;
mod comment;
mod gauge;
mod goal;
mod heard;
mod home;
mod plan;
mod priority;
mod public;
mod publish;
mod reading;
mod receipt;
mod sample_sites;
mod site;
mod suppression;
mod theme;

use actix_web::web::{self, get, post};

use crate::web::Samples;

/// The routes of this feature.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/", get().to(home::show))
        .service(
            web::resource("/r")
                .route(get().to(receipt::ask))
                .route(web::head().to(receipt::ask))
                .route(post().to(receipt::show)),
        )
        .route("/heard", get().to(public::heard))
        .route("/heard/{round}", get().to(public::heard_in))
        .route("/heard/{round}/themes/{theme}", get().to(public::theme))
        .route(
            "/heard/{round}/comments/{comment}",
            get().to(public::comment),
        )
        .route("/plan", get().to(public::plan))
        .route("/plan/{round}", get().to(public::plan_in))
        .route(
            "/plan/{round}/priorities/{priority}",
            get().to(public::priority),
        )
        .route("/plan/{round}/goals/{goal}", get().to(public::goal))
        .route("/desk/rounds/{round}/publish", get().to(publish::show))
        .route("/desk/rounds/{round}/publish", post().to(publish::submit))
        .route(
            "/desk/rounds/{round}/publish/preview/{page:.*}",
            get().to(publish::preview),
        )
        .route(
            "/desk/rounds/{round}/publish/{snapshot}/unpublish",
            post().to(publish::unpublish),
        );
}

/// Every page here with its samples.
pub fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<home::HomePage>(),
        Samples::of::<heard::HeardPage>(),
        Samples::of::<theme::ThemePage>(),
        Samples::of::<comment::CommentPage>(),
        Samples::of::<receipt::ReceiptPage>(),
        Samples::of::<receipt::ReceivedPage>(),
        Samples::of::<plan::PlanPage>(),
        Samples::of::<priority::PriorityPage>(),
        Samples::of::<goal::GoalPage>(),
        Samples::of::<public::NotYetPage>(),
        Samples::of::<publish::PublishPage>(),
    ]
}
