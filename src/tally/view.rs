//! A view: the people of a round who match a filter, split into columns, and tables of counts about them.

use roaring::RoaringBitmap;

use super::disclosure::{Shown, ShownRow, ShownTable};
use super::facet::Part;
use super::filter::Filter;
use super::index::Index;
use super::names::Names;
use crate::district::RoundId;

/// A column of a view.
#[derive(Clone, Debug)]
pub struct ViewColumn {
    /// The value shared by its people; `None` for people without a value.
    pub key: Option<String>,
    people: RoaringBitmap,
}

/// The people of a view and its columns.
#[derive(Clone)]
pub struct View<'a> {
    index: &'a Index,
    round: &'a RoundId,
    filter: &'a Filter,
    /// Everyone, whatever the filter.
    everyone: &'a RoaringBitmap,
    /// The people who match the filter.
    people: RoaringBitmap,
    part: Part,
    columns: Vec<ViewColumn>,
}

impl<'a> View<'a> {
    /// The view of a round's people through a filter, by group.
    pub fn of(
        index: &'a Index,
        round: &'a RoundId,
        everyone: &'a RoaringBitmap,
        filter: &'a Filter,
    ) -> Self {
        let view = Self {
            index,
            round,
            filter,
            everyone,
            people: everyone & index.filtered(round, filter),
            part: Part::Group,
            columns: Vec::new(),
        };
        view.by(Part::Group)
    }

    /// The same people, split by another part.
    fn by(self, part: Part) -> Self {
        let mut columns: Vec<ViewColumn> = self
            .index
            .split_by(part)
            .into_iter()
            .map(|(key, voices)| ViewColumn {
                key: Some(key),
                people: &self.people & voices,
            })
            .filter(|column| !column.people.is_empty())
            .collect();
        let mut rest = self.people.clone();
        for column in &columns {
            rest -= &column.people;
        }
        columns.extend((!rest.is_empty()).then_some(ViewColumn {
            key: None,
            people: rest,
        }));
        Self {
            part,
            columns,
            ..self
        }
    }

    /// The part that the columns split by.
    pub fn part(&self) -> Part {
        self.part
    }

    /// The columns in key order, people without a value last. Every table has one cell for each.
    pub fn columns(&self) -> &[ViewColumn] {
        &self.columns
    }

    /// The positions of the columns in the district's order, people without a value last.
    pub fn places(&self, names: &Names) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.columns.len()).collect();
        let key = |place: usize| self.columns.get(place).and_then(|it| it.key.as_deref());
        let rank = |place: usize| key(place).map_or(usize::MAX, |key| names.rank(self.part, key));
        places.sort_by_key(|place| rank(*place));
        places
    }

    /// Whether none of these people are in the view.
    pub fn is_disjoint(&self, people: &RoaringBitmap) -> bool {
        self.people.is_disjoint(people)
    }

    /// How many of these people are in the view.
    pub fn size_of(&self, people: &RoaringBitmap) -> u64 {
        self.people.intersection_len(people)
    }

    /// How many people match the filter.
    pub fn size(&self) -> u64 {
        self.people.len()
    }

    /// Counts sets of people by column, out of the people who could be in them.
    pub fn count(&self, base: &RoaringBitmap, rows: &[RoaringBitmap]) -> ShownTable {
        let row = |set: &RoaringBitmap| {
            let set = set & &self.people;
            let cells = self.columns.iter().map(|column| &column.people);
            ShownRow {
                cells: cells
                    .map(|people| Shown::Count(set.intersection_len(people)))
                    .collect(),
                total: Shown::Count(set.len()),
            }
        };
        ShownTable {
            bases: row(base),
            rows: rows.iter().map(row).collect(),
        }
    }

    /// The people by the values of a part, whatever this view's columns are; people without a value under `None`.
    pub fn sizes_by(&self, part: Part) -> Vec<(Option<String>, u64)> {
        let columns = self.clone().by(part).columns.into_iter();
        columns
            .map(|column| (column.key, column.people.len()))
            .collect()
    }

    /// The values of a part that can narrow this view, each with how many people are left.
    pub fn offers(&self, part: Part) -> Vec<(String, u64)> {
        let values = self.index.split_by(part).into_iter();
        values
            // Skip surveys of other rounds.
            .filter(|(_, voices)| !self.everyone.is_disjoint(voices))
            .map(|(value, _)| {
                let filter = self.filter.with(part.as_str(), &value);
                let left = self.index.filtered(self.round, &filter);
                (value, self.everyone.intersection_len(&left))
            })
            .filter(|(_, left)| *left > 0)
            .collect()
    }
}
