//! A snapshot in one language: its parts as templates show them, with links to each other.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::localized::{LocalizedText, Wording};
use crate::priorities::Outcome;
use crate::themes::segments;
use crate::voices::snapshot::{CommentPart, GoalPart, PriorityPart, Snapshot, ThemePart};

/// A snapshot in the reader's language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) lang: &'a str,
    /// The base URLs for links: on the public site, or in a preview.
    pub(super) links: &'a Links,
}

/// The URLs that the pages of a snapshot start with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Links {
    pub(super) heard: String,
    pub(super) plan: String,
}

impl Links {
    /// The public pages of a round.
    pub(super) fn published(round: &str) -> Self {
        Self {
            heard: format!("/heard/{round}"),
            plan: format!("/plan/{round}"),
        }
    }
}

/// A link to a theme, with its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ThemeLink {
    pub(super) href: String,
    pub(super) name: Wording,
    pub(super) outcome: Option<Outcome>,
    /// The rank of the priority that includes it.
    pub(super) place: Option<usize>,
}

/// A link to a priority or a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) title: Wording,
    /// The rank of a priority.
    pub(super) place: Option<usize>,
}

/// A piece of a comment's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    text: String,
    marked: bool,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Voice {
    pub(super) href: String,
    /// The language of the text, if it isn't the page's.
    lang: Option<String>,
    pieces: Vec<Piece>,
    /// Where it was said.
    place: Wording,
    /// For a table's note, the least number of people it speaks for.
    speaks_for: Option<u64>,
}

/// A theme that counts a comment, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct CountingTheme {
    theme: ThemeLink,
    reason: Option<Wording>,
    priorities: Vec<Reached>,
}

/// A priority that includes a theme, with its goals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Reached {
    priority: Link,
    goals: Vec<Link>,
}

impl Reading<'_> {
    /// A text in the reader's language.
    pub(super) fn say(self, text: &LocalizedText) -> Wording {
        text.wording(self.lang)
    }

    /// A text, if there is any.
    pub(super) fn say_any(self, text: &LocalizedText) -> Option<Wording> {
        (!text.is_empty()).then(|| self.say(text))
    }

    /// A link to a theme.
    pub(super) fn theme_link(self, theme: &ThemePart) -> ThemeLink {
        let priority = self.snapshot.priorities_of(&theme.key).next();
        ThemeLink {
            href: format!("{}/themes/{}", self.links.heard, theme.key),
            name: self.say(&theme.name),
            outcome: theme.outcome.as_ref().map(|outcome| outcome.outcome),
            place: priority.map(|(place, _)| place),
        }
    }

    /// A link to the theme with a key.
    pub(super) fn theme_link_of(self, key: &str) -> Option<ThemeLink> {
        self.snapshot.theme(key).map(|theme| self.theme_link(theme))
    }

    /// A link to a priority.
    pub(super) fn priority_link(self, place: usize, priority: &PriorityPart) -> Link {
        Link {
            href: format!("{}/priorities/{}", self.links.plan, priority.key),
            title: self.say(&priority.title),
            place: Some(place),
        }
    }

    /// A link to a goal.
    pub(super) fn goal_link(self, goal: &GoalPart) -> Link {
        Link {
            href: format!("{}/goals/{}", self.links.plan, goal.key),
            title: self.say(&goal.title),
            place: None,
        }
    }

    /// The theme with a key, as one that counts a comment.
    pub(super) fn counting_theme(self, key: &str) -> Option<CountingTheme> {
        let theme = self.snapshot.theme(key)?;
        Some(CountingTheme {
            theme: self.theme_link(theme),
            reason: theme
                .outcome
                .as_ref()
                .map(|outcome| self.say(&outcome.reason)),
            priorities: self.reached(key),
        })
    }

    /// The priorities that include a theme, with their goals.
    pub(super) fn reached(self, theme: &str) -> Vec<Reached> {
        let priorities = self.snapshot.priorities_of(theme);
        priorities
            .map(|(place, priority)| Reached {
                priority: self.priority_link(place, priority),
                goals: self.goal_links(&priority.key),
            })
            .collect()
    }

    /// Links to the goals of a priority.
    pub(super) fn goal_links(self, priority: &str) -> Vec<Link> {
        let goals = self.snapshot.goals_of(priority);
        goals.map(|goal| self.goal_link(goal)).collect()
    }

    /// A comment, with the words highlighted that match any of these themes.
    pub(super) fn voice(self, comment: &CommentPart, themes: &[&str]) -> Voice {
        let mut spans: BTreeMap<usize, usize> = BTreeMap::new();
        for matched in &comment.themes {
            if themes.contains(&matched.theme.as_str()) {
                for (start, end) in &matched.spans {
                    let known = spans.entry(*start).or_default();
                    *known = (*known).max(*end);
                }
            }
        }
        // Two themes can match overlapping words. A match that starts inside a highlighted piece is merged with it.
        let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
        for (start, end) in spans {
            match ranges.last_mut() {
                Some(last) if start < last.end => last.end = last.end.max(end),
                _ => ranges.push(start..end),
            }
        }
        let pieces = segments(&comment.text, &ranges);
        Voice {
            href: format!("{}/comments/{}", self.links.heard, comment.id),
            lang: (comment.language != self.lang).then(|| comment.language.clone()),
            pieces: pieces
                .into_iter()
                .map(|piece| Piece {
                    text: piece.text.to_owned(),
                    marked: piece.marked,
                })
                .collect(),
            place: self.say(&comment.place),
            speaks_for: comment.speaks_for,
        }
    }
}
