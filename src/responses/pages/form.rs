//! The page with the questions.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::closed::closed;
use super::sent_form::SentForm;
use super::{Offered, asked, language, set_cookie, style};
use crate::accounts::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::localized::{LocalizedText, Wording};
use crate::responses::cookies;
use crate::responses::intake::{Fault, Faults};
use crate::responses::kiosk::DeviceKind;
use crate::responses::questions::{FaultLine, Question, Typed, fault_lines, questions};
use crate::responses::survey_pages::{self, KeptPage, PublicSurvey, SurveyPages};
use crate::secret::random_token;
use crate::surveys::{Document, Places, State};
use crate::web::form::FormState;
use crate::web::{Page, policy_with_style, see_other, unkept};

/// The questions of a survey, with what was typed so far and what is wrong with it.
#[derive(Debug, Serialize)]
pub(crate) struct AnswerPage {
    slug: String,
    revision: i32,
    /// Where the person is responding.
    device_kind: DeviceKind,
    /// The path of the questions there.
    address: String,
    /// The language a kiosk resets to.
    first_language: String,
    /// The inline stylesheet.
    pub(in crate::responses) style: String,
    title: Wording,
    intro: Option<Wording>,
    about: AboutPart,
    offered: Vec<Offered>,
    questions: Vec<Question>,
    /// The number of questions, not counting sections.
    total: usize,
    some_needed: bool,
    /// Whether a script turns its sections into steps.
    in_steps: bool,
    /// The submission key, if a script filled it in.
    submission: String,
    /// The receipt of the response being corrected.
    correcting: Option<String>,
    faults: Vec<FaultLine>,
    /// The Fluent message at the top of the page.
    news: Option<&'static str>,
    /// Whether this is a preview at the desk.
    preview: bool,
}

/// What people are told before the first question, unless the district says it in the intro.
#[derive(Debug, Serialize)]
pub(in crate::responses) struct AboutPart {
    students: bool,
    minutes: u32,
    purpose: Option<Wording>,
    readers: Option<Wording>,
    support: Option<Wording>,
}

impl AboutPart {
    pub(in crate::responses) fn of(document: &Document, language: &str) -> Self {
        let said = |text: &LocalizedText| (!text.is_empty()).then(|| text.wording(language));
        Self {
            students: document.is_for_students(),
            minutes: document.minutes(),
            purpose: said(&document.about.purpose),
            readers: said(&document.about.readers),
            support: said(&document.about.support),
        }
    }
}

impl AnswerPage {
    /// The page as everyone gets it.
    pub(in crate::responses) fn fresh(
        app: &App,
        survey: &PublicSurvey,
        language: &str,
        device_kind: DeviceKind,
    ) -> Result<Self> {
        let asked = (
            &*survey.document,
            &survey.asker.places,
            survey.current.revision,
        );
        let typed = (&Typed::new(), &Faults::new());
        let mut page = Self::new(asked, language, typed).at(device_kind);
        page.style = style(app)?;
        page.offered = Offered::all(&survey.languages, language);
        Ok(page)
    }

    fn new(
        (document, places, revision): (&Document, &Places, i32),
        language: &str,
        (typed, faults): (&Typed, &Faults),
    ) -> Self {
        Self {
            slug: document.slug.clone(),
            revision,
            device_kind: DeviceKind::Own,
            address: DeviceKind::Own.address(&document.slug).to_string(),
            first_language: document.languages.first().cloned().unwrap_or_default(),
            style: String::new(),
            title: document.title.wording(language),
            intro: (!document.intro.is_empty()).then(|| document.intro.wording(language)),
            about: AboutPart::of(document, language),
            offered: Vec::new(),
            questions: questions(document, places, language, typed, faults),
            some_needed: document.items.iter().any(|item| item.required),
            in_steps: document.is_in_steps(),
            total: document.questions().count(),
            submission: String::new(),
            correcting: None,
            faults: fault_lines(document, language, faults),
            news: None,
            preview: false,
        }
    }

    fn at(self, device_kind: DeviceKind) -> Self {
        Self {
            address: device_kind.address(&self.slug).to_string(),
            device_kind,
            ..self
        }
    }

    /// The page with the earlier answers, for people who have the receipt.
    pub(super) fn correcting(
        app: &App,
        survey: &PublicSurvey,
        language: &str,
        receipt: String,
        answered: &Typed,
    ) -> Result<Self> {
        let asked = (
            &*survey.document,
            &survey.asker.places,
            survey.current.revision,
        );
        Ok(Self {
            style: style(app)?,
            news: Some("correcting"),
            correcting: Some(receipt),
            ..Self::new(asked, language, (answered, &Faults::new()))
        })
    }

    /// The page as it will look, in any of its languages.
    pub(super) fn preview(
        app: &App,
        document: &Document,
        places: &Places,
        language: &str,
    ) -> Result<Self> {
        let asked = (document, places, 0);
        Ok(Self {
            style: style(app)?,
            offered: Offered::all(&document.languages, language),
            news: Some("preview"),
            preview: true,
            ..Self::new(asked, language, (&Typed::new(), &Faults::new()))
        })
    }

    /// The page as a response, with the policy that its stylesheet needs.
    pub(super) fn answer(
        &self,
        app: &App,
        visit: &Visit,
        status: StatusCode,
    ) -> Result<HttpResponse> {
        let mut response = visit.page_as(app, status, self)?;
        let policy = policy_with_style(&self.style);
        let policy = HeaderValue::from_str(&policy).map_err(Error::internal)?;
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
        Ok(unkept(response))
    }
}

impl Page for AnswerPage {
    const TEMPLATE: &'static str = "responses/answer.html";

    fn samples() -> Vec<Self> {
        let (document, places) = crate::responses::samples::asked();
        let asked = (&document, &places, 3);
        let typed = Typed::from([
            ("welcome".to_owned(), vec!["4".to_owned()]),
            (
                "best".to_owned(),
                vec!["<b>Mrs. Lee</b> & the bus".to_owned()],
            ),
        ]);
        let faults = Faults::from([
            ("change".to_owned(), Fault::Choose),
            ("news".to_owned(), Fault::TooMany { most: 2, given: 3 }),
            ("welcome".to_owned(), Fault::OutOfScale { from: 1, to: 5 }),
            (
                "best".to_owned(),
                Fault::TooLong {
                    most: 2000,
                    given: 2001,
                },
            ),
            (
                crate::responses::intake::WHOLE_FORM.to_owned(),
                Fault::Unknown("x".to_owned()),
            ),
        ]);
        let fresh = Self {
            offered: vec![Offered::one("en", "en"), Offered::one("es", "en")],
            ..Self::new(asked, "en", (&Typed::new(), &Faults::new()))
        };
        let wrong = Self {
            submission: "9f2c".to_owned(),
            ..Self::new(asked, "es", (&typed, &faults))
        };
        let kiosk = Self::new(asked, "en", (&Typed::new(), &Faults::new())).at(DeviceKind::Kiosk);
        let busy = Self {
            news: Some("busy"),
            ..Self::new(asked, "en", (&typed, &Faults::new()))
        };
        let preview = Self {
            news: Some("preview"),
            preview: true,
            ..Self::new(asked, "es", (&Typed::new(), &Faults::new()))
        };
        let correcting = Self {
            news: Some("correcting"),
            correcting: Some("7KQ4-M2XP-9RTD-HW6C".to_owned()),
            ..Self::new(asked, "en", (&typed, &Faults::new()))
        };
        let (document, places) = crate::responses::samples::kinds();
        let asked = (&document, &places, 1);
        let kinds = |typed: &Typed, faults: &Faults| Self::new(asked, "en", (typed, faults));
        let of_kinds = [
            ("agree", Fault::Agree),
            ("minutes", Fault::NoNumber { from: 0, to: 180 }),
            ("since", Fault::NoDay),
            ("one-word", Fault::Write),
            ("why", Fault::ChoiceAndOther),
            ("agreed", Fault::ChooseInEach { missing: 2 }),
            ("order", Fault::SameRank { rank: 1 }),
            (
                "share",
                Fault::WrongTotal {
                    total: 10,
                    given: 7,
                },
            ),
        ];
        let of_kinds = of_kinds.map(|(key, fault)| (key.to_owned(), fault));
        let all = kinds(&Typed::new(), &Faults::new());
        let filled = kinds(&crate::responses::samples::typed_kinds(), &of_kinds.into());
        vec![fresh, wrong, kiosk, busy, preview, correcting, all, filled]
    }
}

/// The page as everyone gets it, for [`survey_pages`].
pub(super) fn written(
    app: &App,
    survey: &PublicSurvey,
    language: &str,
    device_kind: DeviceKind,
) -> Result<(String, String)> {
    let page = AnswerPage::fresh(app, survey, language, device_kind)?;
    let html = survey.visit(language).render(app, &page)?;
    Ok((page.style, html))
}

/// `GET /s/{slug}`; with `?new` the phone starts a new response
pub(super) async fn show(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let survey = survey_pages::survey(&app, &pages, &slug).await?;
    let language = language(&survey.languages, &request);
    if survey.current.state == State::Closed {
        return closed(&app, &survey, &language, &survey.document, &Typed::new());
    }
    if asked(&request, "new").is_some() {
        let mut response = see_other(&format!("/s/{}?lang={language}", survey.slug));
        set_cookie(
            &mut response,
            &cookies::give_key(&app, &survey.slug, &random_token()?),
        )?;
        return Ok(response);
    }
    let page = survey_pages::page(&app, &survey, &language, DeviceKind::Own, written).await?;
    let mut response = send(&page, &request);
    if cookies::device(&app, &request).is_none() {
        set_cookie(&mut response, &cookies::new_device(&app)?)?;
    }
    if cookies::key(&app, &request, &survey.slug).is_none() {
        set_cookie(
            &mut response,
            &cookies::give_key(&app, &survey.slug, &random_token()?),
        )?;
    }
    Ok(response)
}

/// The cached page in the smallest encoding that the browser accepts, or 304 if the browser already has it.
pub(super) fn send(page: &KeptPage, request: &HttpRequest) -> HttpResponse {
    let has_it = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == page.etag));
    let mut response = HttpResponse::build(if has_it {
        StatusCode::NOT_MODIFIED
    } else {
        StatusCode::OK
    });
    response
        .insert_header((header::ETAG, page.etag.clone()))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::VARY, "Accept-Encoding, Accept-Language, Cookie"))
        // Also with 304: a browser replaces its stored headers with the new ones.
        .insert_header((header::CONTENT_SECURITY_POLICY, page.policy.clone()));
    if has_it {
        return response.finish();
    }
    response.content_type("text/html; charset=utf-8");
    page.html.send(request, &mut response)
}

/// The form with everything that was typed, what is wrong with it, and a message `news` at the top.
pub(super) fn again(
    sent: &SentForm,
    faults: &Faults,
    news: Option<&'static str>,
    status: StatusCode,
) -> Result<HttpResponse> {
    let typed = FormState::typed(&sent.fields).many;
    let places = &sent.survey.asker.places;
    let asked = (&*sent.document, places, sent.revision);
    let page = AnswerPage {
        style: style(&sent.app)?,
        submission: sent.fields.get("_submission").to_owned(),
        correcting: sent.correcting.as_ref().map(ToString::to_string),
        news,
        ..AnswerPage::new(asked, &sent.language, (&typed, faults)).at(sent.device_kind)
    };
    let visit = sent.survey.visit(&sent.language);
    page.answer(&sent.app, &visit, status)
}
