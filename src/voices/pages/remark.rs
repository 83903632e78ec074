//! `/heard/{round}/remarks/{remark}`: one voice, and where it went.

use serde::Serialize;

use super::reading::{Counted, Voice};
use super::sample_sites;
use super::site::{Frame, Site};
use crate::localised::Wording;
use crate::surveys::Asks;
use crate::web::Page;

/// One released remark.
#[derive(Debug, Serialize)]
pub(crate) struct RemarkPage {
    site: Frame,
    voice: Voice,
    asks: Asks,
    /// The question that it answers.
    question: Option<Wording>,
    themes: Vec<Counted>,
}

impl Page for RemarkPage {
    const TEMPLATE: &'static str = "voices/remark.html";

    fn samples() -> Vec<Self> {
        let mut pages = Vec::new();
        for site in sample_sites::sites() {
            let remarks = site.snapshot.remarks.iter();
            pages.extend(remarks.filter_map(|remark| Self::of(&site, "en", remark.id.as_str())));
        }
        pages
    }
}

impl RemarkPage {
    pub(super) fn of(site: &Site, lang: &str, id: &str) -> Option<Self> {
        let reading = site.reading(lang);
        let snapshot = &site.snapshot;
        let remark = snapshot.remark(id)?;
        let question = snapshot
            .asked
            .iter()
            .filter(|part| part.asks == remark.asks)
            .flat_map(|part| &part.questions)
            .find(|question| question.key == remark.item);
        let themes: Vec<&str> = remark
            .themes
            .iter()
            .map(|matched| matched.theme.as_str())
            .collect();
        Some(Self {
            site: site.frame(lang),
            asks: remark.asks,
            question: question.map(|question| reading.say(&question.label)),
            themes: themes
                .iter()
                .filter_map(|key| reading.counted(key))
                .collect(),
            voice: reading.voice(remark, &themes),
        })
    }
}
