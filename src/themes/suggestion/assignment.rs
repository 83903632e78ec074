//! Assigns comments to draft themes: first by the terms of a community, then by what each theme's comments have in
//! common, and finally by a list of terms that anyone can read.

use rayon::prelude::*;

use crate::statistics::keyness::{log_likelihood_ratio, normalized_information};
use crate::themes::engine::corpus::{Corpus, real};

/// The upper 1% point of χ² with one degree of freedom: the minimum over-representation of a theme's terms.
const LEAST_SURPRISE: f64 = 6.63;

/// The maximum number of terms in a theme.
const MOST_TERMS: usize = 25;

/// A term of a theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RuleTerm {
    /// The term's index in the corpus.
    pub(super) number: u32,
    /// Its weight in a comment that contains it: normalized information · ln(1 + surprise).
    pub(super) weight: f64,
    /// How over-represented it is, as a log-likelihood ratio.
    pub(super) surprise: f64,
}

/// A theme's terms, heaviest first.
pub(super) type DraftRule = Vec<RuleTerm>;

/// For each row, the theme that it belongs to.
pub(super) type Assignment = Vec<Option<u32>>;

/// Assigns each row to the community with the highest total term weight. Rare terms weigh more.
pub(super) fn by_communities(corpus: &Corpus, community: &[usize]) -> Assignment {
    let total = real(corpus.said.max(1));
    let of_term = corpus.terms.iter().zip(community).map(|(term, there)| {
        let weight = (total / f64::from(term.comments.max(1))).ln();
        let there = u32::try_from(*there).ok();
        there.map(|there| (there, weight)).into_iter().collect()
    });
    Weighed(of_term.collect()).strongest(corpus)
}

/// The terms that are over-represented in each theme's rows, heaviest first. Drops themes with fewer than `least` rows.
pub(super) fn distil(corpus: &Corpus, members: &[Vec<u32>], least: usize) -> Vec<DraftRule> {
    let total = real(corpus.said);
    let rule = |rows: &Vec<u32>| -> Option<DraftRule> {
        if rows.len() < least {
            return None;
        }
        let mut inside = vec![0_u32; corpus.terms.len()];
        for row in rows {
            for term in corpus.rows.get(*row as usize).into_iter().flatten() {
                if let Some(count) = inside.get_mut(*term as usize) {
                    *count += 1;
                }
            }
        }
        let size = real(rows.len());
        let mut rule: DraftRule = (0..)
            .zip(inside.iter().zip(&corpus.terms))
            .filter_map(|(number, (both, term))| {
                let (both, all) = (f64::from(*both), f64::from(term.comments));
                let surprise = log_likelihood_ratio(both, all, size, total);
                let over = both * total > all * size;
                (over && both >= 2.0 && surprise >= LEAST_SURPRISE).then(|| RuleTerm {
                    number,
                    weight: normalized_information(both, all, size, total) * surprise.ln_1p(),
                    surprise,
                })
            })
            .collect();
        rule.sort_by(|a, b| {
            let heavier = b.weight.total_cmp(&a.weight);
            heavier.then_with(|| a.number.cmp(&b.number))
        });
        rule.truncate(MOST_TERMS);
        (!rule.is_empty()).then_some(rule)
    };
    members.par_iter().filter_map(rule).collect()
}

/// The themes of each row based on terms alone, the one with the highest weight first.
pub(super) fn by_rules(corpus: &Corpus, rules: &[DraftRule]) -> Vec<Vec<u32>> {
    let weighed = Weighed::of(corpus, rules);
    let code = |sums: &mut Vec<(u32, f64)>, row: &Vec<u32>| {
        weighed.sum(row, sums);
        sums.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
        sums.iter().map(|(theme, _)| *theme).collect()
    };
    corpus.rows.par_iter().map_init(Vec::new, code).collect()
}

/// Only the first of these for each row.
pub(super) fn strongest(corpus: &Corpus, rules: &[DraftRule]) -> Assignment {
    Weighed::of(corpus, rules).strongest(corpus)
}

/// For each corpus term, the themes or communities that it supports, with its weight in each.
struct Weighed(Vec<Vec<(u32, f64)>>);

impl Weighed {
    fn of(corpus: &Corpus, rules: &[DraftRule]) -> Self {
        let mut of_term: Vec<Vec<(u32, f64)>> = vec![Vec::new(); corpus.terms.len()];
        for (theme, rule) in (0..).zip(rules) {
            for term in rule {
                if let Some(list) = of_term.get_mut(term.number as usize) {
                    list.push((theme, term.weight));
                }
            }
        }
        Self(of_term)
    }

    /// The theme with the highest weight for each row; ties go to the first.
    fn strongest(&self, corpus: &Corpus) -> Assignment {
        let judge = |sums: &mut Vec<(u32, f64)>, row: &Vec<u32>| {
            self.sum(row, sums);
            let first = sums
                .iter()
                .max_by(|(a, x), (b, y)| x.total_cmp(y).then_with(|| b.cmp(a)));
            first.map(|(theme, _)| *theme)
        };
        corpus.rows.par_iter().map_init(Vec::new, judge).collect()
    }

    /// Sums the weights of a row's terms for each theme.
    fn sum(&self, row: &[u32], sums: &mut Vec<(u32, f64)>) {
        sums.clear();
        for (theme, weight) in row
            .iter()
            .filter_map(|term| self.0.get(*term as usize))
            .flatten()
        {
            match sums.iter_mut().find(|(known, _)| known == theme) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((*theme, *weight)),
            }
        }
    }
}

/// The rows of each theme, given each row's theme.
pub(super) fn members(assigned: &[Option<u32>]) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::new(); themes_of(assigned.iter().copied())];
    for (row, theme) in (0..).zip(assigned) {
        if let Some(list) = theme.and_then(|theme| members.get_mut(theme as usize)) {
            list.push(row);
        }
    }
    members
}

/// The number of themes: one more than the highest index.
pub(super) fn themes_of(assigned: impl IntoIterator<Item = Option<u32>>) -> usize {
    let most = assigned.into_iter().flatten().max();
    most.map_or(0, |most| most as usize + 1)
}
