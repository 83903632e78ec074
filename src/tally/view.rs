//! A view: the people whom an account may count, split into columns, and all tables of counts about them.
//!
//! With row access, any filter can narrow a view. Otherwise a view is narrowed by a single value, and its numbers are a
//! column of the table of all values of that part. Suppression applies to that whole table, so neither other views nor
//! the unfiltered view reveal what it hides.

use roaring::RoaringBitmap;

use super::access::Access;
use super::disclosure::{AccessLevel, Shape, Shown, ShownRow, ShownTable, TrueRow, show_counts};
use super::facet::Part;
use super::filter::Filter;
use super::index::Index;
use super::names::Names;
use crate::district::RoundId;

/// The parts that can narrow a view with suppressed counts. Days are excluded: each has few people, and a table of days
/// has many columns.
const FOR_COUNTS: &[Part] = &[
    Part::Group,
    Part::School,
    Part::Level,
    Part::Language,
    Part::Channel,
    Part::Survey,
];

/// A column of a view.
#[derive(Clone, Debug)]
pub struct ViewColumn {
    /// The value shared by its people; `None` for people without a value.
    pub key: Option<String>,
    people: RoaringBitmap,
    /// The column's people out of everyone, where a school grant hides some of them.
    of_everyone: Option<RoaringBitmap>,
}

/// The people of a view and its columns.
#[derive(Clone)]
pub struct View<'a> {
    index: &'a Index,
    access: &'a Access,
    round: &'a RoundId,
    filter: &'a Filter,
    /// Everyone, including people whom a school grant hides.
    everyone: &'a RoaringBitmap,
    /// The visible people who match the filter; where counts are suppressed, all visible people.
    people: RoaringBitmap,
    part: Part,
    columns: Vec<ViewColumn>,
    /// Whether a person can be in several columns.
    overlap: bool,
    chosen: Option<usize>,
    /// A set of people that other pages count and that contains everyone in the rows.
    within: Option<&'a RoaringBitmap>,
}

impl<'a> View<'a> {
    /// The view of a round's people through a filter; `None` if the filter has more values than suppression can handle.
    pub fn of(
        index: &'a Index,
        access: &'a Access,
        round: &'a RoundId,
        everyone: &'a RoaringBitmap,
        filter: &'a Filter,
    ) -> Option<Self> {
        let mut view = Self {
            index,
            access,
            round,
            filter,
            everyone,
            people: access.narrow(index, everyone),
            part: Part::Group,
            columns: Vec::new(),
            overlap: false,
            chosen: None,
            within: None,
        };
        if access.level == AccessLevel::Rows {
            view.people &= index.filtered(round, filter);
            return Some(view.by(Part::Group));
        }
        if filter.is_empty() {
            return Some(view.by(Part::Group));
        }
        if access.level == AccessLevel::Comments {
            return None;
        }
        let (part, value) = filter.only().filter(|(part, value)| {
            let within_access = *part != Part::School || access.sees_school(value);
            view.is_open(*part) && within_access
        })?;
        view = view.by(part);
        let chosen = |column: &ViewColumn| column.key.as_ref() == Some(&value);
        let place = view.columns.iter().position(chosen);
        view.chosen = Some(place.unwrap_or_else(|| {
            // Nobody has this value, which is safe to show.
            view.columns.push(ViewColumn {
                key: Some(value),
                people: RoaringBitmap::new(),
                of_everyone: None,
            });
            view.columns.len() - 1
        }));
        Some(view)
    }

    /// Whether a part can narrow this view. With suppressed counts, school levels can't if each person has one school:
    /// a level would be the sum of schools that the table of schools hides.
    fn is_open(&self, part: Part) -> bool {
        match (self.level(), part) {
            (AccessLevel::Rows, _) => true,
            (AccessLevel::Comments, _) => false,
            (AccessLevel::Counts, Part::Level) => self.clone().by(Part::School).overlap,
            (AccessLevel::Counts, part) => FOR_COUNTS.contains(&part),
        }
    }

    /// The same people, split by another part.
    fn by(self, part: Part) -> Self {
        if self.level() == AccessLevel::Comments {
            return self;
        }
        let everyone = self.access.schools.is_some().then_some(self.everyone);
        let mut columns: Vec<ViewColumn> = self
            .index
            .split_by(part)
            .into_iter()
            .map(|(key, voices)| ViewColumn {
                key: Some(key),
                people: &self.people & voices,
                of_everyone: everyone.map(|everyone| everyone & voices),
            })
            .filter(|column| !column.people.is_empty())
            .collect();
        let (mut rest, mut overlap) = (self.people.clone(), false);
        for column in &columns {
            overlap |= !column.people.is_subset(&rest);
            rest -= &column.people;
        }
        columns.extend((!rest.is_empty()).then_some(ViewColumn {
            key: None,
            people: rest,
            of_everyone: None,
        }));
        let view = Self {
            part,
            columns,
            overlap,
            chosen: None,
            ..self
        };
        if part == Part::Level && !overlap {
            // People at two schools can be at two levels, whether or not anyone actually is.
            let overlap = view.clone().by(Part::School).overlap;
            return Self { overlap, ..view };
        }
        view
    }

    /// The same view, where every counted row is a subset of people whom other pages count.
    #[must_use]
    pub fn within(self, people: &'a RoaringBitmap) -> Self {
        Self {
            within: Some(people),
            ..self
        }
    }

    /// The access level of this view.
    pub fn level(&self) -> AccessLevel {
        self.access.level
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

    /// The column that the filter selects, if any.
    pub fn chosen(&self) -> Option<usize> {
        self.chosen
    }

    /// Whether none of these people are in the view.
    pub fn is_disjoint(&self, people: &RoaringBitmap) -> bool {
        self.people.is_disjoint(people)
    }

    /// Whether everyone in the view is in this set.
    pub fn is_covered_by(&self, people: &RoaringBitmap) -> bool {
        self.people.is_subset(people)
    }

    /// How many of these people are in each column.
    pub fn sizes(&self, people: &RoaringBitmap) -> ShownRow {
        self.count(people, &[], false).bases
    }

    /// How many people match the filter.
    pub fn size(&self) -> Shown {
        let sizes = self.sizes(&self.people);
        let chosen = self.chosen.and_then(|chosen| sizes.cells.get(chosen));
        *chosen.unwrap_or(&sizes.total)
    }

    /// Counts sets of people by column, out of the people who could be in them. `share` says whether the sets partition
    /// those people.
    pub fn count(&self, base: &RoaringBitmap, rows: &[RoaringBitmap], share: bool) -> ShownTable {
        let counts = |set: &RoaringBitmap| {
            let set = set & &self.people;
            let cells = self.columns.iter().map(|column| &column.people);
            TrueRow {
                cells: cells.map(|people| set.intersection_len(people)).collect(),
                total: set.len(),
            }
        };
        let rows_of: Vec<TrueRow> = rows.iter().map(counts).collect();
        let shape = Shape {
            columns_overlap: self.overlap,
            rows_share: share,
        };
        show_counts(
            self.level(),
            shape,
            &counts(base),
            &rows_of,
            |row, place| {
                let set = row.and_then(|row| rows.get(row));
                let column = self.columns.get(place);
                let mut known = Vec::new();
                if set.is_none() {
                    // People who weren't asked are in the view too.
                    known.push(column.map_or(&self.people, |column| &column.people).len());
                }
                if let (Some(set), Some(within)) = (set, self.within) {
                    debug_assert!(set.is_subset(within), "every row is a part of them");
                    let people = column.map_or(&self.people, |column| &column.people);
                    known.push(within.intersection_len(people));
                }
                if self.access.schools.is_some() {
                    // Other accounts see the count of every school.
                    let everyone = column.map_or(Some(self.everyone), |it| it.of_everyone.as_ref());
                    known.extend(
                        everyone.map(|everyone| everyone.intersection_len(set.unwrap_or(base))),
                    );
                }
                known
            },
        )
    }

    /// The people by the values of a part, whatever this view's columns are; people without a value under `None`.
    pub fn sizes_by(&self, part: Part) -> Vec<(Option<String>, Shown)> {
        if !self.is_open(part) {
            return Vec::new();
        }
        let view = self.clone().by(part);
        let sizes = view.sizes(&view.people).cells;
        let keys = view.columns.into_iter().map(|column| column.key);
        keys.zip(sizes).collect()
    }

    /// The values of a part that can narrow this view, each with how many people are left.
    pub fn offers(&self, part: Part) -> Vec<(String, Shown)> {
        let within_access = |value: &str| part != Part::School || self.access.sees_school(value);
        let offers: Vec<(String, Shown)> = match self.level() {
            AccessLevel::Rows => self
                .index
                .split_by(part)
                .into_iter()
                // Skip surveys of other rounds.
                .filter(|(_, voices)| !self.everyone.is_disjoint(voices))
                .map(|(value, _)| {
                    let filter = self.filter.with(part.as_str(), &value);
                    let left = self.index.filtered(self.round, &filter);
                    (value, Shown::Count(self.everyone.intersection_len(&left)))
                })
                .collect(),
            AccessLevel::Comments | AccessLevel::Counts => self
                .sizes_by(part)
                .into_iter()
                .filter_map(|(key, size)| Some((key?, size)))
                .collect(),
        };
        offers
            .into_iter()
            .filter(|(value, size)| within_access(value) && *size != Shown::Count(0))
            .collect()
    }
}
