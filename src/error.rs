//! The error type of Chorus: what went wrong, its HTTP status, and its page.
//!
//! Invalid input isn't an error: the form is shown again with the reason (422). An error stops the handler. Unexpected
//! errors are logged once, in `server`, and shown as a generic page with a request id.

use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// An error that stops a request or a command.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There's nothing at this address, or this viewer may not see it.
    #[error("not found")]
    NotFound,
    /// The page is for staff and nobody is signed in. Holds the path to return to.
    #[error("please sign in")]
    SignIn(String),
    /// The signed-in account lacks the required grant.
    #[error("you do not have access")]
    Forbidden,
    /// The form came from another site or doesn't say where it came from.
    #[error("this form was sent from another site")]
    ForeignOrigin,
    /// The body couldn't be read as a form. Holds the reason in plain words.
    #[error("{0}")]
    BadRequest(String),
    /// A file or a value isn't valid. Holds the reason in plain words.
    #[error("{0}")]
    Invalid(String),
    /// The request conflicts with the current state. Holds the reason in plain words.
    #[error("{0}")]
    Conflict(String),
    /// The page existed but is permanently closed.
    #[error("{0}")]
    Gone(String),
    /// The body is larger than the limit, in bytes.
    #[error("the form is larger than {0} bytes")]
    TooLarge(usize),
    /// Too many attempts.
    #[error("too many tries; try again in {} seconds", .retry_after.as_secs())]
    Slow {
        /// The time to wait before trying again.
        retry_after: Duration,
    },
    /// The write queue is full, or no connection became available in time.
    #[error("busy; try again in a moment")]
    Busy,
    /// The index is still being built. Holds the progress in percent.
    #[error("still counting: {0}% done")]
    Counting(u8),
    /// Any other error.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// The result of most functions outside the stores.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Wraps any error as an internal error.
    pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(anyhow::Error::new(cause))
    }

    /// An internal error without an underlying cause.
    pub fn bug(what: impl std::fmt::Display) -> Self {
        Self::Internal(anyhow::anyhow!("{what}"))
    }

    /// The name used in Fluent keys: `error-{name}-title` and `error-{name}-text`.
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

    /// The reason to show to the user, if there is one.
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

/// Whether the database is locked by another connection or asks to retry the transaction.
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

    /// A response without a page. The middleware in `server` adds the page in the reader's language.
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
