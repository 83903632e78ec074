//! The one error of Chorus: what went wrong, the status it answers with, and the page it shows.
//!
//! What a person typed wrongly is not an error: it is the form again with the reason (422). An error is what a
//! handler cannot answer. Anything unforeseen is logged once, here, and shown as an opaque page with a request id.

use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Everything that can stop a request or a command.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing is at this address, or not for this viewer.
    #[error("not found")]
    NotFound,
    /// The page is for staff and nobody is signed in; the path to come back to.
    #[error("please sign in")]
    SignIn(String),
    /// Signed in, but without the grant that this needs.
    #[error("you do not have access")]
    Forbidden,
    /// A form came from another site, or says not where it came from.
    #[error("this form was sent from another site")]
    ForeignOrigin,
    /// The body could not be read as a form: the reason in plain words.
    #[error("{0}")]
    BadRequest(String),
    /// A file or a value is not acceptable: the reason in plain words.
    #[error("{0}")]
    Invalid(String),
    /// What was asked does not fit what is there: the reason in plain words.
    #[error("{0}")]
    Conflict(String),
    /// It was here and is closed for good.
    #[error("{0}")]
    Gone(String),
    /// The body is larger than the limit, in bytes.
    #[error("the form is larger than {0} bytes")]
    TooLarge(usize),
    /// Too many tries; when to try again.
    #[error("too many tries; try again in {} seconds", .retry_after.as_secs())]
    Slow {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The queue of writes is full, or no connection came free in time.
    #[error("busy; try again in a moment")]
    Busy,
    /// The index is still being built: so many percent are done.
    #[error("still counting: {0}% done")]
    Counting(u8),
    /// All else.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// What most functions above the stores return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An internal error from any cause.
    pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(anyhow::Error::new(cause))
    }

    /// An internal error that no other error caused.
    pub fn bug(what: impl std::fmt::Display) -> Self {
        Self::Internal(anyhow::anyhow!("{what}"))
    }

    /// The name under which Fluent has this error's title and text, as `error-{name}-title`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::SignIn(_) => "sign-in",
            Self::Forbidden => "forbidden",
            Self::ForeignOrigin => "foreign-origin",
            Self::BadRequest(_) | Self::Invalid(_) => "invalid",
            Self::Conflict(_) => "conflict",
            Self::Gone(_) => "gone",
            Self::TooLarge(_) => "too-large",
            Self::Slow { .. } => "slow",
            Self::Busy => "busy",
            Self::Counting(_) => "counting",
            Self::Internal(_) => "internal",
        }
    }

    /// The reason in words that a person may read, where there is one.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::BadRequest(reason)
            | Self::Invalid(reason)
            | Self::Conflict(reason)
            | Self::Gone(reason) => Some(reason),
            _ => None,
        }
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            other if is_busy(&other) => Self::Busy,
            other => Self::internal(other),
        }
    }
}

/// Whether the engine said that somebody else holds the lock, or that it must be tried again.
pub fn is_busy(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(_, information) => {
            information.message().contains("database is locked")
        }
        _ => false,
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::Forbidden | Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Gone(_) => StatusCode::GONE,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Slow { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Counting(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A bare answer; the middleware in `web::errors` puts the page around it in the reader's language.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self {
            Self::SignIn(back) => {
                let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
                response.insert_header((header::LOCATION, format!("/sign-in?next={back}")));
            }
            Self::Slow { retry_after } => {
                response.insert_header((
                    header::RETRY_AFTER,
                    retry_after.as_secs().max(1).to_string(),
                ));
            }
            Self::Busy | Self::Counting(_) => {
                response.insert_header((header::RETRY_AFTER, "2"));
            }
            _ => {}
        }
        response.finish()
    }
}
