//! Turns true counts into publishable ones. Every published count goes through disclosure control here, and only here.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::cells::group_key;
use super::material::{Answered, IntentCounts, Material};
use super::snapshot::{
    AskedPart, CountRow, DecisionPart, DistrictPart, GoalPart, LatePart, Method, OutcomePart,
    PriorityPart, RoundPart, Snapshot, SourcePart, StagePart, StatementPart, ThemePart,
};
use super::together;
use crate::plan::{Stage, Statement};
use crate::priorities::score::{Score, Votes, share};
use crate::priorities::{Decision, Priority, SourceCount};
use crate::responses::LateCounts;
use crate::surveys::Unit;
use crate::tally::disclosure::{self, BASE, Column, Layout, PublicCell, PublicRow, TrueRow};

/// Builds the snapshot from this material.
pub fn build(material: &Material) -> Snapshot {
    let zone = material.district.zone();
    let district = &material.district;
    let round = &material.round;
    let mut snapshot = Snapshot {
        district: DistrictPart {
            name: district.name.0.clone(),
            notice: district.notice.0.clone(),
            languages: district.languages.0.clone(),
            time_zone: district.time_zone.clone(),
        },
        round: RoundPart {
            slug: round.slug.clone(),
            title: round.title.0.clone(),
            place: round.place.0.clone(),
            starts_on: round.starts_on,
            origin: round.origin.0.clone(),
        },
        published_by: material.by.clone(),
        published_at: material.at,
        method: method(material, zone),
        groups: material
            .groups
            .iter()
            .map(|group| (group.key.clone(), group.name.0.clone()))
            .collect(),
        sources: material.sources.iter().map(source).collect(),
        forums: material.forums.clone(),
        tables: material.tables,
        asked: material.asked.iter().map(asked).collect(),
        themes: themes(material),
        priorities: material
            .priorities
            .iter()
            .map(|(priority, decision)| priority_part(priority, decision.as_ref(), zone))
            .collect(),
        stages: material.stages.iter().map(stage).collect(),
        statements: material.statements.iter().map(statement).collect(),
        goals: goals(material),
        comments: material.comments.clone(),
    };
    together::protect(&mut snapshot, material);
    snapshot
}

fn day_in(zone: Tz, at: NaiveDateTime) -> NaiveDate {
    at.and_utc().with_timezone(&zone).date_naive()
}

fn method(material: &Material, zone: Tz) -> Method {
    let codebook = material.codebook.as_ref();
    Method {
        codebook: codebook.map_or(0, |saved| saved.version),
        codebook_on: codebook.map(|saved| day_in(zone, saved.saved_at)),
        change: material.change,
        base: BASE,
    }
}

/// A number of people, if it's large enough to show.
fn enough(people: u64) -> Option<u64> {
    (people >= BASE).then_some(people)
}

fn source(answered: &Answered) -> SourcePart {
    SourcePart {
        survey: answered.survey.clone(),
        title: answered.title.clone(),
        unit: answered.unit,
        answered: enough(answered.answered),
        first_day: answered.days.0,
        last_day: answered.days.1,
        groups: disclosure::fold(&answered.groups),
        late: late(&answered.late),
    }
}

/// Responses without a decision aren't counted.
fn late(late: &LateCounts) -> Vec<LatePart> {
    let parts = [(true, late.included), (false, late.waiting + late.excluded)];
    let some = parts.into_iter().filter(|(_, answers)| *answers > 0);
    some.map(|(counted, answers)| LatePart {
        counted,
        answers: enough(answers),
    })
    .collect()
}

/// Several sources have no common noun.
fn common(units: &[Unit]) -> Option<Unit> {
    match units {
        [unit] => Some(*unit),
        _ => None,
    }
}

fn asked(asked: &IntentCounts) -> AskedPart {
    let columns = disclosure::fold(&asked.columns);
    let true_rows: Vec<TrueRow> = asked
        .rows
        .iter()
        .map(|named| TrueRow {
            cells: columns
                .iter()
                .map(|column| column.sum(|key| named.columns.get(key).copied().unwrap_or(0)))
                .collect(),
            total: named.all,
        })
        .collect();
    let published = disclosure::publish(Layout::Across, &columns, asked.asked, &true_rows);
    let rows: Vec<CountRow> = asked
        .rows
        .iter()
        .zip(published)
        .map(|(named, row)| CountRow {
            theme: named.theme.clone(),
            all: row.total,
            cells: row.cells,
            tables: named.tables,
        })
        .collect();
    AskedPart {
        intent: asked.intent,
        questions: asked.questions.clone(),
        unit: common(&asked.units),
        asked: enough(asked.asked),
        columns,
        rows,
    }
}

fn themes(material: &Material) -> Vec<ThemePart> {
    let Some(codebook) = &material.codebook else {
        return Vec::new();
    };
    let parts = codebook.document.themes.iter().map(|theme| {
        let outcome = material
            .outcomes
            .iter()
            .find(|outcome| outcome.theme == theme.key);
        ThemePart {
            key: theme.key.clone(),
            name: theme.name.clone(),
            definition: theme.definition.clone(),
            parent: theme.parent.clone(),
            rules: theme.rules.clone(),
            outcome: outcome.map(|outcome| OutcomePart {
                outcome: outcome.outcome,
                reason: outcome.reason.0.clone(),
            }),
        }
    });
    parts.collect()
}

fn stage(stage: &Stage) -> StagePart {
    StagePart {
        number: stage.stage,
        title: stage.title.0.clone(),
        starts_on: stage.starts_on,
        ends_on: stage.ends_on,
    }
}

fn statement(statement: &Statement) -> StatementPart {
    StatementPart {
        kind: statement.kind,
        text: statement.text.0.clone(),
        evidence: statement.evidence.0.clone(),
    }
}

fn priority_part(priority: &Priority, decision: Option<&Decision>, zone: Tz) -> PriorityPart {
    PriorityPart {
        key: priority.key.clone(),
        title: priority.title.0.clone(),
        why: priority.why.0.clone(),
        themes: priority.themes.0.clone(),
        decision: decision.map(|decision| decision_part(decision, zone)),
    }
}

/// The people who named a priority, by group or by source. Small ones are combined.
struct Breakdown {
    columns: Vec<Column>,
    row: PublicRow,
}

impl Breakdown {
    fn of(asked: &[(String, u64)], named: impl Fn(&str) -> u64, score: &Score) -> Self {
        let columns = disclosure::fold(asked);
        let cells = columns.iter().map(|column| column.sum(&named)).collect();
        Self {
            row: one_row(&columns, cells, score.named, score.asked),
            columns,
        }
    }

    fn by_group(score: &Score) -> Self {
        let groups = score.groups.iter();
        let asked: Vec<(String, u64)> = groups
            .map(|group| (group_key(group), group.asked))
            .collect();
        let named = |key: &str| {
            let group = score.groups.iter().find(|group| group_key(group) == key);
            group.map_or(0, |group| group.named)
        };
        Self::of(&asked, named, score)
    }

    fn by_source(sources: &[SourceCount], score: &Score) -> Self {
        let asked: Vec<(String, u64)> = sources
            .iter()
            .map(|source| (source.survey.clone(), source.asked))
            .collect();
        let named = |key: &str| {
            let source = sources.iter().find(|source| source.survey == key);
            source.map_or(0, |source| source.named)
        };
        Self::of(&asked, named, score)
    }

    /// Whether nothing is hidden.
    fn is_open(&self) -> bool {
        self.row
            .cells
            .iter()
            .chain([&self.row.total])
            .all(|cell| matches!(cell, PublicCell::Exact(_)))
    }
}

/// A decision with its evidence, suppressed for the public.
fn decision_part(decision: &Decision, zone: Tz) -> DecisionPart {
    let evidence = &decision.evidence.0;
    let score = &evidence.score;
    let sources: Vec<SourceCount> = evidence
        .sources
        .iter()
        .filter(|source| source.asked > 0)
        .cloned()
        .collect();
    let units: Vec<Unit> = sources.iter().map(|source| source.unit).collect();
    let by_group = Breakdown::by_group(score);
    let by_source = Breakdown::by_source(&sources, score);
    // Comparing two breakdowns of the same people could reveal hidden counts, so show both only if neither hides
    // anything.
    let several = sources.len() > 1;
    let whole = by_group.is_open();
    let both = whole && by_source.is_open() && by_source.columns.len() == sources.len();
    let shown = !several || both;
    let Breakdown { columns, row } = by_group;
    DecisionPart {
        day: day_in(zone, decision.decided_at),
        digest: decision.digest.clone(),
        codebook: evidence.codebook,
        unit: common(&units),
        asked: enough(score.asked),
        all: row.total,
        equally: (whole && shown).then(|| percent(score.equally)),
        columns: if shown { columns } else { Vec::new() },
        cells: if shown { row.cells } else { Vec::new() },
        sources: if several && both { sources } else { Vec::new() },
        tables: evidence.tables,
        votes: (evidence.votes.agree + evidence.votes.disagree >= BASE).then_some(evidence.votes),
    }
}

fn one_row(columns: &[Column], cells: Vec<u64>, total: u64, base: u64) -> PublicRow {
    let row = TrueRow { cells, total };
    let mut rows = disclosure::publish(Layout::Across, columns, base, &[row]);
    rows.pop().unwrap_or(PublicRow {
        cells: Vec::new(),
        total: PublicCell::Hidden,
    })
}

/// A share from 0 to 1 in whole percent.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share lies between 0 and 1"
)]
pub(super) fn percent(share: f64) -> u64 {
    (share * 100.0).round().clamp(0.0, 100.0) as u64
}

/// A part of a whole in whole percent.
pub(super) fn percent_of(part: u64, whole: u64) -> u64 {
    percent(share(part, whole))
}

/// The share of votes in favor, and the lower end of its interval, in whole percent. The lower end is always rounded
/// down.
pub(super) fn votes_percent(votes: &Votes) -> Option<(u64, u64)> {
    let lower = (votes.wilson_lower()? * 100.0).floor() / 100.0;
    Some((percent(votes.share()?), percent(lower)))
}

fn goals(material: &Material) -> Vec<GoalPart> {
    let goals = material.goals.iter().filter_map(|goal| {
        let (priority, _) = material
            .priorities
            .iter()
            .find(|(priority, _)| priority.id == goal.priority_id)?;
        Some(GoalPart {
            key: goal.key.clone(),
            priority: priority.key.clone(),
            title: goal.title.0.clone(),
            measure: goal.measure.0.clone(),
            baseline: goal.baseline.clone(),
            target: goal.target.clone(),
            year: goal.target_year,
        })
    });
    goals.collect()
}
