//! The plan: stages with dates, vision and mission, and goals drafted from priorities.

mod file;
mod model;
mod pages;
mod store;
mod translation;

pub use file::{ImportedPlan, PlanFile, import};
pub use model::{Goal, GoalId, Stage, StageId, Statement, StatementId, StatementKind};
pub use pages::{routes, samples};
pub use store::{
    delete_goal, delete_statement, goals, save_goal, save_stage, save_statement, stages,
    statements, texts,
};
pub use translation::PlanTexts;
