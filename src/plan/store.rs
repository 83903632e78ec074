//! Every query about the plan.

use diesel::prelude::*;

use super::model::{Goal, GoalId, Stage, Statement, StatementId};
use crate::audit::{self, Actor};
use crate::db::Db;
use crate::district::RoundId;
use crate::schema::{goals, stages, statements};

/// The stages of a round, in their order.
pub fn stages(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Stage>> {
    stages::table
        .filter(stages::round_id.eq(round))
        .order(stages::stage)
        .load(db)
}

/// The statements of a round, by kind and place.
pub fn statements(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Statement>> {
    let mut rows: Vec<Statement> = statements::table
        .filter(statements::round_id.eq(round))
        .load(db)?;
    rows.sort_by(|a, b| (a.kind, a.position, &a.id).cmp(&(b.kind, b.position, &b.id)));
    Ok(rows)
}

/// The goals of a round, in their order.
pub fn goals(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Goal>> {
    goals::table
        .filter(goals::round_id.eq(round))
        .order((goals::position, goals::key))
        .load(db)
}

/// Replaces a stage by its number, or adds it.
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

/// Takes a stage's dates away, if it has any.
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

/// Replaces a statement by its id, or adds it.
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

/// Takes a statement out of a round's plan. What was published stays published. Twice is as good as once.
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

/// Replaces a goal by its key, or adds it.
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

/// Takes a goal out of a round's plan. What was published stays published. Twice is as good as once.
pub fn delete_goal(db: &mut Db, actor: &Actor, round: &RoundId, id: &GoalId) -> QueryResult<()> {
    let here = goals::table.filter(goals::id.eq(id).and(goals::round_id.eq(round)));
    if diesel::delete(here).execute(db)? == 0 {
        return Ok(());
    }
    audit::record(db, actor, "goal.deleted", "goal", id.as_str(), &())
}
