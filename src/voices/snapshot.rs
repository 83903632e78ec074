//! What a named person published: everything that the public pages show, in every language, frozen.
//!
//! The only references to the ledger are the IDs of released comments. Suppressed counts aren't stored here at all.

mod base;
mod heard;
mod plan;

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

pub(super) use base::{DistrictPart, ForumPart, LatePart, Method, RoundPart, SourcePart};
pub(super) use heard::{
    AskedPart, CommentPart, CountRow, Matched, OutcomePart, Question, ThemePart,
};
pub(super) use plan::{DecisionPart, GoalPart, PriorityPart, StagePart, StatementPart};

use crate::localized::LocalizedText;
use crate::tally::Tables;

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
    pub groups: BTreeMap<String, LocalizedText>,
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
    pub fn wordings(&self) -> Vec<(String, &LocalizedText)> {
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
