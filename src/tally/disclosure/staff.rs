//! Staff access levels: exact counts with row access; otherwise only counts of zero, or of at least [`super::FEW`].

use serde::Serialize;

use super::is_few;
use super::table::{Cell, Layout, Table, Told, TrueRow};
use crate::accounts::{Account, Role, Scope};
use crate::district::RoundId;

/// Which counts a staff member may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessLevel {
    /// May see rows, and so every count.
    Rows,
    /// Reads every comment and codes it, and sees no count by who people are. Whoever writes the rules could otherwise
    /// make a set for each comment and look up its group and school.
    Comments,
    /// Sees only counts that reveal nobody.
    Counts,
}

impl AccessLevel {
    /// An account's access level in a round. The round's planners, and planners and admins of the whole district, may
    /// see rows. Coders see nothing by who people are, whatever else they may see.
    pub fn of(account: &Account, round: &RoundId) -> Self {
        let round = Scope::Round(round.clone());
        if account.reach(&[Role::Planner]).covers(&round) {
            Self::Rows
        } else if account.reach(&[Role::Coder]).covers(&round) {
            Self::Comments
        } else {
            Self::Counts
        }
    }

    /// A count as this access level may see it. `parents` are the sizes of the sets that it was narrowed from.
    pub fn show(self, size: u64, parents: &[u64]) -> Shown {
        match self {
            Self::Rows => Shown::Count(size),
            Self::Comments | Self::Counts => staff(size, parents),
        }
    }
}

/// A count, or the fact that it's hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// The exact count.
    Count(u64),
    /// Between one and four people, in the set itself or in a difference that it would reveal.
    TooFew,
}

impl Shown {
    /// The count, if shown.
    pub fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::TooFew => None,
        }
    }
}

/// A count for staff without row access. It's shown if the set, and its difference from every parent, is empty or has
/// at least [`super::FEW`] people.
pub fn staff(size: u64, parents: &[u64]) -> Shown {
    if is_few(size) || parents.iter().any(|parent| is_few(parent.abs_diff(size))) {
        Shown::TooFew
    } else {
        Shown::Count(size)
    }
}

/// A row as an access level may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRow {
    /// One cell per column.
    pub cells: Vec<Shown>,
    /// All columns together.
    pub total: Shown,
}

impl ShownRow {
    /// The count of a column; past the last column, the total.
    pub fn cell(&self, column: usize) -> Shown {
        self.cells.get(column).copied().unwrap_or(self.total)
    }
}

/// A table as an access level may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownTable {
    /// The base of each column, and of all columns together.
    pub bases: ShownRow,
    /// The rows.
    pub rows: Vec<ShownRow>,
}

impl ShownTable {
    /// The table with its zeros hidden. Where people can be in several rows and everyone is in at least one, rows with
    /// a zero in a column reveal that all its people are in the other rows, which may be hidden.
    #[must_use]
    pub fn without_nobody(mut self) -> Self {
        let rows = self.rows.iter_mut();
        let cells = rows.flat_map(|row| row.cells.iter_mut().chain([&mut row.total]));
        for cell in cells.filter(|cell| **cell == Shown::Count(0)) {
            *cell = Shown::TooFew;
        }
        self
    }
}

impl ShownTable {
    /// Hides a count.
    pub(super) fn hide(&mut self, row: usize, column: usize) {
        let cells = self.rows.get_mut(row).map(|row| &mut row.cells);
        if let Some(cell) = cells.and_then(|cells| cells.get_mut(column)) {
            *cell = Shown::TooFew;
        }
    }

    /// The table with only one of its columns, and the totals.
    #[must_use]
    pub fn only(self, column: usize) -> Self {
        let one = |row: ShownRow| ShownRow {
            cells: vec![row.cell(column)],
            total: row.total,
        };
        Self {
            bases: one(self.bases),
            rows: self.rows.into_iter().map(one).collect(),
        }
    }
}

/// A table as an access level may see it: first each count on its own with [`staff`], then whatever the sums would
/// reveal.
///
/// `parents` gives the sizes of the sets that a cell was narrowed from, besides its base and its row's total. The row
/// is `None` for the bases, and the column after the last is the total.
pub fn show_table(
    level: AccessLevel,
    layout: Layout,
    bases: &TrueRow,
    rows: &[TrueRow],
    parents: impl Fn(Option<usize>, usize) -> Vec<u64>,
) -> ShownTable {
    let shown_bases = show_bases(level, layout, bases, |column| parents(None, column));
    let cells = rows.iter().enumerate().map(|(place, row)| {
        let parents = |column| parents(Some(place), column);
        show_cells(level, row, &shown_bases, bases.total, parents)
    });
    let mut table = Table {
        layout,
        rows: cells.collect(),
        bases: shown_bases.clone(),
        totals_shared: layout == Layout::BothWays,
    };
    if layout == Layout::BothWays {
        // Totals first, on their own, so that every table of these rows hides the same ones whatever its columns.
        protect_totals(&mut table);
        hide_cells_of_hidden_totals(&mut table);
    }
    table.protect();
    ShownTable {
        bases: shown(&shown_bases),
        rows: table.rows.iter().map(|row| shown(row)).collect(),
    }
}

/// The counts of a row, with its total last.
fn counts(row: &TrueRow) -> impl Iterator<Item = u64> {
    row.cells.iter().copied().chain([row.total])
}

/// A count on its own, as a part of its base and of the other sets that it was narrowed from.
fn show_alone(level: AccessLevel, count: u64, base: u64, mut parents: Vec<u64>) -> Cell {
    parents.push(base);
    let told = match level.show(count, &parents) {
        Shown::Count(_) => Told::Exactly,
        Shown::TooFew => Told::Nothing,
    };
    Cell { count, base, told }
}

/// The bases of a table, as parts of everyone.
fn show_bases(
    level: AccessLevel,
    layout: Layout,
    bases: &TrueRow,
    parents: impl Fn(usize) -> Vec<u64>,
) -> Vec<Cell> {
    let everyone = bases.total;
    let known = |count: u64| Cell {
        count,
        base: everyone,
        told: Told::Exactly,
    };
    let cells = (0..)
        .zip(counts(bases))
        .map(|(column, base)| show_alone(level, base, everyone, parents(column)));
    let mut table = Table {
        layout: match layout {
            Layout::BothWays => Layout::Across,
            other => other,
        },
        rows: vec![cells.collect()],
        bases: counts(bases).map(known).collect(),
        totals_shared: false,
    };
    table.protect();
    table.rows.pop().unwrap_or_default()
}

/// The cells of a row, each on its own. A cell whose base is hidden is hidden too.
fn show_cells(
    level: AccessLevel,
    row: &TrueRow,
    bases: &[Cell],
    everyone: u64,
    parents: impl Fn(usize) -> Vec<u64>,
) -> Vec<Cell> {
    let cells = (0..).zip(counts(row)).zip(bases);
    let cells = cells.map(|((column, count), base)| {
        let mut parents = parents(column);
        if column < row.cells.len() {
            parents.push(row.total);
        }
        let mut cell = show_alone(level, count, base.count, parents);
        if base.told != Told::Exactly {
            cell.told = Told::Nothing;
            cell.base = everyone;
        }
        cell
    });
    cells.collect()
}

/// Hides every cell of a row whose total is hidden, so that no table gives a minimum for the total.
fn hide_cells_of_hidden_totals(table: &mut Table) {
    for row in &mut table.rows {
        if row.last().is_some_and(|total| total.told != Told::Exactly) {
            for cell in row.iter_mut() {
                cell.told = Told::Nothing;
            }
        }
    }
}

/// Where rows partition everyone, hides totals that subtraction from everyone would reveal.
fn protect_totals(table: &mut Table) {
    let totals = table.rows.iter().filter_map(|row| row.last());
    let line: Vec<Cell> = totals.chain(table.bases.last()).copied().collect();
    let open = |cell: &Cell| Cell {
        told: Told::Exactly,
        ..*cell
    };
    let mut alone = Table {
        layout: Layout::Across,
        bases: line.iter().map(open).collect(),
        rows: vec![line],
        totals_shared: false,
    };
    alone.protect();
    for (row, total) in table.rows.iter_mut().zip(alone.rows.into_iter().flatten()) {
        if let Some(cell) = row.last_mut() {
            cell.told = total.told;
        }
    }
}

fn shown(row: &[Cell]) -> ShownRow {
    let mut cells: Vec<Shown> = row
        .iter()
        .map(|cell| match cell.told {
            Told::Exactly => Shown::Count(cell.count),
            Told::Nothing => Shown::TooFew,
        })
        .collect();
    let total = cells.pop().unwrap_or(Shown::TooFew);
    ShownRow { cells, total }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{AccountId, Grant, GrantId};

    fn account(role: Role, scope: Scope) -> Account {
        Account {
            id: AccountId::new(),
            email: "a@b.example".to_owned(),
            name: "A".to_owned(),
            disabled: false,
            grants: vec![Grant {
                id: GrantId::new(),
                role,
                scope,
            }],
        }
    }

    fn table(level: AccessLevel, layout: Layout, bases: &[u64], rows: &[&[u64]]) -> ShownTable {
        let rows: Vec<TrueRow> = rows
            .iter()
            .map(|row| TrueRow::across(row.to_vec()))
            .collect();
        show_table(
            level,
            layout,
            &TrueRow::across(bases.to_vec()),
            &rows,
            |_, _| Vec::new(),
        )
    }

    fn counts(row: &ShownRow) -> Vec<Option<u64>> {
        row.cells.iter().map(|cell| cell.count()).collect()
    }

    #[test]
    fn planners_and_admins_see_rows_coders_see_comments_and_everyone_else_sees_protected_counts() {
        let (here, elsewhere) = (RoundId::new(), RoundId::new());
        let level = |role, scope| AccessLevel::of(&account(role, scope), &here);
        assert_eq!(level(Role::Planner, Scope::District), AccessLevel::Rows);
        assert_eq!(level(Role::Admin, Scope::District), AccessLevel::Rows);
        assert_eq!(
            level(Role::Planner, Scope::Round(here.clone())),
            AccessLevel::Rows
        );
        assert_eq!(
            level(Role::Planner, Scope::Round(elsewhere)),
            AccessLevel::Counts
        );
        assert_eq!(level(Role::Viewer, Scope::District), AccessLevel::Counts);
        let of_a_school = level(Role::Planner, Scope::School("oak".to_owned()));
        assert_eq!(of_a_school, AccessLevel::Counts);
        assert_eq!(level(Role::Coder, Scope::District), AccessLevel::Comments);
        assert_eq!(AccessLevel::Rows.show(3, &[4]), Shown::Count(3));
    }

    #[test]
    fn zero_and_five_or_more_are_shown_and_one_to_four_are_not() {
        let seen = |size| staff(size, &[]).count();
        assert_eq!(
            [seen(0), seen(1), seen(4), seen(5)],
            [Some(0), None, None, Some(5)]
        );
    }

    #[test]
    fn a_filtered_set_that_leaves_out_only_a_few_is_not_shown() {
        assert_eq!(staff(96, &[250, 100]), Shown::TooFew);
        assert_eq!(staff(95, &[250, 100]), Shown::Count(95));
        assert_eq!(staff(100, &[250, 100]), Shown::Count(100));
    }

    #[test]
    fn a_small_group_cannot_be_found_by_subtraction() {
        let shown = table(AccessLevel::Counts, Layout::Across, &[252, 84, 55, 3], &[]);
        assert_eq!(counts(&shown.bases), [Some(252), Some(84), None, None]);
        assert_eq!(shown.bases.total, Shown::Count(394));
    }

    #[test]
    fn the_answers_of_a_hidden_group_are_hidden_too() {
        let rows: [&[u64]; 2] = [&[200, 40, 3], &[52, 44, 0]];
        let shown = table(AccessLevel::Counts, Layout::BothWays, &[252, 84, 3], &rows);
        assert_eq!(counts(&shown.bases), [Some(252), None, None]);
        assert!(shown.rows.iter().all(|row| row.cells[2] == Shown::TooFew));
    }

    #[test]
    fn planners_see_the_whole_table() {
        let rows: [&[u64]; 2] = [&[200, 40, 3], &[52, 44, 0]];
        let shown = table(AccessLevel::Rows, Layout::BothWays, &[252, 84, 3], &rows);
        assert_eq!(counts(&shown.rows[0]), [Some(200), Some(40), Some(3)]);
    }
}
