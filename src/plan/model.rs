//! Rows of the plan.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::{Json, text_enum, text_id};
use crate::district::RoundId;
use crate::localized::LocalizedText;
use crate::priorities::PriorityId;
use crate::schema::{goals, stages, statements};

text_id! {
    /// A stage's id.
    StageId,
    /// A statement's id.
    StatementId,
    /// A goal's id.
    GoalId,
}

text_enum! {
    /// The kinds of statements in a plan.
    StatementKind {
        /// The future that the district wants.
        Vision = "vision",
        /// The district's purpose.
        Mission = "mission",
        /// The principles that guide it.
        Principles = "principles",
        /// If we do this, then that will happen.
        TheoryOfAction = "theory-of-action",
    }
}

/// One of the five stages that a plan goes through.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = stages)]
pub struct Stage {
    /// The id.
    pub id: StageId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// From 1 to 5.
    pub stage: i32,
    /// The title, as shown to people.
    pub title: Json<LocalizedText>,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
}

/// A text in the plan, with the priorities that support it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = statements)]
pub struct Statement {
    /// The id.
    pub id: StatementId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// The kind of statement.
    pub kind: StatementKind,
    /// Its position among statements of the same kind.
    pub position: i32,
    /// The text, as shown to people.
    pub text: Json<LocalizedText>,
    /// The keys of the priorities that support it.
    pub evidence: Json<Vec<String>>,
}

/// A measurable goal, drafted from a priority.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = goals)]
pub struct Goal {
    /// The id.
    pub id: GoalId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// The priority that it supports.
    pub priority_id: PriorityId,
    /// The key used in addresses and files.
    pub key: String,
    /// Its position in the plan.
    pub position: i32,
    /// The title, as shown to people.
    pub title: Json<LocalizedText>,
    /// How progress is measured.
    pub measure: Json<LocalizedText>,
    /// The baseline, with its unit.
    pub baseline: String,
    /// The target, with its unit.
    pub target: String,
    /// The year by which the target should be reached.
    pub target_year: i32,
}
