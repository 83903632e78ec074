//! The middleware around every handler.

use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{body::BoxBody, web};

use super::errors;
use crate::app::App;
use crate::error::Error;
use crate::telemetry::UnderWay;
use crate::web::{choice, compression, headers, origin};

/// Rejects cross-site forms, calls the handler, adds error pages, remembers the chosen language, compresses, adds
/// security headers, and writes the access log, in that order. It's one function because separate layers cost every
/// request more than the work they do.
pub(super) async fn around(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, actix_web::Error> {
    let under_way = UnderWay::begin(request.method());
    let app = request.app_data::<web::Data<App>>();
    let app = app.ok_or_else(|| Error::bug("no app"))?.clone();
    let https = app.config.is_https();
    let wish = choice::wish(&request, &app.languages);
    let request = answered_as_get(request);
    let refused = if !origin::allows(&request, &app.origins) {
        Some(Error::ForeignOrigin)
    } else if is_too_long(&request) {
        Some(Error::BadRequest(
            "This address is too long. Please remove some filters.".to_owned(),
        ))
    } else {
        None
    };
    let response = match refused {
        None => next.call(request).await?,
        Some(error) => request.error_response(error),
    };
    let mut response = errors::with_page(response, under_way.id()).await;
    if let Some(tag) = wish {
        choice::remember(response.response_mut(), tag, https)?;
    }
    let mut response = compression::shrink(response);
    headers::guard(response.headers_mut(), https);
    under_way.end(&mut response);
    Ok(response)
}

/// HEAD asks for what GET would answer, without its body; link checkers and mail scanners send it. The server leaves the
/// body out by itself.
fn answered_as_get(mut request: ServiceRequest) -> ServiceRequest {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    request
}

/// The longest query, in bytes: many filters and some words to search for.
const LONGEST_QUERY: usize = 4 * 1024;
/// The most values in a query. A page shows a chip for each filter, and each chip's link has all the others.
const MOST_VALUES: usize = 40;

/// Whether a query is longer than any that our pages link to.
fn is_too_long(request: &ServiceRequest) -> bool {
    let query = request.query_string();
    query.len() > LONGEST_QUERY || query.split('&').count() > MOST_VALUES
}
