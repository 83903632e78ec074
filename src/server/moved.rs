//! Redirects from old addresses, so links in emails, minutes, and bookmarks still work.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters to escape in a part of an address.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Addresses from when comments were called remarks.
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/heard/{round}/remarks/{comment}", web::get().to(comment))
        .route("/desk/rounds/{round}/remarks", web::get().to(ledger));
}

async fn comment(request: HttpRequest, place: web::Path<(String, String)>) -> HttpResponse {
    let (round, comment) = place.into_inner();
    moved(&request, &["heard", &round, "comments", &comment])
}

async fn ledger(request: HttpRequest, round: web::Path<String>) -> HttpResponse {
    moved(&request, &["desk", "rounds", &round, "comments"])
}

/// 308 to the current address, with the query string. It is built from the address's parts and not by replacing text, so
/// that a round called `remarks` keeps its name.
fn moved(request: &HttpRequest, parts: &[&str]) -> HttpResponse {
    let mut now = String::new();
    for part in parts {
        now.push('/');
        now.extend(utf8_percent_encode(part, PART));
    }
    if let Some(query) = request.uri().query() {
        now.push('?');
        now.push_str(query);
    }
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, now))
        .finish()
}
