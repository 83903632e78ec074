//! `/s/{slug}/thanks`: the page after a stored response, with its receipt.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::{Offered, language};
use crate::app::App;
use crate::comments::Status;
use crate::district;
use crate::error::Result;
use crate::localized::Wording;
use crate::responses::kiosk::DeviceKind;
use crate::responses::receipt::Receipt;
use crate::responses::survey_pages::{self, SurveyPages};
use crate::responses::{cookies, store};
use crate::surveys::{ReceiptUse, State};
use crate::web::{Page, unkept};

/// What a phone shows once its response is stored.
#[derive(Debug, Serialize)]
pub(crate) struct ThanksPage {
    slug: String,
    /// The round whose results people can sign up for. Only on their own device.
    of_round: Option<String>,
    /// At a kiosk, the URL where the next person starts over.
    clean: Option<String>,
    offered: Vec<Offered>,
    /// What happens next, in the district's words.
    thanks: Option<Wording>,
    /// The receipt as people read it, on the phone that just sent the response.
    receipt: Option<String>,
    /// Whether the receipt only confirms that the response arrived.
    arrival_only: bool,
    /// Whether the response counts, if its receipt is known.
    status: Option<Status>,
    is_open: bool,
}

impl Page for ThanksPage {
    const TEMPLATE: &'static str = "responses/thanks.html";

    fn samples() -> Vec<Self> {
        let (document, _) = crate::responses::samples::asked();
        let page = |status: Option<Status>| Self {
            slug: "family".to_owned(),
            of_round: Some("vision-2031".to_owned()),
            clean: None,
            offered: vec![Offered::one("en", "en"), Offered::one("es", "en")],
            thanks: Some(document.thanks.wording("en")),
            receipt: status.map(|_| "7KQ4-M2XP-9RTD-HW6C".to_owned()),
            arrival_only: false,
            status,
            is_open: true,
        };
        let students = Self {
            arrival_only: true,
            ..page(Some(Status::Counted))
        };
        let kiosk = Self {
            clean: Some("/s/family/kiosk?lang=en".to_owned()),
            of_round: None,
            offered: Vec::new(),
            ..page(Some(Status::Counted))
        };
        let bare = Self {
            thanks: None,
            is_open: false,
            ..page(None)
        };
        vec![
            bare,
            page(Some(Status::Counted)),
            page(Some(Status::Suspected)),
            page(Some(Status::Withdrawn)),
            page(Some(Status::Late)),
            students,
            kiosk,
        ]
    }
}

/// `GET /s/{slug}/thanks`
pub(super) async fn show(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    show_at(&app, &pages, &slug, &request, DeviceKind::Own).await
}

/// The thank-you page of a phone or a kiosk. A kiosk returns to the start on its own.
pub(super) async fn show_at(
    app: &web::Data<App>,
    pages: &web::Data<SurveyPages>,
    slug: &str,
    request: &HttpRequest,
    device_kind: DeviceKind,
) -> Result<HttpResponse> {
    let survey = survey_pages::survey(app, pages, slug).await?;
    let language = language(&survey.languages, request);
    let receipt = cookies::receipt(request);
    let status = match receipt.as_ref().map(Receipt::digest) {
        Some(digest) => {
            let found = app
                .read(move |db| Ok(store::by_receipt(db, &digest)?))
                .await?;
            found
                .filter(|response| response.survey_id == survey.current.id)
                .map(|response| response.status)
        }
        None => None,
    };
    let thanks = &survey.document.thanks;
    // Don't ask students, and don't ask on a shared device.
    let asks_back = device_kind == DeviceKind::Own && !survey.document.is_for_students();
    let round_id = survey.current.round_id.clone();
    let of_round = if asks_back {
        let round = app
            .read(move |db| Ok(district::round_by_id(db, &round_id)?))
            .await?;
        Some(round.slug)
    } else {
        None
    };
    let page = ThanksPage {
        slug: survey.slug.clone(),
        of_round,
        clean: (device_kind == DeviceKind::Kiosk).then(|| {
            let first = survey.languages.first().map_or("", String::as_str);
            format!("{}?lang={first}", device_kind.address(slug))
        }),
        offered: Offered::all(&survey.languages, &language),
        thanks: (!thanks.is_empty()).then(|| thanks.wording(&language)),
        receipt: status.and(receipt).map(|receipt| receipt.to_string()),
        arrival_only: survey.document.receipt_use() != ReceiptUse::Answer,
        status,
        is_open: survey.current.state == State::Open,
    };
    survey.visit(&language).page(app, &page).map(unkept)
}
