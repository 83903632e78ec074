//! A round's progress for its planners: numbers and charts.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use roaring::RoaringBitmap;
use serde::Serialize;

use super::picture::passed;
use crate::db::Db;
use crate::district::{self, LocalTime, Round};
use crate::editions::{self, Audience};
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::surveys::{
    ByDay, Participation, Places, ProgressSource, Survey, SurveyId, SurveyProgress, in_round,
};
use crate::tally::{CommentFacet, Facet, Gauge, Part, percent};
use crate::themes::{Coded, Coding, Index, Live, latest_codebook};
use crate::web::languages::FALLBACK;
use crate::{plan, priorities};

/// A round's progress from responses to the published result. Each number links to its page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Waiting {
    /// The base path of the round's pages.
    pub(super) base: String,
    /// Voices that count.
    pub(super) voices: u64,
    /// How many of them answered today.
    pub(super) today: u64,
    pub(super) by_day: Option<ByDay>,
    pub(super) by_group: Vec<GroupLine>,
    /// Comments that count, including non-answers such as "none".
    pub(super) comments: u64,
    /// Comments that may be about someone's safety.
    pub(super) may_need_help: u64,
    /// The version of the codebook, if there is one.
    pub(super) codebook: Option<i32>,
    /// Substantive comments: those that aren't non-answers.
    pub(super) saying: u64,
    /// Substantive comments without a theme.
    pub(super) uncovered: u64,
    /// The share of substantive comments without a theme, in percent.
    pub(super) uncovered_share: u64,
    /// Themes in the codebook.
    pub(super) themes: usize,
    /// Themes without an outcome.
    pub(super) without_outcome: usize,
    /// Priorities.
    pub(super) priorities: usize,
    /// Priorities without a decision.
    pub(super) undecided: usize,
    /// Goals.
    pub(super) goals: usize,
    /// The number of the published snapshot and when it was published, in the district's time zone.
    pub(super) public: Option<(i32, NaiveDateTime)>,
    pub(super) stages: Vec<StageLine>,
    /// Days left in the current stage, including today.
    pub(super) days_left: Option<i64>,
    /// The progress of the round's surveys, by survey id.
    #[serde(skip)]
    pub(super) going: BTreeMap<SurveyId, SurveyProgress>,
}

/// A group and how many of its members answered. No name means people who named no group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct GroupLine {
    pub(super) name: Option<Wording>,
    pub(super) gauge: Gauge,
}

/// A stage of the plan on the round's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct StageLine {
    pub(super) number: i32,
    pub(super) title: Wording,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: NaiveDate,
    /// How much of it has passed, in percent, or `None` before it starts.
    pub(super) passed: Option<u64>,
    /// Whether today is within the stage.
    pub(super) now: bool,
}

/// Collects a round's progress.
pub(super) fn waiting(
    index: &Index,
    db: &mut Db,
    round: &Round,
    local_time: LocalTime,
    today: NaiveDate,
) -> Result<Waiting> {
    let tally = &index.tally;
    let voices = tally.voices(&Facet::Round(round.id.clone()));
    let said = tally.comments(&CommentFacet::Round(round.id.clone()));
    let whole = going(index, voices, today);
    let surveys: Vec<Survey> = in_round(db, &round.id)?;
    let mut waiting = Waiting {
        base: format!("/desk/rounds/{}", round.slug),
        voices: whole.voices,
        today: whole.today,
        by_day: whole.by_day,
        by_group: by_group(index, db, voices)?,
        comments: said.len(),
        may_need_help: (index.may_need_help() & said).len(),
        going: surveys
            .into_iter()
            .map(|survey| {
                let of_survey = tally.voices(&Facet::Survey(survey.id.clone()));
                (survey.id, going(index, of_survey, today))
            })
            .collect(),
        ..Waiting::default()
    };
    if let Some(saved) = latest_codebook(db, &round.id)? {
        let coding = Coding::of(saved)?;
        let coded: Coded = coding.apply(index, &round.id);
        let outcomes = priorities::outcomes(db, &round.id)?;
        let themes = &coding.codebook.themes;
        waiting.codebook = Some(coding.version);
        waiting.saying = coded.comments.len();
        waiting.uncovered = (&coded.comments - &coded.covered).len();
        waiting.uncovered_share = percent(waiting.uncovered, waiting.saying);
        waiting.themes = themes.len();
        waiting.without_outcome = themes
            .iter()
            .filter(|theme| !outcomes.iter().any(|outcome| outcome.theme == theme.key))
            .count();
    }
    let there = priorities::in_round(db, &round.id)?;
    waiting.priorities = there.len();
    for priority in &there {
        let decided = priorities::current_decision(db, &priority.id)?.is_some();
        waiting.undecided += usize::from(!decided);
    }
    waiting.goals = plan::goals(db, &round.id)?.len();
    let status = editions::current(db, &round.id, Audience::Public)?;
    waiting.public = status.map(|edition| (edition.number, local_time.at(edition.published_at)));
    waiting.stages = stages(db, round, today)?;
    let current = waiting.stages.iter().find(|stage| stage.now);
    waiting.days_left = current.map(|stage| (stage.ends_on - today).num_days() + 1);
    Ok(waiting)
}

impl ProgressSource for Live {
    fn of(
        &self,
        db: &mut Db,
        surveys: Vec<SurveyId>,
        today: NaiveDate,
    ) -> Result<BTreeMap<SurveyId, SurveyProgress>> {
        if surveys.is_empty() {
            return Ok(BTreeMap::new());
        }
        let found = self.view(db, |index, _| {
            let progress = |survey: SurveyId| {
                let voices = index.tally.voices(&Facet::Survey(survey.clone()));
                (survey, going(index, voices, today))
            };
            Ok(surveys.into_iter().map(progress).collect())
        });
        match found {
            // The page doesn't need the index, so it shows the rest.
            Err(Error::Counting(_)) => Ok(BTreeMap::new()),
            found => found,
        }
    }

    fn participation(
        &self,
        db: &mut Db,
        survey: SurveyId,
        places: &Places,
    ) -> Result<Option<Participation>> {
        let found = self.view(db, |index, _| {
            let voices = index.tally.voices(&Facet::Survey(survey));
            let of = |facet: Facet| {
                let people = index.tally.voices(&facet).intersection_len(voices);
                Participation::rounded(people)
            };
            let groups = places.groups.iter().map(|group| {
                let name = group.name.get(FALLBACK).0.to_owned();
                (name, of(Facet::Group(group.key.clone())))
            });
            let schools = places.schools.iter().map(|school| {
                let name = school.name.get(FALLBACK).0.to_owned();
                (name, of(Facet::School(school.key.clone())))
            });
            Ok(Participation {
                people: Participation::rounded(voices.len()),
                groups: groups.collect(),
                schools: schools.collect(),
            })
        });
        match found {
            Err(Error::Counting(_)) => Ok(None),
            found => found.map(Some),
        }
    }
}

/// The progress of a set of voices, with counts by day.
fn going(index: &Index, voices: &RoaringBitmap, today: NaiveDate) -> SurveyProgress {
    let days = index.tally.split_by(Part::Day).into_iter();
    let counts = days.filter_map(|(day, of_day)| {
        let count = of_day.intersection_len(voices);
        (count > 0).then_some((day.parse().ok()?, count))
    });
    let counts: BTreeMap<NaiveDate, u64> = counts.collect();
    SurveyProgress {
        voices: voices.len(),
        today: counts.get(&today).copied().unwrap_or(0),
        by_day: ByDay::of(&counts, today),
    }
}

/// How many people in each group answered, in the district's order, and how many named no group.
fn by_group(index: &Index, db: &mut Db, voices: &RoaringBitmap) -> Result<Vec<GroupLine>> {
    let mut rest = voices.clone();
    let mut lines = Vec::new();
    for group in district::groups(db)? {
        let of_group = voices & index.tally.voices(&Facet::Group(group.key));
        rest -= &of_group;
        lines.push(GroupLine {
            name: Some(group.name.wording(FALLBACK)),
            gauge: Gauge::exact(of_group.len(), voices.len()),
        });
    }
    lines.extend((!rest.is_empty()).then(|| GroupLine {
        name: None,
        gauge: Gauge::exact(rest.len(), voices.len()),
    }));
    Ok(lines)
}

fn stages(db: &mut Db, round: &Round, today: NaiveDate) -> Result<Vec<StageLine>> {
    let stages = plan::stages(db, &round.id)?.into_iter();
    let line = |stage: plan::Stage| StageLine {
        number: stage.stage,
        title: stage.title.wording(FALLBACK),
        passed: passed(stage.starts_on, stage.ends_on, today),
        now: (stage.starts_on..=stage.ends_on).contains(&today),
        starts_on: stage.starts_on,
        ends_on: stage.ends_on,
    };
    Ok(stages.map(line).collect())
}
