//! The planner's rooms for words: themes and what they catch, the codebook, keywords, and the ledger of remarks.

mod chips;
mod codebook;
mod keywords;
mod ledger;
mod list;
mod rows;
mod show;

use actix_web::web;

/// `/desk/rounds/{round}/…`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::scope("/desk/rounds/{round}")
            .route("/themes", web::get().to(list::show))
            .service(
                web::resource("/themes/{theme}")
                    .get(show::show)
                    .post(show::save),
            )
            .service(
                web::resource("/codebook")
                    .get(codebook::show)
                    .post(codebook::save),
            )
            .route("/codebook.toml", web::get().to(codebook::download))
            .route("/keywords", web::get().to(keywords::show))
            .route("/remarks", web::get().to(ledger::show))
            .route("/remarks/{remark}/release", web::post().to(ledger::release))
            .route(
                "/remarks/{remark}/take-back",
                web::post().to(ledger::take_back),
            ),
    );
}
