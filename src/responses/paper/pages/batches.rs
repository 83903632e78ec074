//! `/desk/surveys/{survey}/paper`: the batches of a survey, and the form that starts one.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;

use super::counts::{MarkRow, mark_rows, sample_rows};
use super::survey::PaperSurvey;
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::error::Result;
use crate::localized::Wording;
use crate::responses::Channel;
use crate::responses::paper::model::{CHANNELS, PaperBatch, PaperBatchId, code};
use crate::responses::paper::store;
use crate::surveys::{self, Document, State};
use crate::web::form::{Fields, FormState};
use crate::web::languages::{FALLBACK, own_name};
use crate::web::{Page, see_other};

/// The longest name of a batch, in characters.
const LONGEST_NAME: usize = 100;

/// The batches of a survey.
#[derive(Debug, Serialize)]
pub(crate) struct BatchesPage {
    slug: String,
    title: Wording,
    state: State,
    /// Whether the viewer can start a batch.
    may_begin: bool,
    batches: Vec<BatchRow>,
    form: FormState,
    /// Each code that sheets can have: as the form submits it, as it's printed, and the language's name.
    codes: Vec<(String, String, String)>,
    /// The first and last date that sheets can have.
    days: (NaiveDate, NaiveDate),
    /// For planners: how often questions have no answer in all batches, and how many sheets there are.
    marks: Vec<MarkRow>,
    sheets: usize,
}

#[derive(Debug, Serialize)]
struct BatchRow {
    id: String,
    name: String,
    channel: String,
    code: String,
    day: NaiveDate,
    /// How many of its sheets count.
    counted: i64,
    closed: bool,
}

impl Page for BatchesPage {
    const TEMPLATE: &'static str = "responses/paper/batches.html";

    fn samples() -> Vec<Self> {
        let day = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap_or_default();
        let page = |state, may_begin| Self {
            slug: "family".to_owned(),
            title: Wording::default(),
            state,
            may_begin,
            batches: Vec::new(),
            form: FormState::default()
                .with("day", &day)
                .with("channel", "paper"),
            codes: vec![(
                "es.3".to_owned(),
                code("family", "es", 3),
                "Español".to_owned(),
            )],
            days: (day, day),
            marks: Vec::new(),
            sheets: 0,
        };
        let row = |closed| BatchRow {
            id: "b1".to_owned(),
            name: "Lincoln, <box> 2".to_owned(),
            channel: "in person".to_owned(),
            code: code("family", "es", 3),
            day,
            counted: 60,
            closed,
        };
        let mut wrong = page(State::Open, true);
        for field in ["name", "channel", "code", "day"] {
            wrong.form.fault(field, "Say it.");
        }
        let full = Self {
            batches: vec![row(false), row(true)],
            marks: sample_rows(),
            sheets: 60,
            ..page(State::Open, true)
        };
        vec![
            page(State::Draft, false),
            page(State::Open, true),
            wrong,
            full,
            page(State::Closed, false),
        ]
    }
}

impl BatchesPage {
    async fn new(app: &App, found: &PaperSurvey, form: FormState) -> Result<Self> {
        let (id, plans) = (found.survey.id.clone(), found.plans);
        let (batches, counted, marks, revisions) = app
            .read(move |db| {
                let marks = if plans {
                    store::marks_of(db, &id)?
                } else {
                    Vec::new()
                };
                let batches = store::batches(db, &id)?;
                let counted = store::counted(db, &id)?;
                Ok((
                    batches,
                    counted,
                    marks,
                    surveys::published_documents(db, &id)?,
                ))
            })
            .await?;
        let survey = &found.survey;
        let row = |batch: PaperBatch| BatchRow {
            counted: counted.get(&batch.id).copied().unwrap_or(0),
            code: code(&survey.slug, &batch.language, batch.revision),
            channel: batch.channel.as_str().replace('-', " "),
            closed: batch.closed_at.is_some(),
            id: batch.id.to_string(),
            name: batch.name,
            day: batch.day,
        };
        let asked = revisions.first().map(|(_, document)| document);
        let days = found.asking.days();
        Ok(Self {
            slug: survey.slug.clone(),
            title: survey.document.title.wording(FALLBACK),
            state: survey.state,
            may_begin: found.asking.may_begin(found.plans),
            codes: codes(&survey.slug, &revisions),
            days: (*days.start(), *days.end()),
            sheets: marks.len(),
            marks: match asked {
                Some(document) if !marks.is_empty() => mark_rows(document, &store::tallied(&marks)),
                _ => Vec::new(),
            },
            batches: batches
                .into_iter()
                .filter(|batch| found.opens(batch))
                .map(row)
                .collect(),
            form,
        })
    }
}

/// Every code that sheets can have, latest revision first.
fn codes(slug: &str, revisions: &[(i32, Document)]) -> Vec<(String, String, String)> {
    let of_revision = |(number, document): &(i32, Document)| {
        let number = *number;
        let tags = document.languages.clone().into_iter();
        tags.map(move |tag| {
            let name = own_name(&tag).to_owned();
            (format!("{tag}.{number}"), code(slug, &tag, number), name)
        })
        .collect::<Vec<_>>()
    };
    revisions.iter().flat_map(of_revision).collect()
}

/// `GET /desk/surveys/{survey}/paper`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Paper>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let found = PaperSurvey::survey(&app, &viewer, &slug).await?;
    let form = FormState::default()
        .with("channel", Channel::Paper.as_str())
        .with("day", found.asking.days().end());
    let page = BatchesPage::new(&app, &found, form).await?;
    viewer.visit.page(&app, &page)
}

/// `POST /desk/surveys/{survey}/paper`: starts a batch
pub(super) async fn begin(
    app: web::Data<App>,
    viewer: Viewer<permission::Paper>,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let found = PaperSurvey::survey(&app, &viewer, &slug).await?;
    let mut page = BatchesPage::new(&app, &found, FormState::typed(&fields)).await?;
    if !page.may_begin {
        return viewer.visit.page_as(&app, StatusCode::CONFLICT, &page);
    }
    let Some(batch) = parsed(&mut page, &found, &viewer, &fields) else {
        return viewer.visit.again(&app, &page);
    };
    let (actor, id) = (viewer.actor(), batch.id.clone());
    app.write(move |db| Ok(store::begin(db, &actor, &batch)?))
        .await?;
    let slug = &found.survey.slug;
    Ok(see_other(&format!("/desk/surveys/{slug}/paper/{id}")))
}

/// The batch from a form. `None` if something is wrong with it, which the page then says.
fn parsed(
    page: &mut BatchesPage,
    found: &PaperSurvey,
    viewer: &Viewer<permission::Paper>,
    fields: &Fields,
) -> Option<PaperBatch> {
    let name = fields.get("name");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let reason = format!("Enter a batch name of up to {LONGEST_NAME} characters.");
        page.form.fault("name", reason);
    }
    let channel = Channel::parse(fields.get("channel")).filter(|one| CHANNELS.contains(one));
    if channel.is_none() {
        page.form
            .fault("channel", "Choose how the responses came in.");
    }
    let named = fields.get("code");
    if !page.codes.iter().any(|(value, ..)| value == named) {
        page.form
            .fault("code", "Choose the form code at the bottom of the sheets.");
    }
    let day = fields.get("day").parse::<NaiveDate>().ok();
    let day = day.filter(|day| found.asking.days().contains(day));
    if day.is_none() {
        page.form
            .fault("day", "Enter a day when the survey was open, up to today.");
    }
    if !page.form.is_right() {
        return None;
    }
    let (language, revision) = named.split_once('.')?;
    let actor = viewer.actor();
    Some(PaperBatch {
        id: PaperBatchId::new(),
        survey_id: found.survey.id.clone(),
        name: name.to_owned(),
        channel: channel?,
        language: language.to_owned(),
        revision: revision.parse().ok()?,
        day: day?,
        started_by: actor.account,
        started_at: actor.at,
        closed_at: None,
        last_sheet: 0,
    })
}
