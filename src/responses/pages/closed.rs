//! The page of a survey that no longer takes responses: 410, with what was typed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::NaiveDate;
use serde::Serialize;

use super::Offered;
use crate::app::App;
use crate::error::Result;
use crate::localized::Wording;
use crate::responses::questions::{Received, Typed, received};
use crate::responses::survey_pages::PublicSurvey;
use crate::surveys::Document;
use crate::web::{Page, unkept};

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
            .map(|at| survey.local_time().day(at)),
        typed: received(document, &survey.asker.places, language, typed, None),
    };
    survey
        .visit(language)
        .page_as(app, StatusCode::GONE, &page)
        .map(unkept)
}
