//! Staff sessions: a random token in a cookie and its digest in the database.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::model::Account;
use super::store;
use crate::config::Config;
use crate::db::Db;
use crate::error::Result;
use crate::keys::AccountId;
use crate::schema::sessions;
use crate::secret::{digest, random_token};

/// How long a session lasts, in hours.
const HOURS: i64 = 12;

fn cookie_name(config: &Config) -> &'static str {
    // With this prefix, browsers accept the cookie only from this host over https.
    if config.is_https() {
        "__Host-chorus_session"
    } else {
        "chorus_session"
    }
}

/// The session token of a request.
pub fn token(request: &HttpRequest, config: &Config) -> Option<String> {
    request
        .cookie(cookie_name(config))
        .map(|cookie| cookie.value().to_owned())
}

/// The account of a token, with its grants, if the session hasn't expired and the account isn't disabled.
pub fn account(db: &mut Db, token: &str, now: NaiveDateTime) -> QueryResult<Option<Account>> {
    let id: Option<AccountId> = sessions::table
        .find(digest(token))
        .filter(sessions::expires_at.gt(now))
        .select(sessions::account_id)
        .first(db)
        .optional()?;
    match id {
        Some(id) => store::enabled(db, &id),
        None => Ok(None),
    }
}

/// Starts a session and returns its token. Also deletes expired sessions.
pub fn start(db: &mut Db, account: &AccountId, now: NaiveDateTime) -> Result<String> {
    let token = random_token()?;
    diesel::delete(sessions::table.filter(sessions::expires_at.le(now))).execute(db)?;
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(digest(&token)),
            sessions::account_id.eq(account),
            sessions::created_at.eq(now),
            sessions::expires_at.eq(now + TimeDelta::hours(HOURS)),
        ))
        .execute(db)?;
    Ok(token)
}

/// Ends a session.
pub fn end(db: &mut Db, token: &str) -> QueryResult<()> {
    diesel::delete(sessions::table.find(digest(token)))
        .execute(db)
        .map(drop)
}

/// The cookie that carries a token, or that removes it.
pub fn cookie(config: &Config, token: Option<&str>) -> Cookie<'static> {
    let lifetime = if token.is_some() {
        time::Duration::hours(HOURS)
    } else {
        time::Duration::ZERO
    };
    Cookie::build(cookie_name(config), token.unwrap_or_default().to_owned())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(config.is_https())
        .max_age(lifetime)
        .finish()
}
