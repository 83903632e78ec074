//! Error pages in the reader's language, and the only place that logs unexpected errors.

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, web};
use serde::Serialize;

use crate::accounts::Visit;
use crate::app::App;
use crate::error::Error;
use crate::web::languages::FALLBACK;
use crate::web::{Page, Samples};

/// An error page.
#[derive(Debug, Serialize)]
struct ErrorPage {
    /// The status, as a number.
    pub status: u16,
    /// The error's name in Fluent keys: `error-{name}-title` and `error-{name}-text`.
    pub name: String,
    /// The reason in plain words, if there is one.
    pub reason: Option<String>,
    /// The progress of building the index, if the page is waiting for it.
    pub percent: Option<u8>,
    /// The request id in the log, for errors on our side.
    pub request_id: Option<String>,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "error.html";

    fn samples() -> Vec<Self> {
        let page = |status, name: &str| Self {
            status,
            name: name.to_owned(),
            reason: None,
            percent: None,
            request_id: None,
        };
        vec![
            page(404, "not-found"),
            page(403, "forbidden"),
            page(403, "foreign-origin"),
            page(413, "too-large"),
            page(429, "slow"),
            page(503, "busy"),
            Self {
                percent: Some(40),
                ..page(503, "counting")
            },
            Self {
                reason: Some("This survey is closed.".to_owned()),
                ..page(410, "gone")
            },
            Self {
                reason: Some(
                    "Someone else changed this page. Reload it to see the changes.".to_owned(),
                ),
                ..page(409, "conflict")
            },
            Self {
                reason: Some("There is no month 13.".to_owned()),
                ..page(422, "invalid")
            },
            Self {
                request_id: Some("7f0c".to_owned()),
                ..page(500, "internal")
            },
        ]
    }
}

/// The pages of this module with their samples.
pub(super) fn samples() -> Vec<Samples> {
    vec![Samples::of::<ErrorPage>()]
}

/// Adds a page to every error, and to an address that has no page to show.
pub(super) async fn with_page(response: ServiceResponse, request_id: &str) -> ServiceResponse {
    let cause = response.response().error();
    let foreign = cause.and_then(|_| translated(response.status()));
    let ours = cause.and_then(actix_web::Error::as_error::<Error>);
    let nothing = is_nothing(&response).then_some(&Error::NotFound);
    match ours.or(foreign.as_ref()).or(nothing) {
        None | Some(Error::SignIn(_)) => response,
        Some(error) => page(response.request(), error, request_id).await,
    }
}

/// Converts an error from the framework's extractors to [`Error`].
fn translated(status: StatusCode) -> Option<Error> {
    match status {
        StatusCode::NOT_FOUND => Some(Error::NotFound),
        status if status.is_client_error() => Some(Error::BadRequest(
            "We couldn’t read the address or the form. Please go back and try again.".to_owned(),
        )),
        _ => None,
    }
}

/// Whether there's no page to show: the address is unknown or accepts only forms.
fn is_nothing(response: &ServiceResponse) -> bool {
    let status = response.status();
    let is_read = response.request().method() == Method::GET;
    let is_bare = matches!(
        response.response().body().size(),
        BodySize::None | BodySize::Sized(0)
    );
    is_bare
        && (status == StatusCode::NOT_FOUND || status == StatusCode::METHOD_NOT_ALLOWED && is_read)
}

async fn page(request: &HttpRequest, error: &Error, request_id: &str) -> ServiceResponse {
    if let Error::Internal(cause) = error {
        tracing::error!(request = %request_id, error = format!("{cause:#}"), "a request failed");
    }
    let mut response = actix_web::ResponseError::error_response(error);
    let context = ErrorPage {
        status: response.status().as_u16(),
        name: error.name().to_owned(),
        reason: error.reason().map(str::to_owned),
        percent: if let Error::Counting(percent) = error {
            Some(*percent)
        } else {
            None
        },
        request_id: matches!(error, Error::Internal(_)).then(|| request_id.to_owned()),
    };
    if let Some(body) = body(request, &context).await {
        response.headers_mut().insert(
            actix_web::http::header::CONTENT_TYPE,
            actix_web::http::header::HeaderValue::from_static("text/html; charset=utf-8"),
        );
        response = response.set_body(BoxBody::new(body));
    }
    ServiceResponse::new(request.clone(), response)
}

/// The page's HTML. If the visit can't be read (the database is busy), renders without it.
async fn body(request: &HttpRequest, context: &ErrorPage) -> Option<String> {
    let app = request.app_data::<web::Data<App>>()?;
    let visit = Visit::of(request)
        .await
        .unwrap_or_else(|_| Visit::plain(FALLBACK, request.path(), None));
    let rendered = visit.render(app, context);
    rendered
        .inspect_err(|error| tracing::error!(error = %error, "the error page cannot be rendered"))
        .ok()
}
