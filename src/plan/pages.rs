//! The plan at the desk: stages with dates, the words of the plan, and goals drafted from priorities.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Goal, GoalId, Stage, StageId, Statement, StatementId, StatementKind};
use super::store;
use crate::app::App;
use crate::db::Json;
use crate::district;
use crate::error::{Error, Result};
use crate::priorities::{self, Priority};
use crate::web::form::{Fields, LanguageField};
use crate::web::{Page, Samples, Viewer, flash, permission};

/// The page of the plan.
#[derive(Debug, Default, Serialize)]
pub(crate) struct PlanPage {
    base: String,
    faults: Vec<String>,
    stages: Vec<StageForm>,
    kinds: Vec<KindForm>,
    priorities: Vec<PriorityChoice>,
    goals: Vec<GoalForm>,
    empty: Vec<LanguageField>,
}

#[derive(Debug, Serialize)]
struct StageForm {
    number: i32,
    title: Vec<LanguageField>,
    name: String,
    starts_on: String,
    ends_on: String,
}

/// The statements of one kind.
#[derive(Debug, Serialize)]
struct KindForm {
    kind: &'static str,
    name: &'static str,
    statements: Vec<StatementForm>,
    /// Whether another one can be added: there is one vision, and any number of principles.
    more: bool,
}

#[derive(Debug, Serialize)]
struct StatementForm {
    id: String,
    text: Vec<LanguageField>,
    evidence: Vec<PriorityChoice>,
}

#[derive(Clone, Debug, Serialize)]
struct PriorityChoice {
    key: String,
    title: String,
    chosen: bool,
}

#[derive(Debug, Serialize)]
struct GoalForm {
    id: String,
    key: String,
    name: String,
    title: Vec<LanguageField>,
    measure: Vec<LanguageField>,
    baseline: String,
    target: String,
    year: i32,
    priorities: Vec<PriorityChoice>,
}

impl Page for PlanPage {
    const TEMPLATE: &'static str = "plan/edit.html";

    fn samples() -> Vec<Self> {
        let field = || {
            vec![LanguageField {
                tag: "es".to_owned(),
                language: "Español".to_owned(),
                text: "Llegar a tiempo".to_owned(),
            }]
        };
        let choice = || {
            vec![PriorityChoice {
                key: "on-time".to_owned(),
                title: "On time".to_owned(),
                chosen: true,
            }]
        };
        let stage = StageForm {
            number: 1,
            title: field(),
            name: "Where we are".to_owned(),
            starts_on: "2026-08-01".to_owned(),
            ends_on: String::new(),
        };
        let statement = StatementForm {
            id: "7".to_owned(),
            text: field(),
            evidence: choice(),
        };
        let goal = GoalForm {
            id: "9".to_owned(),
            key: "buses".to_owned(),
            name: "Buses arrive on time".to_owned(),
            title: field(),
            measure: field(),
            baseline: "81 %".to_owned(),
            target: "95 %".to_owned(),
            year: 2029,
            priorities: choice(),
        };
        let base = "/desk/rounds/vision-2031".to_owned();
        let full = Self {
            base: base.clone(),
            faults: vec!["Stage 1 ends before it starts.".to_owned()],
            stages: vec![stage],
            kinds: vec![KindForm {
                kind: "principles",
                name: "Guiding principles",
                statements: vec![statement],
                more: true,
            }],
            priorities: choice(),
            goals: vec![goal],
            empty: field(),
        };
        vec![
            Self {
                base,
                ..Self::default()
            },
            full,
        ]
    }
}

/// `/desk/rounds/{round}/plan…`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::scope("/desk/rounds/{round}/plan")
            .route("", web::get().to(show))
            .route("/stages", web::post().to(save_stages))
            .route("/statements", web::post().to(save_statement))
            .route("/statements/{id}/delete", web::post().to(delete_statement))
            .route("/goals", web::post().to(save_goal))
            .route("/goals/{id}/delete", web::post().to(delete_goal)),
    );
}

/// The page with its samples.
pub fn samples() -> Vec<Samples> {
    vec![Samples::of::<PlanPage>()]
}

/// What each of the five stages is called before anybody renames it, and what each kind of statement is called.
const STAGES: [&str; 5] = [
    "Where we are",
    "Vision, goals, priorities",
    "Framework",
    "Develop the plan",
    "Put it to work",
];

fn kind_name(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Vision => "Vision",
        StatementKind::Mission => "Mission",
        StatementKind::Principles => "Guiding principles",
        StatementKind::TheoryOfAction => "Theory of action",
    }
}

fn choices(priorities: &[Priority], chosen: impl Fn(&Priority) -> bool) -> Vec<PriorityChoice> {
    let choice = |priority: &Priority| PriorityChoice {
        key: priority.key.clone(),
        title: priority.title.get("en").0.to_owned(),
        chosen: chosen(priority),
    };
    priorities.iter().map(choice).collect()
}

async fn page(app: &App, slug: String, languages: Vec<String>) -> Result<PlanPage> {
    app.read(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        let priorities = priorities::in_round(db, &round.id)?;
        let saved: BTreeMap<i32, Stage> = store::stages(db, &round.id)?
            .into_iter()
            .map(|stage| (stage.stage, stage))
            .collect();
        let stages = (1..).zip(STAGES).map(|(number, name)| {
            let stage = saved.get(&number);
            let title = stage.map(|stage| stage.title.0.clone()).unwrap_or_default();
            StageForm {
                number,
                name: if title.is_empty() {
                    name.to_owned()
                } else {
                    title.get("en").0.to_owned()
                },
                title: LanguageField::all(&title, &languages),
                starts_on: stage
                    .map(|stage| stage.starts_on.to_string())
                    .unwrap_or_default(),
                ends_on: stage
                    .map(|stage| stage.ends_on.to_string())
                    .unwrap_or_default(),
            }
        });
        let statements = store::statements(db, &round.id)?;
        let kinds = StatementKind::ALL.iter().map(|kind| {
            let mine = statements
                .iter()
                .filter(|statement| statement.kind == *kind)
                .map(|statement| StatementForm {
                    id: statement.id.to_string(),
                    text: LanguageField::all(&statement.text, &languages),
                    evidence: choices(&priorities, |priority| {
                        statement.evidence.contains(&priority.key)
                    }),
                });
            let statements: Vec<StatementForm> = mine.collect();
            KindForm {
                kind: kind.as_str(),
                name: kind_name(*kind),
                more: *kind == StatementKind::Principles || statements.is_empty(),
                statements,
            }
        });
        let goals = store::goals(db, &round.id)?
            .into_iter()
            .map(|goal| GoalForm {
                id: goal.id.to_string(),
                name: goal.title.get("en").0.to_owned(),
                title: LanguageField::all(&goal.title, &languages),
                measure: LanguageField::all(&goal.measure, &languages),
                baseline: goal.baseline,
                target: goal.target,
                year: goal.target_year,
                priorities: choices(&priorities, |priority| priority.id == goal.priority_id),
                key: goal.key,
            });
        Ok(PlanPage {
            base: format!("/desk/rounds/{}", round.slug),
            faults: Vec::new(),
            stages: stages.collect(),
            kinds: kinds.collect(),
            goals: goals.collect(),
            priorities: choices(&priorities, |_| false),
            empty: LanguageField::all(&crate::localised::LocalisedText::default(), &languages),
        })
    })
    .await
}

async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
) -> Result<HttpResponse> {
    let page = page(&app, round.into_inner(), viewer.visit.asked_languages()).await?;
    viewer.visit.page(&app, &page)
}

async fn again(
    app: &App,
    viewer: &Viewer<permission::Plan>,
    round: String,
    faults: Vec<String>,
    typed: impl FnOnce(&mut PlanPage),
) -> Result<HttpResponse> {
    let mut page = page(app, round, viewer.visit.asked_languages()).await?;
    page.faults = faults;
    typed(&mut page);
    viewer
        .visit
        .page_as(app, StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn save_stages(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let languages = viewer.visit.asked_languages();
    let mut faults = Vec::new();
    let mut read = Vec::new();
    for (number, name) in (1_i32..).zip(STAGES) {
        let day = |field: &str| {
            fields
                .get(&format!("{field}.{number}"))
                .parse::<NaiveDate>()
                .ok()
        };
        let typed = |field: &str| !fields.get(&format!("{field}.{number}")).is_empty();
        match (day("starts_on"), day("ends_on")) {
            (Some(starts_on), Some(ends_on)) if ends_on < starts_on => {
                faults.push(format!("Stage {number} ends before it starts."));
            }
            (Some(starts_on), Some(ends_on)) => {
                let mut title = fields.localised(&format!("title.{number}"));
                if title.is_empty() {
                    title = crate::localised::LocalisedText::one("en", name);
                }
                read.push((number, title, starts_on, ends_on));
            }
            _ if typed("starts_on") || typed("ends_on") => faults.push(format!(
                "Stage {number} needs a first and a last day, such as 2026-09-01."
            )),
            _ => {}
        }
    }
    if !faults.is_empty() {
        let typed = |page: &mut PlanPage| {
            for stage in &mut page.stages {
                fields
                    .get(&format!("starts_on.{}", stage.number))
                    .clone_into(&mut stage.starts_on);
                fields
                    .get(&format!("ends_on.{}", stage.number))
                    .clone_into(&mut stage.ends_on);
                stage.title = LanguageField::all(
                    &fields.localised(&format!("title.{}", stage.number)),
                    &languages,
                );
            }
        };
        return again(&app, &viewer, round.into_inner(), faults, typed).await;
    }
    let (actor, slug) = (viewer.actor(), round.clone());
    app.write(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        for (stage, title, starts_on, ends_on) in read {
            let stage = Stage {
                id: StageId::new(),
                round_id: round.id.clone(),
                stage,
                title: Json(title),
                starts_on,
                ends_on,
            };
            store::save_stage(db, &actor, &stage)?;
        }
        Ok(())
    })
    .await?;
    Ok(flash(&format!("/desk/rounds/{round}/plan"), "plan-saved"))
}

async fn save_statement(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let text = fields.localised("text");
    let kind = StatementKind::parse(fields.get("kind"));
    let (Some(kind), false) = (kind, text.is_empty()) else {
        return again(
            &app,
            &viewer,
            round.into_inner(),
            vec!["Please write the words in at least one language.".to_owned()],
            |_| {},
        )
        .await;
    };
    let (actor, slug) = (viewer.actor(), round.clone());
    app.write(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        let there = store::statements(db, &round.id)?;
        let same = there
            .iter()
            .find(|statement| statement.id.as_str() == fields.get("id"));
        let behind = there
            .iter()
            .filter(|statement| statement.kind == kind)
            .map(|statement| statement.position + 1)
            .max();
        let known = priorities::in_round(db, &round.id)?;
        let evidence = fields
            .all("evidence")
            .filter(|key| known.iter().any(|priority| priority.key == **key));
        let statement = Statement {
            id: same.map_or_else(StatementId::new, |statement| statement.id.clone()),
            round_id: round.id,
            kind,
            position: same.map_or_else(|| behind.unwrap_or(0), |statement| statement.position),
            text: Json(text),
            evidence: Json(evidence.map(str::to_owned).collect()),
        };
        Ok(store::save_statement(db, &actor, &statement)?)
    })
    .await?;
    Ok(flash(&format!("/desk/rounds/{round}/plan"), "plan-saved"))
}

async fn save_goal(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (title, measure) = (fields.localised("title"), fields.localised("measure"));
    let year: Option<i32> = fields
        .get("year")
        .parse()
        .ok()
        .filter(|year| (2000..=2100).contains(year));
    let mut faults = Vec::new();
    let mut need = |missing: bool, reason: &str| faults.extend(missing.then(|| reason.to_owned()));
    need(title.is_empty(), "A goal needs a title.");
    need(measure.is_empty(), "Say how the goal is measured.");
    need(
        fields.get("baseline").is_empty(),
        "Say where it stands today, with the unit, or “not measured yet”.",
    );
    need(
        fields.get("target").is_empty(),
        "Say where it shall stand, with the unit.",
    );
    need(year.is_none(), "Say by which year, such as 2029.");
    let (Some(year), true) = (year, faults.is_empty()) else {
        let languages = viewer.visit.asked_languages();
        let typed = |page: &mut PlanPage| {
            let edited = page
                .goals
                .iter_mut()
                .find(|goal| goal.id == fields.get("id"));
            match edited {
                Some(goal) => {
                    goal.title = LanguageField::all(&title, &languages);
                    goal.measure = LanguageField::all(&measure, &languages);
                    fields.get("baseline").clone_into(&mut goal.baseline);
                    fields.get("target").clone_into(&mut goal.target);
                }
                None => page.empty = LanguageField::all(&title, &languages),
            }
        };
        return again(&app, &viewer, round.into_inner(), faults, typed).await;
    };
    let (actor, slug) = (viewer.actor(), round.clone());
    app.write(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        let priority = priorities::by_key(db, &round.id, fields.get("priority"))?;
        let there = store::goals(db, &round.id)?;
        let same = there
            .iter()
            .find(|goal| goal.id.as_str() == fields.get("id"));
        let goal = Goal {
            id: GoalId::new(),
            round_id: round.id,
            priority_id: priority.id,
            key: same.map_or_else(
                || format!("goal-{}", first_free(&there)),
                |goal| goal.key.clone(),
            ),
            position: same.map_or_else(
                || i32::try_from(there.len()).unwrap_or(i32::MAX),
                |goal| goal.position,
            ),
            title: Json(title),
            measure: Json(measure),
            baseline: fields.get("baseline").to_owned(),
            target: fields.get("target").to_owned(),
            target_year: year,
        };
        Ok(store::save_goal(db, &actor, &goal)?)
    })
    .await?;
    Ok(flash(&format!("/desk/rounds/{round}/plan"), "plan-saved"))
}

/// The first number that no goal's key has.
fn first_free(goals: &[Goal]) -> usize {
    let taken = |number: &usize| {
        goals
            .iter()
            .any(|goal| goal.key == format!("goal-{number}"))
    };
    (1..=goals.len() + 1)
        .find(|number| !taken(number))
        .unwrap_or(1)
}

#[derive(Deserialize)]
struct Place {
    round: String,
    id: String,
}

async fn delete_statement(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<Place>,
) -> Result<HttpResponse> {
    let (actor, id) = (viewer.actor(), StatementId::from(place.id.clone()));
    app.write(move |db| Ok(store::delete_statement(db, &actor, &id)?))
        .await?;
    Ok(flash(
        &format!("/desk/rounds/{}/plan", place.round),
        "plan-deleted",
    ))
}

async fn delete_goal(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<Place>,
) -> Result<HttpResponse> {
    let (actor, id) = (viewer.actor(), GoalId::from(place.id.clone()));
    let deleted = app
        .write(move |db| Ok(store::delete_goal(db, &actor, &id)?))
        .await;
    match deleted {
        Ok(()) | Err(Error::NotFound) => Ok(flash(
            &format!("/desk/rounds/{}/plan", place.round),
            "plan-deleted",
        )),
        Err(error) => Err(error),
    }
}
