//! Cross-site protection: a form that changes something must come from one of our pages.

use actix_web::dev::ServiceRequest;
use actix_web::http::header;

/// The first path segments that accept a form from an old browser that sends neither header. These are public pages
/// that families and neighbors use without an account.
const PUBLIC: &[&str] = &["s", "f", "r", "follow"];

/// Allows a change if `Sec-Fetch-Site` says it comes from this site. Without that header, `Origin` must be in
/// `origins`. Without either, only public forms are allowed.
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
