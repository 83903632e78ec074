//! Rows of priorities, decisions with their evidence, and outcomes.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::score::{Score, Votes};
use crate::accounts::AccountId;
use crate::comments::CommentId;
use crate::db::{Json, text_enum, text_id};
use crate::district::RoundId;
use crate::localised::LocalisedText;
use crate::schema::{decisions, outcomes, priorities};
use crate::surveys::{Intent, Unit};
use crate::tally::Tables;

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

/// Everything that a decision rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The number of the last change that was counted.
    pub change: i64,
    /// The version of the codebook.
    pub codebook: i32,
    /// The priority's themes.
    pub themes: Vec<ThemeEvidence>,
    /// Both scores, over the union of the themes.
    pub score: Score,
    /// People by source: never summed across units.
    pub sources: Vec<SourceCount>,
    /// Tables of forums, beside.
    pub tables: Tables,
    /// Votes on the union's statements, beside.
    pub votes: Votes,
    /// The comments of the union, in the order of their ids.
    #[serde(alias = "remarks")]
    pub comments: Vec<CommentId>,
    /// The SHA-256 over the ids and words of those comments.
    #[serde(alias = "remarks_digest")]
    pub comments_digest: String,
}

/// One theme of a priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeEvidence {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: LocalisedText,
    /// Its voices.
    pub voices: u64,
    /// Its comments.
    #[serde(alias = "remarks")]
    pub comments: u64,
    /// Its voices by what the question asked for; one voice may be in several.
    pub by_asked: BTreeMap<Intent, u64>,
}

/// The people of one source who named the priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCount {
    /// The survey's slug.
    pub survey: String,
    /// Its title.
    pub title: LocalisedText,
    /// What it counts.
    pub unit: Unit,
    /// Those who named it.
    pub named: u64,
    /// Those who were asked an open question.
    pub asked: u64,
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
