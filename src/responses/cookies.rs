//! What a phone keeps of us while it answers: that it is a device, which submission it is writing, which receipt it got.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use chrono::{DateTime, NaiveDateTime, TimeDelta};
use subtle::ConstantTimeEq;

use super::kiosk::Place;
use super::receipt::Receipt;
use crate::app::App;
use crate::error::Result;
use crate::secret::{Secret, random_token};

const DEVICE: &str = "chorus_device";
const KEY: &str = "chorus_answer";
const RECEIPT: &str = "chorus_receipt";
const KIOSK: &str = "chorus_kiosk";

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
    opened(&app.secret, &["device"], request.cookie(DEVICE)?.value()).map(str::to_owned)
}

/// Makes a device known.
pub(super) fn new_device(app: &App) -> Result<Cookie<'static>> {
    let value = signed(&app.secret, &["device"], &random_token()?);
    Ok(cookie(app, DEVICE, value, "/".to_owned(), LONG))
}

/// The key of the submission that a phone is writing for a survey.
pub(super) fn key(app: &App, request: &HttpRequest, slug: &str) -> Option<Key> {
    let cookie = request.cookie(KEY)?;
    let (token, seconds) =
        opened(&app.secret, &["answer", slug], cookie.value())?.split_once('.')?;
    Some(Key {
        token: token.to_owned(),
        given_at: DateTime::from_timestamp(seconds.parse().ok()?, 0)?.naive_utc(),
    })
}

/// Gives a phone the key of its next submission to a survey.
pub(super) fn give_key(app: &App, slug: &str, token: &str) -> Cookie<'static> {
    let payload = format!("{token}.{}", app.clock.now().and_utc().timestamp());
    let value = signed(&app.secret, &["answer", slug], &payload);
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

/// A value with our mark behind it; `purpose` keeps one cookie's value from passing for another's.
fn signed(secret: &Secret, purpose: &[&str], value: &str) -> String {
    format!("{value}.{}", mark(secret, purpose, value))
}

/// The value in front of the mark, if the mark is ours.
fn opened<'a>(secret: &Secret, purpose: &[&str], text: &'a str) -> Option<&'a str> {
    let (value, given) = text.rsplit_once('.')?;
    let expected = mark(secret, purpose, value);
    bool::from(expected.as_bytes().ct_eq(given.as_bytes())).then_some(value)
}

fn mark(secret: &Secret, purpose: &[&str], value: &str) -> String {
    let parts: Vec<&str> = purpose.iter().copied().chain([value]).collect();
    let mac = secret.mac("cookie", &parts);
    data_encoding::HEXLOWER.encode(mac.get(..16).unwrap_or(&mac))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_opens_only_as_it_was_signed_and_for_what_it_was_signed() {
        let secret = Secret::load(Some(&"07".repeat(32)), std::path::Path::new("unused")).unwrap();
        let text = signed(&secret, &["answer", "family"], "abc.17");
        assert_eq!(
            opened(&secret, &["answer", "family"], &text),
            Some("abc.17")
        );
        assert_eq!(opened(&secret, &["answer", "staff"], &text), None);
        assert_eq!(opened(&secret, &["device"], &text), None);
        assert_eq!(
            opened(&secret, &["answer", "family"], &text.replace("17", "18")),
            None
        );
        assert_eq!(opened(&secret, &["answer", "family"], "abc"), None);
    }

    proptest! {
        #[test]
        fn nothing_that_a_stranger_makes_up_opens(purpose in "[a-z]{0,8}", text in any::<String>()) {
            let secret = Secret::load(Some(&"07".repeat(32)), std::path::Path::new("unused")).unwrap();
            prop_assert_eq!(opened(&secret, &[&purpose], &text), None);
            // A mark of ours, cut off, begun too late or with one digit changed, is none.
            let whole = signed(&secret, &[&purpose], &text);
            prop_assert_eq!(opened(&secret, &[&purpose], &whole), Some(text.as_str()));
            prop_assert_eq!(opened(&secret, &[&purpose], &whole[..whole.len() - 1]), None);
            let (value, mark) = whole.rsplit_once('.').unwrap();
            let changed = if mark.starts_with('0') { mark.replacen('0', "1", 1) } else { mark.replacen(&mark[..1], "0", 1) };
            let changed = format!("{value}.{changed}");
            prop_assert_eq!(opened(&secret, &[&purpose], &changed), None);
        }
    }
}
