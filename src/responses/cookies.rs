//! What a phone keeps of us while it answers: that it is a device, which submission it is writing, which receipt it got.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use chrono::{DateTime, NaiveDateTime, TimeDelta};

use super::kiosk::Place;
use super::receipt::Receipt;
use crate::app::App;
use crate::error::Result;
use crate::secret::{TokenKind, random_token};

const DEVICE: &str = "chorus_device";
const KEY: &str = "chorus_answer";
const RECEIPT: &str = "chorus_receipt";
const KIOSK: &str = "chorus_kiosk";

const SIGNED_DEVICE: TokenKind<'static> = TokenKind::new("cookie", &["device"]);

/// Longer than any survey is open.
const LONG: Duration = Duration::days(180);
/// As long as somebody may look at the thanks page and reload it.
const SHORT: Duration = Duration::minutes(30);

/// The submission key that a phone was given together with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The key itself.
    pub(super) token: String,
    given_at: NaiveDateTime,
}

impl Key {
    /// Whether the form came back faster than anybody can answer it.
    pub(super) fn came_back_at_once(&self, now: NaiveDateTime) -> bool {
        now - self.given_at < TimeDelta::seconds(1)
    }
}

/// The device that a request comes from, if it carries one that we signed.
pub(super) fn device(app: &App, request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(DEVICE)?;
    SIGNED_DEVICE
        .open(&app.secret, cookie.value())
        .map(str::to_owned)
}

/// Makes a device known.
pub(super) fn new_device(app: &App) -> Result<Cookie<'static>> {
    let value = SIGNED_DEVICE.sign(&app.secret, &random_token()?);
    Ok(cookie(app, DEVICE, value, "/".to_owned(), LONG))
}

/// The key of the submission that a phone is writing for a survey.
pub(super) fn key(app: &App, request: &HttpRequest, slug: &str) -> Option<Key> {
    let cookie = request.cookie(KEY)?;
    let (token, seconds) = TokenKind::new("cookie", &["answer", slug])
        .open(&app.secret, cookie.value())?
        .split_once('.')?;
    Some(Key {
        token: token.to_owned(),
        given_at: DateTime::from_timestamp(seconds.parse().ok()?, 0)?.naive_utc(),
    })
}

/// Gives a phone the key of its next submission to a survey.
pub(super) fn give_key(app: &App, slug: &str, token: &str) -> Cookie<'static> {
    let payload = format!("{token}.{}", app.clock.now().and_utc().timestamp());
    let value = TokenKind::new("cookie", &["answer", slug]).sign(&app.secret, &payload);
    cookie(app, KEY, value, format!("/s/{slug}"), LONG)
}

/// Takes the key of a submission away: what this phone sends next is another one.
pub(super) fn take_key(app: &App, slug: &str) -> Cookie<'static> {
    cookie(
        app,
        KEY,
        String::new(),
        format!("/s/{slug}"),
        Duration::ZERO,
    )
}

/// The receipt that the thanks page shows.
pub(super) fn receipt(request: &HttpRequest) -> Option<Receipt> {
    Receipt::parse(request.cookie(RECEIPT)?.value())
}

/// Hands a receipt on to the thanks page: an address would stay in the phone's history and in logs.
pub(super) fn hand_on(app: &App, slug: &str, receipt: &Receipt, place: Place) -> Cookie<'static> {
    cookie(
        app,
        RECEIPT,
        receipt.as_str().to_owned(),
        format!("{}/thanks", place.address(slug)),
        SHORT,
    )
}

/// Takes the receipt from a kiosk: the next person must not see it.
pub(super) fn take_receipt(app: &App, slug: &str) -> Cookie<'static> {
    cookie(
        app,
        RECEIPT,
        String::new(),
        format!("{}/thanks", Place::Kiosk.address(slug)),
        Duration::ZERO,
    )
}

/// The token of the link by which a kiosk came.
pub(super) fn kiosk(request: &HttpRequest) -> Option<String> {
    Some(request.cookie(KIOSK)?.value().to_owned())
}

/// Makes a device a kiosk, as long as its link is good.
pub(super) fn stand(app: &App, slug: &str, token: String) -> Cookie<'static> {
    let path = Place::Kiosk.address(slug).to_string();
    cookie(app, KIOSK, token, path, LONG)
}

fn cookie(
    app: &App,
    name: &'static str,
    value: String,
    path: String,
    age: Duration,
) -> Cookie<'static> {
    Cookie::build(name, value)
        .path(path)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.is_https())
        .max_age(age)
        .finish()
}
