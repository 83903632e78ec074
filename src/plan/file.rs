//! Imports a plan file: `chorus import plan FILE --round SLUG`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::model::{Goal, GoalId, Stage, StageId, Statement, StatementId, StatementKind};
use super::store;
use super::translation::PlanTexts;
use crate::audit::Actor;
use crate::db::{Db, Json};
use crate::district::RoundId;
use crate::error::{Error, Result};
use crate::localized::LocalizedText;
use crate::priorities::{self, PriorityId};

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
        if file.stages.is_empty() && file.statements.is_empty() && file.goals.is_empty() {
            return Err(Error::Invalid(
                "the file has no stages, statements, or goals".to_owned(),
            ));
        }
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

/// What an import did with a plan's statements. The rest of the plan has keys or numbers, so a file replaces what has the
/// same ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportedPlan {
    /// How many statements are new.
    pub added: usize,
    /// How many statements have a new text.
    pub changed: usize,
    /// How many statements of the plan aren't in the file. They stay.
    pub kept: usize,
}

/// Saves stages, statements, and goals. Goals with the same key and stages with the same number are replaced, and so are
/// statements as `matching` finds them. Translations in languages that the file leaves out stay, as long as the file
/// doesn't change the text.
pub fn import(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    file: &PlanFile,
) -> Result<ImportedPlan> {
    let priorities = priorities::in_round(db, round)?.into_iter();
    let known: BTreeMap<String, PriorityId> = priorities
        .map(|priority| (priority.key, priority.id))
        .collect();
    let before = store::texts(db, round)?;
    for part in &file.stages {
        let stage = part.stage(round, &before);
        store::save_stage(db, actor, &stage)?;
    }
    let imported = import_statements(db, actor, round, file, &before.statements, &known)?;
    for (position, part) in (0..).zip(&file.goals) {
        let priority = named(&known, &part.priority)?;
        let goal = part.goal(round, priority, position, &before);
        store::save_goal(db, actor, &goal)?;
    }
    Ok(imported)
}

fn named(known: &BTreeMap<String, PriorityId>, key: &str) -> Result<PriorityId> {
    let found = known.get(key).cloned();
    found.ok_or_else(|| Error::Invalid(format!("the round has no priority “{key}”")))
}

fn import_statements(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    file: &PlanFile,
    stored: &[Statement],
    known: &BTreeMap<String, PriorityId>,
) -> Result<ImportedPlan> {
    let mut imported = ImportedPlan::default();
    let matches = matching(&file.statements, stored);
    for (position, (part, same)) in (0..).zip(file.statements.iter().zip(&matches)) {
        for key in &part.evidence {
            named(known, key)?;
        }
        let text = match same {
            None => {
                imported.added += 1;
                part.text.clone()
            }
            Some(same) if part.says(same) => same.text.0.clone(),
            Some(same) => {
                imported.changed += 1;
                part.text.with_translations_of(Some(&same.text.0))
            }
        };
        let statement = Statement {
            id: same.map_or_else(StatementId::new, |same| same.id.clone()),
            round_id: round.clone(),
            kind: part.kind,
            position,
            text: Json(text),
            evidence: Json(part.evidence.clone()),
        };
        store::save_statement(db, actor, &statement)?;
    }
    imported.kept = stored.len() - matches.iter().flatten().count();
    Ok(imported)
}

/// The stored statement that each statement of a file is. Statements have no key. The same one says the same in every
/// language of the file; after those are found, what is left of a kind is matched in order, because a text that isn't
/// stored yet is more likely a correction than one more statement.
fn matching<'a>(file: &[StatementPart], stored: &'a [Statement]) -> Vec<Option<&'a Statement>> {
    let mut left: Vec<&Statement> = stored.iter().collect();
    let mut take = |fits: &dyn Fn(&Statement) -> bool| {
        let place = left.iter().position(|statement| fits(statement))?;
        Some(left.remove(place))
    };
    let mut found: Vec<Option<&Statement>> = file
        .iter()
        .map(|part| take(&|statement| part.kind == statement.kind && part.says(statement)))
        .collect();
    for (same, part) in found.iter_mut().zip(file) {
        if same.is_none() {
            *same = take(&|statement| part.kind == statement.kind);
        }
    }
    found
}

impl StagePart {
    fn stage(&self, round: &RoundId, before: &PlanTexts) -> Stage {
        let known = before.stages.iter().find(|it| it.stage == self.number);
        let title = known.map(|known| &known.title.0);
        Stage {
            id: StageId::new(),
            round_id: round.clone(),
            stage: self.number,
            title: Json(self.title.with_translations_of(title)),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        }
    }
}

impl StatementPart {
    /// Whether a statement says the same in every language of the file.
    fn says(&self, statement: &Statement) -> bool {
        let text = &statement.text.0;
        let mut words = self.text.0.iter();
        text.is_empty() == self.text.is_empty()
            && words.all(|(tag, words)| text.0.get(tag) == Some(words))
    }
}

impl GoalPart {
    fn goal(
        &self,
        round: &RoundId,
        priority: PriorityId,
        position: i32,
        before: &PlanTexts,
    ) -> Goal {
        let known = before.goals.iter().find(|goal| goal.key == self.key);
        let title = known.map(|known| &known.title.0);
        let measure = known.map(|known| &known.measure.0);
        Goal {
            id: GoalId::new(),
            round_id: round.clone(),
            priority_id: priority,
            key: self.key.clone(),
            position,
            title: Json(self.title.with_translations_of(title)),
            measure: Json(self.measure.with_translations_of(measure)),
            baseline: self.baseline.clone(),
            target: self.target.clone(),
            target_year: self.year,
        }
    }
}
