//! Addresses that have changed. Links in mails, minutes and bookmarks go on working.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

/// The addresses from before a comment was called so.
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/heard/{round}/remarks/{comment}", web::get().to(moved))
        .route("/desk/rounds/{round}/remarks", web::get().to(moved));
}

/// 308 to the address that it has now, with its query.
async fn moved(request: HttpRequest) -> HttpResponse {
    let now = request
        .uri()
        .to_string()
        .replacen("/remarks", "/comments", 1);
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, now))
        .finish()
}
