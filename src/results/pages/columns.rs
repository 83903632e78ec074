//! A view's columns as a page shows them.

use serde::Serialize;

use crate::tally::disclosure::{Shown, ShownRow};
use crate::tally::{Chips, Filter, Gauge, Names, View};

/// The key of everyone in a view. Our own keys start with a character that no other key starts with.
pub(super) const ALL: &str = "_everyone";

/// The key of people without a value.
pub(super) const NONE: &str = "_none";

/// A column on the page.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) label: String,
    /// The value shared by its people; [`ALL`] for everyone, [`NONE`] for people without a value.
    pub(super) key: String,
    /// Its position in a table; past the last column, the total.
    pub(super) place: usize,
    /// The view narrowed to this column, if it can be opened.
    pub(super) filter: Option<Filter>,
}

/// The columns on the page, everyone first.
pub(super) fn columns(view: &View<'_>, filter: &Filter, names: &Names) -> Vec<Column> {
    let part = view.part().as_str();
    let total = Column {
        label: if filter.is_empty() {
            "Everyone".to_owned()
        } else {
            "Everyone selected".to_owned()
        },
        key: ALL.to_owned(),
        place: view.columns().len(),
        filter: Some(filter.clone()),
    };
    let column = |place: usize| {
        let key = view.columns().get(place)?.key.clone();
        Some(Column {
            label: key.as_deref().map_or_else(
                || Chips::without(view.part()).to_owned(),
                |key| names.of(part, key),
            ),
            filter: key.as_deref().and_then(|key| filter.narrowed_to(part, key)),
            key: key.unwrap_or_else(|| NONE.to_owned()),
            place,
        })
    };
    let mut apart: Vec<Column> = view.places(names).into_iter().filter_map(column).collect();
    if apart.len() < 2 {
        // A single column would repeat the total.
        apart.clear();
    }
    [total].into_iter().chain(apart).collect()
}

/// A column's heading in a table.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AnswerHead {
    pub(super) key: String,
    pub(super) label: String,
    /// How many were asked; `None` if hidden, or if each row has its own base.
    pub(super) base: Option<u64>,
    pub(super) href: Option<String>,
}

/// The headings of columns, with a table's bases if all its rows have the same. `address` returns the page's query with
/// a filter.
pub(super) fn heads(
    columns: &[Column],
    bases: Option<&ShownRow>,
    address: impl Fn(&Filter) -> String,
) -> Vec<AnswerHead> {
    let head = |column: &Column| AnswerHead {
        key: column.key.clone(),
        label: column.label.clone(),
        base: bases.and_then(|bases| bases.cell(column.place).count()),
        href: column
            .filter
            .as_ref()
            .filter(|_| column.key != ALL)
            .map(&address),
    };
    columns.iter().map(head).collect()
}

/// A count in a table, with the people behind it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Cell {
    pub(super) gauge: Gauge,
    /// The address of the same people's comments, for viewers who may see who said them.
    pub(super) comments: Option<String>,
}

/// The cells of a row. `narrow` narrows a column's filter to the row, where a filter can express that; `comments`
/// returns the address of the comments by a filter's people.
pub(super) fn cells(
    columns: &[Column],
    row: impl Fn(usize) -> Shown,
    bases: &ShownRow,
    narrow: impl Fn(&Filter) -> Option<Filter>,
    address: impl Fn(&Filter) -> String,
    comments: impl Fn(&Filter) -> String,
) -> Vec<Cell> {
    let cell = |column: &Column| {
        let count = row(column.place);
        let mut gauge = Gauge::of(count, bases.cell(column.place));
        let behind = column.filter.as_ref().and_then(&narrow);
        let behind = behind.filter(|_| count != Shown::Count(0));
        gauge.href = behind.as_ref().map(&address);
        Cell {
            comments: behind.as_ref().map(&comments),
            gauge,
        }
    };
    columns.iter().map(cell).collect()
}
