//! All queries about the plan.

use diesel::prelude::*;

use super::model::{Goal, GoalId, Stage, Statement, StatementId};
use super::translation::PlanTexts;
use crate::audit::{self, Actor};
use crate::db::Db;
use crate::district::RoundId;
use crate::priorities;
use crate::schema::{goals, stages, statements};

/// A round's stages, in order.
pub fn stages(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Stage>> {
    stages::table
        .filter(stages::round_id.eq(round))
        .order(stages::stage)
        .load(db)
}

/// A round's statements, by kind and position.
pub fn statements(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Statement>> {
    let mut rows: Vec<Statement> = statements::table
        .filter(statements::round_id.eq(round))
        .load(db)?;
    rows.sort_by(|a, b| (a.kind, a.position, &a.id).cmp(&(b.kind, b.position, &b.id)));
    Ok(rows)
}

/// A round's goals, in order.
pub fn goals(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Goal>> {
    goals::table
        .filter(goals::round_id.eq(round))
        .order((goals::position, goals::key))
        .load(db)
}

/// Everything in a round's plan that has text.
pub fn texts(db: &mut Db, round: &RoundId) -> QueryResult<PlanTexts> {
    Ok(PlanTexts {
        stages: stages(db, round)?,
        statements: statements(db, round)?,
        priorities: priorities::in_round(db, round)?,
        goals: goals(db, round)?,
    })
}

/// Saves the parts whose text differs from `before`.
pub(super) fn save_texts(
    db: &mut Db,
    actor: &Actor,
    before: &PlanTexts,
    texts: &PlanTexts,
) -> QueryResult<()> {
    for stage in differing(&before.stages, &texts.stages) {
        save_stage(db, actor, stage)?;
    }
    for statement in differing(&before.statements, &texts.statements) {
        save_statement(db, actor, statement)?;
    }
    for priority in differing(&before.priorities, &texts.priorities) {
        priorities::save_priority(db, actor, priority)?;
    }
    for goal in differing(&before.goals, &texts.goals) {
        save_goal(db, actor, goal)?;
    }
    Ok(())
}

fn differing<'a, T: PartialEq>(before: &'a [T], now: &'a [T]) -> impl Iterator<Item = &'a T> {
    let pairs = now.iter().zip(before);
    pairs
        .filter(|(now, before)| now != before)
        .map(|(now, _)| now)
}

/// Saves a stage, replacing the one with the same number.
pub fn save_stage(db: &mut Db, actor: &Actor, stage: &Stage) -> QueryResult<()> {
    let same = stages::table.filter(
        stages::round_id
            .eq(&stage.round_id)
            .and(stages::stage.eq(stage.stage)),
    );
    let changed = diesel::update(same)
        .set((
            stages::title.eq(&stage.title),
            stages::starts_on.eq(stage.starts_on),
            stages::ends_on.eq(stage.ends_on),
        ))
        .execute(db)?;
    if changed == 0 {
        diesel::insert_into(stages::table)
            .values(stage)
            .execute(db)?;
    }
    audit::record(
        db,
        actor,
        "stage.saved",
        "round",
        stage.round_id.as_str(),
        &stage.stage,
    )
}

/// Deletes a stage and its dates, if it exists.
pub(super) fn delete_stage(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    stage: i32,
) -> QueryResult<()> {
    let same = stages::table.filter(stages::round_id.eq(round).and(stages::stage.eq(stage)));
    if diesel::delete(same).execute(db)? == 0 {
        return Ok(());
    }
    audit::record(db, actor, "stage.deleted", "round", round.as_str(), &stage)
}

/// Saves a statement, replacing the one with the same id.
pub fn save_statement(db: &mut Db, actor: &Actor, statement: &Statement) -> QueryResult<()> {
    let changed = diesel::update(statements::table.find(&statement.id))
        .set((
            statements::kind.eq(statement.kind),
            statements::position.eq(statement.position),
            statements::text.eq(&statement.text),
            statements::evidence.eq(&statement.evidence),
        ))
        .execute(db)?;
    if changed == 0 {
        diesel::insert_into(statements::table)
            .values(statement)
            .execute(db)?;
    }
    audit::record(
        db,
        actor,
        "statement.saved",
        "statement",
        statement.id.as_str(),
        &statement.kind,
    )
}

/// Deletes a statement from a round's plan. Published copies stay. Doing it twice is harmless.
pub fn delete_statement(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    id: &StatementId,
) -> QueryResult<()> {
    let here = statements::table.filter(statements::id.eq(id).and(statements::round_id.eq(round)));
    if diesel::delete(here).execute(db)? == 0 {
        return Ok(());
    }
    audit::record(
        db,
        actor,
        "statement.deleted",
        "statement",
        id.as_str(),
        &(),
    )
}

/// Saves a goal, replacing the one with the same key.
pub fn save_goal(db: &mut Db, actor: &Actor, goal: &Goal) -> QueryResult<()> {
    let same = goals::table.filter(
        goals::round_id
            .eq(&goal.round_id)
            .and(goals::key.eq(&goal.key)),
    );
    let changed = diesel::update(same)
        .set((
            goals::priority_id.eq(&goal.priority_id),
            goals::position.eq(goal.position),
            goals::title.eq(&goal.title),
            goals::measure.eq(&goal.measure),
            goals::baseline.eq(&goal.baseline),
            goals::target.eq(&goal.target),
            goals::target_year.eq(goal.target_year),
        ))
        .execute(db)?;
    if changed == 0 {
        diesel::insert_into(goals::table).values(goal).execute(db)?;
    }
    audit::record(db, actor, "goal.saved", "goal", goal.id.as_str(), &goal.key)
}

/// Deletes a goal from a round's plan. Published copies stay. Doing it twice is harmless.
pub fn delete_goal(db: &mut Db, actor: &Actor, round: &RoundId, id: &GoalId) -> QueryResult<()> {
    let here = goals::table.filter(goals::id.eq(id).and(goals::round_id.eq(round)));
    if diesel::delete(here).execute(db)? == 0 {
        return Ok(());
    }
    audit::record(db, actor, "goal.deleted", "goal", id.as_str(), &())
}
