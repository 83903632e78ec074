//! The mails of a forum, as values: that a seat is kept or a place on the waiting list, and that a seat became free.

use chrono::NaiveDateTime;
use diesel::prelude::QueryResult;
use serde::{Deserialize, Serialize};

use super::model::{Need, SignUpId, SignUpStanding};
use super::pages::When;
use super::{seat_link, store};
use crate::app::App;
use crate::db::Db;
use crate::district;
use crate::error::{Error, Result};
use crate::mail::{self, Mail};
use crate::web::Page;

/// The mail that answers a sign-up.
const CONFIRMATION: &str = "forum.sign-up";
/// The mail to somebody whom the waiting list brought a seat.
const FREE_SEAT: &str = "forum.seat-free";

/// What the outbox holds of a forum's mail.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    sign_up: SignUpId,
}

/// Asks for the mail that answers a sign-up.
pub(super) fn enqueue_confirmation(
    db: &mut Db,
    sign_up: &SignUpId,
    at: NaiveDateTime,
) -> QueryResult<()> {
    let payload = Payload {
        sign_up: sign_up.clone(),
    };
    mail::enqueue(db, CONFIRMATION, &payload, at)
}

/// Asks for the mails to those who moved up from the waiting list.
pub(super) fn enqueue_free_seats(
    db: &mut Db,
    sign_ups: &[SignUpId],
    at: NaiveDateTime,
) -> QueryResult<()> {
    let payloads = sign_ups.iter().map(|sign_up| Payload {
        sign_up: sign_up.clone(),
    });
    mail::enqueue_all(db, FREE_SEAT, &payloads.collect::<Vec<_>>(), at)
}

/// The text of a mail about a seat.
#[derive(Debug, Serialize)]
pub(crate) struct SeatMail {
    /// Which words open it: `seated`, `waiting` or `free`.
    opening: &'static str,
    name: String,
    party: i32,
    title: String,
    when: When,
    place: String,
    needs: Vec<Need>,
    link: String,
}

impl Page for SeatMail {
    const TEMPLATE: &'static str = "mail/forum_seat.txt";

    fn samples() -> Vec<Self> {
        let mail = |opening, needs| Self {
            opening,
            name: "Ana".to_owned(),
            party: 2,
            title: "An evening at Oak".to_owned(),
            when: When::sample(),
            place: "Oak Elementary, gym".to_owned(),
            needs,
            link: "https://chorus.riverside.example/seat/x".to_owned(),
        };
        vec![
            mail("seated", vec![]),
            mail("waiting", Need::ALL.to_vec()),
            mail("free", vec![Need::Interpreter]),
        ]
    }
}

/// What a mail shares with every page: its language, and who writes.
#[derive(Serialize)]
struct Frame<'a> {
    lang: &'a str,
    zone: &'a str,
    district: &'a str,
    notice: &'a str,
}

/// Writes the mail that a row of the outbox asks for; nothing once the sign-up was taken back.
pub fn compose(app: &App, kind: &str, payload: &serde_json::Value) -> Result<Option<Mail>> {
    if kind != CONFIRMATION && kind != FREE_SEAT {
        return Err(Error::bug(format!("no mail is called {kind}")));
    }
    let payload: Payload = serde_json::from_value(payload.clone()).map_err(Error::internal)?;
    let (found, district) = app.database.read(|db| {
        Ok((
            store::find_sign_up(db, &payload.sign_up)?,
            district::current(db)?,
        ))
    })?;
    let Some((sign_up, forum)) = found else {
        return Ok(None);
    };
    let opening = match sign_up.standing {
        SignUpStanding::Cancelled => return Ok(None),
        SignUpStanding::Waiting => "waiting",
        SignUpStanding::Seated if kind == FREE_SEAT => "free",
        SignUpStanding::Seated => "seated",
    };
    let language = if app.languages.speaks(&sign_up.language) {
        sign_up.language.as_str()
    } else {
        crate::web::languages::FALLBACK
    };
    let (title, _) = forum.title.get(language);
    let token = seat_link::token(&app.secret, &sign_up.id);
    let page = SeatMail {
        opening,
        name: sign_up.name.clone(),
        party: sign_up.party,
        title: title.to_owned(),
        when: When::of(&forum),
        place: forum.place.clone(),
        needs: sign_up.needs.0.clone(),
        link: format!("{}/seat/{token}", app.config.link_base()),
    };
    let frame = Frame {
        lang: language,
        zone: district
            .as_ref()
            .map_or("UTC", |district| &district.time_zone),
        district: district
            .as_ref()
            .map_or("Chorus", |district| district.name.get(language).0),
        notice: district
            .as_ref()
            .map_or("", |district| district.notice.get(language).0),
    };
    let text = app.pages.render(&frame, &page)?;
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
