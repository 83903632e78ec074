//! A snapshot in one language: its parts as templates show them, with links to each other.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::localised::{LocalisedText, Wording};
use crate::priorities::Outcome;
use crate::surveys::Unit;
use crate::tally::Tables;
use crate::tally::disclosure::{Column, PublicCell};
use crate::themes::segments;
use crate::voices::build::percent_of;
use crate::voices::snapshot::{
    CommentPart, GoalPart, LatePart, PriorityPart, Snapshot, SourcePart, ThemePart,
};
use crate::web::languages::own_name;

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

/// A bar with its count, or words if there's no count to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Gauge {
    /// `exact`, `below`, `above` or `hidden`.
    kind: &'static str,
    /// The count. 0 if it isn't shown.
    named: u64,
    /// The base: the count is out of this many.
    base: u64,
    /// The noun for the base.
    unit: &'static str,
    /// In whole percent.
    percent: u64,
    /// The bar's width in percent, with a decimal point.
    width: String,
}

/// A description of the people in a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Who {
    /// The groups' names.
    names: Vec<Wording>,
    /// Whether it includes people who didn't name a group.
    unnamed: bool,
    /// Whether several small groups are combined.
    others: bool,
    /// The survey, if there are several.
    source: Option<Wording>,
}

/// A row of a chart by group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct GroupRow {
    who: Who,
    gauge: Gauge,
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
    /// The name of the language in that language.
    language: String,
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
struct Reached {
    priority: Link,
    goals: Vec<Link>,
}

/// Base, date and method, as every page shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Basis {
    sources: Vec<SourceLine>,
    tables: Tables,
    published_by: String,
    /// In the district's time zone.
    published_at: NaiveDateTime,
    zone: String,
    codebook: i32,
    codebook_on: Option<NaiveDate>,
    change: i64,
    base: u64,
    origin: Option<Wording>,
}

/// A survey in the base of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct SourceLine {
    title: Wording,
    unit: &'static str,
    answered: Option<u64>,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    /// What arrived after closing.
    late: Vec<LatePart>,
}

/// The noun for a unit. "Voices" if several sources are combined.
pub(super) fn noun(unit: Option<Unit>) -> &'static str {
    unit.map_or("voice", Unit::as_str)
}

impl Gauge {
    pub(super) fn new(cell: PublicCell, base: Option<u64>, unit: &'static str) -> Self {
        let whole = base.unwrap_or(0);
        let (kind, named, percent) = match (cell, base) {
            (PublicCell::Exact(named), Some(base)) => ("exact", named, percent_of(named, base)),
            (PublicCell::Below, Some(_)) => ("below", 0, 5),
            (PublicCell::Above, Some(_)) => ("above", 0, 95),
            _ => ("hidden", 0, 0),
        };
        let width = if kind == "exact" {
            let tenths = named * 1000 / whole.max(1);
            format!("{}.{}", tenths / 10, tenths % 10)
        } else {
            "0".to_owned()
        };
        Self {
            kind,
            named,
            base: whole,
            unit,
            percent,
            width,
        }
    }

    /// A part of a whole that is shown whatever its size, such as participation.
    pub(super) fn of_whole(part: u64, whole: Option<u64>, unit: &'static str) -> Self {
        Self::new(PublicCell::Exact(part), whole, unit)
    }

    /// Whether there's a bar to draw.
    pub(super) fn has_bar(&self) -> bool {
        matches!(self.kind, "exact" | "above")
    }

    /// `exact`, `below`, `above` or `hidden`.
    pub(super) fn kind(&self) -> &'static str {
        self.kind
    }
}

impl Reading<'_> {
    /// A text in the reader's language.
    pub(super) fn say(self, text: &LocalisedText) -> Wording {
        text.wording(self.lang)
    }

    /// A text, if there is any.
    pub(super) fn say_any(self, text: &LocalisedText) -> Option<Wording> {
        (!text.is_empty()).then(|| self.say(text))
    }

    /// Who is in a column. Keys are groups, `survey/group`, or several groups joined with `+`.
    pub(super) fn who(self, column: &Column) -> Who {
        let snapshot = self.snapshot;
        let parts = column
            .keys
            .iter()
            .map(|key| key.split_once('/').unwrap_or(("", key)));
        let (surveys, groups): (Vec<&str>, Vec<&str>) = parts
            .flat_map(|(survey, groups)| groups.split('+').map(move |group| (survey, group)))
            .unzip();
        let one = surveys
            .first()
            .filter(|first| surveys.iter().all(|survey| survey == *first));
        let several = snapshot.sources.len() > 1;
        let source = one
            .filter(|_| several)
            .and_then(|slug| snapshot.sources.iter().find(|part| part.survey == **slug));
        let mut names: Vec<Wording> = Vec::new();
        for name in groups.iter().filter_map(|key| snapshot.groups.get(*key)) {
            let name = self.say(name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Who {
            names,
            unnamed: groups.contains(&""),
            others: groups.len() > 1,
            source: source.map(|part| self.say(&part.title)),
        }
    }

    /// A chart by group. Empty if there's only one column.
    pub(super) fn by_group(self, columns: &[Column], cells: &[PublicCell]) -> Vec<GroupRow> {
        if columns.len() < 2 {
            return Vec::new();
        }
        let rows = columns.iter().zip(cells).map(|(column, cell)| GroupRow {
            who: self.who(column),
            gauge: Gauge::new(*cell, Some(column.base), self.unit_of(column)),
        });
        rows.collect()
    }

    /// The noun for a column: its unit if all of its sources have the same one.
    fn unit_of(self, column: &Column) -> &'static str {
        let unit = |key: &String| {
            let slug = key.split_once('/').map(|(survey, _)| survey);
            let mut sources = self.snapshot.sources.iter();
            let part = match slug {
                Some(slug) => sources.find(|part| part.survey == slug),
                None => sources.next().filter(|_| self.snapshot.sources.len() == 1),
            };
            part.map(|part| part.unit)
        };
        let mut units = column.keys.iter().map(unit);
        let first = units.next().flatten();
        noun(first.filter(|_| units.all(|unit| unit == first)))
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
        let priorities = self.snapshot.priorities_of(key);
        Some(CountingTheme {
            theme: self.theme_link(theme),
            reason: theme
                .outcome
                .as_ref()
                .map(|outcome| self.say(&outcome.reason)),
            priorities: priorities
                .map(|(place, priority)| Reached {
                    priority: self.priority_link(place, priority),
                    goals: self.goal_links(&priority.key),
                })
                .collect(),
        })
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
            language: own_name(&comment.language).to_owned(),
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

    /// When it was published, in the district's time zone.
    pub(super) fn published_at(self) -> NaiveDateTime {
        let zone = self.snapshot.district.time_zone.parse();
        let zone = zone.unwrap_or(chrono_tz::Tz::UTC);
        let at = self.snapshot.published_at.and_utc();
        at.with_timezone(&zone).naive_local()
    }

    /// Base, date and method.
    pub(super) fn basis(self) -> Basis {
        let snapshot = self.snapshot;
        Basis {
            sources: snapshot
                .sources
                .iter()
                .map(|source| self.source_line(source))
                .collect(),
            tables: snapshot.tables,
            published_by: snapshot.published_by.clone(),
            published_at: self.published_at(),
            zone: snapshot.district.time_zone.clone(),
            codebook: snapshot.method.codebook,
            codebook_on: snapshot.method.codebook_on,
            change: snapshot.method.change,
            base: snapshot.method.base,
            origin: self.say_any(&snapshot.round.origin),
        }
    }

    fn source_line(self, source: &SourcePart) -> SourceLine {
        SourceLine {
            title: self.say(&source.title),
            unit: noun(Some(source.unit)),
            answered: source.answered,
            first_day: source.first_day,
            last_day: source.last_day,
            late: source.late.clone(),
        }
    }
}
