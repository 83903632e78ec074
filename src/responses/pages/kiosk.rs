//! `/s/{slug}/kiosk`: the questions on a shared phone or tablet in a hall. Each person gets an empty form.

use actix_web::{HttpRequest, HttpResponse, web};

use super::closed::closed;
use super::form::{send, written};
use super::submit::submit_at;
use super::thanks::show_at;
use super::{language, set_cookie};
use crate::app::App;
use crate::error::{Error, Result};
use crate::responses::cookies;
use crate::responses::kiosk::{self, DeviceKind};
use crate::responses::questions::Typed;
use crate::responses::survey_pages::{self, PublicSurvey, SurveyPages};
use crate::secret::random_token;
use crate::surveys::State;
use crate::web::form::Fields;
use crate::web::{see_other, unkept};

/// `GET /s/{slug}/kiosk/{token}`: the link from the desk. Moves the token out of the address bar, where anyone could
/// copy it.
pub(super) async fn open(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (slug, token) = path.into_inner();
    let survey = survey_pages::survey(&app, &pages, &slug).await?;
    let today = survey.local_time().today(&app.clock);
    let last = kiosk::read(&app.secret, &survey.current.id, &token, today);
    if last.is_none() {
        return Err(ended());
    }
    let mut response = see_other(&DeviceKind::Kiosk.address(&slug).to_string());
    set_cookie(&mut response, &cookies::stand(&app, &slug, token))?;
    Ok(unkept(response))
}

/// `GET /s/{slug}/kiosk`
pub(super) async fn show(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let survey = survey_pages::survey(&app, &pages, &slug).await?;
    let language = language(&survey.languages, &request);
    if survey.current.state == State::Closed {
        return closed(&app, &survey, &language, &survey.document, &Typed::new());
    }
    if !link_is_valid(&app, &survey, &request) {
        return Err(ended());
    }
    let page = survey_pages::page(&app, &survey, &language, DeviceKind::Kiosk, written).await?;
    // Never from the browser's cache: the next person, or anyone who goes back, starts over.
    let mut response = unkept(send(&page, &request));
    if cookies::device(&app, &request).is_none() {
        set_cookie(&mut response, &cookies::new_device(&app)?)?;
    }
    let key = cookies::give_key(&app, &survey.slug, &random_token()?);
    set_cookie(&mut response, &key)?;
    set_cookie(&mut response, &cookies::take_receipt(&app, &survey.slug))?;
    Ok(response)
}

/// `POST /s/{slug}/kiosk`: stores it like any other response, even if the link expired while the person was typing
pub(super) async fn submit(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    slug: web::Path<String>,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    submit_at(app, pages, &slug, request, fields, DeviceKind::Kiosk).await
}

/// `GET /s/{slug}/kiosk/thanks`
pub(super) async fn thanks(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    show_at(&app, &pages, &slug, &request, DeviceKind::Kiosk).await
}

/// Whether the browser opened a link that is still valid.
fn link_is_valid(app: &App, survey: &PublicSurvey, request: &HttpRequest) -> bool {
    let today = survey.local_time().today(&app.clock);
    cookies::kiosk(request)
        .is_some_and(|token| kiosk::read(&app.secret, &survey.current.id, &token, today).is_some())
}

fn ended() -> Error {
    Error::Gone("This kiosk link has expired. Staff can make a new one.".to_owned())
}
