//! Rows of priorities, decisions and outcomes.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::evidence::Evidence;
use crate::accounts::AccountId;
use crate::db::{Json, text_enum, text_id};
use crate::district::RoundId;
use crate::localised::LocalisedText;
use crate::schema::{decisions, outcomes, priorities};

text_id! {
    /// Names a priority.
    PriorityId,
    /// Names a decision.
    DecisionId,
    /// Names an outcome.
    OutcomeId,
}

text_enum! {
    /// What came of a theme.
    Outcome {
        /// It is part of a priority.
        Priority = "priority",
        /// Something is being done already.
        UnderWay = "under-way",
        /// Heard, and not in this plan.
        NotNow = "not-now",
        /// Heard, and for others to decide.
        NotOurs = "not-ours",
    }
}

/// A priority of a round: themes taken together, in their place.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = priorities)]
pub struct Priority {
    /// Names it.
    pub id: PriorityId,
    /// Whose.
    pub round_id: RoundId,
    /// In addresses and files.
    pub key: String,
    /// As people read it.
    pub title: Json<LocalisedText>,
    /// The keys of its themes. Its people are their union.
    pub themes: Json<Vec<String>>,
    /// Why it stands where it stands, in words.
    pub why: Json<LocalisedText>,
    /// Its place, from 0.
    pub position: i32,
}

/// A decision on a priority, with its evidence as it was on that day; never changed, only taken back.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions, treat_none_as_default_value = false)]
pub struct Decision {
    /// Names it.
    pub id: DecisionId,
    /// On what.
    pub priority_id: PriorityId,
    /// The numbers, the rules and the comments behind it.
    pub evidence: Json<Evidence>,
    /// The SHA-256 of the evidence as it is stored.
    pub digest: String,
    /// Who decided; none for the command line.
    pub decided_by: Option<AccountId>,
    /// When, in UTC.
    pub decided_at: NaiveDateTime,
    /// When it was taken back.
    pub taken_back_at: Option<NaiveDateTime>,
}

/// What came of a theme, with the reason. Every published theme has one.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = outcomes)]
pub struct ThemeOutcome {
    /// Names it.
    pub id: OutcomeId,
    /// Whose.
    pub round_id: RoundId,
    /// The theme's key.
    pub theme: String,
    /// What came of it.
    pub outcome: Outcome,
    /// Why, as people read it.
    pub reason: Json<LocalisedText>,
}
