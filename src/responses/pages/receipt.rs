//! What a receipt opens: what was received, and the way to take it back.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;

use super::{retry_after, set_cookie, unkept};
use crate::app::App;
use crate::error::{Error, Result};
use crate::localised::Wording;
use crate::remarks::Standing;
use crate::responses::model::Response;
use crate::responses::page_cache::document_of;
use crate::responses::questions::{Received, as_typed, received};
use crate::responses::receipt::Receipt;
use crate::responses::store::{self, Withdrawal};
use crate::responses::{cookies, samples};
use crate::surveys::{self, Document, Places, State, Survey};
use crate::web::form::{Fields, FormState};
use crate::web::limits::client_address;
use crate::web::{Page, Visit, flash};

/// The form that takes a receipt.
#[derive(Debug, Serialize)]
pub(crate) struct ReceiptPage {
    form: FormState,
}

impl Page for ReceiptPage {
    const TEMPLATE: &'static str = "responses/receipt.html";

    fn samples() -> Vec<Self> {
        let mut wrong = FormState::default().with("code", "7KQ4-\"><b>");
        wrong.fault("code", "receipt-unknown");
        vec![
            Self {
                form: FormState::default(),
            },
            Self { form: wrong },
        ]
    }
}

/// What was received, for whoever has the receipt.
#[derive(Debug, Serialize)]
pub(crate) struct ShownPage {
    /// As people read it.
    receipt: String,
    title: Wording,
    day: NaiveDate,
    standing: Standing,
    received: Vec<Received>,
    may_withdraw: bool,
}

impl Page for ShownPage {
    const TEMPLATE: &'static str = "responses/received.html";

    fn samples() -> Vec<Self> {
        let (document, places) = samples::asked();
        let page = |standing, may_withdraw| Self {
            receipt: "7KQ4-M2XP-9RTD-HW6C".to_owned(),
            title: document.title.wording("en"),
            day: NaiveDate::from_ymd_opt(2026, 10, 14).unwrap_or_default(),
            standing,
            received: received(&document, &places, "en", &samples::typed(), Some("es")),
            may_withdraw,
        };
        let kinds = samples::kinds();
        let of_kinds = Self {
            received: received(
                &kinds.0,
                &kinds.1,
                "en",
                &samples::typed_kinds(),
                Some("es"),
            ),
            ..page(Standing::Counted, true)
        };
        vec![
            of_kinds,
            page(Standing::Counted, true),
            page(Standing::Counted, false),
            page(Standing::Suspected, true),
            page(Standing::SetAside, false),
            page(Standing::Withdrawn, false),
        ]
    }
}

/// The question before an answer is taken back.
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

/// What a receipt opens, with the words to show it in.
struct Opened {
    receipt: Receipt,
    response: Response,
    survey: Survey,
    document: std::sync::Arc<Document>,
    places: Places,
}

/// `GET /r`
pub(super) async fn ask(app: web::Data<App>, visit: Visit) -> Result<HttpResponse> {
    let form = FormState::default();
    visit.page(&app, &ReceiptPage { form })
}

/// `POST /r`
pub(super) async fn show(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    let Some(opened) = open(&app, &fields).await? else {
        return wrong(&app, &visit, &request, &fields);
    };
    let language = &visit.language;
    let typed = as_typed(&opened.document, &opened.response.answers);
    let spoken = Some(opened.response.language.as_str());
    let page = ShownPage {
        receipt: opened.receipt.to_string(),
        title: opened.document.title.wording(language),
        day: opened.response.day,
        standing: opened.response.standing,
        received: received(&opened.document, &opened.places, language, &typed, spoken),
        may_withdraw: opened.may_withdraw(),
    };
    visit.page(&app, &page).map(unkept)
}

/// `POST /r/withdraw`: asks first; with `sure` it is done.
pub(super) async fn withdraw(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    let Some(opened) = open(&app, &fields).await? else {
        return wrong(&app, &visit, &request, &fields);
    };
    if fields.get("sure") != "yes" && opened.may_withdraw() {
        let page = WithdrawPage {
            receipt: opened.receipt.to_string(),
            title: opened.document.title.wording(&visit.language),
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
            // What this phone sends next is a new answer, also if it says the same.
            set_cookie(&mut response, &cookies::take_key(&app, &opened.survey.slug))?;
            Ok(response)
        }
        Withdrawal::Closed => Ok(flash(&back, "withdraw-too-late")),
        Withdrawal::Unknown => wrong(&app, &visit, &request, &fields),
    }
}

impl Opened {
    fn may_withdraw(&self) -> bool {
        self.survey.state == State::Open && self.response.standing != Standing::Withdrawn
    }
}

async fn open(app: &web::Data<App>, fields: &Fields) -> Result<Option<Opened>> {
    let Some(receipt) = Receipt::parse(fields.get("code")) else {
        return Ok(None);
    };
    let there = app.clone();
    app.read(move |db| {
        let Some(response) = store::by_receipt(db, &receipt.digest())? else {
            return Ok(None);
        };
        Ok(Some(Opened {
            survey: surveys::by_id(db, &response.survey_id)?,
            document: document_of(&there, db, &response.survey_id, response.revision)?,
            places: surveys::places(db)?,
            response,
            receipt,
        }))
    })
    .await
}

/// The form again: with the reason, and after many of them slowly.
fn wrong(app: &App, visit: &Visit, request: &HttpRequest, fields: &Fields) -> Result<HttpResponse> {
    let mut form = FormState::typed(fields);
    let address = client_address(request, &app.config);
    let slow = match app.limits.wrong_receipt(address) {
        Err(Error::Slow { retry_after }) => Some(retry_after),
        Err(error) => return Err(error),
        Ok(()) => None,
    };
    let (fault, status) = match slow {
        Some(_) => ("receipt-slow", StatusCode::TOO_MANY_REQUESTS),
        None => ("receipt-unknown", StatusCode::UNPROCESSABLE_ENTITY),
    };
    form.fault("code", fault);
    let mut response = visit.page_as(app, status, &ReceiptPage { form })?;
    if let Some(wait) = slow {
        retry_after(&mut response, wait.as_secs());
    }
    Ok(unkept(response))
}
