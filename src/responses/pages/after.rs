//! What comes after the questions: the thank-you page, the choice between two responses, and the page of a closed
//! survey.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{NaiveDate, TimeZone};
use serde::Serialize;

use super::arrival::Arrival;
use super::{Offered, language};
use crate::app::App;
use crate::comments::Status;
use crate::district;
use crate::error::Result;
use crate::localized::Wording;
use crate::responses::kiosk::DeviceKind;
use crate::responses::page_cache::{self, PublicSurvey, SurveyPages};
use crate::responses::questions::{Received, Typed, received};
use crate::responses::receipt::Receipt;
use crate::responses::{cookies, store};
use crate::secret::random_token;
use crate::surveys::{Document, ReceiptUse, State};
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
pub(super) async fn thanks(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    thanks_at(&app, &pages, &slug, &request, DeviceKind::Own).await
}

/// The thank-you page of a phone or a kiosk. A kiosk returns to the start on its own.
pub(super) async fn thanks_at(
    app: &web::Data<App>,
    pages: &web::Data<SurveyPages>,
    slug: &str,
    request: &HttpRequest,
    device_kind: DeviceKind,
) -> Result<HttpResponse> {
    let survey = page_cache::survey(app, pages, slug).await?;
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

/// What became of the response that the phone sent before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Earlier {
    /// It counts.
    Counts,
    /// Its author withdrew it.
    Withdrawn,
}

/// The choice to make if one phone sent two different responses, or one after it withdrew another.
#[derive(Debug, Serialize)]
pub(crate) struct ConflictPage {
    earlier: Earlier,
    slug: String,
    /// The path of the questions.
    address: String,
    /// The submitted fields, including Chorus's own fields that the next attempt needs.
    fields: Vec<(String, String)>,
    /// The submission key to use if the second response is from a different person. It's created here, so that
    /// submitting the choice twice stores only one response.
    another: String,
}

/// The fields that the choice sets again.
const OF_THE_CHOICE: &[&str] = &["_conflict", "_another"];

impl Page for ConflictPage {
    const TEMPLATE: &'static str = "responses/conflict.html";

    fn samples() -> Vec<Self> {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let page = |earlier| Self {
            earlier,
            slug: "family".to_owned(),
            address: "/s/family".to_owned(),
            fields: vec![
                field("_revision", "3"),
                field("welcome", "4"),
                field("best", "\"Quoted\" & <b>bold</b>\nsecond line"),
            ],
            another: "k".to_owned(),
        };
        vec![page(Earlier::Counts), page(Earlier::Withdrawn)]
    }
}

/// 409: nothing was changed, and nothing that was typed is lost.
pub(super) fn conflict(arrival: &Arrival, earlier: Earlier) -> Result<HttpResponse> {
    let fields = arrival.fields.0.iter();
    let kept = fields.filter(|(name, _)| !OF_THE_CHOICE.contains(&name.as_str()));
    let page = ConflictPage {
        earlier,
        slug: arrival.survey.slug.clone(),
        address: arrival
            .device_kind
            .address(&arrival.survey.slug)
            .to_string(),
        fields: kept.cloned().collect(),
        another: random_token()?,
    };
    let visit = arrival.survey.visit(&arrival.language);
    visit
        .page_as(&arrival.app, StatusCode::CONFLICT, &page)
        .map(unkept)
}

/// A survey that no longer takes responses, with what the person typed.
#[derive(Debug, Serialize)]
pub(crate) struct ClosedPage {
    offered: Vec<Offered>,
    title: Wording,
    closed_on: Option<NaiveDate>,
    typed: Vec<Received>,
}

impl Page for ClosedPage {
    const TEMPLATE: &'static str = "responses/closed.html";

    fn samples() -> Vec<Self> {
        let (document, places) = crate::responses::samples::asked();
        let page = |typed| Self {
            offered: vec![Offered::one("en", "en"), Offered::one("es", "en")],
            title: document.title.wording("en"),
            closed_on: NaiveDate::from_ymd_opt(2026, 10, 30),
            typed,
        };
        let typed = crate::responses::samples::typed();
        vec![
            Self {
                closed_on: None,
                ..page(Vec::new())
            },
            page(received(&document, &places, "en", &typed, None)),
        ]
    }
}

/// 410
pub(super) fn closed(
    app: &App,
    survey: &PublicSurvey,
    language: &str,
    document: &Document,
    typed: &Typed,
) -> Result<HttpResponse> {
    let page = ClosedPage {
        // Switching languages would lose what was typed.
        offered: if typed.is_empty() {
            Offered::all(&survey.languages, language)
        } else {
            Vec::new()
        },
        title: document.title.wording(language),
        closed_on: survey
            .current
            .closed_at
            .map(|at| survey.zone().from_utc_datetime(&at).date_naive()),
        typed: received(document, &survey.asker.places, language, typed, None),
    };
    survey
        .visit(language)
        .page_as(app, StatusCode::GONE, &page)
        .map(unkept)
}
