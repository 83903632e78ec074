//! Imports a plan file: `chorus import plan FILE --round SLUG`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::model::{Goal, GoalId, Stage, StageId, Statement, StatementId, StatementKind};
use super::store;
use crate::audit::Actor;
use crate::db::{Db, Json};
use crate::district::RoundId;
use crate::error::{Error, Result};
use crate::localised::LocalisedText;
use crate::priorities;

/// The file's format; `fixtures/riverside/plan.toml` is the documented example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    #[serde(default)]
    stages: Vec<StagePart>,
    #[serde(default)]
    statements: Vec<StatementPart>,
    #[serde(default)]
    goals: Vec<GoalPart>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StagePart {
    number: i32,
    title: LocalisedText,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementPart {
    kind: StatementKind,
    text: LocalisedText,
    #[serde(default)]
    evidence: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoalPart {
    key: String,
    priority: String,
    title: LocalisedText,
    measure: LocalisedText,
    baseline: String,
    target: String,
    year: i32,
}

impl PlanFile {
    /// Parses the file. Errors are in plain words.
    pub fn parse(text: &str) -> Result<Self> {
        let file: Self = crate::files::parse_toml(text)?;
        if let Some(wrong) = file
            .stages
            .iter()
            .find(|stage| !(1..=5).contains(&stage.number))
        {
            return Err(Error::Invalid(format!(
                "stage {}: stages are numbered 1 to 5",
                wrong.number
            )));
        }
        if let Some(wrong) = file
            .stages
            .iter()
            .find(|stage| stage.ends_on < stage.starts_on)
        {
            return Err(Error::Invalid(format!(
                "stage {} ends before it starts",
                wrong.number
            )));
        }
        match file
            .goals
            .iter()
            .find(|goal| !crate::keys::is_key(&goal.key))
        {
            Some(wrong) => Err(Error::Invalid(format!(
                "“{}” cannot be a key: use lowercase letters, digits, and hyphens",
                wrong.key
            ))),
            None => Ok(file),
        }
    }
}

/// Saves stages, statements, and goals. Replaces statements with the same text and goals with the same key.
pub fn import(db: &mut Db, actor: &Actor, round: &RoundId, file: &PlanFile) -> Result<()> {
    let known: BTreeMap<String, _> = priorities::in_round(db, round)?
        .into_iter()
        .map(|priority| (priority.key, priority.id))
        .collect();
    let find = |key: &str| {
        known
            .get(key)
            .cloned()
            .ok_or_else(|| Error::Invalid(format!("the round has no priority “{key}”")))
    };
    for part in &file.stages {
        let stage = Stage {
            id: StageId::new(),
            round_id: round.clone(),
            stage: part.number,
            title: Json(part.title.clone()),
            starts_on: part.starts_on,
            ends_on: part.ends_on,
        };
        store::save_stage(db, actor, &stage)?;
    }
    let there = store::statements(db, round)?;
    for (position, part) in (0..).zip(&file.statements) {
        for key in &part.evidence {
            find(key)?;
        }
        let same = there
            .iter()
            .find(|statement| statement.kind == part.kind && statement.text.0 == part.text);
        let statement = Statement {
            id: same.map_or_else(StatementId::new, |statement| statement.id.clone()),
            round_id: round.clone(),
            kind: part.kind,
            position,
            text: Json(part.text.clone()),
            evidence: Json(part.evidence.clone()),
        };
        store::save_statement(db, actor, &statement)?;
    }
    for (position, part) in (0..).zip(&file.goals) {
        let goal = Goal {
            id: GoalId::new(),
            round_id: round.clone(),
            priority_id: find(&part.priority)?,
            key: part.key.clone(),
            position,
            title: Json(part.title.clone()),
            measure: Json(part.measure.clone()),
            baseline: part.baseline.clone(),
            target: part.target.clone(),
            target_year: part.year,
        };
        store::save_goal(db, actor, &goal)?;
    }
    Ok(())
}
