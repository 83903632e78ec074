//! `/heard/{round}`: everything that was heard, split by intent, and what came of it.

use chrono::NaiveDate;
use serde::Serialize;

use super::gauge::{Gauge, Who, noun};
use super::reading::{Reading, ThemeLink, Voice};
use super::sample_sites;
use super::site::{Frame, Site};
use crate::district::Round;
use crate::localized::{LocalizedText, Wording};
use crate::surveys::Intent;
use crate::tally::Tables;
use crate::voices::snapshot::AskedPart;
use crate::web::Page;

/// How many comments to show as a sample. Each theme's page has all of its comments.
const TASTE: usize = 6;

/// What was heard in a round.
#[derive(Debug, Serialize)]
pub(crate) struct HeardPage {
    site: Frame,
    /// The themes that were mentioned most, as cards at the top.
    most: Option<Most>,
    /// How many comments are public.
    released: usize,
    sections: Vec<Section>,
    voices: Vec<Voice>,
    sources: Vec<Participation>,
    /// Whether anything is shown by group, in which case small groups are combined.
    grouped: bool,
    all_rounds: Vec<RoundLine>,
}

/// The most frequent themes of one intent.
#[derive(Debug, Serialize)]
struct Most {
    intent: Intent,
    rows: Vec<ThemeBar>,
}

/// One intent, and the themes that were named.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Section {
    pub(super) intent: Intent,
    pub(super) questions: Vec<Wording>,
    /// The noun for the people asked.
    pub(super) unit: &'static str,
    pub(super) asked: Option<u64>,
    pub(super) rows: Vec<ThemeBar>,
    /// Themes that five people or fewer named.
    pub(super) few: Vec<ThemeLink>,
    /// Themes that less than 5% of people named, in snapshots of the first versions.
    pub(super) below: Vec<ThemeLink>,
    /// Themes with hidden counts.
    pub(super) hidden: Vec<ThemeLink>,
}

/// A theme with its bar.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ThemeBar {
    pub(super) theme: ThemeLink,
    pub(super) gauge: Gauge,
    pub(super) tables: Tables,
}

#[derive(Debug, Serialize)]
struct Participation {
    title: Wording,
    unit: &'static str,
    answered: Option<u64>,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    groups: Vec<Present>,
}

#[derive(Debug, Serialize)]
struct Present {
    who: Who,
    gauge: Gauge,
}

/// A link to a round.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RoundLine {
    pub(super) slug: String,
    pub(super) title: Wording,
    pub(super) place: Wording,
    pub(super) starts_on: NaiveDate,
    pub(super) origin: Option<Wording>,
    pub(super) current: bool,
}

impl Page for HeardPage {
    const TEMPLATE: &'static str = "voices/heard.html";

    fn samples() -> Vec<Self> {
        let pages = sample_sites::sites().into_iter();
        pages.map(|site| Self::of(&site, "en")).collect()
    }
}

impl HeardPage {
    pub(super) fn of(site: &Site, lang: &str) -> Self {
        let reading = site.reading(lang);
        let snapshot = &site.snapshot;
        let sections: Vec<Section> = snapshot
            .asked
            .iter()
            .map(|part| section(reading, part))
            .collect();
        let needs = sections
            .iter()
            .find(|section| section.intent == Intent::Need)
            .or(sections.first());
        let sources = participation(reading);
        Self {
            site: site.frame(lang),
            most: needs.and_then(Most::of),
            released: snapshot.comments.len(),
            voices: taste(site, lang),
            grouped: sources.iter().any(|source| !source.groups.is_empty()),
            sources,
            all_rounds: rounds(site, lang),
            sections,
        }
    }
}

impl Most {
    fn of(section: &Section) -> Option<Self> {
        let rows: Vec<ThemeBar> = section.rows.iter().take(3).cloned().collect();
        (!rows.is_empty()).then_some(Self {
            intent: section.intent,
            rows,
        })
    }
}

/// One intent with its themes: those with bars first, then those without a number.
pub(super) fn section(reading: Reading<'_>, part: &AskedPart) -> Section {
    let unit = noun(part.unit);
    let mut section = Section {
        intent: part.intent,
        questions: part
            .questions
            .iter()
            .map(|question| reading.say(&question.label))
            .collect(),
        unit,
        asked: part.asked,
        rows: Vec::new(),
        few: Vec::new(),
        below: Vec::new(),
        hidden: Vec::new(),
    };
    for row in &part.rows {
        let Some(theme) = reading.theme_link_of(&row.theme) else {
            continue;
        };
        let gauge = Gauge::new(row.all, part.asked, unit);
        match gauge.kind() {
            "few" if row.tables.tables == 0 => section.few.push(theme),
            "below" if row.tables.tables == 0 => section.below.push(theme),
            "hidden" if row.tables.tables == 0 => section.hidden.push(theme),
            _ => section.rows.push(ThemeBar {
                theme,
                gauge,
                tables: row.tables,
            }),
        }
    }
    section
}

/// A sample of comments from across the themes: one from each of the most frequent themes.
fn taste(site: &Site, lang: &str) -> Vec<Voice> {
    let snapshot = &site.snapshot;
    let mut shown: Vec<&str> = Vec::new();
    let mut voices = Vec::new();
    let parts = snapshot.asked.iter();
    let most = (0..snapshot.themes.len())
        .flat_map(|rank| parts.clone().filter_map(move |part| part.rows.get(rank)));
    for row in most {
        let fresh = snapshot.comments.iter().find(|comment| {
            !shown.contains(&comment.id.as_str())
                && comment
                    .themes
                    .iter()
                    .any(|matched| matched.theme == row.theme)
        });
        if let Some(comment) = fresh {
            shown.push(comment.id.as_str());
            voices.push(site.reading(lang).voice(comment, &[]));
        }
        if voices.len() == TASTE {
            break;
        }
    }
    voices
}

fn participation(reading: Reading<'_>) -> Vec<Participation> {
    let sources = reading.snapshot.sources.iter();
    sources
        .map(|source| {
            let unit = noun(Some(source.unit));
            let groups = source.groups.iter().map(|column| Present {
                who: reading.who(column),
                gauge: Gauge::of_whole(column.base, source.answered, unit),
            });
            Participation {
                title: reading.say(&source.title),
                unit,
                answered: source.answered,
                first_day: source.first_day,
                last_day: source.last_day,
                groups: if source.groups.len() > 1 {
                    groups.collect()
                } else {
                    Vec::new()
                },
            }
        })
        .collect()
}

/// The rounds that a page of this round links to.
pub(super) fn rounds(site: &Site, lang: &str) -> Vec<RoundLine> {
    RoundLine::all(&site.rounds, Some(&site.snapshot.round.slug), lang)
}

impl RoundLine {
    /// A round for page samples.
    pub(super) fn samples() -> Vec<Self> {
        vec![Self {
            slug: "vision-2026".to_owned(),
            title: LocalizedText::one("en", "Vision <2026>").wording("es"),
            place: Wording::default(),
            starts_on: NaiveDate::default(),
            origin: None,
            current: false,
        }]
    }

    /// Links to rounds, with the origin of their data. The current round can be among them.
    pub(super) fn all(rounds: &[Round], read: Option<&str>, lang: &str) -> Vec<Self> {
        let line = |round: &Round| Self {
            slug: round.slug.clone(),
            title: round.title.wording(lang),
            place: round.place.wording(lang),
            starts_on: round.starts_on,
            origin: (!round.origin.is_empty()).then(|| round.origin.wording(lang)),
            current: read == Some(round.slug.as_str()),
        };
        rounds.iter().map(line).collect()
    }
}
