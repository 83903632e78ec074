//! `/plan/{round}`: vision, stages, priorities in order, and the goals they led to.

use chrono::NaiveDate;
use serde::Serialize;

use super::gauge::{Gauge, noun};
use super::heard::{RoundLine, rounds};
use super::reading::{Link, Reading};
use super::sample_sites;
use super::site::{Frame, Site};
use crate::localized::Wording;
use crate::plan::StatementKind;
use crate::voices::snapshot::PriorityPart;
use crate::web::Page;

/// The plan.
#[derive(Debug, Serialize)]
pub(crate) struct PlanPage {
    site: Frame,
    /// The vision, in large type.
    vision: Vec<Statement>,
    /// The other statements, by kind.
    statements: Vec<Kind>,
    stages: Vec<Stage>,
    /// Today's stage.
    stage: Option<i32>,
    priorities: Vec<Ranked>,
    all_rounds: Vec<RoundLine>,
}

#[derive(Debug, Serialize)]
struct Kind {
    kind: StatementKind,
    statements: Vec<Statement>,
}

#[derive(Debug, Serialize)]
struct Statement {
    text: Wording,
    evidence: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Stage {
    number: i32,
    title: Wording,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    /// `done`, `now` or `ahead`.
    state: &'static str,
}

/// A priority with its rank, bar and goals.
#[derive(Debug, Serialize)]
pub(super) struct Ranked {
    link: Link,
    why: Wording,
    gauge: Option<Gauge>,
    goals: Vec<Link>,
    /// How many of the comments behind it are public.
    voices: usize,
}

impl Page for PlanPage {
    const TEMPLATE: &'static str = "voices/plan.html";

    fn samples() -> Vec<Self> {
        let mut pages = Vec::new();
        for site in sample_sites::sites() {
            let round = &site.snapshot.round;
            pages.push(Self::of(&site, "en", round.starts_on));
        }
        pages
    }
}

impl PlanPage {
    pub(super) fn of(site: &Site, lang: &str, today: NaiveDate) -> Self {
        let reading = site.reading(lang);
        let snapshot = &site.snapshot;
        let stages: Vec<Stage> = snapshot
            .stages
            .iter()
            .map(|stage| Stage {
                number: stage.number,
                title: reading.say(&stage.title),
                starts_on: stage.starts_on,
                ends_on: stage.ends_on,
                state: if today > stage.ends_on {
                    "done"
                } else if today >= stage.starts_on {
                    "now"
                } else {
                    "ahead"
                },
            })
            .collect();
        let others = StatementKind::ALL
            .iter()
            .filter(|kind| **kind != StatementKind::Vision);
        let kinds = others.map(|kind| Kind {
            kind: *kind,
            statements: statements(reading, *kind),
        });
        Self {
            site: site.frame(lang),
            vision: statements(reading, StatementKind::Vision),
            statements: kinds.filter(|kind| !kind.statements.is_empty()).collect(),
            stage: stages
                .iter()
                .find(|stage| stage.state == "now")
                .map(|stage| stage.number),
            stages,
            priorities: (1..)
                .zip(&snapshot.priorities)
                .map(|(place, priority)| ranked(reading, place, priority))
                .collect(),
            all_rounds: rounds(site, lang),
        }
    }
}

fn statements(reading: Reading<'_>, kind: StatementKind) -> Vec<Statement> {
    let snapshot = reading.snapshot;
    let own = snapshot
        .statements
        .iter()
        .filter(|statement| statement.kind == kind);
    own.map(|statement| Statement {
        text: reading.say(&statement.text),
        evidence: statement
            .evidence
            .iter()
            .filter_map(|key| snapshot.priority(key))
            .map(|(place, priority)| reading.priority_link(place, priority))
            .collect(),
    })
    .collect()
}

/// A priority with its rank.
pub(super) fn ranked(reading: Reading<'_>, place: usize, priority: &PriorityPart) -> Ranked {
    Ranked {
        link: reading.priority_link(place, priority),
        why: reading.say(&priority.why),
        gauge: priority
            .decision
            .as_ref()
            .map(|decision| Gauge::new(decision.all, decision.asked, noun(decision.unit))),
        goals: reading.goal_links(&priority.key),
        voices: reading.snapshot.comments_of(&priority.themes).count(),
    }
}
