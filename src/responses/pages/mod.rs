//! The public pages: the questions, what comes after them, and what a receipt can change.

mod closed;
mod conflict;
mod correct;
mod form;
mod kiosk;
mod kiosk_link;
mod late;
mod preview;
mod sent_form;
mod submit;
mod thanks;
mod withdraw;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

pub(super) use form::{AboutPart, AnswerPage};

use crate::accounts::{Permission, Viewer};
use crate::app::App;
use crate::error::{Error, Result};
use crate::surveys::{self, Survey};
use crate::web::languages::{direction, own_name};
use crate::web::limits::client_address;
use crate::web::{Samples, flash, language_of};

/// `/s/{slug}` and below, `/r/withdraw`, `/r/correct`, `/desk/surveys/{survey}/preview`, `…/late`, `…/kiosk`
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/s/{slug}")
            .route(web::get().to(form::show))
            .route(web::head().to(form::show))
            .route(web::post().to(submit::submit)),
    )
    .service(
        web::resource("/s/{slug}/thanks")
            .route(web::get().to(thanks::show))
            .route(web::head().to(thanks::show)),
    )
    .service(
        web::resource("/s/{slug}/kiosk")
            .get(kiosk::show)
            .post(kiosk::submit),
    )
    // Before the token route, because `thanks` isn't a token.
    .route("/s/{slug}/kiosk/thanks", web::get().to(kiosk::thanks))
    .route("/s/{slug}/kiosk/{token}", web::get().to(kiosk::open))
    .route("/r/withdraw", web::post().to(withdraw::withdraw))
    .route("/r/correct", web::post().to(correct::correct))
    .route(
        "/desk/surveys/{survey}/preview",
        web::get().to(preview::show),
    )
    .service(
        web::resource("/desk/surveys/{survey}/late")
            .get(late::show)
            .post(late::decide),
    )
    .service(
        web::resource("/desk/surveys/{survey}/kiosk")
            .get(kiosk_link::show)
            .post(kiosk_link::make),
    );
}

/// The survey with a slug, if the viewer's grants cover it.
pub(super) async fn desk_survey<P: Permission>(
    app: &App,
    viewer: &Viewer<P>,
    slug: &str,
) -> Result<Survey> {
    let slug = slug.to_owned();
    let survey = app.read(move |db| Ok(surveys::by_slug(db, &slug)?)).await?;
    if surveys::may_see(&viewer.reach(), &survey.round_id) {
        Ok(survey)
    } else {
        Err(Error::NotFound)
    }
}

/// A language of the survey, by its own name.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Offered {
    tag: String,
    name: String,
    dir: &'static str,
    href: String,
    current: bool,
}

impl Offered {
    /// The languages of a survey for the language menu.
    pub(super) fn all(languages: &[String], current: &str) -> Vec<Self> {
        let tags = languages.iter();
        tags.map(|tag| Self::one(tag, current)).collect()
    }

    pub(super) fn one(tag: &str, current: &str) -> Self {
        Self {
            tag: tag.to_owned(),
            name: own_name(tag).to_owned(),
            dir: direction(tag),
            href: format!("?lang={tag}"),
            current: tag == current,
        }
    }
}

/// A query parameter.
pub(super) fn asked(request: &HttpRequest, name: &str) -> Option<String> {
    let pairs = url::form_urlencoded::parse(request.query_string().as_bytes());
    pairs
        .into_iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// The language of a request, from those offered.
pub(super) fn language(offered: &[String], request: &HttpRequest) -> String {
    language_of(offered, request).to_owned()
}

fn set_cookie(
    response: &mut HttpResponse,
    cookie: &actix_web::cookie::Cookie<'static>,
) -> Result<()> {
    response.add_cookie(cookie).map_err(Error::internal)
}

/// Sets when to try again, in whole seconds.
fn retry_after(response: &mut HttpResponse, seconds: u64) {
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
}

/// Sends the person back to the receipt form, because the code opens nothing. Rate-limited after many wrong codes.
fn unknown_receipt(app: &App, request: &HttpRequest, language: &str) -> Result<HttpResponse> {
    app.limits
        .wrong_receipt(client_address(request, &app.config))?;
    Ok(flash(&format!("/r?lang={language}"), "receipt-unknown"))
}

/// The stylesheet that is inlined into the page with the questions.
fn style(app: &App) -> Result<String> {
    app.assets
        .text("answer.css")
        .ok_or_else(|| Error::bug("no asset answer.css"))
}

/// Every page here with its samples.
pub(super) fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<AnswerPage>(),
        Samples::of::<thanks::ThanksPage>(),
        Samples::of::<conflict::ConflictPage>(),
        Samples::of::<closed::ClosedPage>(),
        Samples::of::<kiosk_link::KioskPage>(),
        Samples::of::<late::LatePage>(),
        Samples::of::<withdraw::WithdrawPage>(),
    ]
}
