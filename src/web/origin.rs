//! The origin check: a form that changes something must come from a page of ours.

use actix_web::dev::ServiceRequest;
use actix_web::http::header;

/// The first part of the addresses to which an old browser that says neither may still send a form: what families and
/// neighbours fill in, without any account.
const PUBLIC: &[&str] = &["s", "f", "r", "follow"];

/// Lets a change through if the browser says that it comes from this site; without that word, if `Origin` is one of our
/// addresses, `origins`; without either, only public answers.
pub fn allows(request: &ServiceRequest, origins: &[String]) -> bool {
    request.method().is_safe() || is_ours(request, origins)
}

fn is_ours(request: &ServiceRequest, origins: &[String]) -> bool {
    let text = |name: header::HeaderName| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    if let Some(origin) = text(header::ORIGIN) {
        return origins.iter().any(|ours| ours == origin);
    }
    let first = request.path().split('/').nth(1);
    first.is_some_and(|segment| PUBLIC.contains(&segment))
}
