//! The results of one survey, as they were released for schools.

use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::show::Released;
use super::{Own, own_schools, shows};
use crate::accounts::{Viewer, permission::SchoolResults};
use crate::app::App;
use crate::district;
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::results::{FrozenAnswers, FrozenSurvey};
use crate::school_results::shelf::SchoolShelf;
use crate::tally::Part;
use crate::web::{CSV, Page, attachment};

/// The results of one survey.
#[derive(Debug, Serialize)]
pub(crate) struct SchoolSurveyPage {
    /// Its own address, and that of the surveys around it.
    here: String,
    up: String,
    #[serde(skip)]
    slug: String,
    title: Wording,
    noun: &'static str,
    one: &'static str,
    people: u64,
    /// When it was counted, in the district's time zone.
    at: NaiveDateTime,
    /// Who released it; `None` in a preview.
    released: Option<Released>,
    /// The ways to split its people.
    by: Vec<&'static str>,
    /// The one that is shown; empty if there is none.
    part: &'static str,
    as_asked: bool,
    /// Whether the viewer reads about some schools only.
    own: bool,
    answers: FrozenAnswers,
}

impl Page for SchoolSurveyPage {
    const TEMPLATE: &'static str = "school_results/survey.html";

    fn samples() -> Vec<Self> {
        let survey = FrozenSurvey::sample();
        let here = "/desk/rounds/vision-2031/schools/family";
        let page = |by: Option<&str>, released: Option<Released>, own: Own| {
            let query = Query {
                by: by.map(str::to_owned),
                order: by.map(|_| "asked".to_owned()),
            };
            let at = NaiveDateTime::default();
            Self::of(here, &survey, (at, released), &query, &own)
        };
        let oak = Some(["oak".to_owned()].into());
        let released = || Some(Released::sample());
        vec![
            page(Some("group"), released(), None),
            page(Some("school"), released(), oak),
            page(None, None, None),
        ]
    }
}

impl SchoolSurveyPage {
    /// The page of a survey at an address. It was counted at a time in the district's time zone, and maybe released.
    pub(super) fn of(
        here: &str,
        survey: &FrozenSurvey,
        (at, released): (NaiveDateTime, Option<Released>),
        query: &Query,
        own: &Own,
    ) -> Self {
        let part = part_of(survey, query, own);
        let as_asked = query.order.as_deref() == Some("asked");
        let splits = survey.splits.iter();
        Self {
            slug: survey.survey.clone(),
            up: here.rsplit_once('/').map_or(here, |(up, _)| up).to_owned(),
            here: here.to_owned(),
            title: survey.title.clone(),
            noun: survey.unit.noun(),
            one: survey.unit.noun_of_one(),
            people: survey.people,
            at,
            released,
            by: splits.map(|split| split.part.as_str()).collect(),
            part: part.map_or("", Part::as_str),
            as_asked,
            answers: answers(survey, part, own, as_asked),
            own: own.is_some(),
        }
    }
}

/// How to show a survey.
#[derive(Debug, Deserialize)]
pub(super) struct Query {
    by: Option<String>,
    order: Option<String>,
}

/// Someone who reads about some schools sees those next to everyone; groups are the district's.
fn answers(survey: &FrozenSurvey, part: Option<Part>, own: &Own, as_asked: bool) -> FrozenAnswers {
    survey.answers(
        part,
        |class| part != Some(Part::School) || shows(own, class),
        as_asked,
    )
}

/// The split that an address asks for, or the one that says most to the viewer.
fn part_of(survey: &FrozenSurvey, query: &Query, own: &Own) -> Option<Part> {
    let has = |part: &Part| survey.splits.iter().any(|split| split.part == *part);
    let asked = query.by.as_deref().and_then(Part::parse).filter(has);
    let first = if own.is_some() {
        Part::School
    } else {
        Part::Group
    };
    asked
        .or(Some(first).filter(has))
        .or_else(|| survey.splits.first().map(|split| split.part))
}

/// `GET /desk/rounds/{round}/schools/{survey}`
pub(super) async fn show(
    app: web::Data<App>,
    shelf: web::Data<SchoolShelf>,
    viewer: Viewer<SchoolResults>,
    path: web::Path<(String, String)>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let page = look(&app, &shelf, &viewer, path.into_inner(), &query).await?;
    viewer.visit.page(&app, &page)
}

/// `GET /desk/rounds/{round}/schools/{survey}/results.csv`
pub(super) async fn download(
    app: web::Data<App>,
    shelf: web::Data<SchoolShelf>,
    viewer: Viewer<SchoolResults>,
    path: web::Path<(String, String)>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let page = look(&app, &shelf, &viewer, path.into_inner(), &query).await?;
    let name = format!("{}-results-for-schools.csv", page.slug);
    Ok(attachment(name, CSV, page.answers.sheet()?))
}

async fn look(
    app: &web::Data<App>,
    shelf: &web::Data<SchoolShelf>,
    viewer: &Viewer<SchoolResults>,
    (round, slug): (String, String),
    query: &Query,
) -> Result<SchoolSurveyPage> {
    let shelf = shelf.clone();
    let (round, current) = app
        .read(move |db| {
            let round = district::round_by_slug(db, &round)?;
            let current = shelf.current(db, &round.id)?;
            Ok((round, current))
        })
        .await?;
    let own = own_schools(viewer, &round)?;
    let (known, edition) = current.ok_or(Error::NotFound)?;
    let survey = edition.survey(&slug).ok_or(Error::NotFound)?;
    let released = Released {
        number: known.number,
        by: edition.released_by.clone(),
        at: viewer.visit.local_time().at(edition.released_at),
    };
    let here = format!("/desk/rounds/{}/schools/{slug}", round.slug);
    let counted = (released.at, Some(released));
    Ok(SchoolSurveyPage::of(&here, survey, counted, query, &own))
}
