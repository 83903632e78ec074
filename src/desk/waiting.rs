//! How far a round has come, for its planners: its numbers and pictures.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use roaring::RoaringBitmap;
use serde::Serialize;

use super::picture::{ByDay, passed};
use crate::accounts::Clocks;
use crate::db::Db;
use crate::district::{self, Round};
use crate::error::Result;
use crate::localised::Wording;
use crate::surveys::{Survey, SurveyId, in_round};
use crate::tally::{CommentFacet, Facet, Gauge, Part, percent};
use crate::themes::{Coded, Coding, Index, latest_codebook};
use crate::web::languages::FALLBACK;
use crate::{plan, priorities, voices};

/// The way of a round from answers to what is public, in numbers that lead to their pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Waiting {
    /// Where the round's pages are.
    pub(super) base: String,
    /// Voices that count.
    pub(super) voices: u64,
    /// Those of them who answered today.
    pub(super) today: u64,
    pub(super) by_day: Option<ByDay>,
    pub(super) by_group: Vec<GroupLine>,
    /// Comments that count, whether or not they say something.
    pub(super) comments: u64,
    /// Comments that may speak of somebody's safety.
    pub(super) may_need_help: u64,
    /// The version of the codebook, if there is one.
    pub(super) codebook: Option<i32>,
    /// Comments that say something.
    pub(super) saying: u64,
    /// Comments that say something and have no theme.
    pub(super) uncovered: u64,
    /// Their share of those that say something, in percent.
    pub(super) uncovered_share: u64,
    /// Themes of the codebook.
    pub(super) themes: usize,
    /// Themes whose outcome is not said yet.
    pub(super) without_outcome: usize,
    /// Priorities.
    pub(super) priorities: usize,
    /// Priorities that are not decided.
    pub(super) undecided: usize,
    /// Goals.
    pub(super) goals: usize,
    /// The number of the snapshot that the public sees, and when it was published, in the
    /// district's zone.
    pub(super) public: Option<(i32, NaiveDateTime)>,
    pub(super) stages: Vec<StageLine>,
    /// Days left in the stage that today is in, that day included.
    pub(super) days_left: Option<i64>,
    /// How the round's surveys go, by their ids.
    #[serde(skip)]
    pub(super) going: BTreeMap<SurveyId, Going>,
}

/// A group and how many of it answered; a group without a name is those who named none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct GroupLine {
    pub(super) name: Option<Wording>,
    pub(super) gauge: Gauge,
}

/// A stage of the plan on the round's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct StageLine {
    pub(super) number: i32,
    pub(super) title: Wording,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: NaiveDate,
    /// How much of it has passed, in percent; none before it begins.
    pub(super) passed: Option<u64>,
    /// Whether today is one of its days.
    pub(super) now: bool,
}

/// How a survey goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Going {
    pub(super) voices: u64,
    pub(super) today: u64,
    pub(super) by_day: Option<ByDay>,
}

/// Looks at a round.
pub(super) fn waiting(
    index: &Index,
    db: &mut Db,
    round: &Round,
    clocks: Clocks,
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
        let decided = priorities::standing_decision(db, &priority.id)?.is_some();
        waiting.undecided += usize::from(!decided);
    }
    waiting.goals = plan::goals(db, &round.id)?.len();
    let status = voices::status(db, &round.id)?;
    waiting.public = status.map(|edition| (edition.number, clocks.local(edition.published_at)));
    waiting.stages = stages(db, round, today)?;
    let current = waiting.stages.iter().find(|stage| stage.now);
    waiting.days_left = current.map(|stage| (stage.ends_on - today).num_days() + 1);
    Ok(waiting)
}

/// How many of some voices answered on which day.
fn going(index: &Index, voices: &RoaringBitmap, today: NaiveDate) -> Going {
    let days = index.tally.told_apart(Part::Day).into_iter();
    let counts = days.filter_map(|(day, of_day)| {
        let count = of_day.intersection_len(voices);
        (count > 0).then_some((day.parse().ok()?, count))
    });
    let counts: BTreeMap<NaiveDate, u64> = counts.collect();
    Going {
        voices: voices.len(),
        today: counts.get(&today).copied().unwrap_or(0),
        by_day: ByDay::of(&counts, today),
    }
}

/// How many of each group answered, in the district's order, and how many named no group.
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
