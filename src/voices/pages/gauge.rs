//! Charts: a bar with its count, and a bar for each group.

use serde::Serialize;

use super::reading::Reading;
use crate::localized::Wording;
use crate::surveys::Unit;
use crate::tally::disclosure::{Column, PublicCell};
use crate::voices::figures::percent_of;

/// A bar with its count, or words if there's no count to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Gauge {
    /// `exact`, `few`, `below`, `above` or `hidden`.
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

/// The noun for a unit. "Voices" if several sources are combined.
pub(super) fn noun(unit: Option<Unit>) -> &'static str {
    unit.map_or("voice", Unit::as_str)
}

impl Gauge {
    pub(super) fn new(cell: PublicCell, base: Option<u64>, unit: &'static str) -> Self {
        let whole = base.unwrap_or(0);
        let (kind, named, percent) = match (cell, base) {
            (PublicCell::Exact(named) | PublicCell::Earlier(named), Some(base)) => {
                ("exact", named, percent_of(named, base))
            }
            (PublicCell::Few, _) => ("few", 0, 0),
            (PublicCell::Below, Some(_)) => ("below", 0, 5),
            (PublicCell::Above, Some(_)) => ("above", 0, 95),
            _ => ("hidden", 0, 0),
        };
        let width = if kind == "exact" {
            let tenths = (named * 1000 / whole.max(1)).min(1000);
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

    /// `exact`, `few`, `below`, `above` or `hidden`.
    pub(super) fn kind(&self) -> &'static str {
        self.kind
    }
}

impl Reading<'_> {
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
}
