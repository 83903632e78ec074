//! A reader of published tables who tries to find what is hidden. It shares no code with suppression: it takes bounds
//! from the printed words, makes every sum an equation, eliminates over whole numbers, and then pushes bounds through
//! every equation until nothing changes.

use chorus::tally::disclosure::{Column, PublicCell};

/// How a table's columns relate to its total, and its rows to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Each person is in exactly one column, so a row's cells add up to its total.
    Across,
    /// As `Across`, but each person is also in exactly one row, so a column's cells add up to its base.
    BothWays,
    /// A person can be in several columns, as with schools; the total counts each person once.
    Overlapping,
}

/// A row of a published table.
#[derive(Clone, Debug)]
pub(crate) struct PublicRow {
    /// One cell for each column.
    pub(crate) cells: Vec<PublicCell>,
    /// The cell for all columns together.
    pub(crate) total: PublicCell,
}

/// A count that the reader wants to know.
pub(crate) type Unknown = usize;

/// More than any count of a test.
const MANY: u64 = 1_000_000;

/// What the reader knows from all tables.
#[derive(Default)]
pub(crate) struct Reader {
    /// The lowest and highest value that each count can have.
    bounds: Vec<(i128, i128)>,
    /// Equations: multiples of counts that add up to zero, with the constant as the last entry.
    equations: Vec<Vec<(Unknown, i128)>>,
    constants: Vec<i128>,
}

impl Reader {
    /// Adds that a count is between two numbers.
    pub(crate) fn note(&mut self, low: u64, high: u64) -> Unknown {
        self.bounds.push((low.into(), high.into()));
        self.bounds.len() - 1
    }

    /// Adds a printed cell.
    pub(crate) fn note_cell(&mut self, cell: PublicCell, base: u64) -> Unknown {
        let fits = |share: &dyn Fn(u64) -> bool| {
            let counts: Vec<u64> = (0..=base).filter(|count| share(*count)).collect();
            (*counts.first().unwrap(), *counts.last().unwrap())
        };
        let (low, high) = match cell {
            PublicCell::Exact(count) => (count, count),
            PublicCell::Earlier(count) => (count.saturating_sub(4), count + 4),
            PublicCell::Few => (0, base.min(5)),
            PublicCell::Below => fits(&|count| count * 100 < base * 5),
            PublicCell::Above => fits(&|count| count * 100 > base * 95),
            PublicCell::Hidden => (0, base),
        };
        self.note(low, high)
    }

    /// Adds that counts add up to another count.
    pub(crate) fn adds_up(&mut self, parts: &[Unknown], whole: Unknown) {
        let mut sum: Vec<(Unknown, i128)> = parts.iter().map(|part| (*part, 1)).collect();
        sum.push((whole, -1));
        self.equations.push(sum);
        self.constants.push(0);
    }

    /// Adds a whole published table. Returns its counts row by row, with each row's total at its end.
    pub(crate) fn read(
        &mut self,
        layout: Layout,
        columns: &[Column],
        base: u64,
        rows: &[PublicRow],
    ) -> Vec<Vec<Unknown>> {
        let bases: Vec<u64> = columns.iter().map(|column| column.base).collect();
        let rows = rows.iter().map(|row| {
            let cells = row.cells.iter().zip(&bases);
            let mut counts: Vec<Unknown> = cells
                .map(|(cell, base)| self.note_cell(*cell, *base))
                .collect();
            counts.push(self.note_cell(row.total, base));
            counts
        });
        let rows: Vec<Vec<Unknown>> = rows.collect();
        let bases: Vec<Unknown> = bases.iter().map(|base| self.note(*base, *base)).collect();
        self.add_up(layout, &bases, &rows);
        rows
    }

    fn add_up(&mut self, layout: Layout, bases: &[Unknown], rows: &[Vec<Unknown>]) {
        for row in rows {
            let (total, cells) = row.split_last().unwrap();
            match layout {
                Layout::Across | Layout::BothWays => self.adds_up(cells, *total),
                Layout::Overlapping => {
                    // People in several columns are counted once in the total.
                    let (twice, sum) = (self.note(0, MANY), self.note(0, MANY));
                    self.adds_up(&[*total, twice], sum);
                    self.adds_up(cells, sum);
                }
            }
        }
        if layout == Layout::BothWays {
            for (at, base) in bases.iter().enumerate() {
                let counts: Vec<Unknown> = rows.iter().map(|row| row[at]).collect();
                self.adds_up(&counts, *base);
            }
        }
    }

    /// Works out everything that follows.
    pub(crate) fn work_out(&mut self) {
        self.eliminate();
        while self.push_bounds() {}
    }

    /// How many values a count can still have.
    pub(crate) fn values(&self, count: Unknown) -> i128 {
        let (low, high) = self.bounds[count];
        high - low + 1
    }

    /// The values that a count can still have.
    pub(crate) fn range(&self, count: Unknown) -> (i128, i128) {
        self.bounds[count]
    }

    /// Gaussian elimination of all counts except printed ones, in whole numbers. Every step is an equation as well.
    fn eliminate(&mut self) {
        let open: Vec<Unknown> = (0..self.bounds.len())
            .filter(|count| self.bounds[*count].0 < self.bounds[*count].1)
            .collect();
        let mut rows: Vec<Vec<i128>> = Vec::new();
        for (equation, constant) in self.equations.iter().zip(&self.constants) {
            let mut row = vec![0; open.len() + 1];
            row[open.len()] = *constant;
            for (count, times) in equation {
                match open.binary_search(count) {
                    Ok(place) => row[place] += times,
                    Err(_) => row[open.len()] += times * self.bounds[*count].0,
                }
            }
            rows.push(row);
        }
        let mut pivot_row = 0;
        for column in 0..open.len() {
            let Some(found) = (pivot_row..rows.len()).find(|row| rows[*row][column] != 0) else {
                continue;
            };
            rows.swap(pivot_row, found);
            let pivot = rows[pivot_row].clone();
            for (place, row) in rows.iter_mut().enumerate() {
                if place == pivot_row || row[column] == 0 {
                    continue;
                }
                let (mine, theirs) = (pivot[column], row[column]);
                for (entry, other) in row.iter_mut().zip(&pivot) {
                    *entry = *entry * mine - other * theirs;
                }
                let shared = row.iter().fold(0, |shared, entry| divisor(shared, *entry));
                if shared > 1 {
                    for entry in row.iter_mut() {
                        *entry /= shared;
                    }
                }
            }
            pivot_row += 1;
        }
        for row in rows {
            let terms: Vec<(Unknown, i128)> = open
                .iter()
                .zip(&row)
                .filter(|(_, times)| **times != 0)
                .map(|(count, times)| (*count, *times))
                .collect();
            if !terms.is_empty() {
                self.equations.push(terms);
                self.constants.push(row[open.len()]);
            }
        }
    }

    /// Narrows every count by every equation it is in. Says whether anything changed.
    fn push_bounds(&mut self) -> bool {
        let mut changed = false;
        for (equation, constant) in self.equations.iter().zip(&self.constants) {
            for (count, times) in equation {
                let (mut least, mut most) = (*constant, *constant);
                for (other, factor) in equation.iter().filter(|(other, _)| other != count) {
                    let (low, high) = self.bounds[*other];
                    least += factor * if *factor > 0 { low } else { high };
                    most += factor * if *factor > 0 { high } else { low };
                }
                // times · count = −rest, and the rest is between its lowest and highest value.
                let (from, to) = if *times > 0 {
                    (-most, -least)
                } else {
                    (least, most)
                };
                let times = times.abs();
                let (low, high) = self.bounds[*count];
                let narrowed = (
                    low.max(divide_up(from, times)),
                    high.min(to.div_euclid(times)),
                );
                assert!(
                    narrowed.0 <= narrowed.1,
                    "the printed numbers contradict each other"
                );
                changed |= narrowed != (low, high);
                self.bounds[*count] = narrowed;
            }
        }
        changed
    }
}

fn divisor(one: i128, other: i128) -> i128 {
    if other == 0 {
        one.abs()
    } else {
        divisor(other, one.rem_euclid(other))
    }
}

fn divide_up(number: i128, by: i128) -> i128 {
    -(-number).div_euclid(by)
}
