//! The desk's first page.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::home_samples::{busy, days};
use crate::accounts::{Permission, Scope, Viewer, permission};
use crate::app::App;
use crate::desk::needs::{Act, Need, Unfinished, needs};
use crate::desk::waiting::{Waiting, waiting};
use crate::district::{LocalTime, Round, RoundId};
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::surveys::{self, DistrictText, Document, Places, State, Survey, SurveyProgress};
use crate::themes::Live;
use crate::web::Page;
use crate::web::languages::FALLBACK;

/// The desk's first page.
#[derive(Debug, Serialize)]
pub(crate) struct HomePage {
    name: String,
    current: Option<RoundPart>,
    /// Whether the viewer may see any surveys.
    sees_surveys: bool,
    /// Whether the viewer may edit surveys.
    writes_surveys: bool,
    open: Vec<OpenSurvey>,
    drafts: Vec<DraftSurvey>,
    /// The current round's progress, if the viewer plans it.
    waiting: Option<Waiting>,
    /// The next tasks for the round's planners.
    needs: Vec<Need>,
    /// The progress of building the index, in percent, if it isn't ready yet.
    counting: Option<u8>,
}

#[derive(Debug, Serialize)]
struct RoundPart {
    title: Wording,
    place: Wording,
    starts_on: NaiveDate,
    started: bool,
}

#[derive(Debug, Serialize)]
struct OpenSurvey {
    slug: String,
    title: Wording,
    of_round: Wording,
    /// In the district's time zone.
    opened: Option<NaiveDateTime>,
    /// Whether it has unpublished changes.
    unpublished: bool,
    /// The survey's progress, if the viewer plans its round.
    going: Option<SurveyProgress>,
}

#[derive(Debug, Serialize)]
struct DraftSurvey {
    slug: String,
    title: Wording,
    of_round: Wording,
    /// The number of missing texts in all languages.
    missing: usize,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "desk/home.html";

    fn samples() -> Vec<Self> {
        let wording = |text: &str| Wording {
            text: text.to_owned(),
            lang: Some("es".to_owned()),
        };
        let empty = || Self {
            name: "Ana <Ruiz>".to_owned(),
            current: None,
            sees_surveys: false,
            writes_surveys: false,
            open: Vec::new(),
            drafts: Vec::new(),
            waiting: None,
            needs: Vec::new(),
            counting: None,
        };
        let round = |started| RoundPart {
            title: wording("Visión 2031"),
            place: wording("Riverside"),
            starts_on: NaiveDate::default(),
            started,
        };
        let open = |unpublished| OpenSurvey {
            slug: "family".to_owned(),
            title: wording("Encuesta"),
            of_round: wording("Visión 2031"),
            opened: Some(NaiveDateTime::default()),
            unpublished,
            going: unpublished.then(|| SurveyProgress {
                voices: 420,
                today: 3,
                by_day: Some(days()),
            }),
        };
        let draft = |missing| DraftSurvey {
            slug: "staff".to_owned(),
            title: wording("Personal"),
            of_round: wording("Visión 2031"),
            missing,
        };
        vec![
            empty(),
            Self {
                current: Some(round(false)),
                sees_surveys: true,
                writes_surveys: true,
                waiting: Some(Waiting {
                    base: "/desk/rounds/vision-2031".to_owned(),
                    ..Waiting::default()
                }),
                ..empty()
            },
            Self {
                current: Some(round(true)),
                counting: Some(40),
                ..empty()
            },
            Self {
                current: Some(round(true)),
                sees_surveys: true,
                open: vec![open(true), open(false)],
                drafts: vec![draft(0), draft(1), draft(2)],
                needs: sample_needs(&wording),
                waiting: Some(busy()),
                ..empty()
            },
        ]
    }
}

/// `GET /desk`
pub(super) async fn home(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Desk>,
) -> Result<HttpResponse> {
    let visit = &viewer.visit;
    let reach = viewer.account.reach(permission::SeeSurveys::ROLES);
    let rounds: Vec<RoundId> = visit
        .rounds
        .iter()
        .map(|round| round.id.clone())
        .filter(|round| surveys::may_see(&reach, round))
        .collect();
    let current = visit.rounds.iter().find(|round| round.is_current);
    let sees_surveys = !rounds.is_empty();
    let (found, places) = app
        .read(move |db| Ok((surveys::unfinished(db, &rounds)?, surveys::places(db)?)))
        .await?;
    let today = visit.local_time().today(&app.clock);
    let (mut waiting, counting) = look(&live, &viewer, current, today).await?;
    let (open, drafts): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|(survey, _)| survey.state == State::Open);
    let needs = waiting.as_ref().map_or_else(Vec::new, |waiting| {
        needs_of(waiting, current, open.iter().chain(&drafts), &places)
    });
    let mut going = waiting
        .as_mut()
        .map_or_else(BTreeMap::new, |waiting| std::mem::take(&mut waiting.going));
    let page = HomePage {
        name: viewer.account.name.clone(),
        current: current.map(|round| RoundPart::new(round, today)),
        sees_surveys,
        writes_surveys: viewer.may::<permission::Surveys>(),
        open: open
            .into_iter()
            .map(|(survey, published)| {
                let going = going.remove(&survey.id);
                let unpublished = is_changed(&survey, published.as_ref());
                OpenSurvey::new(
                    round_title(&visit.rounds, &survey),
                    visit.local_time(),
                    survey,
                    unpublished,
                    going,
                )
            })
            .collect(),
        drafts: drafts
            .into_iter()
            .map(|(survey, _)| {
                DraftSurvey::new(round_title(&visit.rounds, &survey), survey, &places)
            })
            .collect(),
        waiting,
        needs,
        counting,
    };
    visit.page(&app, &page)
}

/// The title of a survey's round.
fn round_title(rounds: &[Round], survey: &Survey) -> Wording {
    let round = rounds.iter().find(|round| round.id == survey.round_id);
    round
        .map(|round| round.title.wording(FALLBACK))
        .unwrap_or_default()
}

/// What the planners of the current round need to do next.
fn needs_of<'a>(
    waiting: &Waiting,
    current: Option<&Round>,
    surveys: impl Iterator<Item = &'a (Survey, Option<Document>)>,
    places: &Places,
) -> Vec<Need> {
    let in_round =
        surveys.filter(|(survey, _)| current.is_some_and(|round| round.id == survey.round_id));
    let titled: Vec<(Wording, &Survey, bool)> = in_round
        .map(|(survey, published)| {
            let title = survey.document.title.wording(FALLBACK);
            (title, survey, is_changed(survey, published.as_ref()))
        })
        .collect();
    let unfinished: Vec<Unfinished<'_>> = titled
        .iter()
        .map(|(title, survey, changed)| Unfinished {
            slug: &survey.slug,
            title,
            open: survey.state == State::Open,
            changed: *changed,
            missing: missing(survey, places),
        })
        .collect();
    needs(waiting, &unfinished)
}

/// Whether a published survey has changes that aren't published.
fn is_changed(survey: &Survey, published: Option<&Document>) -> bool {
    published.is_some_and(|published| *published != *survey.document)
}

/// The current round's progress if the viewer plans it, or the progress of building the index.
async fn look(
    live: &web::Data<Live>,
    viewer: &Viewer<permission::Desk>,
    current: Option<&Round>,
    today: NaiveDate,
) -> Result<(Option<Waiting>, Option<u8>)> {
    let plans = viewer.account.reach(permission::Plan::ROLES);
    let mine = current.filter(|round| plans.covers(&Scope::Round(round.id.clone())));
    let Some(round) = mine.cloned() else {
        return Ok((None, None));
    };
    let local_time = viewer.visit.local_time();
    match live
        .view_later(move |index, db| waiting(index, db, &round, local_time, today))
        .await
    {
        Ok(found) => Ok((Some(found), None)),
        // The rest of the page doesn't need the index, so show it.
        Err(Error::Counting(percent)) => Ok((None, Some(percent))),
        Err(error) => Err(error),
    }
}

impl RoundPart {
    fn new(round: &Round, today: NaiveDate) -> Self {
        Self {
            title: round.title.wording(FALLBACK),
            place: round.place.wording(FALLBACK),
            starts_on: round.starts_on,
            started: round.starts_on <= today,
        }
    }
}

impl OpenSurvey {
    fn new(
        of_round: Wording,
        local_time: LocalTime,
        survey: Survey,
        unpublished: bool,
        going: Option<SurveyProgress>,
    ) -> Self {
        Self {
            title: survey.document.title.wording(FALLBACK),
            of_round,
            opened: survey.opened_at.map(|at| local_time.at(at)),
            unpublished,
            going,
            slug: survey.slug,
        }
    }
}

impl DraftSurvey {
    fn new(of_round: Wording, survey: Survey, places: &Places) -> Self {
        Self {
            title: survey.document.title.wording(FALLBACK),
            of_round,
            missing: missing(&survey, places),
            slug: survey.slug,
        }
    }
}

/// The number of missing texts in a survey, in all languages.
fn missing(survey: &Survey, places: &Places) -> usize {
    let missing = survey
        .document
        .missing_with(&DistrictText::of(&survey.document, places));
    missing.iter().map(|(_, names)| names.len()).sum()
}

fn sample_needs(wording: &impl Fn(&str) -> Wording) -> Vec<Need> {
    let acts = [
        Act::ReadForSafety,
        Act::PublishChanges,
        Act::AddTexts,
        Act::PublishDraft,
        Act::Ask,
        Act::StartCodebook,
        Act::FindThemes,
        Act::MakePriority,
        Act::Decide,
        Act::WriteOutcomes,
        Act::DraftGoal,
        Act::Publish,
    ];
    let need = |(act, n)| Need {
        act,
        n,
        survey: Some(wording("Encuesta")),
        href: "/desk/rounds/vision-2031/comments".to_owned(),
    };
    acts.into_iter().zip(1..).map(need).collect()
}
