//! The form that edits a survey as a document: a new survey, a copy, or changes to an existing one.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::{SurveyHeader, find, fingerprint};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::surveys::document::Document;
use crate::surveys::faults::Fault;
use crate::surveys::file::{parse_document, write_document};
use crate::surveys::model::{State, SurveyId};
use crate::surveys::{life, store};
use crate::web::form::{Fields, FormState};
use crate::web::languages::FALLBACK;
use crate::web::{Page, flash};

/// The form with a survey's document.
#[derive(Debug, Serialize)]
pub(crate) struct EditPage {
    /// The survey being changed. `None` for a new one.
    survey: Option<SurveyHeader>,
    form: FormState,
    faults: Vec<Fault>,
    /// The rounds that a new survey can belong to.
    belongs_to: Vec<RoundChoice>,
}

/// A round that a new survey can belong to.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RoundChoice {
    slug: String,
    title: Wording,
}

impl RoundChoice {
    pub(super) fn all(viewer: &Viewer<permission::Surveys>) -> Vec<Self> {
        let choice = |round: &crate::district::Round| Self {
            slug: round.slug.clone(),
            title: round.title.wording(FALLBACK),
        };
        viewer.visit.rounds.iter().map(choice).collect()
    }

    pub(super) fn sample() -> Self {
        Self {
            slug: "vision-2031".to_owned(),
            title: Wording::default(),
        }
    }
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "surveys/edit.html";

    fn samples() -> Vec<Self> {
        let typed = FormState::default()
            .with("document", "slug = \"<family>\"\n</textarea>")
            .with("round", "vision-2031")
            .with("seen", "9f2c");
        let round = RoundChoice::sample();
        let page = |survey, faults| Self {
            survey,
            form: typed.clone(),
            faults,
            belongs_to: vec![round.clone(), round.clone()],
        };
        let faults = vec![
            Fault::of_survey("line 3: invalid string"),
            Fault {
                item: Some("best".to_owned()),
                reason: "the question has no words".to_owned(),
            },
        ];
        vec![
            page(None, Vec::new()),
            page(None, faults.clone()),
            page(Some(SurveyHeader::sample(State::Draft)), Vec::new()),
            page(Some(SurveyHeader::sample(State::Open)), faults),
        ]
    }
}

/// `GET /desk/surveys/{survey}/edit`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let document = &found.survey.document;
    let text = write_document(document).map_err(Error::bug)?;
    let form = FormState::default()
        .with("document", &text)
        .with("seen", &fingerprint(document)?);
    let page = EditPage::new(&viewer, Some(found.head(&viewer)), form);
    viewer.visit.page(&app, &page)
}

/// `POST /desk/surveys/{survey}/edit`
pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let head = found.head(&viewer);
    let again = |faults, form| {
        let page = EditPage::new(&viewer, Some(head.clone()), form);
        refuse(&app, &viewer, page, faults)
    };
    let typed = FormState::typed(&fields);
    let document = match parse_document(fields.raw("document").unwrap_or_default()) {
        Ok(document) => document,
        Err(reason) => return again(vec![Fault::of_survey(&reason)], typed),
    };
    let address = format!("/desk/surveys/{}", document.slug);
    let seen = fields.get("seen");
    match put(&app, &viewer, &found.survey.id, document, seen).await? {
        Verdict::MovedOn(there) => again(vec![moved_on()], typed.with("seen", &there)),
        Verdict::Judged(faults) if faults.is_empty() => Ok(flash(&address, "survey-saved")),
        Verdict::Judged(faults) => again(faults, typed),
    }
}

/// Replaces the document that the planner saw, unless someone else has changed it since or the new one is invalid.
pub(super) async fn put(
    app: &web::Data<App>,
    viewer: &Viewer<permission::Surveys>,
    survey: &SurveyId,
    document: Document,
    seen: &str,
) -> Result<Verdict> {
    let (actor, id, seen) = (viewer.actor(), survey.clone(), seen.to_owned());
    app.write(move |db| {
        let survey = store::locked(db, &id)?;
        let there = fingerprint(&survey.document)?;
        if there != seen {
            return Ok(Verdict::MovedOn(there));
        }
        let published = store::published(db, &id)?;
        let places = store::places(db)?;
        let verdict = survey.may_become(&document, published.as_ref(), &places);
        let mut faults = verdict.err().unwrap_or_default();
        if document.slug != survey.slug && faults.is_empty() {
            faults.extend(taken(db, &document.slug)?);
        }
        if faults.is_empty() {
            life::change(db, &actor, &id, &document)?;
        }
        Ok(Verdict::Judged(faults))
    })
    .await
}

/// The message for someone who is about to overwrite another person's changes.
pub(super) fn moved_on() -> Fault {
    Fault::of_survey(
        "Someone else changed this survey after you opened it. Their version is on the survey’s page. If you save again, yours replaces it.",
    )
}

/// The result of saving.
pub(super) enum Verdict {
    /// Someone else saved in the meantime. Holds the fingerprint of the current document.
    MovedOn(String),
    /// What's wrong with the document. Empty if it was saved.
    Judged(Vec<Fault>),
}

pub(super) fn refuse(
    app: &App,
    viewer: &Viewer<permission::Surveys>,
    mut page: EditPage,
    faults: Vec<Fault>,
) -> Result<HttpResponse> {
    page.faults = faults;
    viewer.visit.again(app, &page)
}

pub(super) fn taken(db: &mut Db, slug: &str) -> Result<Option<Fault>> {
    let fault = || {
        Fault::of_survey(&format!(
            "another survey has the address “{slug}”: choose another"
        ))
    };
    Ok(store::find(db, slug)?.map(|_| fault()))
}

impl EditPage {
    pub(super) fn new(
        viewer: &Viewer<permission::Surveys>,
        survey: Option<SurveyHeader>,
        form: FormState,
    ) -> Self {
        Self {
            survey,
            form,
            faults: Vec::new(),
            belongs_to: RoundChoice::all(viewer),
        }
    }
}
