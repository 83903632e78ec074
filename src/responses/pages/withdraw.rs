//! `/r/withdraw`: withdraws a response, after asking for confirmation.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::{set_cookie, unknown_receipt};
use crate::accounts::Visit;
use crate::app::App;
use crate::error::Result;
use crate::localized::Wording;
use crate::responses::by_receipt::open_receipt;
use crate::responses::store::{self, Withdrawal};
use crate::responses::survey_pages::SurveyPages;
use crate::responses::{cookies, samples};
use crate::web::form::Fields;
use crate::web::{Page, flash, unkept};

/// The confirmation before a response is withdrawn.
#[derive(Debug, Serialize)]
pub(crate) struct WithdrawPage {
    receipt: String,
    title: Wording,
}

impl Page for WithdrawPage {
    const TEMPLATE: &'static str = "responses/withdraw.html";

    fn samples() -> Vec<Self> {
        vec![Self {
            receipt: "7KQ4-M2XP-9RTD-HW6C".to_owned(),
            title: samples::asked().0.title.wording("en"),
        }]
    }
}

/// `POST /r/withdraw`: asks for confirmation, and with `sure` withdraws the response
pub(super) async fn withdraw(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    visit: Visit,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    let Some(opened) = open_receipt(&app, &pages, fields.get("code")).await? else {
        return unknown_receipt(&app, &request, &visit.language);
    };
    if fields.get("sure") != "yes" && opened.may_withdraw() {
        let page = WithdrawPage {
            receipt: opened.receipt.to_string(),
            title: opened.title(&visit.language),
        };
        return visit.page(&app, &page).map(unkept);
    }
    let digest = opened.receipt.digest();
    let outcome = app
        .write(move |db| Ok(store::withdraw(db, &digest)?))
        .await?;
    let back = format!("/r?lang={}", visit.language);
    match outcome {
        Withdrawal::Done => {
            let mut response = flash(&back, "withdrawn");
            // The next response from this phone is a new one, even if it says the same.
            set_cookie(&mut response, &cookies::take_key(&app, &opened.survey.slug))?;
            Ok(response)
        }
        Withdrawal::Closed => Ok(flash(&back, "withdraw-too-late")),
        Withdrawal::Unknown => unknown_receipt(&app, &request, &visit.language),
    }
}
