//! Public handlers: the current round or a named one, a page of it, or a notice that nothing is published yet.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::heard::RoundLine;
use super::site::{Leaf, Site};
use crate::accounts::Visit;
use crate::app::App;
use crate::district::{self, Round};
use crate::editions::{self, Audience};
use crate::error::{Error, Result};
use crate::localized::{LocalizedText, Wording};
use crate::voices::shelf::Shelf;
use crate::web::Page;

/// The page of a round that has nothing published yet.
#[derive(Debug, Serialize)]
pub(crate) struct NotYetPage {
    /// `heard` or `plan`.
    kind: &'static str,
    of_round: Option<Wording>,
    starts_on: Option<NaiveDate>,
    /// The rounds with a published snapshot.
    all_rounds: Vec<RoundLine>,
}

impl Page for NotYetPage {
    const TEMPLATE: &'static str = "voices/not_yet.html";

    fn samples() -> Vec<Self> {
        vec![
            Self {
                kind: "heard",
                of_round: None,
                starts_on: None,
                all_rounds: Vec::new(),
            },
            Self {
                kind: "plan",
                of_round: Some(LocalizedText::one("en", "Vision 2031").wording("en")),
                starts_on: Some(NaiveDate::default()),
                all_rounds: RoundLine::samples(),
            },
        ]
    }
}

/// The page number of a list.
#[derive(Debug, Deserialize)]
pub(super) struct Query {
    pub(super) page: Option<i64>,
}

pub(super) async fn heard(
    app: web::Data<App>,
    shelf: web::Data<Shelf>,
    visit: Visit,
) -> Result<HttpResponse> {
    current(&app, &shelf, &visit, Leaf::Heard).await
}

pub(super) async fn plan(
    app: web::Data<App>,
    shelf: web::Data<Shelf>,
    visit: Visit,
) -> Result<HttpResponse> {
    current(&app, &shelf, &visit, Leaf::Plan).await
}

async fn current(
    app: &web::Data<App>,
    shelf: &web::Data<Shelf>,
    visit: &Visit,
    leaf: Leaf,
) -> Result<HttpResponse> {
    let round = app.read(|db| Ok(district::current_round(db)?)).await?;
    match round {
        Some(round) => show(app, shelf, visit, &round, &leaf, None).await,
        None => not_yet(app, visit, None, &leaf).await,
    }
}

pub(super) async fn heard_in(
    app: web::Data<App>,
    shelf: web::Data<Shelf>,
    visit: Visit,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    named(&app, &shelf, &visit, path.into_inner(), Leaf::Heard, None).await
}

pub(super) async fn plan_in(
    app: web::Data<App>,
    shelf: web::Data<Shelf>,
    visit: Visit,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    named(&app, &shelf, &visit, path.into_inner(), Leaf::Plan, None).await
}

pub(super) async fn theme(
    app: web::Data<App>,
    shelf: web::Data<Shelf>,
    visit: Visit,
    path: web::Path<(String, String)>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let (round, key) = path.into_inner();
    named(&app, &shelf, &visit, round, Leaf::Theme(key), query.page).await
}

pub(super) async fn comment(
    app: web::Data<App>,
    shelf: web::Data<Shelf>,
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (round, id) = path.into_inner();
    named(&app, &shelf, &visit, round, Leaf::Comment(id), None).await
}

pub(super) async fn priority(
    app: web::Data<App>,
    shelf: web::Data<Shelf>,
    visit: Visit,
    path: web::Path<(String, String)>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let (round, key) = path.into_inner();
    named(&app, &shelf, &visit, round, Leaf::Priority(key), query.page).await
}

pub(super) async fn goal(
    app: web::Data<App>,
    shelf: web::Data<Shelf>,
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (round, key) = path.into_inner();
    named(&app, &shelf, &visit, round, Leaf::Goal(key), None).await
}

async fn named(
    app: &web::Data<App>,
    shelf: &web::Data<Shelf>,
    visit: &Visit,
    slug: String,
    leaf: Leaf,
    page: Option<i64>,
) -> Result<HttpResponse> {
    let round = app
        .read(move |db| Ok(district::round_by_slug(db, &slug)?))
        .await?;
    show(app, shelf, visit, &round, &leaf, page).await
}

async fn show(
    app: &web::Data<App>,
    shelf: &web::Data<Shelf>,
    visit: &Visit,
    round: &Round,
    leaf: &Leaf,
    page: Option<i64>,
) -> Result<HttpResponse> {
    match Site::published(app, shelf, round).await? {
        Some(site) => site.answer(app, visit, leaf, page),
        None => not_yet(app, visit, Some(round), leaf).await,
    }
}

async fn not_yet(
    app: &web::Data<App>,
    visit: &Visit,
    round: Option<&Round>,
    leaf: &Leaf,
) -> Result<HttpResponse> {
    let kind = match leaf {
        Leaf::Heard => "heard",
        Leaf::Plan => "plan",
        _ => return Err(Error::NotFound),
    };
    let others = app
        .read(|db| Ok(editions::rounds_with(db, Audience::Public)?))
        .await?;
    visit.page(
        app,
        &NotYetPage {
            kind,
            of_round: round.map(|round| round.title.wording(&visit.language)),
            starts_on: round.map(|round| round.starts_on),
            all_rounds: RoundLine::all(&others, None, &visit.language),
        },
    )
}
