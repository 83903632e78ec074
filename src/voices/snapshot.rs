//! What a named person published: everything that the public pages show, in every language, frozen.
//!
//! The only references to the ledger are the IDs of released comments. Suppressed counts aren't stored here at all.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::comments::CommentId;
use crate::localised::LocalisedText;
use crate::plan::StatementKind;
use crate::priorities::score::Votes;
use crate::priorities::{Outcome, SourceCount};
use crate::surveys::{Intent, Unit};
use crate::tally::Tables;
use crate::tally::disclosure::{Column, PublicCell};
use crate::themes::RuleText;

/// A published round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The district at that time.
    pub district: DistrictPart,
    /// The round at that time.
    pub round: RoundPart,
    /// The name of the person who published it.
    pub published_by: String,
    /// When, in UTC.
    pub published_at: NaiveDateTime,
    /// How it was counted.
    pub method: Method,
    /// The names of the groups, by key.
    pub groups: BTreeMap<String, LocalisedText>,
    /// The surveys that have responses.
    pub sources: Vec<SourcePart>,
    /// The forums whose tables wrote notes.
    pub forums: Vec<ForumPart>,
    /// The tables of those forums.
    pub tables: Tables,
    /// The counts, split by intent. Never added up across intents.
    pub asked: Vec<AskedPart>,
    /// The themes, in the order of the codebook.
    pub themes: Vec<ThemePart>,
    /// The priorities, most important first.
    pub priorities: Vec<PriorityPart>,
    /// The stages of the plan.
    pub stages: Vec<StagePart>,
    /// Vision, mission, principles, theory of action.
    pub statements: Vec<StatementPart>,
    /// The goals, in order.
    pub goals: Vec<GoalPart>,
    /// The released comments, sorted by ID, which reveals nothing about time.
    #[serde(alias = "remarks")]
    pub comments: Vec<CommentPart>,
}

/// The district at that time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictPart {
    /// Its name.
    pub name: LocalisedText,
    /// The notice on its pages.
    pub notice: LocalisedText,
    /// Its languages, main language first.
    pub languages: Vec<String>,
    /// Its time zone, by IANA name.
    pub time_zone: String,
}

/// The round at that time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundPart {
    /// The slug in URLs.
    pub slug: String,
    /// Its title.
    pub title: LocalisedText,
    /// Where it happened.
    pub place: LocalisedText,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Where its data comes from.
    pub origin: LocalisedText,
}

/// How it was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// The version of the codebook. 0 if there was none.
    pub codebook: i32,
    /// The day that version was saved, in the district's time zone.
    pub codebook_on: Option<NaiveDate>,
    /// The number of the last change that was counted.
    pub change: i64,
    /// The fewest people for whom a number is shown.
    pub base: u64,
}

/// A survey that has responses. Sources with different units are never added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePart {
    /// The survey's slug.
    pub survey: String,
    /// Its title.
    pub title: LocalisedText,
    /// What it counts.
    pub unit: Unit,
    /// How many responded. `None` if it's hidden.
    pub answered: Option<u64>,
    /// The day of the first response.
    pub first_day: Option<NaiveDate>,
    /// The day of the last response.
    pub last_day: Option<NaiveDate>,
    /// How many responded, by group. Small groups are combined.
    pub groups: Vec<Column>,
    /// What arrived after closing, by whether it's counted. Empty if nothing did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late: Vec<LatePart>,
}

/// Responses that waited on a phone until after the survey closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatePart {
    /// Whether the district counts them.
    pub counted: bool,
    /// How many. `None` if it's hidden.
    pub answers: Option<u64>,
}

/// A forum whose tables wrote notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForumPart {
    /// Its title.
    pub title: LocalisedText,
    /// Its day, in the district's time zone.
    pub day: NaiveDate,
}

/// An open question as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The key of the item or prompt.
    pub key: String,
    /// Its text.
    pub label: LocalisedText,
}

/// The counts for one intent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskedPart {
    /// The intent.
    #[serde(alias = "asks")]
    pub intent: Intent,
    /// The questions with this intent.
    pub questions: Vec<Question>,
    /// The unit of the people asked. `None` if several sources are combined.
    pub unit: Option<Unit>,
    /// How many were asked. `None` if it's hidden.
    pub asked: Option<u64>,
    /// Who was asked, by source and group. The key is `survey/group`; the group is empty for people who didn't name
    /// one.
    pub columns: Vec<Column>,
    /// One row for each theme, most frequent first.
    pub rows: Vec<CountRow>,
}

/// Who named a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    /// The theme's key.
    pub theme: String,
    /// The total. Each voice counts once.
    pub all: PublicCell,
    /// One cell for each column.
    pub cells: Vec<PublicCell>,
    /// Tables at forums, counted separately.
    pub tables: Tables,
}

/// A theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemePart {
    /// Its key, in URLs.
    pub key: String,
    /// Its name.
    pub name: LocalisedText,
    /// Its definition.
    pub definition: LocalisedText,
    /// Its parent theme.
    pub parent: Option<String>,
    /// Its terms by language, readable by anyone.
    pub rules: BTreeMap<String, RuleText>,
    /// Its outcome. Always present in a published snapshot.
    pub outcome: Option<OutcomePart>,
}

/// The outcome of a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomePart {
    /// The outcome.
    pub outcome: Outcome,
    /// The reason.
    pub reason: LocalisedText,
}

/// A priority with its evidence from the time it was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriorityPart {
    /// Its key, in URLs.
    pub key: String,
    /// Its title.
    pub title: LocalisedText,
    /// Why it has its rank.
    pub why: LocalisedText,
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
    pub title: LocalisedText,
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
    pub text: LocalisedText,
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
    pub title: LocalisedText,
    /// How it's measured.
    pub measure: LocalisedText,
    /// The baseline.
    pub baseline: String,
    /// The target.
    pub target: String,
    /// The target year.
    pub year: i32,
}

/// A comment that a named person released. Nothing about who said it is stored, not even the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentPart {
    /// Its ID in URLs.
    pub id: CommentId,
    /// The survey or forum where it was said. Empty for other sources.
    pub place: LocalisedText,
    /// For a table's note, the least number of people it speaks for.
    pub speaks_for: Option<u64>,
    /// The key of the question.
    pub item: String,
    /// The intent of the question.
    #[serde(alias = "asks")]
    pub intent: Intent,
    /// The language of the text, as a tag.
    pub language: String,
    /// The text.
    pub text: String,
    /// The themes that count it.
    pub themes: Vec<Matched>,
}

/// Why a comment is in a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// The theme's key.
    pub theme: String,
    /// The matched words, as byte ranges in the text.
    pub spans: Vec<(usize, usize)>,
}

impl Snapshot {
    /// The district's main language.
    pub fn main_language(&self) -> &str {
        self.district.languages.first().map_or("en", String::as_str)
    }

    /// The theme with a key.
    pub fn theme(&self, key: &str) -> Option<&ThemePart> {
        self.themes.iter().find(|theme| theme.key == key)
    }

    /// The priority with a key, and its rank from 1.
    pub fn priority(&self, key: &str) -> Option<(usize, &PriorityPart)> {
        (1..)
            .zip(&self.priorities)
            .find(|(_, priority)| priority.key == key)
    }

    /// The goal with a key.
    pub fn goal(&self, key: &str) -> Option<&GoalPart> {
        self.goals.iter().find(|goal| goal.key == key)
    }

    /// The comment with an ID.
    pub fn comment(&self, id: &str) -> Option<&CommentPart> {
        let place = self
            .comments
            .binary_search_by(|comment| comment.id.as_str().cmp(id));
        self.comments.get(place.ok()?)
    }

    /// The priorities that include a theme, with their ranks.
    pub fn priorities_of<'a>(
        &'a self,
        theme: &'a str,
    ) -> impl Iterator<Item = (usize, &'a PriorityPart)> {
        (1..)
            .zip(&self.priorities)
            .filter(move |(_, priority)| priority.themes.iter().any(|key| key == theme))
    }

    /// The goals drafted from a priority.
    pub fn goals_of<'a>(&'a self, priority: &'a str) -> impl Iterator<Item = &'a GoalPart> {
        self.goals
            .iter()
            .filter(move |goal| goal.priority == priority)
    }

    /// The released comments that any of these themes counts.
    pub fn comments_of<'a>(
        &'a self,
        themes: &'a [String],
    ) -> impl Iterator<Item = &'a CommentPart> {
        self.comments.iter().filter(move |comment| {
            comment
                .themes
                .iter()
                .any(|matched| themes.contains(&matched.theme))
        })
    }

    /// Every text with its name, for finding missing translations.
    pub fn wordings(&self) -> Vec<(String, &LocalisedText)> {
        let mut all = vec![
            ("District name".to_owned(), &self.district.name),
            ("District notice".to_owned(), &self.district.notice),
            ("Round title".to_owned(), &self.round.title),
            ("Round place".to_owned(), &self.round.place),
            ("Round origin".to_owned(), &self.round.origin),
        ];
        let mut add = |what: &str, key: &str, text| all.push((format!("{what} ({key})"), text));
        for source in &self.sources {
            add("Survey title", &source.survey, &source.title);
        }
        for forum in &self.forums {
            add("Forum title", &forum.day.to_string(), &forum.title);
        }
        for question in self.asked.iter().flat_map(|part| &part.questions) {
            add("Question", &question.key, &question.label);
        }
        for theme in &self.themes {
            add("Theme name", &theme.key, &theme.name);
            add("Theme definition", &theme.key, &theme.definition);
            if let Some(outcome) = &theme.outcome {
                add("Outcome reason", &theme.key, &outcome.reason);
            }
        }
        for priority in &self.priorities {
            add("Priority title", &priority.key, &priority.title);
            add("Priority reason", &priority.key, &priority.why);
        }
        for stage in &self.stages {
            add("Stage name", &stage.number.to_string(), &stage.title);
        }
        for (number, statement) in (1..).zip(&self.statements) {
            let key = format!("{number}, {}", statement.kind);
            add("Statement", &key, &statement.text);
        }
        for goal in &self.goals {
            add("Goal title", &goal.key, &goal.title);
            add("Goal measure", &goal.key, &goal.measure);
        }
        all
    }
}
