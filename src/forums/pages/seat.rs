//! A person's own seat: what they signed up for, and the button to cancel. The link in the email moves its token to a
//! cookie, which keeps it out of the address bar, history and referrer.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use crate::accounts::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::forums::model::{Forum, Moment, Need, SignUp, SignUpId, SignUpStatus, When};
use crate::forums::{seat_link, store};
use crate::localized::{LocalizedText, Wording};
use crate::web::{Page, see_other, unkept};

const COOKIE: &str = "chorus_seat";
const PATH: &str = "/seat";

/// The page of a seat. Without a seat, it says where to find the link.
#[derive(Debug, Serialize)]
pub(crate) struct SeatPage {
    seat: Option<Seat>,
}

#[derive(Clone, Debug, Serialize)]
struct Seat {
    slug: String,
    title: Wording,
    when: When,
    place: String,
    party: i32,
    needs: Vec<Need>,
    status: SignUpStatus,
    moment: Moment,
}

impl Page for SeatPage {
    const TEMPLATE: &'static str = "forums/seat.html";

    fn samples() -> Vec<Self> {
        let seat = |status, moment, needs: &[Need]| Self {
            seat: Some(Seat {
                slug: "oak-evening".to_owned(),
                title: LocalizedText::one("en", "An evening at Oak").wording("es"),
                when: When::sample(),
                place: "Oak Elementary, gym".to_owned(),
                party: 2,
                needs: needs.to_vec(),
                status,
                moment,
            }),
        };
        vec![
            Self { seat: None },
            seat(SignUpStatus::Seated, Moment::Ahead, Need::ALL),
            seat(SignUpStatus::Waiting, Moment::Ahead, &[]),
            seat(SignUpStatus::Canceled, Moment::Ahead, &[]),
            seat(SignUpStatus::Seated, Moment::Over, &[]),
        ]
    }
}

impl Seat {
    fn of(sign_up: SignUp, forum: &Forum, moment: Moment, language: &str) -> Self {
        Self {
            slug: forum.slug.clone(),
            title: forum.title.wording(language),
            when: When::of(forum),
            place: forum.place.clone(),
            party: sign_up.party,
            needs: sign_up.needs.0,
            status: sign_up.status,
            moment,
        }
    }
}

/// Stores the seat's token in a cookie and redirects to its page.
pub(super) fn keep(app: &App, sign_up: &SignUpId) -> Result<HttpResponse> {
    let cookie = Cookie::build(COOKIE, seat_link::token(&app.secret, sign_up))
        .path(PATH)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.is_https())
        .finish();
    let mut response = unkept(see_other(PATH));
    response.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(response)
}

/// The link in an email.
pub(super) async fn open(app: web::Data<App>, token: web::Path<String>) -> Result<HttpResponse> {
    let sign_up = seat_link::read(&app.secret, &token).ok_or(Error::NotFound)?;
    keep(&app, &sign_up)
}

/// The sign-up whose token the browser has.
fn mine(app: &App, request: &HttpRequest) -> Option<SignUpId> {
    let cookie = request.cookie(COOKIE)?;
    seat_link::read(&app.secret, cookie.value())
}

pub(super) async fn show(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let found = match mine(&app, &request) {
        Some(id) => {
            app.read(move |db| Ok(store::find_sign_up(db, &id)?))
                .await?
        }
        None => None,
    };
    let now = visit.local_time().now(&app.clock);
    let seat = found.map(|(sign_up, forum)| {
        let moment = forum.moment(now);
        Seat::of(sign_up, &forum, moment, &visit.language)
    });
    let status = if seat.is_some() {
        StatusCode::OK
    } else {
        StatusCode::NOT_FOUND
    };
    visit.page_as(&app, status, &SeatPage { seat })
}

pub(super) async fn cancel(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let sign_up = mine(&app, &request).ok_or(Error::NotFound)?;
    let (now, local) = (app.clock.now(), visit.local_time().now(&app.clock));
    app.erase("sign_ups", move |db| {
        Ok(store::cancel(db, &sign_up, now, local)?)
    })
    .await?;
    Ok(see_other(PATH))
}
