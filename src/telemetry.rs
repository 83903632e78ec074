//! Logging. Each request gets a line with its route's pattern, never its address: an address could hold a token or a name.

use std::time::Instant;

use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use tracing::Level;
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

use crate::config::Config;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Starts logging to standard error.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    // Tests start it more than once; the first one stays.
    let _ = if config.log_format == "json" {
        subscriber.json().try_init()
    } else {
        subscriber.try_init()
    };
}

/// A request in progress.
pub(crate) struct UnderWay {
    id: String,
    method: Method,
    started: Instant,
}

impl UnderWay {
    /// Gives the request an id.
    pub(crate) fn begin(method: &Method) -> Self {
        Self {
            id: Uuid::new_v4().simple().to_string(),
            method: method.clone(),
            started: Instant::now(),
        }
    }

    /// The id that the log and the error page show.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Logs the outcome and adds the id to the response.
    pub(crate) fn end(self, response: &mut ServiceResponse) {
        if tracing::enabled!(Level::DEBUG) {
            let route = response.request().match_pattern();
            let route = route.as_deref().unwrap_or("no route");
            let milliseconds =
                u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
            tracing::debug!(request = %self.id, method = %self.method, route, status = response.status().as_u16(), milliseconds, "answered");
        }
        if let Ok(value) = HeaderValue::try_from(self.id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
    }
}
