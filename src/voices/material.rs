//! The input of a snapshot: the true counts before suppression, all read at the same moment.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use roaring::RoaringBitmap;

use super::said;
use super::snapshot::{CommentPart, ForumPart, Question, Snapshot};
use super::store::{self, Prompt, Seating};
use crate::db::Db;
use crate::district::{self, District, Group, Round};
use crate::editions::{self, Audience};
use crate::error::{Error, Result};
use crate::localized::LocalizedText;
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
    /// What was published of this round before, oldest first, also what was unpublished.
    pub earlier: Vec<Snapshot>,
}

/// A survey and its responses.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Its slug.
    pub survey: String,
    /// Its title.
    pub title: LocalizedText,
    /// What it counts.
    pub unit: Unit,
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
    pub rows: Vec<ThemeVoices>,
}

/// Who named a theme.
#[derive(Clone, Debug)]
pub struct ThemeVoices {
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
    let (forums, prompts) = forums_and_prompts(&seatings);
    let no_themes = Coded::default();
    let coded_or_none = coded.as_ref().unwrap_or(&no_themes);
    let asked = Intent::ALL
        .iter()
        .filter_map(|intent| asked_for(index, &groups, &surveys, &prompts, coded_or_none, *intent))
        .collect();
    let priorities = with_decisions(db, round)?;
    let earlier = editions::contents(db, &round.id, Audience::Public)?;
    Ok(Material {
        earlier,
        by: by.to_owned(),
        at,
        change: index.tally.seen(),
        sources: surveys
            .iter()
            .map(|survey| survey.participation(index, &groups))
            .collect(),
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

/// The forums with notes, each once, and the prompts of all of them.
fn forums_and_prompts(seatings: &[Seating]) -> (Vec<ForumPart>, Vec<Prompt>) {
    let (mut forums, mut prompts) = (Vec::new(), Vec::new());
    for seating in seatings {
        let forum = ForumPart {
            title: seating.title.0.clone(),
            day: seating.starts_at.date(),
        };
        if !forums.contains(&forum) {
            forums.push(forum);
            prompts.extend(seating.prompts.0.iter().cloned());
        }
    }
    (forums, prompts)
}

/// The priorities of a round in order, each with its decision if there is one.
fn with_decisions(db: &mut Db, round: &Round) -> Result<Vec<(Priority, Option<Decision>)>> {
    let mut decisions = priorities::decisions(db, &round.id)?;
    let priorities = priorities::in_round(db, &round.id)?.into_iter();
    let priorities = priorities.map(|priority| {
        let place = decisions
            .iter()
            .position(|decision| decision.priority_id == priority.id);
        (priority, place.map(|place| decisions.swap_remove(place)))
    });
    Ok(priorities.collect())
}

impl Survey {
    /// How many responded, in all and by group.
    fn participation(&self, index: &Index, groups: &[Group]) -> Answered {
        let groups = index
            .tally
            .by_group(
                &self.answered,
                groups.iter().map(|group| group.key.as_str()),
            )
            .into_iter();
        Answered {
            survey: self.slug.clone(),
            title: self.document.title.clone(),
            unit: self.document.unit,
            groups: groups.map(|(key, set)| (key, set.len())).collect(),
            days: self.days,
            late: self.late,
        }
    }

    /// The questions that ask for comments with an intent.
    fn items_about(&self, intent: Intent) -> impl Iterator<Item = &Item> {
        let wanted = move |item: &&Item| item.intent.unwrap_or(Intent::Other) == intent;
        self.document.open_items().filter(wanted)
    }

    /// Who responded and was asked any of those questions.
    fn asked_about(&self, index: &Index, intent: Intent) -> RoaringBitmap {
        let asked = self.items_about(intent).map(|item| {
            let asked = Facet::Asked(item.key.clone());
            index.tally.voices(&asked)
        });
        asked.fold(RoaringBitmap::new(), |all, one| all | one) & &self.answered
    }
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
    let questions = questions_about(intent, surveys, prompts);
    if questions.is_empty() {
        return None;
    }
    let mut everyone = RoaringBitmap::new();
    let (mut units, mut columns) = (Vec::new(), Vec::new());
    for survey in surveys {
        let asked = survey.asked_about(index, intent);
        if asked.is_empty() {
            continue;
        }
        units.push(survey.document.unit);
        for (group, set) in index
            .tally
            .by_group(&asked, groups.iter().map(|group| group.key.as_str()))
        {
            columns.push((format!("{}/{group}", survey.slug), set));
        }
        everyone |= asked;
    }
    let said = index.tally.comments(&CommentFacet::Intent(intent));
    let rows = coded.themes.iter().map(|(theme, comments)| {
        let comments = comments & said;
        let voices = index.tally.voices_of(&comments) & &everyone;
        ThemeVoices {
            theme: theme.clone(),
            all: voices.len(),
            columns: columns
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
        columns: columns
            .iter()
            .map(|(key, set)| (key.clone(), set.len()))
            .collect(),
    })
}

/// The questions and prompts with an intent, each once.
fn questions_about(intent: Intent, surveys: &[Survey], prompts: &[Prompt]) -> Vec<Question> {
    let items = surveys.iter().flat_map(|survey| survey.items_about(intent));
    let items = items.map(|item| (&item.key, &item.label));
    let prompts = prompts.iter().filter(|prompt| prompt.intent == intent);
    let prompts = prompts.map(|prompt| (&prompt.key, &prompt.label));
    let mut questions = Vec::new();
    for (key, label) in items.chain(prompts) {
        let question = Question {
            key: key.clone(),
            label: label.clone(),
        };
        if !questions.contains(&question) {
            questions.push(question);
        }
    }
    questions
}
