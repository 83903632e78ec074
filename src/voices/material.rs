//! The input of a snapshot: the true counts before suppression, all read at the same moment.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use roaring::RoaringBitmap;

use super::said;
use super::snapshot::{CommentPart, ForumPart, Question};
use super::store::{self, Prompt};
use crate::db::Db;
use crate::district::{self, District, Group, Round};
use crate::error::{Error, Result};
use crate::localised::LocalisedText;
use crate::plan::{self, Goal, Stage, Statement};
use crate::priorities::{self, Decision, Priority, ThemeOutcome};
use crate::responses::{self, LateCounts};
use crate::surveys::{self, Document, Intent, Item, Unit};
use crate::tally::{CommentFacet, Facet, Tables};
use crate::themes::{Coded, Coding, Index, SavedCodebook, latest_codebook};

/// Everything that goes into a snapshot.
#[derive(Clone, Debug)]
pub struct Material {
    /// The name of the person who publishes it.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// The number of the last change that is counted.
    pub change: i64,
    /// The district.
    pub district: District,
    /// The round.
    pub round: Round,
    /// The groups, in order.
    pub groups: Vec<Group>,
    /// The codebook, if there is one yet.
    pub codebook: Option<SavedCodebook>,
    /// The published surveys.
    pub sources: Vec<Answered>,
    /// The forums with notes.
    pub forums: Vec<ForumPart>,
    /// The tables of all notes.
    pub tables: Tables,
    /// The comments, split by intent.
    pub asked: Vec<IntentCounts>,
    /// The outcomes of the themes.
    pub outcomes: Vec<ThemeOutcome>,
    /// The priorities in order, with their decisions.
    pub priorities: Vec<(Priority, Option<Decision>)>,
    /// The stages.
    pub stages: Vec<Stage>,
    /// The statements.
    pub statements: Vec<Statement>,
    /// The goals.
    pub goals: Vec<Goal>,
    /// The released comments.
    pub comments: Vec<CommentPart>,
}

/// A survey and its responses.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Its slug.
    pub survey: String,
    /// Its title.
    pub title: LocalisedText,
    /// What it counts.
    pub unit: Unit,
    /// How many responded.
    pub answered: u64,
    /// How many responded, by group. The empty key is for those who didn't name a group.
    pub groups: Vec<(String, u64)>,
    /// The days of the first and last response.
    pub days: (Option<NaiveDate>, Option<NaiveDate>),
    /// What arrived after closing.
    pub late: LateCounts,
}

/// For one intent: who was asked, and who named which theme.
#[derive(Clone, Debug)]
pub struct IntentCounts {
    /// The intent.
    pub intent: Intent,
    /// The questions.
    pub questions: Vec<Question>,
    /// The unit of each source that asked.
    pub units: Vec<Unit>,
    /// How many were asked.
    pub asked: u64,
    /// How many were asked, by `survey/group`.
    pub columns: Vec<(String, u64)>,
    /// For each theme, who named it.
    pub rows: Vec<ThemeCounts>,
}

/// Who named a theme.
#[derive(Clone, Debug)]
pub struct ThemeCounts {
    /// The theme's key.
    pub theme: String,
    /// How many. Each voice counts once.
    pub all: u64,
    /// How many, by `survey/group`.
    pub columns: BTreeMap<String, u64>,
    /// Tables, counted separately.
    pub tables: Tables,
}

/// A published survey with the set of its voices.
struct Survey {
    slug: String,
    document: Document,
    answered: RoaringBitmap,
    days: (Option<NaiveDate>, Option<NaiveDate>),
    late: LateCounts,
}

/// Reads everything that goes into a snapshot of a round.
pub fn gather(
    index: &Index,
    db: &mut Db,
    by: &str,
    at: NaiveDateTime,
    round: &Round,
) -> Result<Material> {
    let district = district::current(db)?.ok_or(Error::NotFound)?;
    let groups = district::groups(db)?;
    let codebook = latest_codebook(db, &round.id)?;
    let coding = codebook.clone().map(Coding::of).transpose()?;
    let coded = coding.as_ref().map(|coding| coding.apply(index, &round.id));
    let surveys = read_surveys(index, db, round)?;
    let seatings = store::seatings(db, &round.id)?;
    let notes = index
        .tally
        .comments(&CommentFacet::Round(round.id.clone()))
        .clone();
    let mut forums: Vec<ForumPart> = Vec::new();
    let mut prompts: Vec<Prompt> = Vec::new();
    for seating in &seatings {
        let forum = ForumPart {
            title: seating.title.0.clone(),
            day: seating.starts_at.date(),
        };
        if !forums.contains(&forum) {
            forums.push(forum);
            prompts.extend(seating.prompts.0.iter().cloned());
        }
    }
    let no_themes = Coded::default();
    let asked = Intent::ALL.iter().filter_map(|intent| {
        asked_for(
            index,
            &groups,
            &surveys,
            &prompts,
            coded.as_ref().unwrap_or(&no_themes),
            *intent,
        )
    });
    let asked = asked.collect();
    let sources = surveys.iter().map(|survey| Answered {
        survey: survey.slug.clone(),
        title: survey.document.title.clone(),
        unit: survey.document.unit,
        answered: survey.answered.len(),
        groups: split(index, &groups, &survey.answered)
            .into_iter()
            .map(|(key, set)| (key, set.len()))
            .collect(),
        days: survey.days,
        late: survey.late,
    });
    let mut decisions = priorities::decisions(db, &round.id)?;
    let priorities = priorities::in_round(db, &round.id)?
        .into_iter()
        .map(|priority| {
            let place = decisions
                .iter()
                .position(|decision| decision.priority_id == priority.id);
            (priority, place.map(|place| decisions.swap_remove(place)))
        });
    let priorities = priorities.collect();
    Ok(Material {
        by: by.to_owned(),
        at,
        change: index.tally.seen(),
        sources: sources.collect(),
        tables: index.tally.tables_of(&notes),
        comments: said::released(index, db, round, coding.as_ref(), coded.as_ref(), &seatings)?,
        outcomes: priorities::outcomes(db, &round.id)?,
        stages: plan::stages(db, &round.id)?,
        statements: plan::statements(db, &round.id)?,
        goals: plan::goals(db, &round.id)?,
        round: round.clone(),
        district,
        groups,
        codebook,
        forums,
        asked,
        priorities,
    })
}

fn read_surveys(index: &Index, db: &mut Db, round: &Round) -> Result<Vec<Survey>> {
    let mut surveys = Vec::new();
    for survey in surveys::in_round(db, &round.id)? {
        let Some(revision) = surveys::latest_revision(db, &survey.id)? else {
            continue;
        };
        surveys.push(Survey {
            answered: index
                .tally
                .voices(&Facet::Survey(survey.id.clone()))
                .clone(),
            days: store::days(db, &survey.id)?,
            late: responses::late_counts(db, &survey.id)?,
            slug: survey.slug,
            document: revision.document.0,
        });
    }
    Ok(surveys)
}

/// The material for one intent, from the surveys and forums that asked about it. `None` if nobody asked.
fn asked_for(
    index: &Index,
    groups: &[Group],
    surveys: &[Survey],
    prompts: &[Prompt],
    coded: &Coded,
    intent: Intent,
) -> Option<IntentCounts> {
    let mut questions: Vec<Question> = Vec::new();
    let mut ask = |key: &str, label: &LocalisedText| {
        let question = Question {
            key: key.to_owned(),
            label: label.clone(),
        };
        if !questions.contains(&question) {
            questions.push(question);
        }
    };
    let mut everyone = RoaringBitmap::new();
    let (mut units, mut cells) = (Vec::new(), Vec::new());
    for survey in surveys {
        let mut here = RoaringBitmap::new();
        let wanted = |item: &&Item| item.intent.unwrap_or(Intent::Other) == intent;
        for item in survey.document.open_items().filter(wanted) {
            ask(&item.key, &item.label);
            here |= index.tally.voices(&Facet::Asked(item.key.clone()));
        }
        here &= &survey.answered;
        if here.is_empty() {
            continue;
        }
        units.push(survey.document.unit);
        for (group, set) in split(index, groups, &here) {
            cells.push((format!("{}/{group}", survey.slug), set));
        }
        everyone |= here;
    }
    for prompt in prompts.iter().filter(|prompt| prompt.intent == intent) {
        ask(&prompt.key, &prompt.label);
    }
    if questions.is_empty() {
        return None;
    }
    let said = index.tally.comments(&CommentFacet::Intent(intent));
    let rows = coded.themes.iter().map(|(theme, comments)| {
        let comments = comments & said;
        let voices = index.tally.voices_of(&comments) & &everyone;
        ThemeCounts {
            theme: theme.clone(),
            all: voices.len(),
            columns: cells
                .iter()
                .map(|(key, set)| (key.clone(), set.intersection_len(&voices)))
                .collect(),
            tables: index.tally.tables_of(&comments),
        }
    });
    Some(IntentCounts {
        intent,
        questions,
        units,
        asked: everyone.len(),
        rows: rows.collect(),
        columns: cells
            .iter()
            .map(|(key, set)| (key.clone(), set.len()))
            .collect(),
    })
}

/// Splits a set by group, with each voice in one part. The empty key is for voices without a group.
fn split(index: &Index, groups: &[Group], set: &RoaringBitmap) -> Vec<(String, RoaringBitmap)> {
    let mut rest = set.clone();
    let mut parts = Vec::new();
    for group in groups {
        let here = &rest & index.tally.voices(&Facet::Group(group.key.clone()));
        rest -= &here;
        parts.push((group.key.clone(), here));
    }
    parts.push((String::new(), rest));
    parts.retain(|(_, set)| !set.is_empty());
    parts
}
