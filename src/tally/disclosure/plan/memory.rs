//! The plans that were settled last. Someone who reviews a draft opens many of its pages, and each builds the same plan.

use std::sync::{Mutex, PoisonError};

use super::Plan;

/// How many plans to remember: those of a few rounds, before and after a change. Results for schools have one for each
/// question of each survey.
const REMEMBERED: usize = 1024;

/// A plan before and after it was settled, and whether that succeeded.
struct Settled {
    before: Plan,
    after: Plan,
    succeeded: bool,
}

/// The most recent one is last.
static SETTLED: Mutex<Vec<Settled>> = Mutex::new(Vec::new());

/// The same plan when it was settled before, and whether that succeeded.
pub(super) fn recall(plan: &Plan) -> Option<(Plan, bool)> {
    let settled = SETTLED.lock().unwrap_or_else(PoisonError::into_inner);
    let same = settled.iter().find(|one| one.before == *plan)?;
    Some((same.after.clone(), same.succeeded))
}

/// Remembers how a plan was settled.
pub(super) fn remember(before: Plan, after: Plan, succeeded: bool) {
    let mut settled = SETTLED.lock().unwrap_or_else(PoisonError::into_inner);
    if settled.len() >= REMEMBERED {
        settled.remove(0);
    }
    settled.push(Settled {
        before,
        after,
        succeeded,
    });
}
