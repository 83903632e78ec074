//! All queries about priorities, decisions, outcomes, and votes.

use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::model::{
    Decision, DecisionId, Evidence, Outcome, OutcomeId, Priority, PriorityId, ThemeOutcome,
};
use super::score::Votes;
use crate::audit::{self, Actor};
use crate::comments::{BatchState, CommentId};
use crate::db::{Db, Json};
use crate::district::{self, RoundId};
use crate::localized::LocalizedText;
use crate::schema::{batches, decisions, goals, outcomes, priorities, votes};
use crate::secret::digest;

/// How many ids go into one statement. Both databases allow more, but this keeps queries short.
const CHUNK: usize = 5_000;

/// A round's priorities, in order.
pub fn in_round(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Priority>> {
    priorities::table
        .filter(priorities::round_id.eq(round))
        .order((priorities::position, priorities::key))
        .load(db)
}

/// Finds a priority by key.
pub fn by_key(db: &mut Db, round: &RoundId, key: &str) -> QueryResult<Priority> {
    priorities::table
        .filter(priorities::round_id.eq(round).and(priorities::key.eq(key)))
        .first(db)
}

/// Saves a priority, replacing the one with the same key.
pub fn save_priority(db: &mut Db, actor: &Actor, priority: &Priority) -> QueryResult<PriorityId> {
    let same = priorities::table.filter(
        priorities::round_id
            .eq(&priority.round_id)
            .and(priorities::key.eq(&priority.key)),
    );
    let there: Option<PriorityId> = same.select(priorities::id).first(db).optional()?;
    let id = if let Some(id) = there {
        diesel::update(priorities::table.find(&id))
            .set((
                priorities::title.eq(&priority.title),
                priorities::themes.eq(&priority.themes),
                priorities::why.eq(&priority.why),
                priorities::position.eq(priority.position),
            ))
            .execute(db)?;
        id
    } else {
        diesel::insert_into(priorities::table)
            .values(priority)
            .execute(db)?;
        priority.id.clone()
    };
    audit::record(
        db,
        actor,
        "priority.saved",
        "priority",
        id.as_str(),
        &priority.themes.0,
    )?;
    Ok(id)
}

/// Deletes a priority if it was never decided and no goal uses it. Returns whether it did.
pub(super) fn delete_priority(
    db: &mut Db,
    actor: &Actor,
    priority: &PriorityId,
) -> QueryResult<bool> {
    let decided: i64 = decisions::table
        .filter(decisions::priority_id.eq(priority))
        .count()
        .get_result(db)?;
    let goals: i64 = goals::table
        .filter(goals::priority_id.eq(priority))
        .count()
        .get_result(db)?;
    if decided + goals > 0 {
        return Ok(false);
    }
    diesel::delete(priorities::table.find(priority)).execute(db)?;
    audit::record(
        db,
        actor,
        "priority.deleted",
        "priority",
        priority.as_str(),
        &(),
    )?;
    Ok(true)
}

/// Reorders a round's priorities. `order` must list all of them.
pub fn reorder(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    order: &[PriorityId],
) -> QueryResult<()> {
    for (position, id) in (0_i32..).zip(order) {
        diesel::update(
            priorities::table
                .find(id)
                .filter(priorities::round_id.eq(round)),
        )
        .set(priorities::position.eq(position))
        .execute(db)?;
    }
    audit::record(
        db,
        actor,
        "priorities.ordered",
        "round",
        round.as_str(),
        &order,
    )
}

/// Decides a priority and freezes its evidence. Withdraws the previous decision, if any.
pub fn decide(
    db: &mut Db,
    actor: &Actor,
    priority: &PriorityId,
    evidence: Evidence,
) -> QueryResult<DecisionId> {
    lock_round_of(db, priority)?;
    withdraw_status(db, priority, actor.at)?;
    let stored = serde_json::to_string(&evidence)
        .map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    let decision = Decision {
        id: DecisionId::new(),
        priority_id: priority.clone(),
        evidence: Json(evidence),
        digest: digest(stored),
        decided_by: actor.account.clone(),
        decided_at: actor.at,
        taken_back_at: None,
    };
    diesel::insert_into(decisions::table)
        .values(&decision)
        .execute(db)?;
    audit::record(
        db,
        actor,
        "priority.decided",
        "priority",
        priority.as_str(),
        &decision.digest,
    )?;
    Ok(decision.id)
}

/// Waits for other changes to the priority's round, so that two decisions at the same time don't both stand.
fn lock_round_of(db: &mut Db, priority: &PriorityId) -> QueryResult<()> {
    let round: RoundId = priorities::table
        .find(priority)
        .select(priorities::round_id)
        .first(db)?;
    district::lock_round(db, &round)
}

/// Withdraws the current decision; the priority is a draft again. The evidence stays on record.
pub fn undo_decision(db: &mut Db, actor: &Actor, priority: &PriorityId) -> QueryResult<()> {
    lock_round_of(db, priority)?;
    if withdraw_status(db, priority, actor.at)? == 0 {
        return Err(diesel::result::Error::NotFound);
    }
    audit::record(
        db,
        actor,
        "priority.taken-back",
        "priority",
        priority.as_str(),
        &(),
    )
}

fn withdraw_status(db: &mut Db, priority: &PriorityId, at: NaiveDateTime) -> QueryResult<usize> {
    let status = decisions::table.filter(
        decisions::priority_id
            .eq(priority)
            .and(decisions::taken_back_at.is_null()),
    );
    diesel::update(status)
        .set(decisions::taken_back_at.eq(at))
        .execute(db)
}

/// The current decision on a priority, if any.
pub fn current_decision(db: &mut Db, priority: &PriorityId) -> QueryResult<Option<Decision>> {
    decisions::table
        .filter(
            decisions::priority_id
                .eq(priority)
                .and(decisions::taken_back_at.is_null()),
        )
        .order((decisions::decided_at.desc(), decisions::id))
        .first(db)
        .optional()
}

/// A round's current decisions.
pub fn decisions(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Decision>> {
    let ids = priorities::table
        .filter(priorities::round_id.eq(round))
        .select(priorities::id);
    decisions::table
        .filter(
            decisions::priority_id
                .eq_any(ids)
                .and(decisions::taken_back_at.is_null()),
        )
        .load(db)
}

/// A round's outcomes, by theme.
pub fn outcomes(db: &mut Db, round: &RoundId) -> QueryResult<Vec<ThemeOutcome>> {
    outcomes::table
        .filter(outcomes::round_id.eq(round))
        .order(outcomes::theme)
        .load(db)
}

/// Saves the outcome of a theme.
pub fn save_outcome(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    theme: &str,
    outcome: Outcome,
    reason: &LocalizedText,
) -> QueryResult<()> {
    let same = outcomes::table.filter(outcomes::round_id.eq(round).and(outcomes::theme.eq(theme)));
    let reason = Json(reason.clone());
    let changed = diesel::update(same)
        .set((outcomes::outcome.eq(outcome), outcomes::reason.eq(&reason)))
        .execute(db)?;
    if changed == 0 {
        let row = ThemeOutcome {
            id: OutcomeId::new(),
            round_id: round.clone(),
            theme: theme.to_owned(),
            outcome,
            reason,
        };
        diesel::insert_into(outcomes::table)
            .values(&row)
            .execute(db)?;
    }
    audit::record(
        db,
        actor,
        "theme.outcome",
        "round",
        round.as_str(),
        &(theme, outcome),
    )
}

/// The votes on a set of comments, except those from imports that aren't live.
pub fn votes_on(db: &mut Db, comments: &[CommentId]) -> QueryResult<Votes> {
    let live = || {
        batches::table
            .filter(batches::state.eq(BatchState::Live))
            .select(batches::id.nullable())
    };
    let mut total = Votes::default();
    for chunk in comments.chunks(CHUNK) {
        let rows: Vec<(i32, i64)> = votes::table
            .filter(votes::comment_id.eq_any(chunk))
            .filter(votes::batch_id.is_null().or(votes::batch_id.eq_any(live())))
            .group_by(votes::value)
            .select((votes::value, count_star()))
            .load(db)?;
        for (value, number) in rows {
            let number = u64::try_from(number).unwrap_or(0);
            match value {
                1 => total.agree += number,
                -1 => total.disagree += number,
                _ => total.pass += number,
            }
        }
    }
    Ok(total)
}
