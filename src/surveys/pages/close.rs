//! Closes a survey, after a page that says what that does.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::{SurveyHeader, find};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::error::Result;
use crate::surveys::life;
use crate::surveys::model::State;
use crate::web::{Page, flash};

/// What closing does, and the button that does it.
#[derive(Debug, Serialize)]
pub(crate) struct ClosePage {
    survey: SurveyHeader,
}

impl Page for ClosePage {
    const TEMPLATE: &'static str = "surveys/close.html";

    fn samples() -> Vec<Self> {
        let page = |state: &State| Self {
            survey: SurveyHeader::sample(*state),
        };
        State::ALL.iter().map(page).collect()
    }
}

/// `GET /desk/surveys/{survey}/close`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let survey = found.head(&viewer);
    viewer.visit.page(&app, &ClosePage { survey })
}

/// `POST /desk/surveys/{survey}/close`
pub(super) async fn submit(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let (actor, id) = (viewer.actor(), found.survey.id);
    app.write(move |db| life::close(db, &actor, &id)).await?;
    Ok(flash(
        &format!("/desk/surveys/{}", found.survey.slug),
        "survey-closed",
    ))
}
