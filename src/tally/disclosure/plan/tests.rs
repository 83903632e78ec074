use std::ops::RangeInclusive;

use proptest::prelude::*;

use super::entry::Reader;
use super::{Figure, Plan, Told, Weight, solve};

/// A table with one answer a person: cells by row and class, totals, and the sizes of the classes.
struct Table {
    plan: Plan,
    cells: Vec<Vec<Figure>>,
    totals: Vec<Figure>,
}

fn table(rows: &[Vec<u64>], earlier: Option<&[Vec<u64>]>) -> Table {
    let mut plan = Plan::default();
    let columns = rows[0].len();
    let base = |rows: &[Vec<u64>], at: usize| rows.iter().map(|row| row[at]).sum::<u64>();
    let all: u64 = rows.iter().flatten().sum();
    let bases: Vec<Figure> = (0..columns)
        .map(|at| match earlier {
            // A class that has changed by one stays as it was.
            Some(earlier) => {
                let before = [base(earlier, at)];
                plan.figure(Weight::Total, base(rows, at), all, &before)
            }
            None => plan.figure(Weight::Base, base(rows, at), all, &[]),
        })
        .collect();
    let mut cells = Vec::new();
    let mut totals = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let before = earlier.map(|earlier| &earlier[place]);
        let line: Vec<Figure> = (0..columns)
            .map(|at| {
                let size = base(rows, at);
                let before = before.map(|before| before[at]).filter(|count| *count > 5);
                let cell = plan.figure(Weight::Cell, row[at], size, before.as_slice());
                if row[at] == size && size > 0 {
                    plan.guard(cell);
                }
                cell
            })
            .collect();
        let total = row.iter().sum();
        let before = before
            .map(|before| before.iter().sum())
            .filter(|count| *count > 5);
        let total = plan.figure(Weight::Total, total, all, before.as_slice());
        plan.adds_up(&line, total);
        cells.push(line);
        totals.push(total);
    }
    for (at, base) in bases.iter().enumerate() {
        let down: Vec<Figure> = cells.iter().map(|line| line[at]).collect();
        plan.adds_up(&down, *base);
    }
    Table {
        plan,
        cells,
        totals,
    }
}

fn shown(table: &Table) -> Vec<Vec<Option<u64>>> {
    let told = |figure: &Figure| match table.plan.told(*figure) {
        Told::Exactly => Some(table.plan.truth(*figure)),
        Told::Earlier(count) => Some(count),
        Told::Few | Told::Nothing => None,
    };
    let lines = table.cells.iter().zip(&table.totals);
    lines
        .map(|(line, total)| line.iter().chain([total]).map(told).collect())
        .collect()
}

#[test]
fn a_table_without_small_counts_is_shown_whole() {
    let mut table = table(&[vec![20, 30], vec![12, 9], vec![7, 0]], None);
    assert!(table.plan.settle());
    assert_eq!(
        shown(&table),
        [
            [Some(20), Some(30), Some(50)],
            [Some(12), Some(9), Some(21)],
            [Some(7), None, Some(7)]
        ]
    );
}

#[test]
fn a_small_count_is_hidden_inside_a_rectangle_of_hidden_counts() {
    let mut table = table(&[vec![3, 40, 50], vec![17, 20, 9], vec![10, 40, 70]], None);
    assert!(table.plan.settle());
    let hidden: Vec<usize> = shown(&table)
        .iter()
        .map(|row| row.iter().filter(|cell| cell.is_none()).count())
        .collect();
    assert!(hidden.iter().sum::<usize>() <= 5, "{:?}", shown(&table));
    assert!(
        table
            .totals
            .iter()
            .all(|total| table.plan.told(*total) == Told::Exactly)
    );
}

#[test]
fn an_answer_that_everyone_of_a_class_gave_is_hidden() {
    let mut table = table(&[vec![12, 40], vec![0, 60], vec![0, 30]], None);
    assert!(table.plan.settle());
    assert_eq!(table.plan.told(table.cells[0][0]), Told::Nothing);
}

#[test]
fn those_of_a_class_who_did_not_say_it_are_protected_too() {
    let mut plan = Plan::default();
    let class = plan.figure(Weight::Base, 30, 30, &[]);
    let all_but_three = plan.figure(Weight::Cell, 27, 30, &[]);
    plan.of_class(all_but_three, class);
    assert!(plan.settle());
    assert_eq!(plan.told(all_but_three), Told::Nothing);
}

#[test]
fn a_base_that_differs_by_one_is_not_shown_next_to_a_hidden_cell() {
    // 395 of one group next to a hidden count of another, and a sentence “of 396 voices”.
    let mut plan = Plan::default();
    let all = plan.figure(Weight::Total, 396, 396, &[]);
    let (group, other) = (
        plan.figure(Weight::Cell, 395, 396, &[]),
        plan.figure(Weight::Cell, 1, 396, &[]),
    );
    plan.adds_up(&[group, other], all);
    assert!(plan.settle());
    assert_ne!(plan.told(other), Told::Exactly);
    assert!(
        [all, group]
            .iter()
            .any(|figure| plan.told(*figure) == Told::Nothing)
    );
}

#[test]
fn the_answer_of_one_more_person_cannot_be_subtracted_from_an_earlier_edition() {
    let before = vec![vec![20, 30], vec![12, 9]];
    let mut table = table(&[vec![20, 30], vec![12, 10]], Some(&before));
    assert!(table.plan.settle());
    assert_eq!(table.plan.told(table.cells[1][1]), Told::Earlier(9));
    assert_eq!(table.plan.told(table.totals[1]), Told::Earlier(21));
    // What hasn't changed looks the same as what stays.
    assert_eq!(table.plan.told(table.cells[0][0]), Told::Earlier(20));
}

#[test]
fn a_change_of_one_is_not_what_is_left_of_a_larger_one() {
    // Six more in one class and one more in the other: the total alone would tell.
    let before = vec![vec![20, 30], vec![30, 40]];
    let mut table = table(&[vec![26, 31], vec![30, 40]], Some(&before));
    assert!(table.plan.settle());
    assert_eq!(table.plan.told(table.cells[0][1]), Told::Earlier(30));
    let known = [table.cells[0][0], table.totals[0]].map(|figure| table.plan.told(figure));
    assert!(known.iter().any(|told| *told != Told::Exactly), "{known:?}");
}

#[test]
fn what_stays_of_a_sum_does_not_show_a_change_of_one_together() {
    let mut plan = Plan::default();
    let mut figure = |now, before| plan.figure(Weight::Cell, now, 200, &[before]);
    let parts = [figure(26, 20), figure(31, 30), figure(10, 10)];
    let total = plan.figure(Weight::Total, 67, 600, &[60]);
    plan.adds_up(&parts, total);
    assert!(plan.settle());
    // 67 − 26 would be 41, after 40.
    let exact = [parts[0], total].map(|figure| plan.told(figure) == Told::Exactly);
    assert!(exact.contains(&false), "{exact:?}");
    assert_eq!(plan.told(parts[1]), Told::Earlier(30));
}

#[test]
fn a_number_that_an_earlier_edition_shows_is_nearly_known_where_it_is_hidden() {
    // Six and twelve became one and twelve: hiding the twelve protects nothing from a reader who has seen it.
    let mut plan = Plan::default();
    let few = plan.figure(Weight::Cell, 1, 25, &[6]);
    let other = plan.figure(Weight::Cell, 12, 40, &[12]);
    let total = plan.figure(Weight::Total, 13, 65, &[18]);
    plan.adds_up(&[few, other], total);
    assert!(plan.settle());
    let (low, high) = solve::Known::new(plan.entries.len()).possible(&plan, Reader::Trusting, 0);
    assert!(high - low >= 5, "{low} to {high}");
}

#[test]
fn a_number_far_from_its_earlier_value_is_never_printed_as_the_earlier_one() {
    let mut plan = Plan::default();
    let parts = [
        plan.figure(Weight::Cell, 126, 200, &[20]),
        plan.figure(Weight::Cell, 31, 90, &[30]),
    ];
    let total = plan.figure(Weight::Total, 157, 290, &[50]);
    plan.adds_up(&parts, total);
    assert!(plan.settle());
    for figure in [parts[0], total] {
        assert!(!matches!(plan.told(figure), Told::Earlier(_)));
    }
}

#[test]
fn any_earlier_edition_can_be_subtracted_not_only_the_last() {
    let mut plan = Plan::default();
    let theme = plan.figure(Weight::Total, 22, 100, &[20, 30]);
    assert!(plan.settle());
    assert_eq!(plan.told(theme), Told::Earlier(20));
}

/// What is printed for the cells of each row and its total, as the counts that it can stand for.
fn printed(table: &Table) -> Vec<Vec<RangeInclusive<u64>>> {
    let told = |figure: &Figure| match table.plan.told(*figure) {
        Told::Exactly => table.plan.truth(*figure)..=table.plan.truth(*figure),
        Told::Earlier(count) => count..=count,
        Told::Few => 0..=5,
        Told::Nothing => 0..=u64::MAX,
    };
    let lines = table.cells.iter().zip(&table.totals);
    lines
        .map(|(line, total)| line.iter().chain([total]).map(told).collect())
        .collect()
}

/// All tables of whole numbers with these sizes of classes that agree with what is printed, by brute force.
fn possible(rows: &[Vec<u64>], printed: &[Vec<RangeInclusive<u64>>]) -> Vec<Vec<(u64, u64)>> {
    let columns = rows[0].len();
    let sizes: Vec<u64> = (0..columns)
        .map(|at| rows.iter().map(|row| row[at]).sum())
        .collect();
    let mut found: Vec<Vec<Option<(u64, u64)>>> = vec![vec![None; columns]; rows.len()];
    let mut table = vec![vec![0; columns]; rows.len()];
    fill(&mut table, 0, &sizes, printed, &mut found);
    found
        .into_iter()
        .map(|row| {
            row.into_iter()
                .map(|range| range.expect("the true table agrees"))
                .collect()
        })
        .collect()
}

fn fill(
    table: &mut Vec<Vec<u64>>,
    place: usize,
    sizes: &[u64],
    printed: &[Vec<RangeInclusive<u64>>],
    found: &mut [Vec<Option<(u64, u64)>>],
) {
    let (columns, rows) = (sizes.len(), table.len());
    if place == rows * columns {
        let mut lines = table.iter().zip(printed);
        if lines.all(|(row, printed)| printed[columns].contains(&row.iter().sum())) {
            for (row, ranges) in table.iter().zip(found) {
                for (count, range) in row.iter().zip(ranges) {
                    let (low, high) = range.unwrap_or((*count, *count));
                    *range = Some((low.min(*count), high.max(*count)));
                }
            }
        }
        return;
    }
    // Column by column.
    let (column, row) = (place / rows, place % rows);
    let left = sizes[column] - (0..row).map(|above| table[above][column]).sum::<u64>();
    for count in (0..=left).filter(|count| printed[row][column].contains(count)) {
        if row + 1 == rows && count != left {
            continue;
        }
        table[row][column] = count;
        fill(table, place + 1, sizes, printed, found);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Somebody who lists every table that agrees with what is shown can't tell a count of one to four.
    #[test]
    fn no_small_count_can_be_worked_out_by_listing_all_tables(
        rows in (2..4_usize, 2..4_usize).prop_flat_map(|(rows, columns)| {
            prop::collection::vec(prop::collection::vec(0..9_u64, columns), rows)
        }),
    ) {
        let columns = rows[0].len();
        let sizes: Vec<u64> = (0..columns).map(|at| rows.iter().map(|row| row[at]).sum()).collect();
        prop_assume!(sizes.iter().all(|size| *size >= 5));
        let mut table = table(&rows, None);
        let safe = table.plan.settle();
        for (row, shown) in rows.iter().zip(shown(&table)) {
            for (count, shown) in row.iter().zip(shown) {
                prop_assert!(shown.is_none_or(|shown| shown == *count && shown > 5));
            }
        }
        if safe {
            let printed = printed(&table);
            for (row, ranges) in rows.iter().zip(possible(&rows, &printed)) {
                for (count, (low, high)) in row.iter().zip(ranges) {
                    let kept = (1..5).contains(count);
                    prop_assert!(!kept || high - low >= 5, "{low}..{high} for {count} in {printed:?}");
                }
            }
        }
    }
}
