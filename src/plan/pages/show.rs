//! The plan page, with a form for each part that staff can edit.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::district;
use crate::error::Result;
use crate::localized::LocalizedText;
use crate::plan::model::{Goal, Stage, Statement, StatementKind};
use crate::plan::store;
use crate::plan::translation::PlanTexts;
use crate::priorities::{self, Priority};
use crate::web::Page;
use crate::web::form::LanguageField;
use crate::web::languages::own_name;

/// The plan page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct PlanPage {
    base: String,
    pub(super) faults: Vec<String>,
    /// The id of the form that the errors are about.
    pub(super) wrong: Option<String>,
    pub(super) stages: Vec<StageForm>,
    pub(super) kinds: Vec<KindForm>,
    /// The round's priorities, in order.
    priorities: Vec<PriorityChoice>,
    pub(super) goals: Vec<GoalForm>,
    pub(super) new_goal: GoalForm,
    /// The district's languages except the main one.
    tongues: Vec<PlanTongue>,
}

/// A language that people read the plan in, with the names of the texts that it lacks.
#[derive(Debug, Serialize)]
struct PlanTongue {
    tag: String,
    name: String,
    missing: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct StageForm {
    pub(super) number: i32,
    pub(super) title: Vec<LanguageField>,
    name: String,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
}

/// The statements of one kind.
#[derive(Debug, Serialize)]
pub(super) struct KindForm {
    pub(super) kind: &'static str,
    name: &'static str,
    pub(super) statements: Vec<StatementForm>,
    /// An empty form if another statement can be added: there is one vision, but any number of principles.
    pub(super) new: Option<StatementForm>,
}

#[derive(Debug, Serialize)]
pub(super) struct StatementForm {
    pub(super) id: String,
    pub(super) text: Vec<LanguageField>,
    pub(super) evidence: Vec<PriorityChoice>,
}

/// A priority to choose from.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PriorityChoice {
    pub(super) key: String,
    title: String,
    pub(super) chosen: bool,
}

/// A goal as its form shows it, valid or not.
#[derive(Debug, Default, Serialize)]
pub(super) struct GoalForm {
    pub(super) id: String,
    name: String,
    pub(super) title: Vec<LanguageField>,
    pub(super) measure: Vec<LanguageField>,
    pub(super) baseline: String,
    pub(super) target: String,
    pub(super) year: String,
    pub(super) priorities: Vec<PriorityChoice>,
}

impl Page for PlanPage {
    const TEMPLATE: &'static str = "plan/edit.html";

    fn samples() -> Vec<Self> {
        let field = || {
            vec![LanguageField {
                tag: "es".to_owned(),
                language: "Español".to_owned(),
                text: "Llegar a <tiempo>".to_owned(),
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
        let statement = |id: &str| StatementForm {
            id: id.to_owned(),
            text: field(),
            evidence: choice(),
        };
        let goal = |id: &str| GoalForm {
            id: id.to_owned(),
            name: "Buses arrive on time".to_owned(),
            title: field(),
            measure: field(),
            baseline: "81%".to_owned(),
            target: "95%".to_owned(),
            year: "2029".to_owned(),
            priorities: choice(),
        };
        let tongue = |tag: &str, missing: &[&str]| PlanTongue {
            tag: tag.to_owned(),
            name: own_name(tag).to_owned(),
            missing: missing.iter().map(|name| (*name).to_owned()).collect(),
        };
        let base = "/desk/rounds/vision-2031".to_owned();
        let full = Self {
            base: base.clone(),
            faults: vec!["Stage 1 ends before it starts.".to_owned()],
            wrong: Some("stages".to_owned()),
            stages: vec![stage],
            kinds: vec![KindForm {
                kind: "principles",
                name: "Guiding principles",
                statements: vec![statement("7")],
                new: Some(statement("")),
            }],
            priorities: choice(),
            goals: vec![goal("9")],
            new_goal: goal(""),
            tongues: vec![tongue("es", &[]), tongue("ar", &["stage 1", "<stage> 2"])],
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

/// The default titles of the five stages.
pub(super) const STAGES: [&str; 5] = [
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

impl StageForm {
    fn new(number: i32, name: &str, saved: Option<&Stage>, languages: &[String]) -> Self {
        let title = saved.map(|stage| stage.title.0.clone()).unwrap_or_default();
        Self {
            number,
            name: if title.is_empty() {
                name.to_owned()
            } else {
                title.get("en").0.to_owned()
            },
            title: LanguageField::all(&title, languages),
            starts_on: saved.map_or_else(String::new, |stage| stage.starts_on.to_string()),
            ends_on: saved.map_or_else(String::new, |stage| stage.ends_on.to_string()),
        }
    }
}

impl KindForm {
    fn new(
        kind: StatementKind,
        all: &[Statement],
        priorities: &[Priority],
        languages: &[String],
    ) -> Self {
        let mine = all.iter().filter(|statement| statement.kind == kind);
        let statements: Vec<StatementForm> = mine
            .map(|statement| StatementForm {
                id: statement.id.to_string(),
                text: LanguageField::all(&statement.text, languages),
                evidence: choices(priorities, |priority| {
                    statement.evidence.contains(&priority.key)
                }),
            })
            .collect();
        let more = kind == StatementKind::Principles || statements.is_empty();
        Self {
            kind: kind.as_str(),
            name: kind_name(kind),
            statements,
            new: more.then(|| StatementForm {
                id: String::new(),
                text: LanguageField::all(&LocalizedText::default(), languages),
                evidence: choices(priorities, |_| false),
            }),
        }
    }
}

impl GoalForm {
    fn new(goal: Goal, priorities: &[Priority], languages: &[String]) -> Self {
        Self {
            id: goal.id.to_string(),
            name: goal.title.get("en").0.to_owned(),
            title: LanguageField::all(&goal.title, languages),
            measure: LanguageField::all(&goal.measure, languages),
            baseline: goal.baseline,
            target: goal.target,
            year: goal.target_year.to_string(),
            priorities: choices(priorities, |priority| priority.id == goal.priority_id),
        }
    }

    /// An empty goal form, based on a priority if one was chosen.
    fn blank(from: &str, priorities: &[Priority], languages: &[String]) -> Self {
        Self {
            title: LanguageField::all(&LocalizedText::default(), languages),
            measure: LanguageField::all(&LocalizedText::default(), languages),
            priorities: choices(priorities, |priority| priority.key == from),
            ..Self::default()
        }
    }
}

impl PlanTongue {
    /// The languages to translate a plan into. The first of the district's languages is the one to translate from.
    fn all(texts: &PlanTexts, languages: &[String]) -> Vec<Self> {
        let tongue = |tag: &String| Self {
            tag: tag.clone(),
            name: own_name(tag).to_owned(),
            missing: texts.missing(tag),
        };
        languages.iter().skip(1).map(tongue).collect()
    }
}

async fn page(app: &App, slug: String, from: String, languages: Vec<String>) -> Result<PlanPage> {
    app.read(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        let priorities = priorities::in_round(db, &round.id)?;
        let texts = store::texts(db, &round.id)?;
        let tongues = PlanTongue::all(&texts, &languages);
        let saved: BTreeMap<i32, Stage> = texts
            .stages
            .into_iter()
            .map(|stage| (stage.stage, stage))
            .collect();
        let stages = (1..)
            .zip(STAGES)
            .map(|(number, name)| StageForm::new(number, name, saved.get(&number), &languages));
        let kinds = StatementKind::ALL
            .iter()
            .map(|kind| KindForm::new(*kind, &texts.statements, &priorities, &languages));
        let goals = texts
            .goals
            .into_iter()
            .map(|goal| GoalForm::new(goal, &priorities, &languages));
        Ok(PlanPage {
            base: format!("/desk/rounds/{}", round.slug),
            faults: Vec::new(),
            wrong: None,
            stages: stages.collect(),
            kinds: kinds.collect(),
            goals: goals.collect(),
            new_goal: GoalForm::blank(&from, &priorities, &languages),
            priorities: choices(&priorities, |_| false),
            tongues,
        })
    })
    .await
}

#[derive(Deserialize)]
pub(super) struct Query {
    /// The key of the priority to draft a goal from.
    priority: Option<String>,
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let from = query.into_inner().priority.unwrap_or_default();
    let languages = viewer.visit.asked_languages();
    let page = page(&app, round.into_inner(), from, languages).await?;
    viewer.visit.page(&app, &page)
}

/// Shows the page again, with the errors and what was typed.
pub(super) async fn again(
    app: &App,
    viewer: &Viewer<permission::Plan>,
    round: String,
    faults: Vec<String>,
    typed: impl FnOnce(&mut PlanPage),
) -> Result<HttpResponse> {
    let languages = viewer.visit.asked_languages();
    let mut page = page(app, round, String::new(), languages).await?;
    page.faults = faults;
    typed(&mut page);
    viewer.visit.again(app, &page)
}
