//! The plan pages for staff: stages with dates, statements, and goals drafted from priorities.

mod goals;
mod show;
mod stages;
mod statements;
mod translation;

use actix_web::web;
use serde::Deserialize;

use crate::web::Samples;

/// `/desk/rounds/{round}/plan…`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::scope("/desk/rounds/{round}/plan")
            .route("", web::get().to(show::show))
            .route("/stages", web::post().to(stages::save))
            .route("/statements", web::post().to(statements::save))
            .route(
                "/statements/{id}/delete",
                web::post().to(statements::delete),
            )
            .route("/goals", web::post().to(goals::save))
            .route("/goals/{id}/delete", web::post().to(goals::delete))
            .route("/languages/{language}", web::get().to(translation::show))
            .route("/languages/{language}", web::post().to(translation::take))
            .route(
                "/languages/{language}/sheet.csv",
                web::get().to(translation::sheet),
            ),
    );
}

/// The pages with their samples.
pub fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<show::PlanPage>(),
        Samples::of::<translation::PlanTranslationPage>(),
    ]
}

/// A statement or goal in an address.
#[derive(Deserialize)]
struct PartAddress {
    round: String,
    id: String,
}

/// The address of a round's plan.
fn page_of(round: &str) -> String {
    format!("/desk/rounds/{round}/plan")
}
