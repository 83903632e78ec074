//! What the public sees: published tables with small columns folded, shares capped, and complements hidden.

use serde::{Deserialize, Serialize};

use super::table::{Cell, Layout, Table, Told, TrueRow};
use super::{BASE, FEW, VALUES};

/// A column of a published table: one group, or several that are too small on their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The keys of its groups. Several are printed as *others*, with their names.
    pub keys: Vec<String>,
    /// The number of people in it.
    pub base: u64,
}

impl Column {
    /// Adds up the counts of its groups.
    pub fn sum(&self, count: impl Fn(&str) -> u64) -> u64 {
        self.keys.iter().map(|key| count(key)).sum()
    }
}

/// A count as the public sees it. Stored in published snapshots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicCell {
    /// The exact count.
    Exact(u64),
    /// Less than 5% of the base.
    Below,
    /// More than 95% of the base.
    Above,
    /// A small count, or one that would reveal a small count.
    Hidden,
}

impl PublicCell {
    /// The range of counts that this cell can stand for, given the base.
    pub fn range(self, base: u64) -> (u64, u64) {
        match self {
            Self::Exact(count) => (count, count),
            Self::Below => (0, capped(base).saturating_sub(1)),
            Self::Above => ((base + 1).saturating_sub(capped(base)), base),
            Self::Hidden => (0, base),
        }
    }
}

/// A row as the public sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicRow {
    /// One cell per column.
    pub cells: Vec<PublicCell>,
    /// The cell for all columns together.
    pub total: PublicCell,
}

/// The columns that may be published for groups of these sizes, in the same order. Groups don't overlap; voices without
/// a group form a group of their own. Groups under [`BASE`] are folded into one column at the end and, if that's still
/// too small, into the smallest other column. With fewer than [`BASE`] people in all, there is nothing to publish.
pub fn fold(bases: &[(String, u64)]) -> Vec<Column> {
    let (large, small): (Vec<_>, Vec<_>) = bases
        .iter()
        .filter(|(_, base)| *base > 0)
        .partition(|(_, base)| *base >= BASE);
    let mut columns: Vec<Column> = large
        .into_iter()
        .map(|(key, base)| Column {
            keys: vec![key.clone()],
            base: *base,
        })
        .collect();
    let mut others = Column {
        keys: small.iter().map(|(key, _)| key.clone()).collect(),
        base: small.iter().map(|(_, base)| base).sum(),
    };
    if (1..BASE).contains(&others.base) {
        let smallest = (0..columns.len()).min_by_key(|place| columns.get(*place).map(|it| it.base));
        let Some(smallest) = smallest else {
            return Vec::new();
        };
        let mut taken = columns.remove(smallest);
        taken.keys.append(&mut others.keys);
        others = Column {
            keys: taken.keys,
            base: taken.base + others.base,
        };
    }
    columns.extend((others.base > 0).then_some(others));
    columns
}

/// The rows of a table as they may be published. `base` is the number of people in all columns, each counted once.
///
/// A count appears in only one table of a snapshot; everything else that shows it reuses that cell.
pub fn publish(layout: Layout, columns: &[Column], base: u64, rows: &[TrueRow]) -> Vec<PublicRow> {
    let mut bases: Vec<u64> = columns.iter().map(|column| column.base).collect();
    bases.push(base);
    let mut table = Table {
        layout,
        rows: rows
            .iter()
            .map(|row| {
                let counts = row.cells.iter().chain([&row.total]);
                counts
                    .zip(&bases)
                    .map(|(count, base)| first_told(*count, *base))
                    .collect()
            })
            .collect(),
        bases: bases
            .iter()
            .map(|base| Cell {
                count: *base,
                base: *base,
                told: Told::Exactly,
            })
            .collect(),
        totals_shared: false,
    };
    table.protect();
    let published = table.rows.iter().map(|row| {
        let mut cells: Vec<PublicCell> = row.iter().map(cell).collect();
        let total = cells.pop().unwrap_or(PublicCell::Hidden);
        PublicRow { cells, total }
    });
    published.collect()
}

/// How many values a capped share leaves: less than 5% of 252 is 0 to 12.
fn capped(base: u64) -> u64 {
    base.div_ceil(20)
}

/// What may be shown of a count on its own, before sums are considered.
fn first_told(count: u64, base: u64) -> Cell {
    let rest = base.saturating_sub(count);
    let width = capped(base);
    let told = if base < BASE || count > base {
        Told::Nothing
    } else if count < width && (count == 0 || width >= VALUES) {
        Told::Between(0, width - 1)
    } else if rest < width && (rest == 0 || width >= VALUES) {
        Told::Between(base + 1 - width, base)
    } else if count < FEW || rest < FEW {
        Told::Nothing
    } else {
        Told::Exactly
    };
    Cell { count, base, told }
}

fn cell(cell: &Cell) -> PublicCell {
    match cell.told {
        Told::Exactly => PublicCell::Exact(cell.count),
        Told::Between(0, _) => PublicCell::Below,
        Told::Between(..) => PublicCell::Above,
        Told::Nothing => PublicCell::Hidden,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bases(of: &[(&str, u64)]) -> Vec<(String, u64)> {
        of.iter()
            .map(|(key, base)| ((*key).to_owned(), *base))
            .collect()
    }

    fn columns(of: &[u64]) -> Vec<Column> {
        let column = |base: &u64| Column {
            keys: vec![format!("of {base}")],
            base: *base,
        };
        of.iter().map(column).collect()
    }

    fn across(of: &[u64], cells: &[u64]) -> PublicRow {
        let row = TrueRow::across(cells.to_vec());
        let mut rows = publish(Layout::Across, &columns(of), of.iter().sum(), &[row]);
        rows.remove(0)
    }

    use PublicCell::{Above, Below, Exact, Hidden};

    #[test]
    fn small_groups_are_combined() {
        let folded = fold(&bases(&[("families", 252), ("staff", 6), ("board", 7)]));
        assert_eq!(folded.len(), 2);
        assert_eq!(
            (folded[1].keys.join("+").as_str(), folded[1].base),
            ("staff+board", 13)
        );
    }

    #[test]
    fn a_combined_group_that_is_too_small_joins_the_smallest_group() {
        let folded = fold(&bases(&[
            ("families", 252),
            ("staff", 55),
            ("board", 7),
            ("guests", 0),
        ]));
        assert_eq!(folded[0].keys, ["families"]);
        assert_eq!(
            (folded[1].keys.join("+").as_str(), folded[1].base),
            ("staff+board", 62)
        );
    }

    #[test]
    fn with_fewer_than_ten_people_nothing_is_published() {
        assert!(fold(&bases(&[("families", 6), ("staff", 3)])).is_empty());
    }

    #[test]
    fn small_groups_without_a_large_one_become_a_single_column() {
        let folded = fold(&bases(&[("families", 6), ("staff", 4)]));
        assert_eq!((folded.len(), folded[0].base), (1, 10));
    }

    #[test]
    fn shares_are_capped_at_both_ends() {
        assert_eq!(
            across(&[200, 200, 100], &[7, 196, 50]).cells,
            [Below, Above, Exact(50)]
        );
    }

    #[test]
    fn a_small_count_is_hidden_with_its_smallest_neighbor() {
        let row = across(&[30, 80, 90], &[3, 20, 40]);
        assert_eq!(row.cells, [Hidden, Hidden, Exact(40)]);
        assert_eq!(row.total, Exact(63));
    }

    #[test]
    fn two_hidden_cells_protect_each_other() {
        let row = across(&[30, 30, 80, 90], &[3, 2, 20, 40]);
        assert_eq!(row.cells, [Hidden, Hidden, Exact(20), Exact(40)]);
    }

    #[test]
    fn hidden_cells_with_too_few_possible_values_hide_another_one() {
        // 1 + 1 = 2 leaves each count the values 0, 1, and 2; 1 plus less than 5% of 30 makes 1 leaves two values.
        let row = across(&[30, 30, 80], &[1, 1, 20]);
        assert_eq!(row.cells, [Hidden, Hidden, Exact(20)]);
        let row = across(&[30, 30, 80], &[1, 0, 20]);
        assert_eq!(row.cells, [Hidden, Below, Hidden]);
    }

    #[test]
    fn a_single_hidden_column_also_hides_its_total() {
        let row = across(&[30], &[3]);
        assert_eq!((row.cells[0], row.total), (Hidden, Hidden));
    }

    #[test]
    fn zero_in_a_group_is_shown_as_less_than_5_percent() {
        assert_eq!(across(&[30, 80, 90], &[0, 20, 40]).cells[0], Below);
    }

    #[test]
    fn a_count_of_all_but_a_few_is_hidden() {
        assert_eq!(across(&[30, 80, 90], &[27, 20, 40]).cells[0], Hidden);
    }

    #[test]
    fn if_columns_add_up_a_hidden_cell_is_part_of_a_hidden_rectangle() {
        let rows = [
            TrueRow::across(vec![3, 40]),
            TrueRow::across(vec![17, 20]),
            TrueRow::across(vec![10, 40]),
        ];
        let rows = publish(Layout::BothWays, &columns(&[30, 100]), 130, &rows);
        let hidden: Vec<Vec<bool>> = rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| *cell == Hidden).collect())
            .collect();
        assert_eq!(hidden, [[true, true], [true, true], [false, false]]);
        assert!(rows.iter().all(|row| matches!(row.total, Exact(_))));
    }

    #[test]
    fn a_published_row_reads_back_unchanged() {
        let row = across(&[30, 80, 200], &[3, 20, 197]);
        let frozen = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<PublicRow>(&frozen).unwrap(), row);
        assert!(frozen.contains(r#""hidden""#) && frozen.contains(r#""above""#));
    }
}
