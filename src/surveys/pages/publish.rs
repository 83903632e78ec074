//! Publishes a survey, or a correction to an open one, after a page that says what that does.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::{DeskSurvey, SurveyHeader, Tongue, find, fingerprint, sample_corrections};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::error::{Error, Result};
use crate::surveys::corrections::Correction;
use crate::surveys::faults::Fault;
use crate::surveys::model::State;
use crate::surveys::{life, store};
use crate::web::form::Fields;
use crate::web::{Page, flash};

/// What publishing does, what it would correct, or what prevents it.
#[derive(Debug, Serialize)]
pub(crate) struct PublishPage {
    survey: SurveyHeader,
    tongues: Vec<Tongue>,
    questions: usize,
    /// The number of the revision that publishing would create.
    next: i32,
    corrections: Vec<Correction>,
    faults: Vec<Fault>,
    /// Fingerprint of the document that the form shows. Publishing freezes this document, not changes that someone else
    /// made in the meantime.
    seen: String,
    /// Whether someone else changed the document since the form was made.
    moved_on: bool,
}

impl Page for PublishPage {
    const TEMPLATE: &'static str = "surveys/publish.html";

    fn samples() -> Vec<Self> {
        let page = |state| Self {
            survey: SurveyHeader::sample(state),
            tongues: Tongue::samples(),
            questions: 7,
            next: 3,
            corrections: Vec::new(),
            faults: Vec::new(),
            seen: "9f2c".to_owned(),
            moved_on: false,
        };
        let fault = Fault {
            item: Some("first".to_owned()),
            reason: "the choice “buses” is gone".to_owned(),
        };
        vec![
            page(State::Draft),
            page(State::Open),
            Self {
                corrections: sample_corrections(),
                moved_on: true,
                ..page(State::Open)
            },
            Self {
                faults: vec![fault],
                ..page(State::Open)
            },
        ]
    }
}

/// `GET /desk/surveys/{survey}/publish`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let page = PublishPage::new(found.head(&viewer), &found)?;
    viewer.visit.page(&app, &page)
}

/// `POST /desk/surveys/{survey}/publish`
pub(super) async fn submit(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let mut page = PublishPage::new(found.head(&viewer), &found)?;
    page.moved_on = page.seen != fields.get("seen");
    if page.moved_on || !page.faults.is_empty() {
        return viewer.visit.again(&app, &page);
    }
    let (actor, id, seen) = (viewer.actor(), found.survey.id, page.seen);
    app.write(move |db| {
        let survey = store::locked(db, &id)?;
        if fingerprint(&survey.document)? != seen {
            return Err(Error::Conflict(
                "Something changed while you were working. Please check the survey again."
                    .to_owned(),
            ));
        }
        life::publish(db, &actor, &id)
    })
    .await?;
    let news = if found.survey.state == State::Draft {
        "survey-opened"
    } else {
        "survey-corrected"
    };
    Ok(flash(&format!("/desk/surveys/{}", found.survey.slug), news))
}

impl PublishPage {
    fn new(survey: SurveyHeader, found: &DeskSurvey) -> Result<Self> {
        let document = &found.survey.document;
        let next = found
            .survey
            .next_revision(found.published.as_ref(), &found.places);
        let (corrections, faults) = match next {
            Ok(corrections) => (corrections, Vec::new()),
            Err(faults) => (Vec::new(), faults),
        };
        Ok(Self {
            next: survey.revision + 1,
            survey,
            tongues: Tongue::of(document, &found.places),
            questions: document.questions().count(),
            corrections,
            faults,
            seen: fingerprint(document)?,
            moved_on: false,
        })
    }
}
