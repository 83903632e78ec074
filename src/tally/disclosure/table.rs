//! A table with small counts hidden, plus enough other counts to keep them hidden.

use super::VALUES;
use super::network::{Edge, Network};

/// How a table's columns relate to its total, and its rows to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Each person is in exactly one column, so a row's cells add up to its total. Rows may overlap, like themes or
    /// checkboxes.
    Across,
    /// As `Across`, but each person is also in exactly one row, so a column's cells add up to its base, like the
    /// answers to a single-choice question.
    BothWays,
    /// A person can be in several columns, as with schools; the total counts each person once.
    Overlapping,
}

/// The true counts of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrueRow {
    /// The count in each column.
    pub cells: Vec<u64>,
    /// The total, each person counted once.
    pub total: u64,
}

impl TrueRow {
    /// A row whose total is the sum of its cells.
    pub fn across(cells: Vec<u64>) -> Self {
        let total = cells.iter().sum();
        Self { cells, total }
    }

    /// The count of a column; past the last column, the total.
    pub fn cell(&self, column: usize) -> u64 {
        self.cells.get(column).copied().unwrap_or(self.total)
    }
}

/// What a reader is told about a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Exactly,
    Nothing,
}

/// A count in a table that will be shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) count: u64,
    /// The base of the count.
    pub(super) base: u64,
    pub(super) told: Told,
}

impl Cell {
    fn bounds(&self) -> (u64, u64) {
        match self.told {
            Told::Exactly => (self.count, self.count),
            Told::Nothing => (0, self.base.max(self.count)),
        }
    }

    fn edge(&self, from: usize, to: usize) -> Edge {
        let (low, high) = self.bounds();
        Edge {
            from,
            to,
            value: self.count,
            low,
            high,
        }
    }

    /// Whether a reader must not be able to work out this count.
    fn is_kept(&self) -> bool {
        self.told == Told::Nothing
    }

    /// The cost of hiding it; 0 if it's already hidden.
    fn loss(&self) -> u64 {
        match self.told {
            Told::Exactly => self.count + 1,
            Told::Nothing => 0,
        }
    }
}

/// The base of a column, or of all columns, as shown.
pub(super) type Margin = Cell;

/// A table with its margins. The last cell of each row is the total.
pub(super) struct Table {
    pub(super) layout: Layout,
    pub(super) rows: Vec<Vec<Cell>>,
    /// The base of each column, and of all columns.
    pub(super) bases: Vec<Margin>,
    /// Whether other tables show the same totals. If so, hide a total here only if there is no cell to hide instead.
    pub(super) totals_shared: bool,
}

/// A cell's position.
type CellPosition = (usize, usize);

impl Table {
    /// Hides as few additional counts as needed, so that no hidden count can be worked out.
    pub(super) fn protect(&mut self) {
        if self.layout == Layout::BothWays {
            self.protect_rows(0, self.rows.len());
        } else {
            for row in 0..self.rows.len() {
                self.protect_rows(row, row + 1);
            }
        }
    }

    fn protect_rows(&mut self, first: usize, end: usize) {
        let places: Vec<CellPosition> = (first..end)
            .flat_map(|row| (0..self.bases.len()).map(move |column| (row, column)))
            .collect();
        while let Some(open) = self.found_out(first, end, &places) {
            let mut ways = self.ways(open, first, end);
            if self.totals_shared && ways.iter().any(|way| self.loss(way).0 == 0) {
                ways.retain(|way| self.loss(way).0 == 0);
            }
            ways.sort_by_key(|way| self.loss(way));
            let edge = (0..).zip(&places).find(|(_, place)| **place == open);
            let edge = edge.map_or(0, |(edge, _)| edge);
            let enough = ways.iter().position(|way| {
                let before = self.hide(way);
                let enough = self.network(first, end).values(edge, VALUES) >= VALUES;
                self.restore(way, &before);
                enough
            });
            let Some(way) = ways.get(enough.unwrap_or(0)) else {
                return;
            };
            self.hide(way);
        }
    }

    /// Hides cells and returns what they showed before.
    fn hide(&mut self, places: &[CellPosition]) -> Vec<Told> {
        let hidden = places.iter().filter_map(|place| {
            let cell = self.rows.get_mut(place.0)?.get_mut(place.1)?;
            Some(std::mem::replace(&mut cell.told, Told::Nothing))
        });
        hidden.collect()
    }

    fn restore(&mut self, places: &[CellPosition], told: &[Told]) {
        for ((row, column), told) in places.iter().zip(told) {
            if let Some(cell) = self.rows.get_mut(*row).and_then(|row| row.get_mut(*column)) {
                cell.told = *told;
            }
        }
    }

    /// The first count that must stay hidden but can be worked out.
    fn found_out(&self, first: usize, end: usize, places: &[CellPosition]) -> Option<CellPosition> {
        let network = self.network(first, end);
        let mut kept = (0..).zip(places).filter(|(_, place)| {
            self.cell(**place)
                .is_some_and(|cell| cell.is_kept() && cell.base >= VALUES - 1)
        });
        kept.find(|(edge, _)| network.values(*edge, VALUES) < VALUES)
            .map(|(_, place)| *place)
    }

    /// The rows as a network; the first edges are the cells in order. People flow from a hub to the rows and on to the
    /// columns. Where columns add up, they flow on through the bases to everyone, and back to the hub.
    fn network(&self, first: usize, end: usize) -> Network {
        let hub = 0;
        let row_node = |row: usize| 1 + row - first;
        let columns = self.bases.len().saturating_sub(1);
        let both = self.layout == Layout::BothWays;
        let everyone = if both { 1 + end - first + columns } else { hub };
        let column_node = |column: usize| if both { 1 + end - first + column } else { hub };
        let mut edges = Vec::new();
        let mut slack = Vec::new();
        for (row, cells) in (first..end).zip(self.rows.iter().skip(first)) {
            let total = cells.last().map_or(0, |total| total.count);
            let most = match (self.layout, cells.last().map(Cell::bounds)) {
                (Layout::Overlapping, Some((_, most))) => most,
                _ => u64::MAX,
            };
            let mut sum = 0;
            for (column, cell) in cells.iter().enumerate() {
                if column == columns {
                    edges.push(cell.edge(hub, row_node(row)));
                } else {
                    sum += cell.count;
                    let mut edge = cell.edge(row_node(row), column_node(column));
                    edge.high = edge.high.min(most.max(cell.count));
                    edges.push(edge);
                }
            }
            slack.extend(self.slack(everyone, row_node(row), sum, total));
        }
        if both {
            let bases = self.bases.iter().enumerate();
            edges.extend(bases.map(|(column, base)| {
                if column == columns {
                    base.edge(everyone, hub)
                } else {
                    base.edge(column_node(column), everyone)
                }
            }));
        }
        edges.extend(slack);
        Network {
            nodes: everyone.max(end - first) + 1,
            edges,
        }
    }

    /// The people who are in several columns, or in none; a reader knows only how many there can be.
    fn slack(&self, end: usize, row: usize, sum: u64, total: u64) -> Option<Edge> {
        let (from, to) = if sum > total { (end, row) } else { (row, end) };
        let shared: u64 = self.bases.iter().rev().skip(1).map(|base| base.count).sum();
        let everyone = self.bases.last().map_or(0, |base| base.count);
        let high = match self.layout {
            Layout::Overlapping => u64::MAX / 4,
            _ => everyone.saturating_sub(shared),
        };
        (high > 0 || sum != total).then(|| Edge {
            from,
            to,
            value: sum.abs_diff(total),
            low: 0,
            high: high.max(sum.abs_diff(total)),
        })
    }

    /// What can be hidden along with a count that can be worked out: another count in its row or, where columns add up
    /// too, the other three corners of a rectangle. Skips options that hide nothing new.
    fn ways(
        &self,
        (row, column): CellPosition,
        first: usize,
        end: usize,
    ) -> Vec<Vec<CellPosition>> {
        let others =
            |all: std::ops::Range<usize>, one: usize| all.filter(move |other| *other != one);
        let more = |ways: Vec<Vec<CellPosition>>| -> Vec<Vec<CellPosition>> {
            ways.into_iter()
                .filter(|way| self.loss(way).1 > 0)
                .collect()
        };
        let columns: Vec<usize> = others(0..self.bases.len(), column).collect();
        if self.layout != Layout::BothWays {
            return more(columns.iter().map(|other| vec![(row, *other)]).collect());
        }
        let rectangles = columns.iter().flat_map(|other| {
            let rows = others(first..end, row);
            rows.map(move |below| vec![(row, *other), (below, column), (below, *other)])
        });
        let rectangles = more(rectangles.collect());
        if rectangles
            .iter()
            .all(|way| self.totals_shared && self.loss(way).0 > 0)
        {
            let cells = (first..end).flat_map(|row| (0..self.bases.len()).map(move |at| (row, at)));
            return more(cells.map(|place| vec![place]).collect());
        }
        rectangles
    }

    /// The cost of hiding these cells: how many totals, and the overall loss.
    fn loss(&self, places: &[CellPosition]) -> (usize, u64) {
        let total = self.bases.len().saturating_sub(1);
        let lost = places
            .iter()
            .filter_map(|place| Some((place.1, self.cell(*place)?.loss())))
            .filter(|(_, loss)| *loss > 0);
        lost.fold((0, 0), |(totals, sum), (column, loss)| {
            (totals + usize::from(column == total), sum + loss)
        })
    }

    fn cell(&self, (row, column): CellPosition) -> Option<&Cell> {
        self.rows.get(row)?.get(column)
    }
}
