//! A cookie that says which account a browser has signed in to before. It opens nothing. It only keeps people who guess
//! passwords elsewhere from using up the attempts of those who work here.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};

use crate::config::Config;
use crate::error::Result;
use crate::secret::{Secret, TokenKind, digest, random_token};

const NAME: &str = "chorus_known";

/// How long a browser stays known, in days.
const DAYS: i64 = 180;

/// Whether this browser has signed in with this email address before.
pub(super) fn is_known(request: &HttpRequest, secret: &Secret, email: &str) -> bool {
    let account = digest(email);
    request.cookie(NAME).is_some_and(|cookie| {
        TokenKind::new("known browser", &[account.as_str()])
            .open(secret, cookie.value())
            .is_some()
    })
}

/// The cookie for a browser that has just signed in with this email address.
pub(super) fn cookie(config: &Config, secret: &Secret, email: &str) -> Result<Cookie<'static>> {
    let account = digest(email);
    let token = TokenKind::new("known browser", &[account.as_str()]).sign(secret, &random_token()?);
    Ok(Cookie::build(NAME, token)
        .path("/sign-in")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(config.is_https())
        .max_age(time::Duration::days(DAYS))
        .finish())
}
