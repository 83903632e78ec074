//! Nobody can work out a suppressed count from what's published.

mod snapshots;

use chorus::tally::disclosure::{Column, Figure, Plan, PublicCell, Weight, classes};
use proptest::prelude::*;

use crate::support::{Layout, PublicRow, Reader};

fn columns(bases: &[u64]) -> Vec<Column> {
    let column = |(place, base): (usize, &u64)| Column {
        keys: vec![format!("group-{place}")],
        base: *base,
    };
    bases.iter().enumerate().map(column).collect()
}

/// The true counts of a row.
#[derive(Clone, Debug)]
struct TrueRow {
    cells: Vec<u64>,
    total: u64,
}

impl TrueRow {
    /// A row whose total is the sum of its cells.
    fn across(cells: Vec<u64>) -> Self {
        let total = cells.iter().sum();
        Self { cells, total }
    }
}

/// A table with its true counts.
#[derive(Clone, Debug)]
struct Truth {
    layout: Layout,
    columns: Vec<Column>,
    base: u64,
    rows: Vec<TrueRow>,
}

impl Truth {
    /// The table as an edition shows it.
    fn published(&self) -> Vec<PublicRow> {
        let mut plan = Plan::default();
        let sizes = self.columns.iter().map(|column| column.base);
        let bases: Vec<Figure> = sizes
            .chain([self.base])
            .map(|size| plan.figure(Weight::Base, size, size, &[]))
            .collect();
        let rows: Vec<Vec<Figure>> = self
            .rows
            .iter()
            .map(|row| self.plan_row(&mut plan, &bases, row))
            .collect();
        if self.layout == Layout::BothWays {
            for (at, base) in bases.iter().enumerate() {
                let down: Vec<Figure> = rows.iter().map(|row| row[at]).collect();
                plan.adds_up(&down, *base);
            }
        }
        assert!(plan.settle(), "classes of ten people can be protected");
        let shown = self.rows.iter().zip(&rows).map(|(row, figures)| {
            let counts = row.cells.iter().chain([&row.total]).zip(figures);
            let mut cells: Vec<PublicCell> = counts
                .map(|(count, figure)| PublicCell::told(plan.told(*figure), *count))
                .collect();
            let total = cells.pop().unwrap();
            PublicRow { cells, total }
        });
        shown.collect()
    }

    fn plan_row(&self, plan: &mut Plan, bases: &[Figure], row: &TrueRow) -> Vec<Figure> {
        let sizes = self
            .columns
            .iter()
            .map(|column| column.base)
            .chain([self.base]);
        let counts = row.cells.iter().chain([&row.total]).zip(sizes).zip(bases);
        let figures: Vec<Figure> = counts
            .enumerate()
            .map(|(at, ((count, size), base))| {
                let is_total = at == row.cells.len();
                let weight = if is_total {
                    Weight::Total
                } else {
                    Weight::Cell
                };
                let figure = plan.figure(weight, *count, size, &[]);
                plan.of_class(figure, *base);
                figure
            })
            .collect();
        let (total, cells) = figures.split_last().unwrap();
        if self.layout == Layout::Overlapping {
            for cell in cells {
                plan.within(*cell, *total);
            }
            plan.union(*total, cells);
        } else {
            plan.adds_up(cells, *total);
        }
        figures
    }

    /// Every count, including totals, with its base, what's published, and its number in the reader's equations.
    fn read_by(&self, reader: &mut Reader) -> Vec<Printed> {
        let published = self.published();
        let known = reader.read(self.layout, &self.columns, self.base, &published);
        let bases: Vec<u64> = self.columns.iter().map(|column| column.base).collect();
        let rows = self.rows.iter().zip(&published).zip(known);
        let cells = rows.flat_map(|((row, published), known)| {
            let counts = row.cells.iter().chain([&row.total]);
            let bases = bases.iter().chain([&self.base]);
            let cells = published.cells.iter().chain([&published.total]);
            let printed = counts.zip(bases).zip(cells).zip(known);
            printed
                .map(|(((count, base), cell), known)| Printed {
                    count: *count,
                    base: *base,
                    cell: *cell,
                    known,
                })
                .collect::<Vec<_>>()
        });
        cells.collect()
    }
}

struct Printed {
    count: u64,
    base: u64,
    cell: PublicCell,
    known: usize,
}

/// Whether a number of people is small enough to identify someone.
fn few(size: u64) -> bool {
    (1..=4).contains(&size)
}

/// Counts as they occur in practice: often a few, often nearly all, sometimes in between.
fn count_of(base: u64) -> impl Strategy<Value = u64> {
    prop_oneof![0..=base.min(6), base.saturating_sub(6)..=base, 0..=base]
}

fn bases() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(prop_oneof![10..30_u64, 10..300_u64], 1..6)
}

/// Themes or checkboxes: a row counts the people of each group who are in it.
fn across() -> impl Strategy<Value = Truth> {
    let rows = |bases: Vec<u64>| {
        let row: Vec<_> = bases.iter().map(|base| count_of(*base)).collect();
        prop::collection::vec(row, 1..5).prop_map(move |rows| Truth {
            layout: Layout::Across,
            columns: columns(&bases),
            base: bases.iter().sum(),
            rows: rows.into_iter().map(TrueRow::across).collect(),
        })
    };
    bases().prop_flat_map(rows)
}

/// A single choice: everyone in a group is in exactly one row.
fn both_ways() -> impl Strategy<Value = Truth> {
    let table = (1..5_usize, 2..6_usize).prop_flat_map(|(columns, rows)| {
        let count = prop_oneof![3 => 0..6_u64, 2 => 0..40_u64];
        prop::collection::vec(prop::collection::vec(count, rows), columns)
    });
    table.prop_map(|mut by_column| {
        for column in &mut by_column {
            // A published column has at least ten people.
            let missing = 10_u64.saturating_sub(column.iter().sum());
            column[0] += missing;
        }
        let bases: Vec<u64> = by_column.iter().map(|column| column.iter().sum()).collect();
        let row =
            |place: usize| TrueRow::across(by_column.iter().map(|column| column[place]).collect());
        Truth {
            layout: Layout::BothWays,
            base: bases.iter().sum(),
            columns: columns(&bases),
            rows: (0..by_column[0].len()).map(row).collect(),
        }
    })
}

/// Schools: people can choose several, and the total counts each person once.
fn overlapping() -> impl Strategy<Value = Truth> {
    let people = prop::collection::vec((1..16_u8, 0..8_u8), 40..120);
    people.prop_map(|people| {
        let school = |person: &(u8, u8), at: usize| person.0 >> at & 1 == 1;
        let all: Vec<u64> = (0..4)
            .map(|at| people.iter().filter(|person| school(person, at)).count() as u64)
            .collect();
        let kept: Vec<usize> = (0..4).filter(|at| all[*at] >= 10).collect();
        let row = |choice: u8| {
            let chose: Vec<_> = people.iter().filter(|person| person.1 == choice).collect();
            let cells = kept
                .iter()
                .map(|at| chose.iter().filter(|it| school(it, *at)).count() as u64);
            TrueRow {
                cells: cells.collect(),
                total: chose.len() as u64,
            }
        };
        Truth {
            layout: Layout::Overlapping,
            base: people.len() as u64,
            columns: columns(&kept.iter().map(|at| all[*at]).collect::<Vec<_>>()),
            rows: (0..8).map(row).collect(),
        }
    })
}

fn any_table() -> impl Strategy<Value = Truth> {
    prop_oneof![across(), both_ways(), overlapping()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_count_of_one_to_four_people_or_of_all_but_them_is_printed_or_can_be_worked_out(
        tables in prop::collection::vec(any_table(), 1..4),
    ) {
        let mut reader = Reader::default();
        let printed: Vec<Printed> = tables.iter().flat_map(|table| table.read_by(&mut reader)).collect();
        reader.work_out();
        for Printed { count, base, cell, known } in printed {
            if few(count) || few(base - count) {
                prop_assert!(!matches!(cell, PublicCell::Exact(_)), "{count} of {base}");
                prop_assert!(reader.values(known) > 5, "{count} of {base}: {:?}", reader.range(known));
            }
        }
    }

    #[test]
    fn every_printed_count_is_true(table in any_table()) {
        for Printed { count, base, cell, .. } in table.read_by(&mut Reader::default()) {
            match cell {
                PublicCell::Exact(printed) => prop_assert_eq!(printed, count),
                PublicCell::Few => prop_assert!(count <= 5),
                PublicCell::Hidden => {}
                other => prop_assert!(false, "{other:?} for {count} of {base}"),
            }
        }
    }

    #[test]
    fn classes_have_everybody_once_and_at_least_ten_people_each(sizes in prop::collection::vec(0..40_u64, 0..8)) {
        let groups: Vec<Column> = (0..)
            .zip(&sizes)
            .map(|(at, size): (u8, _)| Column { keys: vec![at.to_string()], base: *size })
            .collect();
        let found = classes(&groups, &[], 10).columns;
        let everybody: u64 = sizes.iter().sum();
        if everybody < 10 {
            prop_assert!(found.is_empty());
        } else {
            prop_assert_eq!(found.iter().map(|column| column.base).sum::<u64>(), everybody);
            let mut keys: Vec<&String> = found.iter().flat_map(|column| &column.keys).collect();
            keys.sort_unstable();
            let people = groups.iter().filter(|group| group.base > 0);
            let mut met: Vec<&String> = people.flat_map(|group| &group.keys).collect();
            met.sort_unstable();
            prop_assert_eq!(keys, met);
            for column in &found {
                prop_assert!(column.base >= 10);
                prop_assert_eq!(column.sum(|key| sizes[key.parse::<usize>().unwrap()]), column.base);
            }
        }
    }

    /// Two editions side by side: no class differs by one to four people.
    #[test]
    fn no_class_tells_how_few_people_came_or_went_since_the_last_edition(
        sizes in prop::collection::vec((5..60_u64, -6..12_i64), 1..7),
    ) {
        let column = |at: usize, base: u64| Column { keys: vec![at.to_string()], base };
        let before: Vec<Column> = sizes.iter().enumerate().map(|(at, (base, _))| column(at, *base)).collect();
        let now: Vec<Column> = sizes
            .iter()
            .enumerate()
            .map(|(at, (base, change))| column(at, base.saturating_add_signed(*change)))
            .collect();
        let first = classes(&before, &[], 10);
        let second = classes(&now, &first.columns, 10);
        for column in &second.columns {
            let same: Vec<&Column> = first
                .columns
                .iter()
                .filter(|before| before.keys.iter().any(|key| column.keys.contains(key)))
                .collect();
            let before: u64 = same.iter().map(|before| before.base).sum();
            prop_assert!(before == 0 || !few(column.base.abs_diff(before)), "{first:?} then {second:?}");
        }
    }
}

#[test]
fn the_test_s_reader_works_out_a_single_hidden_count() {
    let mut reader = Reader::default();
    let rows = [PublicRow {
        cells: vec![PublicCell::Hidden, PublicCell::Exact(40)],
        total: PublicCell::Exact(43),
    }];
    let counts = reader.read(Layout::Across, &columns(&[30, 90]), 120, &rows);
    reader.work_out();
    assert_eq!(reader.range(counts[0][0]), (3, 3));
}

/// No single row or column reveals the count; only adding several equations does.
#[test]
fn the_test_s_reader_works_out_a_count_that_joins_two_hidden_squares() {
    let truth = [
        [4, 6, 9, 10],
        [3, 7, 10, 10],
        [10, 10, 5, 2],
        [10, 10, 8, 4],
    ];
    let open = |row: usize, at: usize| (row < 2) != (at < 2) && (row, at) != (0, 2);
    let bases: Vec<u64> = (0..4)
        .map(|at| truth.iter().map(|row| row[at]).sum())
        .collect();
    let rows: Vec<PublicRow> = (0..4)
        .map(|row| PublicRow {
            cells: (0..4)
                .map(|at| {
                    if open(row, at) {
                        PublicCell::Exact(truth[row][at])
                    } else {
                        PublicCell::Hidden
                    }
                })
                .collect(),
            total: PublicCell::Exact(truth[row].iter().sum()),
        })
        .collect();
    let mut reader = Reader::default();
    let counts = reader.read(
        Layout::BothWays,
        &columns(&bases),
        bases.iter().sum(),
        &rows,
    );
    reader.work_out();
    assert_eq!(reader.range(counts[0][2]), (9, 9));
}
