//! The public pages, and the desk's page that publishes them.

mod goal;
mod heard;
mod home;
mod plan;
mod priority;
mod public;
mod publish;
mod reading;
mod remark;
mod samples;
mod site;
mod theme;

use actix_web::web::{self, get, post};

/// The routes of this room.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/", get().to(home::show))
        .route("/heard", get().to(public::heard))
        .route("/heard/{round}", get().to(public::heard_in))
        .route("/heard/{round}/themes/{theme}", get().to(public::theme))
        .route("/heard/{round}/remarks/{remark}", get().to(public::remark))
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
            "/desk/rounds/{round}/publish/{snapshot}/take-back",
            post().to(publish::take_back),
        );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::samples::render;

    #[test]
    fn every_page_renders_in_every_language() {
        let pages = [
            render::<home::HomePage>(),
            render::<heard::HeardPage>(),
            render::<theme::ThemePage>(),
            render::<remark::RemarkPage>(),
            render::<plan::PlanPage>(),
            render::<priority::PriorityPage>(),
            render::<goal::GoalPage>(),
            render::<public::NotYetPage>(),
        ];
        for html in pages.concat() {
            assert!(!html.contains("<nine>"), "text is not escaped: {html}");
        }
    }
}
