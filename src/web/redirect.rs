//! Redirects after a form is accepted, and the message to show on the next page.

use actix_web::HttpResponse;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;

/// The cookie that carries a message to the next page.
pub const FLASH_COOKIE: &str = "chorus_flash";

/// Redirects to one of our pages after a form is accepted.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .finish()
}

/// Like [`see_other`], with the message `flash-{key}` for the next page.
pub fn flash(path: &str, key: &str) -> HttpResponse {
    let cookie = Cookie::build(FLASH_COOKIE, key.to_owned())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish();
    let mut response = see_other(path);
    // A cookie made from our own key is always valid. If adding it failed, the page would only lack the message.
    let _ = response.add_cookie(&cookie);
    response
}
