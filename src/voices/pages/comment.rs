//! `/heard/{round}/comments/{comment}`: one comment, and where it led.

use serde::Serialize;

use super::reading::{CountingTheme, Voice};
use super::sample_sites;
use super::site::{Frame, Site};
use crate::localized::Wording;
use crate::surveys::Intent;
use crate::web::Page;

/// One released comment.
#[derive(Debug, Serialize)]
pub(crate) struct CommentPage {
    site: Frame,
    voice: Voice,
    intent: Intent,
    /// The question it answers.
    question: Option<Wording>,
    themes: Vec<CountingTheme>,
}

impl Page for CommentPage {
    const TEMPLATE: &'static str = "voices/comment.html";

    fn samples() -> Vec<Self> {
        let mut pages = Vec::new();
        for site in sample_sites::sites() {
            let comments = site.snapshot.comments.iter();
            pages.extend(comments.filter_map(|comment| Self::of(&site, "en", comment.id.as_str())));
        }
        pages
    }
}

impl CommentPage {
    pub(super) fn of(site: &Site, lang: &str, id: &str) -> Option<Self> {
        let reading = site.reading(lang);
        let snapshot = &site.snapshot;
        let comment = snapshot.comment(id)?;
        let question = snapshot
            .asked
            .iter()
            .filter(|part| part.intent == comment.intent)
            .flat_map(|part| &part.questions)
            .find(|question| question.key == comment.item);
        let themes: Vec<&str> = comment
            .themes
            .iter()
            .map(|matched| matched.theme.as_str())
            .collect();
        Some(Self {
            site: site.frame(lang),
            intent: comment.intent,
            question: question.map(|question| reading.say(&question.label)),
            themes: themes
                .iter()
                .filter_map(|key| reading.counting_theme(key))
                .collect(),
            voice: reading.voice(comment, &themes),
        })
    }
}
