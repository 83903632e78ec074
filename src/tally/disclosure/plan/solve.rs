//! What a reader can work out: the smallest and the largest value of a number in any solution of the system.

use std::collections::BTreeSet;
use std::time::Duration;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use super::entry::{Entry, Reader};
use super::{MANY, Plan};

/// How long to look for one bound. Systems of an edition take milliseconds.
const PATIENCE: Duration = Duration::from_secs(2);

/// Ranges of values that are known to be possible. Hiding more never makes them impossible.
#[derive(Clone)]
pub(super) struct Known {
    trusting: Vec<Option<(u64, u64)>>,
    doubting: Vec<Option<(u64, u64)>>,
}

impl Known {
    pub(super) fn new(entries: usize) -> Self {
        Self {
            trusting: vec![None; entries],
            doubting: vec![None; entries],
        }
    }

    /// The smallest and largest value of an entry in the solutions found so far, if any were.
    pub(super) fn seen(&self, reader: Reader, entry: usize) -> Option<(u64, u64)> {
        let seen = match reader {
            Reader::Trusting => &self.trusting,
            Reader::Doubting => &self.doubting,
        };
        seen.get(entry).copied().flatten()
    }

    fn note(&mut self, reader: Reader, entry: usize, value: u64) {
        let seen = match reader {
            Reader::Trusting => &mut self.trusting,
            Reader::Doubting => &mut self.doubting,
        };
        if let Some(seen) = seen.get_mut(entry) {
            let (low, high) = seen.unwrap_or((value, value));
            *seen = Some((low.min(value), high.max(value)));
        }
    }

    /// The smallest and largest value that an entry can have, as far as a reader can tell.
    pub(super) fn possible(&mut self, plan: &Plan, reader: Reader, entry: usize) -> (u64, u64) {
        let Some(it) = plan.entries.get(entry) else {
            return (0, 0);
        };
        let own = it.range(reader);
        if own.0 == own.1 {
            return own;
        }
        let linked = plan.linked(reader, entry);
        // Where the solver gives up, a reader is taken to know the number.
        let mut end = |direction| {
            let found = self.solve(plan, reader, &linked, entry, direction);
            found.unwrap_or(it.truth)
        };
        let low = end(OptimizationDirection::Minimize);
        let high = end(OptimizationDirection::Maximize);
        (low, high.max(low))
    }

    fn solve(
        &mut self,
        plan: &Plan,
        reader: Reader,
        linked: &BTreeSet<usize>,
        entry: usize,
        direction: OptimizationDirection,
    ) -> Option<u64> {
        let mut problem = Problem::new(direction);
        problem.set_time_limit(PATIENCE);
        let variables: Vec<(usize, Variable)> = linked
            .iter()
            .filter_map(|place| {
                let (low, high) = plan.entries.get(*place)?.range(reader);
                let range = (whole(low), whole(high.min(MANY)));
                let weight = if *place == entry { 1.0 } else { 0.0 };
                Some((*place, problem.add_integer_var(weight, range)))
            })
            .collect();
        let variable = |place: usize| {
            let found = variables.binary_search_by_key(&place, |(place, _)| *place);
            variables.get(found.ok()?).map(|(_, variable)| *variable)
        };
        let sums: BTreeSet<usize> = linked
            .iter()
            .flat_map(|place| plan.of.get(*place).into_iter().flatten().copied())
            .collect();
        for sum in sums.iter().filter_map(|sum| plan.sums.get(*sum)) {
            let (mut terms, mut rest) = (Vec::new(), 0.0);
            let signed = sum.parts.iter().map(|part| (*part, 1.0));
            for (place, sign) in signed.chain([(sum.whole, -1.0)]) {
                match variable(place) {
                    Some(variable) => terms.push((variable, sign)),
                    None => rest -= sign * plan.entries.get(place).map_or(0.0, shown),
                }
            }
            problem.add_constraint(terms, ComparisonOp::Eq, rest);
        }
        let solution = problem.solve().ok()?.into_solution().ok()?;
        for (place, variable) in &variables {
            self.note(reader, *place, rounded(solution.var_value(*variable)));
        }
        variable(entry).map(|variable| rounded(solution.var_value(variable)))
    }
}

/// A count as the solver's type for bounds; counts are below [`MANY`].
fn whole(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
fn shown(entry: &Entry) -> f64 {
    entry.truth as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the solver returns whole numbers within bounds that aren't negative"
)]
fn rounded(value: f64) -> u64 {
    value.round().max(0.0) as u64
}
