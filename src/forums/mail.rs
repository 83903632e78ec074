//! Emails about a seat: that it's reserved, that the person is on the waiting list, or that a seat became free.

use serde::Serialize;

use super::model::{Need, SignUpStatus, When};
use super::store::{CONFIRMATION, FREE_SEAT, Payload};
use super::{seat_link, store};
use crate::app::App;
use crate::district;
use crate::error::{Error, Result};
use crate::mail::Mail;
use crate::web::languages::{Covers, FALLBACK};
use crate::worker::Job;

/// The template of the emails.
const TEMPLATE: &str = "mail/forum_seat.txt";

/// The arguments of the template.
#[derive(Debug, Serialize)]
struct SeatMail<'a> {
    lang: &'a str,
    /// Which opening to use: `seated`, `waiting` or `free`.
    opening: &'static str,
    name: &'a str,
    party: i32,
    title: &'a str,
    when: When,
    zone: &'a str,
    place: &'a str,
    needs: &'a [Need],
    link: String,
    district: &'a str,
    notice: &'a str,
}

/// The email jobs of forums, for the worker.
pub fn jobs() -> Vec<Job> {
    let job = |kind| Job { kind, compose };
    vec![job(CONFIRMATION), job(FREE_SEAT)]
}

/// Writes the email for a row in the outbox. `None` if the sign-up was canceled.
fn compose(app: &App, kind: &str, payload: &serde_json::Value) -> Result<Option<Mail>> {
    let payload: Payload = serde_json::from_value(payload.clone()).map_err(Error::internal)?;
    let (found, district, turned_on) = app.database.read(|db| {
        Ok((
            store::find_sign_up(db, &payload.sign_up)?,
            district::current(db)?,
            district::turned_on(db)?,
        ))
    })?;
    let Some((sign_up, forum)) = found else {
        return Ok(None);
    };
    let opening = match sign_up.status {
        SignUpStatus::Canceled => return Ok(None),
        SignUpStatus::Waiting => "waiting",
        SignUpStatus::Seated if kind == FREE_SEAT => "free",
        SignUpStatus::Seated => "seated",
    };
    let language = if app
        .languages
        .shows(&sign_up.language, Covers::Everything, &turned_on)
    {
        sign_up.language.as_str()
    } else {
        FALLBACK
    };
    let (title, _) = forum.title.get(language);
    let token = seat_link::token(&app.secret, &sign_up.id);
    let district = district.as_ref();
    let text = SeatMail {
        lang: language,
        opening,
        name: &sign_up.name,
        party: sign_up.party,
        title,
        when: When::of(&forum),
        zone: district.map_or("UTC", |district| &district.time_zone),
        place: &forum.place,
        needs: &sign_up.needs,
        link: format!("{}/seat/{token}", app.config.link_base()),
        district: district.map_or("Chorus", |district| district.name.get(language).0),
        notice: district.map_or("", |district| district.notice.get(language).0),
    };
    let text = app.pages.text(TEMPLATE, &text)?;
    let subject = app.languages.say(
        language,
        &format!("forum-mail-{opening}-subject"),
        &[("title", title.into())],
    )?;
    Ok(Some(Mail {
        name: sign_up.name,
        address: sign_up.email,
        subject,
        text,
    }))
}
