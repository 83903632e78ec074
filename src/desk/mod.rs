//! The desk's first page: where the round stands and what waits for whoever signed in. It comes last because it reads all.

mod pages;

use actix_web::web;

/// `/desk`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/desk").get(pages::home));
}
