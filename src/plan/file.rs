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
use crate::localized::LocalizedText;
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
    title: LocalizedText,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementPart {
    kind: StatementKind,
    text: LocalizedText,
    #[serde(default)]
    evidence: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoalPart {
    key: String,
    priority: String,
    title: LocalizedText,
    measure: LocalizedText,
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

/// Saves stages, statements, and goals. Replaces statements with the same text and goals with the same key. Translations
/// in languages that the file leaves out stay, as long as the file doesn't change the text.
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
    let before = store::texts(db, round)?;
    for part in &file.stages {
        let known = before.stages.iter().find(|it| it.stage == part.number);
        let title = known.map(|known| &known.title.0);
        let stage = Stage {
            id: StageId::new(),
            round_id: round.clone(),
            stage: part.number,
            title: Json(part.title.with_translations_of(title)),
            starts_on: part.starts_on,
            ends_on: part.ends_on,
        };
        store::save_stage(db, actor, &stage)?;
    }
    for (position, part) in (0..).zip(&file.statements) {
        for key in &part.evidence {
            find(key)?;
        }
        // A statement has no key. It's the same one if it says the same in every language of the file.
        let says = |text: &LocalizedText| {
            let mut words = part.text.0.iter();
            text.is_empty() == part.text.is_empty()
                && words.all(|(tag, words)| text.0.get(tag) == Some(words))
        };
        let same = before
            .statements
            .iter()
            .find(|statement| statement.kind == part.kind && says(&statement.text));
        let statement = Statement {
            id: same.map_or_else(StatementId::new, |statement| statement.id.clone()),
            round_id: round.clone(),
            kind: part.kind,
            position,
            text: Json(same.map_or_else(|| part.text.clone(), |same| same.text.0.clone())),
            evidence: Json(part.evidence.clone()),
        };
        store::save_statement(db, actor, &statement)?;
    }
    for (position, part) in (0..).zip(&file.goals) {
        let known = before.goals.iter().find(|goal| goal.key == part.key);
        let title = known.map(|known| &known.title.0);
        let measure = known.map(|known| &known.measure.0);
        let goal = Goal {
            id: GoalId::new(),
            round_id: round.clone(),
            priority_id: find(&part.priority)?,
            key: part.key.clone(),
            position,
            title: Json(part.title.with_translations_of(title)),
            measure: Json(part.measure.with_translations_of(measure)),
            baseline: part.baseline.clone(),
            target: part.target.clone(),
            target_year: part.year,
        };
        store::save_goal(db, actor, &goal)?;
    }
    Ok(())
}
