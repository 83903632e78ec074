//! `/plan/{round}/goals/{goal}`: a goal, with links back to the comments behind it.

use chrono::NaiveDate;
use serde::Serialize;

use super::gauge::{Gauge, noun};
use super::priority::{Theme, themes, voices};
use super::reading::{Link, Voice};
use super::sample_sites;
use super::site::{Frame, Site};
use crate::localized::Wording;
use crate::web::Page;

/// How many of the comments behind it to show.
const TASTE: usize = 4;

/// A goal.
#[derive(Debug, Serialize)]
pub(crate) struct GoalPage {
    site: Frame,
    title: Wording,
    measure: Wording,
    baseline: String,
    target: String,
    year: i32,
    priority: Link,
    why: Wording,
    day: Option<NaiveDate>,
    gauge: Option<Gauge>,
    themes: Vec<Theme>,
    voices: Vec<Voice>,
    /// How many of the comments behind it are public.
    released: usize,
}

impl Page for GoalPage {
    const TEMPLATE: &'static str = "voices/goal.html";

    fn samples() -> Vec<Self> {
        sample_sites::pages(|site| {
            let key = &site.snapshot.goals.first()?.key;
            Self::of(site, "es", key)
        })
    }
}

impl GoalPage {
    pub(super) fn of(site: &Site, lang: &str, key: &str) -> Option<Self> {
        let reading = site.reading(lang);
        let snapshot = &site.snapshot;
        let goal = snapshot.goal(key)?;
        let (place, priority) = snapshot.priority(&goal.priority)?;
        let decision = priority.decision.as_ref();
        Some(Self {
            site: site.frame(lang),
            title: reading.say(&goal.title),
            measure: reading.say(&goal.measure),
            baseline: goal.baseline.clone(),
            target: goal.target.clone(),
            year: goal.year,
            priority: reading.priority_link(place, priority),
            why: reading.say(&priority.why),
            day: decision.map(|decision| decision.day),
            gauge: decision
                .map(|decision| Gauge::new(decision.all, decision.asked, noun(decision.unit))),
            themes: themes(reading, priority),
            voices: voices(reading, priority, TASTE),
            released: snapshot.comments_of(&priority.themes).count(),
        })
    }
}
