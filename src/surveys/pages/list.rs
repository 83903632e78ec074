//! The list of all surveys, by round and state.

use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{Tongue, planned};
use crate::accounts::{Permission, Viewer, Visit, permission};
use crate::app::App;
use crate::db::Paging;
use crate::district::{Round, RoundId};
use crate::error::Result;
use crate::localized::Wording;
use crate::surveys::model::{Places, State, Survey, may_see};
use crate::surveys::progress::{ProgressSource, SurveyProgress};
use crate::surveys::store;
use crate::web::Page;
use crate::web::languages::FALLBACK;

/// The list of all surveys, by round and state.
#[derive(Debug, Serialize)]
pub(crate) struct ListPage {
    by_round: Vec<Filter>,
    by_state: Vec<Filter>,
    rows: Vec<SurveyRow>,
    /// Whether any row shows its progress.
    any_going: bool,
    paging: Paging,
    /// The URL of this list up to the page number.
    pages: String,
    manage: bool,
    /// Whether there is a round that a survey could belong to.
    any_round: bool,
}

/// A filter of the list.
#[derive(Debug, Serialize)]
struct Filter {
    label: Wording,
    href: String,
    current: bool,
}

#[derive(Debug, Serialize)]
struct SurveyRow {
    slug: String,
    title: Wording,
    round: Wording,
    state: State,
    tongues: Vec<Tongue>,
    questions: usize,
    /// When it was closed, opened or written, depending on its state.
    since: NaiveDateTime,
    /// Its progress, if the viewer plans its round.
    going: Option<SurveyProgress>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "surveys/list.html";

    fn samples() -> Vec<Self> {
        let row = |state| SurveyRow {
            slug: "family".to_owned(),
            title: words("Family & friends"),
            round: words("Vision 2031"),
            state,
            tongues: Tongue::samples(),
            questions: 1,
            since: NaiveDateTime::default(),
            going: (state != State::Draft).then(SurveyProgress::sample),
        };
        let filter = |label: &str, current| Filter {
            label: words(label),
            href: "/desk/surveys?round=vision-2031".to_owned(),
            current,
        };
        let page = |rows: Vec<SurveyRow>, any_round| Self {
            by_round: vec![filter("All rounds", true), filter("Vision 2031", false)],
            by_state: vec![filter("All statuses", false), filter("Open", true)],
            paging: Paging::new(None, i64::try_from(rows.len()).unwrap_or_default()),
            any_going: rows.iter().any(|row| row.going.is_some()),
            rows,
            pages: "/desk/surveys?page=".to_owned(),
            manage: any_round,
            any_round,
        };
        let rows = State::ALL.iter().copied().map(row).collect();
        vec![
            page(rows, true),
            page(Vec::new(), true),
            page(Vec::new(), false),
        ]
    }
}

/// The query. Invalid parts are ignored.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Query {
    round: Option<String>,
    state: Option<String>,
    page: Option<String>,
}

/// `GET /desk/surveys`
pub(super) async fn show(
    app: web::Data<App>,
    progress: web::Data<dyn ProgressSource>,
    viewer: Viewer<permission::SeeSurveys>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let visit = &viewer.visit;
    let reach = viewer.reach();
    let visible: Vec<_> = visit
        .rounds
        .iter()
        .filter(|round| may_see(&reach, &round.id))
        .collect();
    let asked = query.round.as_deref();
    let chosen = visible
        .iter()
        .find(|round| asked == Some(round.slug.as_str()));
    let state = query.state.as_deref().and_then(State::parse);
    let within: Vec<RoundId> = match chosen {
        Some(round) => vec![round.id.clone()],
        None => visible.iter().map(|round| round.id.clone()).collect(),
    };
    let page = query.page.as_deref().and_then(|page| page.parse().ok());
    let plans = viewer.account.reach(permission::Plan::ROLES);
    let today = visit.local_time().today(&app.clock);
    let (surveys, paging, places, mut going) = app
        .read(move |db| {
            let paging = Paging::new(page, store::count(db, &within, state)?);
            let surveys = store::list(db, &within, state, paging)?;
            let going = progress.of(db, planned(&plans, &surveys), today)?;
            Ok((surveys, paging, store::places(db)?, going))
        })
        .await?;
    let here = chosen.map(|round| round.slug.as_str());
    let rows: Vec<SurveyRow> = surveys
        .into_iter()
        .map(|survey| {
            let going = going.remove(&survey.id);
            SurveyRow::new(visit, survey, &places, going)
        })
        .collect();
    let context = ListPage {
        by_round: Filter::by_round(&visible, here, state),
        by_state: Filter::by_state(here, state),
        any_going: rows.iter().any(|row| row.going.is_some()),
        rows,
        paging,
        pages: format!("{}page=", address(here, state)),
        manage: viewer.may::<permission::Surveys>(),
        any_round: !visible.is_empty(),
    };
    visit.page(&app, &context)
}

impl Filter {
    fn by_round(rounds: &[&Round], here: Option<&str>, state: Option<State>) -> Vec<Self> {
        let all = Self::new(words("All rounds"), None, state, here.is_none());
        let rounds = rounds.iter().map(|round| {
            let slug = Some(round.slug.as_str());
            Self::new(round.title.wording(FALLBACK), slug, state, slug == here)
        });
        std::iter::once(all).chain(rounds).collect()
    }

    fn by_state(here: Option<&str>, state: Option<State>) -> Vec<Self> {
        let any = Self::new(words("All statuses"), here, None, state.is_none());
        let states = State::ALL.iter().map(|one| {
            let current = state == Some(*one);
            Self::new(words(name(*one)), here, Some(*one), current)
        });
        std::iter::once(any).chain(states).collect()
    }

    fn new(label: Wording, round: Option<&str>, state: Option<State>, current: bool) -> Self {
        let href = address(round, state)
            .trim_end_matches(['?', '&'])
            .to_owned();
        Self {
            label,
            href,
            current,
        }
    }
}

impl SurveyRow {
    fn new(visit: &Visit, survey: Survey, places: &Places, going: Option<SurveyProgress>) -> Self {
        let round = visit
            .rounds
            .iter()
            .find(|round| round.id == survey.round_id);
        let since = match survey.state {
            State::Draft => None,
            State::Open => survey.opened_at,
            State::Closed => survey.closed_at,
        };
        Self {
            title: survey.document.title.wording(FALLBACK),
            round: round
                .map(|round| round.title.wording(FALLBACK))
                .unwrap_or_default(),
            state: survey.state,
            tongues: Tongue::of(&survey.document, places),
            questions: survey.document.questions().count(),
            since: visit.local_time().at(since.unwrap_or(survey.created_at)),
            slug: survey.slug,
            going,
        }
    }
}

/// The URL of a filter, ending with the character before the next parameter. Slugs and states need no escaping.
fn address(round: Option<&str>, state: Option<State>) -> String {
    let part = |name: &str, value: Option<&str>| {
        value.map_or_else(String::new, |value| format!("{name}={value}&"))
    };
    let state = state.map(State::as_str);
    format!(
        "/desk/surveys?{}{}",
        part("round", round),
        part("state", state)
    )
}

fn name(state: State) -> &'static str {
    match state {
        State::Draft => "Draft",
        State::Open => "Open",
        State::Closed => "Closed",
    }
}

fn words(text: &str) -> Wording {
    Wording {
        text: text.to_owned(),
        lang: None,
    }
}
