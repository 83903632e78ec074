//! `/s/{slug}/paper`: the current revision of the survey, on paper.
//!
//! This is a separate page and not a print stylesheet of the form. The form consists of steps, menus and an offline
//! queue, all optimized for the first screen on a phone, and none of that helps on paper.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use crate::app::App;
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::responses::intake::Faults;
use crate::responses::kiosk::DeviceKind;
use crate::responses::pages::{AboutPart, Offered, language};
use crate::responses::paper::model::code;
use crate::responses::questions::{Question, Typed, questions};
use crate::responses::survey_pages::{self, SurveyPages};
use crate::surveys::{Document, Places, State};
use crate::web::Page;

/// The printable survey.
#[derive(Debug, Serialize)]
pub(crate) struct PrintPage {
    /// The code that tells staff which wording it is.
    code: String,
    /// The URL of the same questions on a screen, without `https://`. Stays left to right in a sentence of any
    /// language.
    address: String,
    title: Wording,
    intro: Option<Wording>,
    about: AboutPart,
    hand_in: Option<Wording>,
    offered: Vec<Offered>,
    questions: Vec<Question>,
}

impl PrintPage {
    fn new(
        (document, places, revision): (&Document, &Places, i32),
        language: &str,
        base: &str,
    ) -> Self {
        let said = |text: &crate::localized::LocalizedText| {
            (!text.is_empty()).then(|| text.wording(language))
        };
        let base = base.trim_end_matches('/');
        let host = base.split_once("://").map_or(base, |(_, host)| host);
        Self {
            code: code(&document.slug, language, revision),
            address: format!(
                "\u{2066}{host}{}\u{2069}",
                DeviceKind::Own.address(&document.slug)
            ),
            title: document.title.wording(language),
            intro: said(&document.intro),
            about: AboutPart::of(document, language),
            hand_in: said(&document.about.hand_in),
            offered: Vec::new(),
            questions: questions(document, places, language, &Typed::new(), &Faults::new()),
        }
    }
}

impl Page for PrintPage {
    const TEMPLATE: &'static str = "responses/paper/print.html";

    fn samples() -> Vec<Self> {
        let base = "https://riverside.example/";
        let (small, places) = crate::responses::samples::asked();
        let (kinds, _) = crate::responses::samples::kinds();
        let mut said = kinds.clone();
        said.about.hand_in = crate::localized::LocalizedText::one("en", "At the <office>.");
        let offered = vec![Offered::one("en", "en"), Offered::one("es", "en")];
        vec![
            Self {
                offered,
                ..Self::new((&small, &places, 3), "en", base)
            },
            Self::new((&kinds, &places, 1), "es", base),
            Self::new((&said, &places, 1), "en", base),
        ]
    }
}

/// `GET /s/{slug}/paper`; not found once the survey is closed
pub(super) async fn show(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let survey = survey_pages::survey(&app, &pages, &slug).await?;
    if survey.current.state == State::Closed {
        return Err(Error::NotFound);
    }
    let language = language(&survey.languages, &request);
    let asked = (
        &*survey.document,
        &survey.asker.places,
        survey.current.revision,
    );
    let base = app.config.base_url.first().map_or("", String::as_str);
    let page = PrintPage {
        offered: Offered::all(&survey.languages, &language),
        ..PrintPage::new(asked, &language, base)
    };
    survey.visit(&language).page(&app, &page)
}
