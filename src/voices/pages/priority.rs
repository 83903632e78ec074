//! `/plan/{round}/priorities/{priority}`: why a priority has its rank, with the evidence from the day it was decided.

use chrono::NaiveDate;
use serde::Serialize;

use super::gauge::{Gauge, GroupRow, noun};
use super::reading::{Link, Reading, ThemeLink, Voice};
use super::sample_sites;
use super::site::{Frame, Site};
use crate::db::Paging;
use crate::localized::Wording;
use crate::surveys::Intent;
use crate::tally::Tables;
use crate::tally::disclosure::PublicCell;
use crate::voices::figures::votes_percent;
use crate::voices::snapshot::{DecisionPart, PriorityPart};
use crate::web::Page;

/// A priority.
#[derive(Debug, Serialize)]
pub(crate) struct PriorityPage {
    site: Frame,
    priority: Link,
    why: Wording,
    decision: Option<Decision>,
    themes: Vec<Theme>,
    goals: Vec<Link>,
    voices: Vec<Voice>,
    paging: Paging,
}

/// The decision with its numbers.
#[derive(Debug, Serialize)]
struct Decision {
    day: NaiveDate,
    digest: String,
    codebook: i32,
    by_size: Gauge,
    /// The mean of the groups' shares, in whole percent.
    equally: Option<u64>,
    groups: Vec<GroupRow>,
    sources: Vec<Source>,
    tables: Tables,
    votes: Option<Votes>,
}

#[derive(Debug, Serialize)]
struct Source {
    title: Wording,
    gauge: Gauge,
}

/// Votes, counted separately.
#[derive(Debug, Serialize)]
struct Votes {
    agree: u64,
    decided: u64,
    percent: u64,
    /// The lower end of the 95% interval, in whole percent.
    lower: u64,
}

/// A theme of a priority, split by intent.
#[derive(Debug, Serialize)]
pub(super) struct Theme {
    link: ThemeLink,
    asked: Vec<IntentGauge>,
}

#[derive(Debug, Serialize)]
struct IntentGauge {
    intent: Intent,
    gauge: Gauge,
}

impl Page for PriorityPage {
    const TEMPLATE: &'static str = "voices/priority.html";

    fn samples() -> Vec<Self> {
        sample_sites::pages(|site| {
            let key = &site.snapshot.priorities.first()?.key;
            Self::of(site, "en", key, None)
        })
    }
}

impl PriorityPage {
    pub(super) fn of(site: &Site, lang: &str, key: &str, page: Option<i64>) -> Option<Self> {
        let reading = site.reading(lang);
        let snapshot = &site.snapshot;
        let (place, priority) = snapshot.priority(key)?;
        let (paging, voices) = Paging::slice(page, voices(reading, priority, usize::MAX));
        Some(Self {
            site: site.frame(lang),
            priority: reading.priority_link(place, priority),
            why: reading.say(&priority.why),
            decision: priority
                .decision
                .as_ref()
                .map(|decision| decision_view(reading, decision)),
            themes: themes(reading, priority),
            goals: reading.goal_links(key),
            voices,
            paging,
        })
    }
}

fn decision_view(reading: Reading<'_>, decision: &DecisionPart) -> Decision {
    let sources = decision.sources.iter().map(|source| Source {
        title: reading.say(&source.title),
        gauge: Gauge::new(
            PublicCell::Exact(source.named),
            Some(source.asked),
            noun(Some(source.unit)),
        ),
    });
    Decision {
        day: decision.day,
        digest: decision.digest.clone(),
        codebook: decision.codebook,
        by_size: Gauge::new(decision.all, decision.asked, noun(decision.unit)),
        equally: decision.equally,
        groups: reading.by_group(&decision.columns, &decision.cells),
        sources: sources.collect(),
        tables: decision.tables,
        votes: decision.votes.as_ref().and_then(|votes| {
            let (percent, lower) = votes_percent(votes)?;
            Some(Votes {
                agree: votes.agree,
                decided: votes.agree + votes.disagree,
                percent,
                lower,
            })
        }),
    }
}

/// The themes of a priority, each split by intent.
pub(super) fn themes(reading: Reading<'_>, priority: &PriorityPart) -> Vec<Theme> {
    let themes = priority.themes.iter().filter_map(|key| {
        let link = reading.theme_link_of(key)?;
        let asked = reading.snapshot.asked.iter().filter_map(|part| {
            let row = part.rows.iter().find(|row| row.theme == *key)?;
            Some(IntentGauge {
                intent: part.intent,
                gauge: Gauge::new(row.all, part.asked, noun(part.unit)),
            })
        });
        Some(Theme {
            link,
            asked: asked.collect(),
        })
    });
    themes.collect()
}

/// The first comments behind a priority, with the words highlighted that match its themes.
pub(super) fn voices(reading: Reading<'_>, priority: &PriorityPart, most: usize) -> Vec<Voice> {
    let keys: Vec<&str> = priority.themes.iter().map(String::as_str).collect();
    let comments = reading.snapshot.comments_of(&priority.themes).take(most);
    comments
        .map(|comment| reading.voice(comment, &keys))
        .collect()
}
