//! Which terms occur together: a graph of candidates, split into communities.

use std::collections::BTreeMap;

use crate::statistics::keyness::{log_likelihood_ratio, normalized_information};
use crate::themes::engine::corpus::{Corpus, real};

/// The upper 0.1% point of χ² with one degree of freedom. Anything lower may be chance.
const LEAST_SURPRISE: f64 = 10.83;

/// The minimum number of comments with both terms to connect them.
const LEAST_TOGETHER: u32 = 3;

/// Terms as nodes, each with its neighbors' indexes and the edge weights.
#[derive(Debug)]
pub(super) struct Graph {
    neighbors: Vec<Vec<(usize, f64)>>,
}

impl Graph {
    /// Connects terms that occur together in comments more often than by chance.
    pub(super) fn of(corpus: &Corpus) -> Self {
        let count = corpus.terms.len();
        let mut together = vec![0_u32; count * count];
        for row in &corpus.rows {
            for (place, a) in row.iter().enumerate() {
                for b in row.iter().skip(place + 1) {
                    if let Some(both) = together.get_mut(*a as usize * count + *b as usize) {
                        *both += 1;
                    }
                }
            }
        }
        let total = real(corpus.said);
        let mut neighbors = vec![Vec::new(); count];
        for (a, of_a) in corpus.terms.iter().enumerate() {
            for (b, of_b) in corpus.terms.iter().enumerate().skip(a + 1) {
                let both = together.get(a * count + b).copied().unwrap_or_default();
                // A phrase always occurs with its own words; that says nothing about their topic.
                if both < LEAST_TOGETHER || contains(&of_a.written, &of_b.written) {
                    continue;
                }
                let (both, x, y) = (
                    f64::from(both),
                    f64::from(of_a.comments),
                    f64::from(of_b.comments),
                );
                if both * total <= x * y {
                    continue;
                }
                let surprise = log_likelihood_ratio(both, x, y, total);
                if surprise < LEAST_SURPRISE {
                    continue;
                }
                let weight = normalized_information(both, x, y, total) * surprise.sqrt();
                for (from, to) in [(a, b), (b, a)] {
                    if let Some(edges) = neighbors.get_mut(from) {
                        edges.push((to, weight));
                    }
                }
            }
        }
        Self { neighbors }
    }

    /// The number of communities with more than one term at resolution 1.
    pub(super) fn holds_together(&self) -> usize {
        let communities = self.communities(1.0);
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for community in communities {
            *sizes.entry(community).or_default() += 1;
        }
        sizes.values().filter(|size| **size > 1).count()
    }

    /// The community of each node, found by maximizing modularity at a resolution, moving nodes in a fixed order. Each
    /// community is connected.
    ///
    /// Blondel et al. (2008), *Fast unfolding of communities in large networks*, J. Stat. Mech. P10008; resolution
    /// after Reichardt and Bornholdt (2006), Phys. Rev. E 74, 016110.
    pub(super) fn communities(&self, resolution: f64) -> Vec<usize> {
        let mut level = Level {
            edges: self.neighbors.clone(),
            loops: vec![0.0; self.neighbors.len()],
        };
        let mut of_node: Vec<usize> = (0..self.neighbors.len()).collect();
        loop {
            let community = level.connected(&level.moved(resolution));
            let count = community.iter().max().map_or(0, |most| most + 1);
            for place in &mut of_node {
                *place = community.get(*place).copied().unwrap_or_default();
            }
            if count == community.len() {
                return of_node;
            }
            level = level.gathered(&community, count);
        }
    }
}

fn contains(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_matches('"'), b.trim_matches('"'));
    let within = |long: &str, short: &str| {
        long.contains(' ') && format!(" {long} ").contains(&format!(" {short} "))
    };
    within(a, b) || within(b, a)
}

/// A graph in which a node may represent several original nodes.
struct Level {
    edges: Vec<Vec<(usize, f64)>>,
    /// Twice the total edge weight inside each node.
    loops: Vec<f64>,
}

impl Level {
    fn degree(&self, node: usize) -> f64 {
        let edges = self
            .edges
            .get(node)
            .map_or(0.0, |edges| edges.iter().map(|(_, weight)| weight).sum());
        edges + self.loops.get(node).copied().unwrap_or_default()
    }

    /// Moves each node to the community with the largest gain, until no move gains anything.
    fn moved(&self, resolution: f64) -> Vec<usize> {
        let count = self.edges.len();
        let degrees: Vec<f64> = (0..count).map(|node| self.degree(node)).collect();
        let all: f64 = degrees.iter().sum();
        let mut community: Vec<usize> = (0..count).collect();
        let mut totals = degrees.clone();
        if all <= 0.0 {
            return community;
        }
        for _ in 0..100 {
            let mut moves = 0;
            for node in 0..count {
                let (Some(own), Some(degree)) = (community.get(node).copied(), degrees.get(node))
                else {
                    continue;
                };
                let mut links: BTreeMap<usize, f64> = BTreeMap::from([(own, 0.0)]);
                for (to, weight) in self.edges.get(node).into_iter().flatten() {
                    if let Some(there) = community.get(*to) {
                        *links.entry(*there).or_default() += weight;
                    }
                }
                if let Some(total) = totals.get_mut(own) {
                    *total -= degree;
                }
                let gain = |there: usize, links: f64| {
                    links
                        - resolution * degree * totals.get(there).copied().unwrap_or_default() / all
                };
                let stay = gain(own, links.get(&own).copied().unwrap_or_default());
                let mut best = (own, stay);
                for (there, weight) in &links {
                    let gained = gain(*there, *weight);
                    if gained > best.1 + 1e-9 {
                        best = (*there, gained);
                    }
                }
                if let Some(total) = totals.get_mut(best.0) {
                    *total += degree;
                }
                if best.0 != own
                    && let Some(place) = community.get_mut(node)
                {
                    *place = best.0;
                    moves += 1;
                }
            }
            if moves == 0 {
                break;
            }
        }
        community
    }

    /// Renumbers the communities from 0 in the order of their first node, and splits those that aren't connected.
    fn connected(&self, community: &[usize]) -> Vec<usize> {
        let mut number = vec![usize::MAX; community.len()];
        let mut next = 0;
        for start in 0..community.len() {
            if number.get(start).is_none_or(|number| *number != usize::MAX) {
                continue;
            }
            let mut waiting = vec![start];
            while let Some(node) = waiting.pop() {
                let Some(place) = number.get_mut(node).filter(|place| **place == usize::MAX) else {
                    continue;
                };
                *place = next;
                for (to, _) in self.edges.get(node).into_iter().flatten() {
                    if community.get(*to) == community.get(node) {
                        waiting.push(*to);
                    }
                }
            }
            next += 1;
        }
        number
    }

    fn gathered(&self, community: &[usize], count: usize) -> Self {
        let mut edges: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
        let mut loops = vec![0.0; count];
        for (node, here) in community.iter().enumerate() {
            if let Some(inside) = loops.get_mut(*here) {
                *inside += self.loops.get(node).copied().unwrap_or_default();
            }
            for (to, weight) in self.edges.get(node).into_iter().flatten() {
                let Some(there) = community.get(*to) else {
                    continue;
                };
                if there == here {
                    if let Some(inside) = loops.get_mut(*here) {
                        *inside += weight;
                    }
                } else if let Some(edges) = edges.get_mut(*here) {
                    *edges.entry(*there).or_default() += weight;
                }
            }
        }
        Self {
            edges: edges
                .into_iter()
                .map(|edges| edges.into_iter().collect())
                .collect(),
            loops,
        }
    }
}
