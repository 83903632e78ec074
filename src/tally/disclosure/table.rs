//! A table with small counts hidden, and as much else as keeps them hidden.

use super::VALUES;
use super::network::{Edge, Network};

/// How the columns of a table stand to its total, and its rows to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Everyone is in one column: a row's cells add up to its total. Rows may overlap, as themes and ticked boxes do.
    Across,
    /// As `Across`, and everyone is in one row too: a column's cells add up to its base, as the answers to choose one of do.
    BothWays,
    /// Somebody may be in several columns, as with schools: the total counts them once.
    Overlapping,
}

/// The true counts of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How many in each column.
    pub cells: Vec<u64>,
    /// How many in all, each counted once.
    pub total: u64,
}

impl Row {
    /// A row whose columns share out its total.
    pub fn across(cells: Vec<u64>) -> Self {
        let total = cells.iter().sum();
        Self { cells, total }
    }

    /// The count of a column; after the last one, the total.
    pub fn cell(&self, column: usize) -> u64 {
        self.cells.get(column).copied().unwrap_or(self.total)
    }
}

/// What a reader is told about a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Exactly,
    /// That it lies between these, the ends included.
    Between(u64, u64),
    Nothing,
}

/// A count of a table as it will be shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) count: u64,
    /// Out of how many.
    pub(super) base: u64,
    pub(super) told: Told,
}

impl Cell {
    fn bounds(&self) -> (u64, u64) {
        match self.told {
            Told::Exactly => (self.count, self.count),
            Told::Between(low, high) => (low, high),
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

    /// Whether this count must not be worked out.
    fn is_kept(&self) -> bool {
        let rest = self.base.abs_diff(self.count);
        match self.told {
            Told::Exactly => false,
            Told::Between(..) => super::is_few(self.count) || super::is_few(rest),
            Told::Nothing => true,
        }
    }

    /// How much is lost by hiding it: nothing where it is hidden already.
    fn loss(&self) -> u64 {
        match self.told {
            Told::Exactly => self.count + 1,
            // A share that is capped already tells little.
            Told::Between(..) => 1,
            Told::Nothing => 0,
        }
    }
}

/// A base of a column, or of all, as it is shown.
pub(super) type Margin = Cell;

/// A table with its margins. The last cell of each row is its total.
pub(super) struct Table {
    pub(super) layout: Layout,
    pub(super) rows: Vec<Vec<Cell>>,
    /// The base of each column, and of all.
    pub(super) bases: Vec<Margin>,
    /// Whether other tables show the same totals: as long as there is a cell to hide instead, none is hidden here alone.
    pub(super) totals_stand: bool,
}

/// Where a cell stands.
type Place = (usize, usize);

impl Table {
    /// Hides, beside what is hidden, the least that leaves every hidden count open.
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
        let places: Vec<Place> = (first..end)
            .flat_map(|row| (0..self.bases.len()).map(move |column| (row, column)))
            .collect();
        while let Some(open) = self.found_out(first, end, &places) {
            let mut ways = self.ways(open, first, end);
            if self.totals_stand && ways.iter().any(|way| self.loss(way).0 == 0) {
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

    /// Hides cells and returns what was told of them.
    fn hide(&mut self, places: &[Place]) -> Vec<Told> {
        let hidden = places.iter().filter_map(|place| {
            let cell = self.rows.get_mut(place.0)?.get_mut(place.1)?;
            Some(std::mem::replace(&mut cell.told, Told::Nothing))
        });
        hidden.collect()
    }

    fn restore(&mut self, places: &[Place], told: &[Told]) {
        for ((row, column), told) in places.iter().zip(told) {
            if let Some(cell) = self.rows.get_mut(*row).and_then(|row| row.get_mut(*column)) {
                cell.told = *told;
            }
        }
    }

    /// The first count that must stay hidden and does not.
    fn found_out(&self, first: usize, end: usize, places: &[Place]) -> Option<Place> {
        let network = self.network(first, end);
        let mut kept = (0..).zip(places).filter(|(_, place)| {
            self.cell(**place)
                .is_some_and(|cell| cell.is_kept() && cell.base >= VALUES - 1)
        });
        kept.find(|(edge, _)| network.values(*edge, VALUES) < VALUES)
            .map(|(_, place)| *place)
    }

    /// The rows as a network; its first edges are the cells in their order. People flow from a hub to the rows and on to
    /// the columns; where columns add up, through their bases to everyone, and so back to the hub.
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

    /// What is counted in several columns, or in none; a reader knows no more of it than how many that can be.
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

    /// What could be hidden beside a count that is found out: another one of its row or, where columns add up as well,
    /// the three that form a rectangle with it. Ways that would hide nothing more are left out.
    fn ways(&self, (row, column): Place, first: usize, end: usize) -> Vec<Vec<Place>> {
        let others =
            |all: std::ops::Range<usize>, one: usize| all.filter(move |other| *other != one);
        let more = |ways: Vec<Vec<Place>>| -> Vec<Vec<Place>> {
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
            .all(|way| self.totals_stand && self.loss(way).0 > 0)
        {
            let cells = (first..end).flat_map(|row| (0..self.bases.len()).map(move |at| (row, at)));
            return more(cells.map(|place| vec![place]).collect());
        }
        rectangles
    }

    /// How many totals would be lost, and how much in all.
    fn loss(&self, places: &[Place]) -> (usize, u64) {
        let total = self.bases.len().saturating_sub(1);
        let lost = places
            .iter()
            .filter_map(|place| Some((place.1, self.cell(*place)?.loss())))
            .filter(|(_, loss)| *loss > 0);
        lost.fold((0, 0), |(totals, sum), (column, loss)| {
            (totals + usize::from(column == total), sum + loss)
        })
    }

    fn cell(&self, (row, column): Place) -> Option<&Cell> {
        self.rows.get(row)?.get(column)
    }
}
