//! `/desk/surveys/{survey}/preview`: the page that families will see, including steps, before it's published.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::form::AnswerPage;
use super::language;
use crate::accounts::{Viewer, Visit, permission};
use crate::app::App;
use crate::error::{Error, Result};
use crate::surveys;

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::SeeSurveys>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let slug = slug.into_inner();
    let (survey, places) = app
        .read(move |db| Ok((surveys::by_slug(db, &slug)?, surveys::places(db)?)))
        .await?;
    if !surveys::may_see(&viewer.reach(), &survey.round_id) {
        return Err(Error::NotFound);
    }
    let document = &survey.document;
    let language = language(&document.languages, &request);
    // As families see it: without the desk's layout, in any language.
    let visit = Visit::plain(&language, &viewer.visit.path, viewer.visit.district);
    AnswerPage::preview(&app, document, &places, &language)?.answer(&app, &visit, StatusCode::OK)
}
