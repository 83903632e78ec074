//! `/r`: what a receipt opens and, once something is published, where its comments went.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;

use super::reading::{CountingTheme, Links, Reading};
use super::sample_sites;
use crate::accounts::Visit;
use crate::app::App;
use crate::comments::Status;
use crate::error::{Error, Result};
use crate::localized::{LocalizedText, Wording};
use crate::responses::{self, OpenedResponse, Received, SurveyPages};
use crate::voices::shelf::Shelf;
use crate::voices::whereabouts::{Whereabouts, whereabouts};
use crate::web::form::{Fields, FormState};
use crate::web::limits::client_address;
use crate::web::{Page, unkept};

/// The form that takes a receipt.
#[derive(Debug, Serialize)]
pub(crate) struct ReceiptPage {
    form: FormState,
}

impl Page for ReceiptPage {
    const TEMPLATE: &'static str = "voices/receipt.html";

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

/// What was received, for people who have the receipt.
#[derive(Debug, Serialize)]
pub(crate) struct ReceivedPage {
    /// As people read it.
    receipt: String,
    title: Wording,
    day: NaiveDate,
    status: Status,
    /// Whether the receipt only confirms that the response arrived.
    arrival_only: bool,
    received: Vec<Received>,
    may_withdraw: bool,
    may_correct: bool,
    went: Went,
}

/// Where a response's comments went.
#[derive(Debug, Serialize)]
struct Went {
    /// `none`: there are no comments; `not-yet`: nothing is published; `after`: the snapshot was counted before the
    /// response; `there`: the snapshot includes it.
    state: &'static str,
    words: Vec<WentWord>,
}

/// One comment, and the themes that count it.
#[derive(Debug, Serialize)]
struct WentWord {
    question: Option<Wording>,
    voice: Wording,
    themes: Vec<CountingTheme>,
}

impl Page for ReceivedPage {
    const TEMPLATE: &'static str = "voices/received.html";

    fn samples() -> Vec<Self> {
        let wording = |text: &str| LocalizedText::one("en", text).wording("en");
        let page = |status, open, state, words| Self {
            receipt: "7KQ4-M2XP-9RTD-HW6C".to_owned(),
            title: wording("What should our schools become?"),
            day: NaiveDate::from_ymd_opt(2026, 10, 14).unwrap_or_default(),
            status,
            arrival_only: false,
            received: Received::samples(),
            may_withdraw: open,
            may_correct: open,
            went: Went { state, words },
        };
        let [published, _] = sample_sites::sites();
        let reading = published.reading("en");
        let word = |text: &str, themes: &[&str]| WentWord {
            question: Some(wording("What needs to get better?")),
            voice: Wording {
                text: text.to_owned(),
                lang: Some("es".to_owned()),
            },
            themes: themes
                .iter()
                .filter_map(|key| reading.counting_theme(key))
                .collect(),
        };
        let words = || vec![word("El <camión>", &["buses", "meals"]), word("Nada", &[])];
        let arrival = Self {
            arrival_only: true,
            received: Vec::new(),
            may_correct: false,
            ..page(Status::Counted, true, "none", Vec::new())
        };
        vec![
            page(Status::Counted, true, "not-yet", Vec::new()),
            page(Status::Counted, false, "there", words()),
            page(Status::Counted, false, "after", Vec::new()),
            page(Status::Suspected, true, "none", Vec::new()),
            page(Status::SetAside, false, "none", Vec::new()),
            page(Status::Withdrawn, false, "none", Vec::new()),
            page(Status::Late, false, "none", Vec::new()),
            arrival,
        ]
    }
}

/// `GET /r`
pub(super) async fn ask(app: web::Data<App>, visit: Visit) -> Result<HttpResponse> {
    let form = FormState::default();
    visit.page(&app, &ReceiptPage { form })
}

/// `POST /r`
pub(super) async fn show(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    shelf: web::Data<Shelf>,
    visit: Visit,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    let Some(opened) = responses::open_receipt(&app, &pages, fields.get("code")).await? else {
        return wrong(&app, &visit, &request, &fields);
    };
    let opened = Arc::new(opened);
    let (shelf, there) = (shelf.clone(), Arc::clone(&opened));
    let whereabouts = app.read(move |db| whereabouts(db, &shelf, &there)).await?;
    let page = ReceivedPage::new(&opened, &whereabouts, &visit.language);
    visit.page(&app, &page).map(unkept)
}

impl ReceivedPage {
    fn new(opened: &OpenedResponse, whereabouts: &Whereabouts, language: &str) -> Self {
        Self {
            receipt: opened.receipt.to_string(),
            title: opened.title(language),
            day: opened.day(),
            status: opened.response.status,
            arrival_only: !opened.shows_answers(),
            received: opened.received(language),
            may_withdraw: opened.may_withdraw(),
            may_correct: opened.may_correct(),
            went: Went::new(opened, whereabouts, language),
        }
    }
}

impl Went {
    fn new(opened: &OpenedResponse, whereabouts: &Whereabouts, language: &str) -> Self {
        let bare = |state| Self {
            state,
            words: Vec::new(),
        };
        let (snapshot, went) = match whereabouts {
            Whereabouts::NoWords => return bare("none"),
            Whereabouts::NothingPublished => return bare("not-yet"),
            Whereabouts::CountedBefore => return bare("after"),
            Whereabouts::Published(snapshot, went) => (snapshot, went),
        };
        let links = Links::published(&snapshot.round.slug);
        let reading = Reading {
            snapshot,
            lang: language,
            links: &links,
        };
        let words = opened.words.iter().zip(went).map(|(comment, themes)| {
            let lang = (comment.language != language).then(|| comment.language.clone());
            WentWord {
                question: opened
                    .question(comment)
                    .map(|item| item.label.wording(language)),
                voice: Wording {
                    text: comment.text.clone(),
                    lang,
                },
                themes: themes
                    .iter()
                    .filter_map(|key| reading.counting_theme(key))
                    .collect(),
            }
        });
        Self {
            state: "there",
            words: words.collect(),
        }
    }
}

/// Shows the form again with the reason. Rate-limited after many wrong codes.
fn wrong(app: &App, visit: &Visit, request: &HttpRequest, fields: &Fields) -> Result<HttpResponse> {
    let mut form = FormState::typed(fields);
    let slow = match app
        .limits
        .wrong_receipt(client_address(request, &app.config))
    {
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
        response.headers_mut().insert(
            header::RETRY_AFTER,
            HeaderValue::from(wait.as_secs().max(1)),
        );
    }
    Ok(unkept(response))
}
