//! The staff pages for comments: themes and their comments, the codebook, keywords, and the ledger.

mod changes;
mod chips;
mod codebook;
mod coded_round;
mod coverage;
mod desk_round;
mod keywords;
mod ledger;
mod list;
mod rows;
mod theme;

use actix_web::web;

use crate::web::Samples;

/// `/desk/rounds/{round}/…`. Not a scope, because that would capture the round's other routes.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/desk/rounds/{round}/themes", web::get().to(list::show))
        .service(
            web::resource("/desk/rounds/{round}/themes/{theme}")
                .get(theme::show)
                .post(theme::save),
        )
        .service(
            web::resource("/desk/rounds/{round}/codebook")
                .get(codebook::show)
                .post(codebook::save),
        )
        .route(
            "/desk/rounds/{round}/codebook.toml",
            web::get().to(codebook::download),
        )
        .route(
            "/desk/rounds/{round}/codebook.qdc",
            web::get().to(codebook::download_qdc),
        )
        .route(
            "/desk/rounds/{round}/codebook/changes/{before}/{after}",
            web::get().to(changes::show),
        )
        .route(
            "/desk/rounds/{round}/keywords",
            web::get().to(keywords::show),
        )
        .route("/desk/rounds/{round}/comments", web::get().to(ledger::show))
        .route(
            "/desk/rounds/{round}/comments/{comment}/release",
            web::post().to(ledger::release),
        )
        .route(
            "/desk/rounds/{round}/comments/{comment}/undo-release",
            web::post().to(ledger::undo_release),
        );
}

/// All pages of this module with their samples.
pub fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<list::ThemesPage>(),
        Samples::of::<theme::ThemePage>(),
        Samples::of::<codebook::CodebookPage>(),
        Samples::of::<changes::ChangesPage>(),
        Samples::of::<keywords::KeywordsPage>(),
        Samples::of::<ledger::LedgerPage>(),
    ]
}
