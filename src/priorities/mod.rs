//! Priorities: themes weighed and ranked, with the evidence frozen when a decision is made.

mod evidence;
mod file;
mod model;
mod moved;
mod pages;
pub mod score;
mod store;

pub use evidence::weigh;
pub use file::{DecisionsFile, import};
pub use model::{
    Decision, DecisionId, Evidence, Outcome, OutcomeId, Priority, PriorityId, SourceCount,
    ThemeEvidence, ThemeOutcome,
};
pub use moved::moved;
pub use pages::{routes, samples};
pub use store::{
    by_key, current_decision, decide, decisions, in_round, outcomes, reorder, save_outcome,
    save_priority, undo_decision, votes_on,
};
