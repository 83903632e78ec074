//! What came of it: the priorities with their evidence, and the plan.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::localized::LocalizedText;
use crate::plan::StatementKind;
use crate::priorities::SourceCount;
use crate::priorities::score::Votes;
use crate::surveys::Unit;
use crate::tally::Tables;
use crate::tally::disclosure::{Column, PublicCell};

/// A priority with its evidence from the time it was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriorityPart {
    /// Its key, in URLs.
    pub key: String,
    /// Its title.
    pub title: LocalizedText,
    /// Why it has its rank.
    pub why: LocalizedText,
    /// The keys of its themes.
    pub themes: Vec<String>,
    /// The decision. Always present in a published snapshot.
    pub decision: Option<DecisionPart>,
}

/// A decision and its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionPart {
    /// The day, in the district's time zone.
    pub day: NaiveDate,
    /// The SHA-256 of all of the evidence.
    pub digest: String,
    /// The version of the codebook used for counting.
    pub codebook: i32,
    /// The unit of the people asked. `None` across sources.
    pub unit: Option<Unit>,
    /// How many were asked. `None` if it's hidden.
    pub asked: Option<u64>,
    /// Who named it: the union of its themes, with each voice counted once.
    pub all: PublicCell,
    /// Who was asked, by group. Groups that were scored together share a key, joined with `+`. The empty key is for
    /// people who didn't name a group.
    pub columns: Vec<Column>,
    /// Who named it, for each column.
    pub cells: Vec<PublicCell>,
    /// The sources, compared. Only if there are several.
    pub sources: Vec<SourceCount>,
    /// Tables at forums, counted separately.
    pub tables: Tables,
    /// The mean of the groups' shares, in whole percent. `None` if a group's count is hidden.
    pub equally: Option<u64>,
    /// Votes on its statements, counted separately. `None` if it's hidden.
    pub votes: Option<Votes>,
}

/// A stage of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagePart {
    /// From 1 to 5.
    pub number: i32,
    /// Its title.
    pub title: LocalizedText,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
}

/// A statement of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementPart {
    /// Its kind.
    pub kind: StatementKind,
    /// Its text.
    pub text: LocalizedText,
    /// The keys of the priorities it's based on.
    pub evidence: Vec<String>,
}

/// A goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalPart {
    /// Its key, in URLs.
    pub key: String,
    /// The key of its priority.
    pub priority: String,
    /// Its title.
    pub title: LocalizedText,
    /// How it's measured.
    pub measure: LocalizedText,
    /// The baseline.
    pub baseline: String,
    /// The target.
    pub target: String,
    /// The target year.
    pub year: i32,
}
