//! Base, date and method: what the numbers of a snapshot are counted from.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::gauge::noun;
use super::reading::Reading;
use crate::district::LocalTime;
use crate::localized::Wording;
use crate::tally::Tables;
use crate::voices::snapshot::{LatePart, SourcePart};

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
    base: u64,
    origin: Option<Wording>,
}

/// A survey in the base of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct SourceLine {
    title: Wording,
    unit: &'static str,
    answered: Option<u64>,
    /// If its numbers stay as in an earlier edition: the last day that it counted.
    as_of: Option<NaiveDate>,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    /// What arrived after closing.
    late: Vec<LatePart>,
}

impl Reading<'_> {
    /// When it was published, in the district's time zone.
    pub(super) fn published_at(self) -> NaiveDateTime {
        LocalTime::named(&self.snapshot.district.time_zone).at(self.snapshot.published_at)
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
            base: snapshot.method.base,
            origin: self.say_any(&snapshot.round.origin),
        }
    }

    fn source_line(self, source: &SourcePart) -> SourceLine {
        SourceLine {
            title: self.say(&source.title),
            unit: noun(Some(source.unit)),
            answered: source.answered,
            as_of: source.as_of,
            first_day: source.first_day,
            last_day: source.last_day,
            late: source.late.clone(),
        }
    }
}
