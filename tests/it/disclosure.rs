//! Nobody can work out a suppressed count from what's published.

mod snapshots;

use chorus::tally::disclosure::{
    AccessLevel, Column, Figure, Layout, Plan, PublicCell, Shape, Shown, ShownTable, TrueRow,
    Weight, classes, show_counts, show_table,
};
use proptest::prelude::*;

use crate::support::{PublicRow, Reader};

fn columns(bases: &[u64]) -> Vec<Column> {
    let column = |(place, base): (usize, &u64)| Column {
        keys: vec![format!("group-{place}")],
        base: *base,
    };
    bases.iter().enumerate().map(column).collect()
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

/// Like [`both_ways`] with groups of any size, or like [`overlapping`].
fn small_table() -> impl Strategy<Value = Truth> {
    let shares = (1..5_usize, 1..5_usize).prop_flat_map(|(columns, rows)| {
        let count = prop_oneof![3 => 0..6_u64, 2 => 0..40_u64];
        prop::collection::vec(prop::collection::vec(count, rows), columns)
    });
    let shares = shares.prop_map(|by_column| {
        let bases: Vec<u64> = by_column.iter().map(|column| column.iter().sum()).collect();
        let row =
            |place: usize| TrueRow::across(by_column.iter().map(|column| column[place]).collect());
        Truth {
            layout: Layout::BothWays,
            base: bases.iter().sum(),
            columns: columns(&bases),
            rows: (0..by_column[0].len()).map(row).collect(),
        }
    });
    prop_oneof![shares, overlapping()]
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

    /// Small group sizes are hidden in these tables too.
    #[test]
    fn staff_who_only_see_counts_cannot_work_out_hidden_ones(table in small_table()) {
        let bases = TrueRow { cells: table.columns.iter().map(|column| column.base).collect(), total: table.base };
        let shown = show_table(AccessLevel::Counts, table.layout, &bases, &table.rows, |_, _| Vec::new());
        let mut reader = Reader::default();
        let known = reader.read_shown(table.layout, &shown);
        reader.work_out();
        let truth = [&bases].into_iter().chain(&table.rows);
        for (row, known) in truth.zip(known) {
            let counts = row.cells.iter().chain([&row.total]).zip(bases.cells.iter().chain([&bases.total]));
            for ((count, base), known) in counts.zip(known) {
                let (low, high) = reader.range(known);
                prop_assert!((low..=high).contains(&i128::from(*count)));
                if few(*count) || (few(base - count) && !few(*base)) {
                    prop_assert!(high - low >= 2, "{count} of {base}: {low} to {high}");
                }
            }
        }
        for (row, line) in table.rows.iter().zip(&shown.rows) {
            for (count, cell) in row.cells.iter().zip(&line.cells) {
                prop_assert!(*cell == Shown::TooFew || *cell == Shown::Count(*count));
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

/// A table of everyone's answers split in one way, with what staff see of it.
struct OneWay {
    name: &'static str,
    must_answer: bool,
    shape: Shape,
    bases: TrueRow,
    rows: Vec<TrueRow>,
    shown: ShownTable,
}

impl OneWay {
    /// `people` has, for each person, their rows and columns as bits.
    fn of(people: &[(u16, u8)], kind: &Kind, columns_overlap: bool) -> Self {
        let shape = Shape {
            columns_overlap,
            rows_share: kind.share,
        };
        let used: Vec<usize> = (0..8)
            .filter(|at| people.iter().any(|person| person.1 >> at & 1 == 1))
            .collect();
        let row = |is_in: &dyn Fn(u16) -> bool| {
            let all: Vec<_> = people.iter().filter(|person| is_in(person.0)).collect();
            let cells = used
                .iter()
                .map(|at| all.iter().filter(|it| it.1 >> at & 1 == 1).count() as u64);
            TrueRow {
                cells: cells.collect(),
                total: all.len() as u64,
            }
        };
        let bases = row(&|_| true);
        let rows: Vec<TrueRow> = (0..kind.rows)
            .map(|place| row(&|chosen| chosen >> place & 1 == 1))
            .collect();
        let shown = show_counts(AccessLevel::Counts, shape, &bases, &rows, |_, _| Vec::new());
        // Results of required questions are shown this way.
        let shown = if kind.must_answer && !kind.share {
            shown.without_nobody()
        } else {
            shown
        };
        Self {
            name: kind.name,
            must_answer: kind.must_answer,
            shape,
            bases,
            rows,
            shown,
        }
    }

    /// Adds what's shown to the reader's equations: bases first, then rows, each with its total last.
    fn read_by(&self, reader: &mut Reader) -> Vec<Vec<usize>> {
        let many = 1_000_000;
        let lines = [&self.shown.bases].into_iter().chain(&self.shown.rows);
        let lines: Vec<Vec<usize>> = lines
            .map(|line| {
                let cells = line.cells.iter().chain([&line.total]);
                cells
                    .map(|cell| match cell {
                        Shown::Count(count) => reader.note(*count, *count),
                        Shown::TooFew => reader.note(0, many),
                    })
                    .collect()
            })
            .collect();
        for line in &lines {
            let (total, cells) = line.split_last().unwrap();
            if self.shape.columns_overlap {
                let (twice, sum) = (reader.note(0, many), reader.note(0, many));
                reader.adds_up(&[*total, twice], sum);
                reader.adds_up(cells, sum);
            } else {
                reader.adds_up(cells, *total);
            }
        }
        for (place, base) in lines[0].iter().enumerate() {
            let down: Vec<usize> = lines[1..].iter().map(|line| line[place]).collect();
            if self.shape.rows_share {
                reader.adds_up(&down, *base);
                continue;
            }
            for row in &down {
                let rest = reader.note(0, many);
                reader.adds_up(&[*row, rest], *base);
            }
            if self.must_answer {
                // Everyone is in at least one row.
                let (twice, sum) = (reader.note(0, many), reader.note(0, many));
                reader.adds_up(&[*base, twice], sum);
                reader.adds_up(&down, sum);
            }
        }
        lines
    }

    /// Fails if a count that identifies someone has fewer than three possible values.
    fn check(&self, reader: &Reader, known: &[Vec<usize>]) -> Result<(), TestCaseError> {
        let truth = [&self.bases].into_iter().chain(&self.rows);
        for (row, known) in truth.zip(known) {
            let bases = self.bases.cells.iter().chain([&self.bases.total]);
            let counts = row.cells.iter().chain([&row.total]).zip(bases);
            for ((count, base), known) in counts.zip(known) {
                let (low, high) = reader.range(*known);
                prop_assert!((low..=high).contains(&i128::from(*count)));
                if few(*count) || (few(base - count) && !few(*base)) {
                    prop_assert!(
                        high - low >= 2,
                        "{}: {count} of {base}: {low} to {high}: {:?}",
                        self.name,
                        self.shown
                    );
                }
            }
        }
        Ok(())
    }
}

/// One person: their answers to each question, group, language, and schools as bits.
type Person = (Answers, usize, usize, u8);

/// For each kind of question, the rows of its table that the person is in, as bits.
type Answers = [u16; KINDS.len()];

/// The kinds of question, by the shape of their tables.
const KINDS: [Kind; 6] = [
    Kind::share("one of several, yes or no, what was put first", 5),
    Kind::share("a scale that may not apply, or a row of a matrix", 7),
    Kind::share("the classes of a number, the years of a day", 10),
    Kind::share("a box to tick for who agrees", 2),
    Kind::boxes("points, or several of several", 4, false),
    Kind::boxes("several of several, where one is needed", 4, true),
];

struct Kind {
    name: &'static str,
    /// How many rows the table has. If rows are exclusive, one of them is for no answer.
    rows: usize,
    /// Whether everyone is in exactly one row.
    share: bool,
    /// Whether everyone is in at least one row.
    must_answer: bool,
}

impl Kind {
    const fn share(name: &'static str, rows: usize) -> Self {
        Self {
            name,
            rows,
            share: true,
            must_answer: true,
        }
    }

    const fn boxes(name: &'static str, rows: usize, must_answer: bool) -> Self {
        Self {
            name,
            rows,
            share: false,
            must_answer,
        }
    }
}

/// An answer to a question of this kind: mostly the first rows, rarely the rest.
fn answer(kind: &Kind) -> BoxedStrategy<u16> {
    let rows = kind.rows;
    let one = prop_oneof![6 => 0..2_usize, 1 => 0..rows].prop_map(|row| 1_u16 << row);
    if kind.share {
        one.boxed()
    } else {
        let least = u16::from(kind.must_answer);
        prop_oneof![4 => one, 2 => least..1_u16 << rows, 1 => Just(least)].boxed()
    }
}

/// People of whom only a few chose some options, belong to some groups, or speak the second language.
fn surveyed() -> impl Strategy<Value = Vec<Person>> {
    let answers = KINDS.each_ref().map(answer);
    let group = prop_oneof![8 => Just(0), 3 => Just(1), 1 => Just(2)];
    let language = prop_oneof![7 => Just(0), 1 => Just(1), 1 => Just(2)];
    let schools = prop_oneof![6 => Just(1), 3 => Just(2), 2 => Just(3), 1 => 1..8_u8];
    prop::collection::vec((answers, group, language, schools), 12..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A viewer opens the results of two questions, split by group, by language, and by school. That's three tables for
    /// each question, and everyone was asked both.
    #[test]
    fn nobody_who_opens_every_view_can_work_out_a_count_that_one_of_them_hides(
        people in surveyed(),
        kinds in prop::sample::subsequence((0..KINDS.len()).collect::<Vec<_>>(), 2),
    ) {
        let told = |kind: usize, column: &dyn Fn(&Person) -> u8, overlap| {
            let people: Vec<(u16, u8)> = people.iter().map(|it| (it.0[kind], column(it))).collect();
            OneWay::of(&people, &KINDS[kind], overlap)
        };
        let views = |kind: usize| {
            [
                told(kind, &|it| 1 << it.1, false),
                told(kind, &|it| 1 << it.2, false),
                told(kind, &|it| it.3, true),
            ]
        };
        let tables: Vec<[OneWay; 3]> = kinds.iter().map(|kind| views(*kind)).collect();
        let mut reader = Reader::default();
        let known: Vec<Vec<_>> = tables
            .iter()
            .map(|views| views.iter().map(|table| table.read_by(&mut reader)).collect())
            .collect();
        for views in &known {
            for other in &views[1..] {
                for (line, first) in other.iter().zip(&views[0]) {
                    reader.adds_up(&line[line.len() - 1..], first[first.len() - 1]);
                }
            }
        }
        // Both questions were asked of the same people.
        for (one, other) in known[0].iter().zip(&known[1]) {
            for (base, same) in one[0].iter().zip(&other[0]) {
                reader.adds_up(&[*base], *same);
            }
        }
        reader.work_out();
        for (table, known) in tables.iter().flatten().zip(known.iter().flatten()) {
            table.check(&reader, known)?;
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
