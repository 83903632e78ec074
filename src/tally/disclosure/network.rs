//! What a reader can work out from one table. A table whose cells add up is a network in which counts flow from rows to
//! columns.
//!
//! Everything shown bounds each count from below and above, and the flow into a node equals the flow out. We find a
//! count's possible values by pushing units around cycles of the residual network (Ford and Fulkerson, *Flows in
//! Networks*, 1962). With integer bounds, every integer between the minimum and the maximum is possible.

use std::collections::VecDeque;

/// A count, with the bounds that a reader knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) value: u64,
    pub(super) low: u64,
    pub(super) high: u64,
}

impl Edge {
    /// How much more can flow from `start` along this edge, and where to.
    fn residual(&self, start: usize) -> Option<usize> {
        if self.from == start && self.value < self.high {
            Some(self.to)
        } else if self.to == start && self.value > self.low {
            Some(self.from)
        } else {
            None
        }
    }

    fn push(&mut self, start: usize) {
        if self.from == start {
            self.value += 1;
        } else {
            self.value -= 1;
        }
    }
}

/// Counts that add up: flow in equals flow out at every node.
#[derive(Clone, Debug)]
pub(super) struct Network {
    pub(super) nodes: usize,
    pub(super) edges: Vec<Edge>,
}

impl Network {
    /// How many values an edge's count can have, up to `most`.
    pub(super) fn values(&self, edge: usize, most: u64) -> u64 {
        let Some(Edge { from, to, .. }) = self.edges.get(edge).copied() else {
            return 0;
        };
        let more = self.pushes(edge, from, to, most.saturating_sub(1));
        let less = self.pushes(edge, to, from, most.saturating_sub(1 + more));
        1 + more + less
    }

    /// How many units, up to `most`, can flow along `edge` from `start` to `end` and back to `start` along other edges.
    fn pushes(&self, edge: usize, start: usize, end: usize, most: u64) -> u64 {
        let mut network = self.clone();
        for pushed in 0..most {
            let movable = network
                .edges
                .get(edge)
                .is_some_and(|edge| edge.residual(start) == Some(end));
            let Some(way) = movable.then(|| network.way(end, start, edge)).flatten() else {
                return pushed;
            };
            for (step, from) in way.into_iter().chain([(edge, start)]) {
                if let Some(edge) = network.edges.get_mut(step) {
                    edge.push(from);
                }
            }
        }
        most
    }

    /// The edges of a shortest path between two nodes, each with the node from which it's entered.
    fn way(&self, start: usize, end: usize, without: usize) -> Option<Vec<(usize, usize)>> {
        let mut came: Vec<Option<(usize, usize)>> = vec![None; self.nodes];
        let mut waiting = VecDeque::from([start]);
        while let Some(node) = waiting.pop_front() {
            for (position, edge) in self.edges.iter().enumerate() {
                let Some(next) = edge.residual(node).filter(|_| position != without) else {
                    continue;
                };
                let Some(slot) = came.get_mut(next).filter(|slot| slot.is_none()) else {
                    continue;
                };
                if next == start {
                    continue;
                }
                *slot = Some((position, node));
                waiting.push_back(next);
            }
        }
        let mut steps = Vec::new();
        let mut node = end;
        while node != start {
            let (edge, before) = came.get(node).copied().flatten()?;
            steps.push((edge, before));
            node = before;
        }
        Some(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(from: usize, to: usize, value: u64, low: u64, high: u64) -> Edge {
        Edge {
            from,
            to,
            value,
            low,
            high,
        }
    }

    #[test]
    fn a_single_hidden_count_in_a_row_can_be_worked_out() {
        let edges = vec![
            edge(0, 1, 3, 0, 50),
            edge(0, 1, 40, 40, 40),
            edge(1, 0, 43, 43, 43),
        ];
        assert_eq!(Network { nodes: 2, edges }.values(0, 9), 1);
    }

    #[test]
    fn two_hidden_counts_in_a_row_can_each_be_anything_up_to_their_sum() {
        let edges = vec![
            edge(0, 1, 3, 0, 50),
            edge(0, 1, 2, 0, 50),
            edge(1, 0, 5, 5, 5),
        ];
        let network = Network { nodes: 2, edges };
        assert_eq!((network.values(0, 9), network.values(1, 9)), (6, 6));
    }

    /// Two hidden squares joined by one hidden count: that count isn't alone in any row or column, but it's still
    /// determined.
    #[test]
    fn a_count_that_joins_two_hidden_squares_can_be_worked_out() {
        // Rows 0..4 flow to columns 4..8; the squares are rows 0, 1 with columns 4, 5 and rows 2, 3 with columns 6, 7.
        let mut edges = Vec::new();
        let mut rows = [0; 4];
        let mut columns = [0; 4];
        for (row, column, value) in [
            (0, 0, 4),
            (0, 1, 6),
            (1, 0, 3),
            (1, 1, 7),
            (2, 2, 5),
            (2, 3, 2),
            (3, 2, 8),
            (3, 3, 4),
            (0, 2, 9),
        ] {
            edges.push(edge(row, 4 + column, value, 0, 99));
            rows[row] += value;
            columns[column] += value;
        }
        for line in 0..4 {
            edges.push(edge(8, line, rows[line], rows[line], rows[line]));
            edges.push(edge(
                4 + line,
                8,
                columns[line],
                columns[line],
                columns[line],
            ));
        }
        let network = Network { nodes: 9, edges };
        assert_eq!(network.values(8, 9), 1);
        assert!(network.values(0, 9) > 3);
    }
}
