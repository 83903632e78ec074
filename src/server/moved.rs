//! Redirects from old addresses, so links in emails, minutes, and bookmarks still work.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

/// Addresses from when comments were called remarks.
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/heard/{round}/remarks/{comment}", web::get().to(moved))
        .route("/desk/rounds/{round}/remarks", web::get().to(moved));
}

/// 308 to the current address, with the query string.
async fn moved(request: HttpRequest) -> HttpResponse {
    let now = request
        .uri()
        .to_string()
        .replacen("/remarks", "/comments", 1);
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, now))
        .finish()
}
