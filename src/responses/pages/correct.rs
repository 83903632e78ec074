//! `/r/correct`: the questions with the earlier answers filled in, for people who have the receipt.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::form::AnswerPage;
use super::{language, unknown_receipt};
use crate::accounts::Visit;
use crate::app::App;
use crate::error::Result;
use crate::responses::by_receipt::open_receipt;
use crate::responses::survey_pages::{self, SurveyPages};
use crate::web::flash;
use crate::web::form::Fields;

/// `POST /r/correct`: shows the form, which submits to the survey's own URL
pub(super) async fn correct(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    visit: Visit,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    let Some(opened) = open_receipt(&app, &pages, fields.get("code")).await? else {
        return unknown_receipt(&app, &request, &visit.language);
    };
    if !opened.may_correct() {
        return Ok(flash(
            &format!("/r?lang={}", visit.language),
            "correct-too-late",
        ));
    }
    let survey = survey_pages::survey(&app, &pages, &opened.survey.slug).await?;
    let language = language(&survey.languages, &request);
    let code = opened.receipt.to_string();
    AnswerPage::correcting(&app, &survey, &language, code, &opened.typed())?.answer(
        &app,
        &survey.visit(&language),
        StatusCode::OK,
    )
}
