//! Pages to weigh, rank, and decide priorities, and to set the outcome of every theme.

mod list;
mod outcomes;
mod show;
mod weighed;

use actix_web::web;

use crate::web::Samples;

/// `/desk/rounds/{round}/priorities…`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::scope("/desk/rounds/{round}/priorities")
            .service(web::resource("").get(list::show).post(list::add))
            .route("/order", web::post().to(list::order))
            .service(
                web::resource("/outcomes")
                    .get(outcomes::show)
                    .post(outcomes::save),
            )
            .service(
                web::resource("/{priority}")
                    .get(show::show)
                    .post(show::save),
            )
            .route("/{priority}/decide", web::post().to(show::decide))
            .route("/{priority}/undo", web::post().to(show::undo_decision))
            .route("/{priority}/delete", web::post().to(show::delete)),
    );
}

/// All pages of this module with their samples.
pub fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<list::PrioritiesPage>(),
        Samples::of::<show::PriorityPage>(),
        Samples::of::<outcomes::OutcomesPage>(),
    ]
}
