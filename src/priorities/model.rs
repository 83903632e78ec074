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
use crate::localized::LocalizedText;
use crate::schema::{decisions, outcomes, priorities};
use crate::surveys::{Intent, Unit};
use crate::tally::Tables;

text_id! {
    /// A priority's id.
    PriorityId,
    /// A decision's id.
    DecisionId,
    /// An outcome's id.
    OutcomeId,
}

text_enum! {
    /// The outcome of a theme.
    Outcome {
        /// It is part of a priority.
        Priority = "priority",
        /// The district is already working on it.
        UnderWay = "under-way",
        /// Heard, but not in this plan.
        NotNow = "not-now",
        /// Heard, but someone else has to decide it.
        NotOurs = "not-ours",
    }
}

/// A priority of a round: one or more themes, with a rank.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = priorities)]
pub struct Priority {
    /// The id.
    pub id: PriorityId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// The key used in addresses and files.
    pub key: String,
    /// The title, as shown to people.
    pub title: Json<LocalizedText>,
    /// The keys of its themes. Its people are the union of theirs.
    pub themes: Json<Vec<String>>,
    /// Why it has this rank.
    pub why: Json<LocalizedText>,
    /// Its position in the order, from 0.
    pub position: i32,
}

/// All the evidence behind a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The number of the last change that's included.
    pub change: i64,
    /// The version of the codebook.
    pub codebook: i32,
    /// The priority's themes.
    pub themes: Vec<ThemeEvidence>,
    /// Both scores, over the union of its themes.
    pub score: Score,
    /// People by source. Never added up across units.
    pub sources: Vec<SourceCount>,
    /// Forum tables, counted separately.
    pub tables: Tables,
    /// Votes on the statements of the union, counted separately.
    pub votes: Votes,
    /// The comments of the union, in id order.
    #[serde(alias = "remarks")]
    pub comments: Vec<CommentId>,
    /// The SHA-256 digest of the ids and texts of those comments.
    #[serde(alias = "remarks_digest")]
    pub comments_digest: String,
}

/// One theme of a priority, as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeEvidence {
    /// The theme's key.
    pub key: String,
    /// The theme's name.
    pub name: LocalizedText,
    /// How many voices it has.
    pub voices: u64,
    /// How many comments it has.
    #[serde(alias = "remarks")]
    pub comments: u64,
    /// Voices by the intent of the question; a voice can be in several.
    pub by_asked: BTreeMap<Intent, u64>,
}

/// How many people of one source named the priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCount {
    /// The survey's slug.
    pub survey: String,
    /// Its title.
    pub title: LocalizedText,
    /// The unit that the survey counts.
    pub unit: Unit,
    /// How many named it.
    pub named: u64,
    /// How many were asked an open question.
    pub asked: u64,
}

/// A decision on a priority, with the evidence as of that day. Never changed, only withdrawn.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions, treat_none_as_default_value = false)]
pub struct Decision {
    /// The id.
    pub id: DecisionId,
    /// The priority that was decided.
    pub priority_id: PriorityId,
    /// The numbers, rules, and comments behind it.
    pub evidence: Json<Evidence>,
    /// The SHA-256 digest of the evidence as stored.
    pub digest: String,
    /// Who decided; `None` if decided on the command line.
    pub decided_by: Option<AccountId>,
    /// When it was decided, in UTC.
    pub decided_at: NaiveDateTime,
    /// When it was withdrawn.
    pub taken_back_at: Option<NaiveDateTime>,
}

/// The outcome of a theme, with the reason. Every published theme has one.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = outcomes)]
pub struct ThemeOutcome {
    /// The id.
    pub id: OutcomeId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// The theme's key.
    pub theme: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The reason, as shown to people.
    pub reason: Json<LocalizedText>,
}
