//! What a named person published: everything that the public pages show, in every language, frozen.
//!
//! Nothing here points back into the ledger but ids of released comments. A suppressed count is not in here at all.

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
    /// The name of the person who published.
    pub published_by: String,
    /// When, in UTC.
    pub published_at: NaiveDateTime,
    /// How it was counted.
    pub method: Method,
    /// The names of the groups, by key.
    pub groups: BTreeMap<String, LocalisedText>,
    /// The surveys that were answered.
    pub sources: Vec<SourcePart>,
    /// The forums at which tables wrote notes.
    pub forums: Vec<ForumPart>,
    /// The tables of those forums.
    pub tables: Tables,
    /// What was said, split by what was asked for; never summed across.
    pub asked: Vec<AskedPart>,
    /// The themes, in the order of the codebook.
    pub themes: Vec<ThemePart>,
    /// The priorities, most important first.
    pub priorities: Vec<PriorityPart>,
    /// The stages of the plan.
    pub stages: Vec<StagePart>,
    /// Vision, mission, principles, theory of action.
    pub statements: Vec<StatementPart>,
    /// The goals, in their order.
    pub goals: Vec<GoalPart>,
    /// The released comments, in the order of their ids, which says nothing about time.
    #[serde(alias = "remarks")]
    pub comments: Vec<CommentPart>,
}

/// The district, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictPart {
    /// Its name.
    pub name: LocalisedText,
    /// What is printed on its pages.
    pub notice: LocalisedText,
    /// Its languages, the main one first.
    pub languages: Vec<String>,
    /// Its zone, as in the IANA database.
    pub time_zone: String,
}

/// The round, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundPart {
    /// In addresses.
    pub slug: String,
    /// Its title.
    pub title: LocalisedText,
    /// Where it happened.
    pub place: LocalisedText,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Where its data come from.
    pub origin: LocalisedText,
}

/// How it was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// The version of the codebook; 0 where there was none.
    pub codebook: i32,
    /// The day on which that version was saved, in the district's zone.
    pub codebook_on: Option<NaiveDate>,
    /// The number of the last change that was counted.
    pub change: i64,
    /// The fewest people for whom a number is shown.
    pub base: u64,
}

/// A survey that was answered. Sources of different units are never added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePart {
    /// The survey's slug.
    pub survey: String,
    /// Its title.
    pub title: LocalisedText,
    /// What it counts.
    pub unit: Unit,
    /// How many answered; none where that is hidden.
    pub answered: Option<u64>,
    /// The first day of an answer.
    pub first_day: Option<NaiveDate>,
    /// The last day of an answer.
    pub last_day: Option<NaiveDate>,
    /// Those who answered, by group; small groups are folded.
    pub groups: Vec<Column>,
    /// What arrived after the closing, by whether it is counted; nothing where nothing did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late: Vec<LatePart>,
}

/// Answers that waited on a phone until after the closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatePart {
    /// Whether the district took them in.
    pub counted: bool,
    /// How many; none where that is hidden.
    pub answers: Option<u64>,
}

/// A forum whose tables wrote notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForumPart {
    /// Its title.
    pub title: LocalisedText,
    /// Its day, in the district's zone.
    pub day: NaiveDate,
}

/// An open question as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The key of the item, or of the prompt.
    pub key: String,
    /// Its words.
    pub label: LocalisedText,
}

/// What was said when one kind of thing was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskedPart {
    /// What was asked for.
    #[serde(alias = "asks")]
    pub intent: Intent,
    /// The questions that did.
    pub questions: Vec<Question>,
    /// What the people asked are counted in; none where several sources come together.
    pub unit: Option<Unit>,
    /// How many were asked; none where that is hidden.
    pub asked: Option<u64>,
    /// Those asked, by source and group; a key is `survey/group`, and the group is empty where none was named.
    pub columns: Vec<Column>,
    /// One row for each theme, the most named first.
    pub rows: Vec<CountRow>,
}

/// Who named a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    /// The theme's key.
    pub theme: String,
    /// All together, each once.
    pub all: PublicCell,
    /// As the columns stand.
    pub cells: Vec<PublicCell>,
    /// Tables of forums, beside.
    pub tables: Tables,
}

/// A theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemePart {
    /// Its key, in addresses.
    pub key: String,
    /// What it is called.
    pub name: LocalisedText,
    /// What it is about.
    pub definition: LocalisedText,
    /// The theme that it is a part of.
    pub parent: Option<String>,
    /// Its terms by language, as anyone may read them.
    pub rules: BTreeMap<String, RuleText>,
    /// What came of it; always there in what was published.
    pub outcome: Option<OutcomePart>,
}

/// What came of a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomePart {
    /// What.
    pub outcome: Outcome,
    /// Why.
    pub reason: LocalisedText,
}

/// A priority with its evidence as it was when it was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriorityPart {
    /// Its key, in addresses.
    pub key: String,
    /// Its title.
    pub title: LocalisedText,
    /// Why it stands where it stands.
    pub why: LocalisedText,
    /// The keys of its themes.
    pub themes: Vec<String>,
    /// The decision; always there in what was published.
    pub decision: Option<DecisionPart>,
}

/// A decision and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionPart {
    /// The day, in the district's zone.
    pub day: NaiveDate,
    /// The SHA-256 of the whole evidence.
    pub digest: String,
    /// The version of the codebook it was counted with.
    pub codebook: i32,
    /// What the people asked are counted in; none across sources.
    pub unit: Option<Unit>,
    /// How many were asked; none where that is hidden.
    pub asked: Option<u64>,
    /// Those who named it: a union of its themes, each person once.
    pub all: PublicCell,
    /// Those asked, by group. Groups that were weighed together share a key, joined with `+`; the empty one is for people
    /// who named none.
    pub columns: Vec<Column>,
    /// Those of each group who named it.
    pub cells: Vec<PublicCell>,
    /// The sources beside each other, where there are several.
    pub sources: Vec<SourceCount>,
    /// Tables of forums, beside.
    pub tables: Tables,
    /// The mean of the groups' shares, in whole percent; none where a group's count is hidden.
    pub equally: Option<u64>,
    /// Votes on its statements, beside; none where that is hidden.
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

/// Words of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementPart {
    /// What it is.
    pub kind: StatementKind,
    /// Its words.
    pub text: LocalisedText,
    /// The keys of the priorities that it rests on.
    pub evidence: Vec<String>,
}

/// A goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalPart {
    /// Its key, in addresses.
    pub key: String,
    /// The key of its priority.
    pub priority: String,
    /// Its title.
    pub title: LocalisedText,
    /// How it is measured.
    pub measure: LocalisedText,
    /// Where it stands.
    pub baseline: String,
    /// Where it shall stand.
    pub target: String,
    /// By when.
    pub year: i32,
}

/// A comment that a named person released. Nothing is kept of who said it, not even the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentPart {
    /// Its address.
    pub id: CommentId,
    /// The survey or the forum where it was said; empty for other sources.
    pub place: LocalisedText,
    /// Whether a table said it, and for how many at the least it spoke.
    pub speaks_for: Option<u64>,
    /// The key of the question.
    pub item: String,
    /// What was asked for.
    #[serde(alias = "asks")]
    pub intent: Intent,
    /// The language of the words, as a tag.
    pub language: String,
    /// The words.
    pub text: String,
    /// The themes that count it.
    pub themes: Vec<Matched>,
}

/// Why a comment is in a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// The theme's key.
    pub theme: String,
    /// The matched words, as ranges of bytes in the text.
    pub spans: Vec<(usize, usize)>,
}

impl Snapshot {
    /// The language that the district's words are written in first.
    pub fn main_language(&self) -> &str {
        self.district.languages.first().map_or("en", String::as_str)
    }

    /// The theme of a key.
    pub fn theme(&self, key: &str) -> Option<&ThemePart> {
        self.themes.iter().find(|theme| theme.key == key)
    }

    /// The place, from 1, and the priority of a key.
    pub fn priority(&self, key: &str) -> Option<(usize, &PriorityPart)> {
        (1..)
            .zip(&self.priorities)
            .find(|(_, priority)| priority.key == key)
    }

    /// The goal of a key.
    pub fn goal(&self, key: &str) -> Option<&GoalPart> {
        self.goals.iter().find(|goal| goal.key == key)
    }

    /// The comment of an id.
    pub fn comment(&self, id: &str) -> Option<&CommentPart> {
        let place = self
            .comments
            .binary_search_by(|comment| comment.id.as_str().cmp(id));
        self.comments.get(place.ok()?)
    }

    /// The priorities that a theme is part of, with their places.
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

    /// Every wording with its name, for finding those that a language does not have.
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
