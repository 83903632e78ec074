//! Puts a snapshot together: true counts in classes that are large enough to name, which `protection` then decides about.

use super::decided::decision_part;
use super::earlier::Earlier;
use super::material::Material;
use super::participation::{asked, sources};
use super::protection;
use super::snapshot::{
    DistrictPart, GoalPart, Method, OutcomePart, PriorityPart, RoundPart, Snapshot, SourcePart,
    StagePart, StatementPart, ThemePart,
};
use crate::district::LocalTime;
use crate::plan::{Stage, Statement};
use crate::priorities::{Decision, Priority};
use crate::tally::disclosure::BASE;

/// Builds the snapshot from this material.
pub fn build(material: &Material) -> Snapshot {
    let local_time = LocalTime::of(Some(&material.district));
    let district = &material.district;
    let round = &material.round;
    let earlier = Earlier::of(&material.earlier);
    let counted = sources(material, &earlier);
    let parts: Vec<SourcePart> = counted.iter().map(|source| source.part.clone()).collect();
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
        method: method(material, local_time),
        groups: material
            .groups
            .iter()
            .map(|group| (group.key.clone(), group.name.0.clone()))
            .collect(),
        asked: asked(material, &counted, &earlier),
        sources: parts.clone(),
        forums: material.forums.clone(),
        tables: material.tables,
        themes: themes(material),
        priorities: material
            .priorities
            .iter()
            .map(|(priority, decision)| {
                priority_part(priority, decision.as_ref(), local_time, &parts, &earlier)
            })
            .collect(),
        stages: material.stages.iter().map(stage).collect(),
        statements: material.statements.iter().map(statement).collect(),
        goals: goals(material),
        comments: material.comments.clone(),
    };
    protection::protect(&mut snapshot, material, &earlier);
    snapshot
}

fn method(material: &Material, local_time: LocalTime) -> Method {
    let codebook = material.codebook.as_ref();
    Method {
        codebook: codebook.map_or(0, |saved| saved.version),
        codebook_on: codebook.map(|saved| local_time.day(saved.saved_at)),
        change: material.change,
        base: BASE,
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

fn priority_part(
    priority: &Priority,
    decision: Option<&Decision>,
    local_time: LocalTime,
    parts: &[SourcePart],
    earlier: &Earlier,
) -> PriorityPart {
    let decided = |decision| decision_part(&priority.key, decision, local_time, parts, earlier);
    PriorityPart {
        key: priority.key.clone(),
        title: priority.title.0.clone(),
        why: priority.why.0.clone(),
        themes: priority.themes.0.clone(),
        decision: decision.map(decided),
    }
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
