//! Rows of the plan.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::{Json, text_enum, text_id};
use crate::district::RoundId;
use crate::localised::LocalisedText;
use crate::priorities::PriorityId;
use crate::schema::{goals, stages, statements};

text_id! {
    /// Names a stage.
    StageId,
    /// Names a statement.
    StatementId,
    /// Names a goal.
    GoalId,
}

text_enum! {
    /// What a statement of the plan is.
    StatementKind {
        /// What will be.
        Vision = "vision",
        /// What the district is for.
        Mission = "mission",
        /// What guides it.
        Principles = "principles",
        /// If we do this, that will follow.
        TheoryOfAction = "theory-of-action",
    }
}

/// One of the five stages that a plan goes through.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = stages)]
pub struct Stage {
    /// Names it.
    pub id: StageId,
    /// Whose.
    pub round_id: RoundId,
    /// From 1 to 5.
    pub stage: i32,
    /// As people read it.
    pub title: Json<LocalisedText>,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
}

/// Words of the plan, with the priorities that they rest on.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = statements)]
pub struct Statement {
    /// Names it.
    pub id: StatementId,
    /// Whose.
    pub round_id: RoundId,
    /// What it is.
    pub kind: StatementKind,
    /// Its place among those of its kind.
    pub position: i32,
    /// As people read it.
    pub text: Json<LocalisedText>,
    /// The keys of the priorities that it rests on.
    pub evidence: Json<Vec<String>>,
}

/// A goal that can be measured, drafted from a priority.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = goals)]
pub struct Goal {
    /// Names it.
    pub id: GoalId,
    /// Whose.
    pub round_id: RoundId,
    /// The priority that it serves.
    pub priority_id: PriorityId,
    /// In addresses and files.
    pub key: String,
    /// Its place.
    pub position: i32,
    /// As people read it.
    pub title: Json<LocalisedText>,
    /// How it is measured.
    pub measure: Json<LocalisedText>,
    /// Where it stands, with its unit.
    pub baseline: String,
    /// Where it shall stand, with its unit.
    pub target: String,
    /// By when.
    pub target_year: i32,
}
