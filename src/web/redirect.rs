//! Where a browser goes after a form was taken, and the sentence that waits for it there.

use actix_web::HttpResponse;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;

/// The cookie that carries one sentence from a form to the page behind it.
pub const FLASH_COOKIE: &str = "chorus_flash";

/// Sends the browser to a page of ours after a form was taken.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .finish()
}

/// As [`see_other`], leaving the sentence `flash-{key}` for the page.
pub fn flash(path: &str, key: &str) -> HttpResponse {
    let cookie = Cookie::build(FLASH_COOKIE, key.to_owned())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish();
    let mut response = see_other(path);
    // A cookie made of our own key cannot be malformed; without it the page only lacks a sentence.
    let _ = response.add_cookie(&cookie);
    response
}
