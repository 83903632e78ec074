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
    let response = if origin::allows(&request, &app.origins) {
        next.call(request).await?
    } else {
        request.error_response(Error::ForeignOrigin)
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
