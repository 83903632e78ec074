//! The source of the pages: a published round, or a draft that its planners preview.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::basis::Basis;
use super::reading::{Links, Reading};
use super::{comment, goal, heard, plan, priority, theme};
use crate::accounts::Visit;
use crate::app::App;
use crate::district::Round;
use crate::editions::{self, Audience};
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::voices::shelf::Shelf;
use crate::voices::snapshot::Snapshot;

/// A snapshot with the URLs of its pages.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) links: Links,
    /// Whether only planners can see it.
    pub(super) preview: bool,
    /// The rounds with a published snapshot.
    pub(super) rounds: Vec<Round>,
}

/// What every page of a snapshot shows around its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Frame {
    pub(super) preview: bool,
    pub(super) links: Links,
    /// The round's title.
    pub(super) title: Wording,
    /// Where it happened.
    pub(super) place: Wording,
    pub(super) basis: Basis,
    /// The district's notice, unless the round states its own origin.
    pub(super) notice: Option<Wording>,
}

/// A page of a snapshot, by its path below the round's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    Heard,
    Theme(String),
    Comment(String),
    Plan,
    Priority(String),
    Goal(String),
}

impl Leaf {
    /// Parses `heard/themes/{key}` and so on.
    pub(super) fn parse(tail: &str) -> Option<Self> {
        let parts: Vec<&str> = tail.trim_matches('/').split('/').collect();
        match parts.as_slice() {
            ["heard"] => Some(Self::Heard),
            ["heard", "themes", key] => Some(Self::Theme((*key).to_owned())),
            ["heard", "comments", id] => Some(Self::Comment((*id).to_owned())),
            ["plan"] => Some(Self::Plan),
            ["plan", "priorities", key] => Some(Self::Priority((*key).to_owned())),
            ["plan", "goals", key] => Some(Self::Goal((*key).to_owned())),
            _ => None,
        }
    }
}

impl Site {
    /// The published pages of a round, if it has a current snapshot.
    pub(super) async fn published(
        app: &App,
        shelf: &web::Data<Shelf>,
        round: &Round,
    ) -> Result<Option<Self>> {
        let (shelf, round) = (shelf.clone(), round.clone());
        app.read(move |db| {
            let Some(snapshot) = shelf.status(db, &round.id)? else {
                return Ok(None);
            };
            Ok(Some(Self {
                snapshot,
                links: Links::published(&round.slug),
                preview: false,
                rounds: editions::rounds_with(db, Audience::Public)?,
            }))
        })
        .await
    }

    /// The draft of a round, at a desk URL.
    pub(super) fn preview(snapshot: Snapshot) -> Self {
        let base = format!("/desk/rounds/{}/publish/preview", snapshot.round.slug);
        Self {
            snapshot: Arc::new(snapshot),
            links: Links {
                heard: format!("{base}/heard"),
                plan: format!("{base}/plan"),
            },
            preview: true,
            rounds: Vec::new(),
        }
    }

    pub(super) fn reading<'a>(&'a self, lang: &'a str) -> Reading<'a> {
        Reading {
            snapshot: &self.snapshot,
            lang,
            links: &self.links,
        }
    }

    pub(super) fn frame(&self, lang: &str) -> Frame {
        let reading = self.reading(lang);
        let round = &self.snapshot.round;
        let notice = reading.say_any(&self.snapshot.district.notice);
        Frame {
            preview: self.preview,
            links: self.links.clone(),
            title: reading.say(&round.title),
            place: reading.say(&round.place),
            basis: reading.basis(),
            notice: notice.filter(|_| round.origin.is_empty()),
        }
    }

    /// Responds with a page of this snapshot.
    pub(super) fn answer(
        &self,
        app: &App,
        visit: &Visit,
        leaf: &Leaf,
        page: Option<i64>,
    ) -> Result<HttpResponse> {
        let lang = visit.language.as_str();
        match leaf {
            Leaf::Heard => visit.page(app, &heard::HeardPage::of(self, lang)),
            Leaf::Theme(key) => {
                visit.page(app, &found(theme::ThemePage::of(self, lang, key, page))?)
            }
            Leaf::Comment(id) => visit.page(app, &found(comment::CommentPage::of(self, lang, id))?),
            Leaf::Plan => {
                let today = visit.local_time().today(&app.clock);
                visit.page(app, &plan::PlanPage::of(self, lang, today))
            }
            Leaf::Priority(key) => visit.page(
                app,
                &found(priority::PriorityPage::of(self, lang, key, page))?,
            ),
            Leaf::Goal(key) => visit.page(app, &found(goal::GoalPage::of(self, lang, key))?),
        }
    }
}

fn found<P>(page: Option<P>) -> Result<P> {
    page.ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::Leaf;

    #[test]
    fn a_preview_has_the_same_addresses_as_the_public_site() {
        assert_eq!(Leaf::parse("heard"), Some(Leaf::Heard));
        assert_eq!(
            Leaf::parse("plan/goals/on-time"),
            Some(Leaf::Goal("on-time".into()))
        );
        assert_eq!(Leaf::parse("plan/goals"), None);
        assert_eq!(Leaf::parse("heard/themes/a/b"), None);
    }
}
