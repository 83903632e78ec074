//! `/follow`: leave an address after responding, confirm it from an email, delete it.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::link::{self, Proof};
use super::model::{Follower, FollowerId};
use super::store;
use crate::accounts::{Visit, normalize_email};
use crate::app::App;
use crate::district;
use crate::error::{Error, Result};
use crate::web::form::{Fields, FormState};
use crate::web::limits::client_address;
use crate::web::{Page, Samples, flash, see_other, unkept};

const PATH: &str = "/follow";
/// The token of the address that was left on this phone, or whose email was opened on it.
const COOKIE: &str = "chorus_follow";

/// `/follow`, `/follow/confirm`, `/follow/erase`, `/follow/{token}`
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource(PATH)
            .route(web::get().to(show))
            .route(web::post().to(leave)),
    )
    .route("/follow/confirm", web::post().to(confirm))
    .route("/follow/erase", web::post().to(erase))
    .route("/follow/{token}", web::get().to(open));
}

/// The address that someone left, or the form that takes one.
#[derive(Debug, Serialize)]
pub(crate) struct FollowPage {
    /// The slug of the round, if the page asks for an address.
    of_round: String,
    form: FormState,
    kept: Option<LeftAddress>,
}

/// A stored address.
#[derive(Debug, Serialize)]
struct LeftAddress {
    email: String,
    /// Whether its owner has confirmed it. Only the owner is told.
    confirmed: bool,
    /// Whether the viewer is its owner.
    owner: bool,
}

impl Page for FollowPage {
    const TEMPLATE: &'static str = "followers/follow.html";

    fn samples() -> Vec<Self> {
        let page = |kept| Self {
            of_round: String::new(),
            form: FormState::default(),
            kept,
        };
        let kept = |confirmed, owner| {
            page(Some(LeftAddress {
                email: "ana+<b>@example.org".to_owned(),
                confirmed,
                owner,
            }))
        };
        let mut wrong = FormState::default().with("email", "ana");
        wrong.fault("email", "follow-wrong");
        let again = Self {
            of_round: "vision-2031".to_owned(),
            form: wrong,
            kept: None,
        };
        vec![
            page(None),
            again,
            kept(false, false),
            kept(false, true),
            kept(true, true),
        ]
    }
}

/// `POST /follow`: leaves an address after responding, in a transaction that isn't connected to the response
async fn leave(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    app.limits.address(client_address(&request, &app.config))?;
    let slug = fields.get("round").to_owned();
    let round = app
        .read(move |db| Ok(district::round_by_slug(db, &slug)?))
        .await?;
    let Some(email) = normalize_email(fields.get("email")) else {
        let mut form = FormState::typed(&fields);
        form.fault("email", "follow-wrong");
        let page = FollowPage {
            of_round: round.slug,
            form,
            kept: None,
        };
        return visit.again(&app, &page).map(unkept);
    };
    let follower = Follower {
        id: FollowerId::new(),
        round_id: round.id,
        email,
        language: visit.language.clone(),
        asked_on: visit.local_time().today(&app.clock),
        confirmed_on: None,
    };
    let id = app.write(move |db| Ok(store::keep(db, &follower)?)).await?;
    carry(&app, &visit, link::leaving_token(&app.secret, &id))
}

/// `GET /follow/{token}`: the link in an email. Moves the token out of the address bar.
async fn open(app: web::Data<App>, visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    link::read(&app.secret, &token).ok_or(Error::NotFound)?;
    carry(&app, &visit, token.into_inner())
}

/// `GET /follow`
async fn show(app: web::Data<App>, visit: Visit, request: HttpRequest) -> Result<HttpResponse> {
    let found = match mine(&app, &request) {
        Some((id, proof)) => app
            .read(move |db| Ok(store::find(db, &id)?))
            .await?
            .map(|follower| (follower, proof == Proof::Owns)),
        None => None,
    };
    let page = FollowPage {
        of_round: String::new(),
        form: FormState::default(),
        kept: found.map(|(follower, owner)| LeftAddress {
            confirmed: owner && follower.confirmed_on.is_some(),
            email: follower.email,
            owner,
        }),
    };
    visit.page(&app, &page).map(unkept)
}

/// `POST /follow/confirm`: only for people who read email sent to the address
async fn confirm(app: web::Data<App>, visit: Visit, request: HttpRequest) -> Result<HttpResponse> {
    let Some((id, Proof::Owns)) = mine(&app, &request) else {
        return Err(Error::NotFound);
    };
    let day = visit.local_time().today(&app.clock);
    app.write(move |db| Ok(store::confirm(db, &id, day)?))
        .await?;
    Ok(see_other(&format!("{PATH}?lang={}", visit.language)))
}

/// `POST /follow/erase`
async fn erase(app: web::Data<App>, visit: Visit, request: HttpRequest) -> Result<HttpResponse> {
    let (id, proof) = mine(&app, &request).ok_or(Error::NotFound)?;
    app.erase("followers", move |db| {
        Ok(store::erase(db, &id, proof == Proof::Owns)?)
    })
    .await?;
    let mut response = flash(&format!("{PATH}?lang={}", visit.language), "follow-erased");
    let mut gone = cookie(&app, String::new());
    gone.make_removal();
    response.add_cookie(&gone).map_err(Error::internal)?;
    Ok(response)
}

/// The address whose token the browser has, and what the token proves.
fn mine(app: &App, request: &HttpRequest) -> Option<(FollowerId, Proof)> {
    link::read(&app.secret, request.cookie(COOKIE)?.value())
}

fn carry(app: &App, visit: &Visit, token: String) -> Result<HttpResponse> {
    let mut response = see_other(&format!("{PATH}?lang={}", visit.language));
    response
        .add_cookie(&cookie(app, token))
        .map_err(Error::internal)?;
    Ok(unkept(response))
}

/// A session cookie.
fn cookie(app: &App, value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path(PATH)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.is_https())
        .finish()
}

/// Every page here with its samples.
pub fn samples() -> Vec<Samples> {
    vec![Samples::of::<FollowPage>()]
}
