//! Remembers the language that a reader chose. The cookie holds only the tag and doesn't identify anyone.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse};

use super::languages::{Languages, choose};

/// The cookie that remembers a language.
pub const LANGUAGE_COOKIE: &str = "chorus_language";

/// How long a choice is kept: until the next round.
const KEPT: Duration = Duration::days(365);

/// The language of a request, from those offered: the one in the URL (`?lang=es`), or the one chosen before, or the
/// browser's preference, or the first one.
pub fn language_of<'a>(offered: &'a [String], request: &HttpRequest) -> &'a str {
    let is_offered = |tag: &String| offered.contains(tag);
    let wish = asked(request)
        .filter(is_offered)
        .or_else(|| chosen(request).filter(is_offered));
    let accepted = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    choose(offered, wish.as_deref(), accepted)
}

/// The language in the page's URL, unless it's already the remembered choice.
pub fn wish(request: &ServiceRequest, languages: &Languages) -> Option<String> {
    asked(request.request()).filter(|tag| {
        request.method() == Method::GET
            && languages.about(tag).is_some()
            && chosen(request.request()).as_ref() != Some(tag)
    })
}

/// Remembers a language so that the page's links don't have to carry it.
pub fn remember(
    response: &mut HttpResponse,
    tag: String,
    https: bool,
) -> Result<(), actix_web::Error> {
    let cookie = Cookie::build(LANGUAGE_COOKIE, tag)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(https)
        .max_age(KEPT)
        .finish();
    Ok(response.add_cookie(&cookie)?)
}

fn asked(request: &HttpRequest) -> Option<String> {
    url::form_urlencoded::parse(request.query_string().as_bytes())
        .find(|(name, _)| name == "lang")
        .map(|(_, tag)| tag.into_owned())
}

fn chosen(request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(LANGUAGE_COOKIE)?;
    Some(cookie.value().to_owned())
}
