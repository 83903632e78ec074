//! A view: the people whom somebody may count, split into columns, and every table of counts about them.
//!
//! Whoever may see rows narrows a view by any filter. For everyone else a view is narrowed by one value, and its numbers are
//! then a column of the table of all values of that part. Suppression looks at that table as a whole, so that neither the
//! other views nor everyone's view reveals what it hides.

use roaring::RoaringBitmap;

use super::access::Access;
use super::chips::Names;
use super::disclosure::{AccessLevel, Row, Shape, Shown, ShownRow, ShownTable, show_counts};
use super::facet::Part;
use super::filter::Filter;
use super::index::Index;
use crate::district::RoundId;

/// The parts by which a view with suppressed counts may be narrowed. A day has few people, and a table of days many columns.
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
    /// The value by which its people are told apart; none for those who have no value.
    pub key: Option<String>,
    people: RoaringBitmap,
    /// Those of everyone, where a grant for a school hides some of them.
    of_everyone: Option<RoaringBitmap>,
}

/// The people of a view and its columns.
#[derive(Clone)]
pub struct View<'a> {
    index: &'a Index,
    access: &'a Access,
    round: &'a RoundId,
    filter: &'a Filter,
    /// Everyone, including those whom a grant for a school hides.
    everyone: &'a RoaringBitmap,
    /// The visible people whom the filter leaves; where counts are suppressed, all visible people.
    people: RoaringBitmap,
    part: Part,
    columns: Vec<ViewColumn>,
    /// Whether somebody may be in several columns.
    overlap: bool,
    chosen: Option<usize>,
    /// Those of whom every row is a part, where other pages count them.
    beside: Option<&'a RoaringBitmap>,
}

impl<'a> View<'a> {
    /// The view of some people of a round through a filter; none where the filter narrows by more than suppression can
    /// look at as a whole.
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
            beside: None,
        };
        if access.level == AccessLevel::Rows {
            view.people &= index.filtered(round, filter);
            return Some(view.by(Part::Group));
        }
        if filter.is_empty() {
            return Some(view.by(Part::Group));
        }
        let (part, value) = filter.only().filter(|(part, value)| {
            let within_access = *part != Part::School || access.sees_school(value);
            view.is_open(*part) && within_access
        })?;
        view = view.by(part);
        let chosen = |column: &ViewColumn| column.key.as_ref() == Some(&value);
        let place = view.columns.iter().position(chosen);
        view.chosen = Some(place.unwrap_or_else(|| {
            // Nobody has it, which may be said.
            view.columns.push(ViewColumn {
                key: Some(value),
                people: RoaringBitmap::new(),
                of_everyone: None,
            });
            view.columns.len() - 1
        }));
        Some(view)
    }

    /// Whether a view of these people may be narrowed by a part. With suppressed counts, not by the levels of schools where
    /// each person has one school: a level would be the sum of schools that a table of schools hides.
    fn is_open(&self, part: Part) -> bool {
        match (self.level(), part) {
            (AccessLevel::Rows, _) => true,
            (AccessLevel::Counts, Part::Level) => self.clone().by(Part::School).overlap,
            (AccessLevel::Counts, part) => FOR_COUNTS.contains(&part),
        }
    }

    /// The same people told apart by another part.
    fn by(self, part: Part) -> Self {
        let everyone = self.access.schools.is_some().then_some(self.everyone);
        let mut columns: Vec<ViewColumn> = self
            .index
            .told_apart(part)
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
            // Whoever is at two schools may be at two levels, whether or not anybody is.
            let overlap = view.clone().by(Part::School).overlap;
            return Self { overlap, ..view };
        }
        view
    }

    /// The same view, where every row that is counted is a part of people whom other pages count.
    #[must_use]
    pub fn beside(self, people: &'a RoaringBitmap) -> Self {
        Self {
            beside: Some(people),
            ..self
        }
    }

    /// The access level through which it is seen.
    pub fn level(&self) -> AccessLevel {
        self.access.level
    }

    /// What the columns tell apart.
    pub fn part(&self) -> Part {
        self.part
    }

    /// The columns, in the order of their keys, those without a value last. Every table has one cell for each.
    pub fn columns(&self) -> &[ViewColumn] {
        &self.columns
    }

    /// The places of the columns as the district lists their values, those without a value last.
    pub fn places(&self, names: &Names) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.columns.len()).collect();
        let key = |place: usize| self.columns.get(place).and_then(|it| it.key.as_deref());
        let rank = |place: usize| key(place).map_or(usize::MAX, |key| names.rank(self.part, key));
        places.sort_by_key(|place| rank(*place));
        places
    }

    /// Which column the filter asks for, where that is one of several.
    pub fn chosen(&self) -> Option<usize> {
        self.chosen
    }

    /// Whether none of these people is in the view.
    pub fn is_disjoint(&self, people: &RoaringBitmap) -> bool {
        self.people.is_disjoint(people)
    }

    /// Whether everyone in the view is among these.
    pub fn is_covered_by(&self, people: &RoaringBitmap) -> bool {
        self.people.is_subset(people)
    }

    /// Of these people, how many are in each column.
    pub fn sizes(&self, people: &RoaringBitmap) -> ShownRow {
        self.count(people, &[], false).bases
    }

    /// How many people the filter leaves.
    pub fn size(&self) -> Shown {
        let sizes = self.sizes(&self.people);
        let chosen = self.chosen.and_then(|chosen| sizes.cells.get(chosen));
        *chosen.unwrap_or(&sizes.total)
    }

    /// The table of some sets of people by the columns, out of those who could be in them; `share` says whether the sets
    /// share those out.
    pub fn count(&self, base: &RoaringBitmap, rows: &[RoaringBitmap], share: bool) -> ShownTable {
        let counts = |set: &RoaringBitmap| {
            let set = set & &self.people;
            let cells = self.columns.iter().map(|column| &column.people);
            Row {
                cells: cells.map(|people| set.intersection_len(people)).collect(),
                total: set.len(),
            }
        };
        let rows_of: Vec<Row> = rows.iter().map(counts).collect();
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
                    // Whoever was not asked is in the view all the same.
                    known.push(column.map_or(&self.people, |column| &column.people).len());
                }
                if let (Some(set), Some(beside)) = (set, self.beside) {
                    debug_assert!(set.is_subset(beside), "every row is a part of them");
                    let people = column.map_or(&self.people, |column| &column.people);
                    known.push(beside.intersection_len(people));
                }
                if self.access.schools.is_some() {
                    // Others see the count of every school.
                    let everyone = column.map_or(Some(self.everyone), |it| it.of_everyone.as_ref());
                    known.extend(
                        everyone.map(|everyone| everyone.intersection_len(set.unwrap_or(base))),
                    );
                }
                known
            },
        )
    }

    /// The people by the values of a part, whatever the view's own columns; those without a value under none.
    pub fn told_apart(&self, part: Part) -> Vec<(Option<String>, Shown)> {
        if !self.is_open(part) {
            return Vec::new();
        }
        let view = self.clone().by(part);
        let sizes = view.sizes(&view.people).cells;
        let keys = view.columns.into_iter().map(|column| column.key);
        keys.zip(sizes).collect()
    }

    /// The values of a part by which this view can be narrowed, each with how many people that leaves.
    pub fn offers(&self, part: Part) -> Vec<(String, Shown)> {
        let within_access = |value: &str| part != Part::School || self.access.sees_school(value);
        let offers: Vec<(String, Shown)> = match self.level() {
            AccessLevel::Rows => self
                .index
                .told_apart(part)
                .into_iter()
                // The surveys of another round are no part of this one.
                .filter(|(_, voices)| !self.everyone.is_disjoint(voices))
                .map(|(value, _)| {
                    let filter = self.filter.with(part.as_str(), &value);
                    let left = self.index.filtered(self.round, &filter);
                    (value, Shown::Count(self.everyone.intersection_len(&left)))
                })
                .collect(),
            AccessLevel::Counts => self
                .told_apart(part)
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
