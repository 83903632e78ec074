//! The cookies on a respondent's phone: which device it is, which submission it's writing, and which receipt it got.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};

use super::kiosk::DeviceKind;
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
/// Long enough to look at the thank-you page and reload it.
const SHORT: Duration = Duration::minutes(30);

/// The submission key that a phone got with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The key itself.
    pub(super) token: String,
}

/// The ID of the device that sent a request, if it has one that we signed.
pub(super) fn device(app: &App, request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(DEVICE)?;
    SIGNED_DEVICE
        .open(&app.secret, cookie.value())
        .map(str::to_owned)
}

/// Gives a device its ID.
pub(super) fn new_device(app: &App) -> Result<Cookie<'static>> {
    let value = SIGNED_DEVICE.sign(&app.secret, &random_token()?);
    Ok(cookie(app, DEVICE, value, "/".to_owned(), LONG))
}

/// The key of the submission that a phone is writing for a survey.
pub(super) fn key(app: &App, request: &HttpRequest, slug: &str) -> Option<Key> {
    let cookie = request.cookie(KEY)?;
    let token = TokenKind::new("cookie", &["answer", slug]).open(&app.secret, cookie.value())?;
    // Phones may still have a cookie of the first versions, which also held when it was given.
    let token = token.split_once('.').map_or(token, |(token, _)| token);
    Some(Key {
        token: token.to_owned(),
    })
}

/// Gives a phone the key of its next submission to a survey.
pub(super) fn give_key(app: &App, slug: &str, token: &str) -> Cookie<'static> {
    let value = TokenKind::new("cookie", &["answer", slug]).sign(&app.secret, token);
    cookie(app, KEY, value, format!("/s/{slug}"), LONG)
}

/// Removes the submission key, so that the next response from this phone is a new one.
pub(super) fn take_key(app: &App, slug: &str) -> Cookie<'static> {
    cookie(
        app,
        KEY,
        String::new(),
        format!("/s/{slug}"),
        Duration::ZERO,
    )
}

/// The receipt to show on the thank-you page.
pub(super) fn receipt(request: &HttpRequest) -> Option<Receipt> {
    Receipt::parse(request.cookie(RECEIPT)?.value())
}

/// Passes a receipt to the thank-you page. A URL would stay in the browser history and in logs.
pub(super) fn hand_on(
    app: &App,
    slug: &str,
    receipt: &Receipt,
    device_kind: DeviceKind,
) -> Cookie<'static> {
    cookie(
        app,
        RECEIPT,
        receipt.as_str().to_owned(),
        format!("{}/thanks", device_kind.address(slug)),
        SHORT,
    )
}

/// Removes the receipt from a kiosk, so that the next person can't see it.
pub(super) fn take_receipt(app: &App, slug: &str) -> Cookie<'static> {
    cookie(
        app,
        RECEIPT,
        String::new(),
        format!("{}/thanks", DeviceKind::Kiosk.address(slug)),
        Duration::ZERO,
    )
}

/// The token of the link that opened a kiosk.
pub(super) fn kiosk(request: &HttpRequest) -> Option<String> {
    Some(request.cookie(KIOSK)?.value().to_owned())
}

/// Makes a device a kiosk for as long as its link is valid.
pub(super) fn stand(app: &App, slug: &str, token: String) -> Cookie<'static> {
    let path = DeviceKind::Kiosk.address(slug).to_string();
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
