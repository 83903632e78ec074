//! Where a planner reviews and releases results for schools.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;
use serde::Serialize;

use super::survey::{Query, SchoolSurveyPage};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::district::{self, Round};
use crate::editions::{self, Audience, EditionId};
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::school_results::build::Report;
use crate::school_results::release::{Draft, draft};
use crate::themes::Live;
use crate::web::form::{Fields, FormState};
use crate::web::{Page, flash};

/// What an edition would hold, and the editions so far.
#[derive(Debug, Serialize)]
pub(crate) struct ReleasePage {
    base: String,
    /// The closed surveys: slug, title, and how many people answered.
    surveys: Vec<(String, Wording, u64)>,
    /// The surveys that are still open.
    open: Vec<String>,
    report: Report,
    /// How many of its counts are hidden, in percent.
    hidden_share: u64,
    editions: Vec<EditionLine>,
    form: FormState,
}

#[derive(Debug, Serialize)]
struct EditionLine {
    id: EditionId,
    number: i32,
    by: String,
    /// In the district's time zone, like the next.
    at: NaiveDateTime,
    taken_back_at: Option<NaiveDateTime>,
    digest: String,
    /// Whether schools read this one.
    is_current: bool,
}

impl Page for ReleasePage {
    const TEMPLATE: &'static str = "school_results/release.html";

    fn samples() -> Vec<Self> {
        let line = |number, taken_back: bool| EditionLine {
            id: EditionId::from("5a".to_owned()),
            number,
            by: "Ana <Ruiz>".to_owned(),
            at: NaiveDateTime::default(),
            taken_back_at: taken_back.then(NaiveDateTime::default),
            digest: "0".repeat(64),
            is_current: !taken_back,
        };
        let empty = Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            surveys: Vec::new(),
            open: vec!["Families <all>".to_owned()],
            report: Report::default(),
            hidden_share: 0,
            editions: Vec::new(),
            form: FormState::default(),
        };
        let mut refused = FormState::default();
        refused.fault("sure", "Check this box after you check the preview.");
        let title = Wording {
            text: "Encuesta <b>para</b> familias".to_owned(),
            lang: Some("es".to_owned()),
        };
        let full = Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            surveys: vec![("family".to_owned(), title, 420)],
            open: Vec::new(),
            report: Report {
                cells: 400,
                small: 30,
                linked: 8,
                too_few: vec!["Partners <2026>".to_owned()],
                merged: vec!["Oak + Maple <Hill>".to_owned()],
                uncounted: vec![("Families".to_owned(), "How long is the <ride>?".to_owned())],
            },
            hidden_share: 10,
            editions: vec![line(2, false), line(1, true)],
            form: refused,
        };
        vec![empty, full]
    }
}

/// The round with a slug, and its draft under the viewer's name.
async fn look(
    live: &web::Data<Live>,
    viewer: &Viewer<permission::Plan>,
    slug: String,
) -> Result<(Round, Draft)> {
    let (name, at) = (viewer.account.name.clone(), viewer.actor().at);
    live.view_later(move |index, db| {
        let round = district::round_by_slug(db, &slug)?;
        let draft = draft(index, db, &name, at, &round)?;
        Ok((round, draft))
    })
    .await
}

/// `GET /desk/rounds/{round}/schools/release`
pub(super) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Plan>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let (round, draft) = look(&live, &viewer, slug.into_inner()).await?;
    page(&app, &viewer, round, draft, FormState::default()).await
}

async fn page(
    app: &App,
    viewer: &Viewer<permission::Plan>,
    round: Round,
    draft: Draft,
    form: FormState,
) -> Result<HttpResponse> {
    let local_time = viewer.visit.local_time();
    let id = round.id.clone();
    let editions = app
        .read(move |db| Ok(editions::of_round(db, &id, Audience::Schools)?))
        .await?;
    let current = editions.iter().map(|(edition, _)| edition);
    let current = current
        .filter(|edition| edition.taken_back_at.is_none())
        .map(|edition| edition.number)
        .max();
    let status = if form.is_right() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let report = draft.report;
    let page = ReleasePage {
        base: format!("/desk/rounds/{}", round.slug),
        surveys: draft
            .edition
            .surveys
            .into_iter()
            .map(|survey| (survey.survey, survey.title, survey.people))
            .collect(),
        open: draft.open,
        hidden_share: crate::tally::percent(report.small + report.linked, report.cells),
        report,
        editions: editions
            .into_iter()
            .map(|(edition, by)| EditionLine {
                is_current: Some(edition.number) == current,
                number: edition.number,
                at: local_time.at(edition.published_at),
                taken_back_at: edition.taken_back_at.map(|at| local_time.at(at)),
                digest: edition.digest,
                id: edition.id,
                by,
            })
            .collect(),
        form,
    };
    viewer.visit.page_as(app, status, &page)
}

/// `GET /desk/rounds/{round}/schools/release/{survey}`: what school staff would read.
pub(super) async fn preview(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Plan>,
    path: web::Path<(String, String)>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let (round, slug) = path.into_inner();
    let (round, draft) = look(&live, &viewer, round).await?;
    let survey = draft.edition.survey(&slug).ok_or(Error::NotFound)?;
    let address = format!("/desk/rounds/{}/schools/release/{slug}", round.slug);
    let at = viewer.visit.local_time().now(&app.clock);
    let page = SchoolSurveyPage::of(&address, survey, (at, None), &query, &None);
    viewer.visit.page(&app, &page)
}

/// `POST /desk/rounds/{round}/schools/release`
pub(super) async fn submit(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Plan>,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (round, draft) = look(&live, &viewer, slug.into_inner()).await?;
    let mut form = FormState::typed(&fields);
    if draft.edition.surveys.is_empty() {
        form.fault("surveys", "There is nothing to release yet.");
    } else if fields.get("sure") != "yes" {
        form.fault("sure", "Check this box after you check the preview.");
    }
    if !form.is_right() {
        return page(&app, &viewer, round, draft, form).await;
    }
    let actor = viewer.actor();
    let back = format!("/desk/rounds/{}/schools", round.slug);
    let id = EditionId::from(fields.row_id(&app.secret, "edition")?);
    app.write(move |db| {
        editions::insert(db, &actor, &round.id, Audience::Schools, id, &draft.edition)
    })
    .await?;
    Ok(flash(&back, "school-results-released"))
}

/// `POST /desk/rounds/{round}/schools/release/{edition}/take-back`
pub(super) async fn take_back(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    let actor = viewer.actor();
    let back = format!("/desk/rounds/{slug}/schools/release");
    app.write(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        let round = &round.id;
        Ok(editions::take_back(
            db,
            &actor,
            round,
            Audience::Schools,
            &id.into(),
        )?)
    })
    .await?;
    Ok(flash(&back, "school-results-taken-back"))
}
