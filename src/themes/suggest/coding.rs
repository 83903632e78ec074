//! Which remarks a draft of themes takes: first by the terms of a community, then by what the remarks of each theme have
//! in common, at last by a list of terms that anyone can read.

use rayon::prelude::*;

use crate::statistics::keyness::log_likelihood_ratio;
use crate::themes::corpus::{Corpus, real};

/// The 1 % point of χ² with one degree of freedom: a theme's term is over-represented at least so far.
const LEAST_SURPRISE: f64 = 6.63;

/// The most terms of a theme.
const MOST_TERMS: usize = 25;

/// Both priors of the mixture: how readily a remark opens a rare theme, and a theme a word that it has not had.
const PRIOR: f64 = 0.1;

/// The sweeps of the mixture; most sets settle earlier.
const SWEEPS: usize = 8;

/// A term of a theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RuleTerm {
    /// Which term of the corpus.
    pub(super) number: u32,
    /// What it weighs for a remark that holds it: ln(1 + surprise) · precision.
    pub(super) weight: f64,
    /// How far it is over-represented, as a log-likelihood ratio.
    pub(super) surprise: f64,
}

/// A theme's terms, the heaviest first.
pub(super) type Rule = Vec<RuleTerm>;

/// For each row the theme that it belongs to.
pub(super) type Assignment = Vec<Option<u32>>;

/// Each row goes to the community whose terms weigh most in it, a rare term weighing more.
pub(super) fn by_communities(corpus: &Corpus, community: &[usize]) -> Assignment {
    let total = real(corpus.said.max(1));
    let weight: Vec<f64> = corpus
        .terms
        .iter()
        .map(|term| (total / f64::from(term.remarks.max(1))).ln())
        .collect();
    let strongest = |row: &Vec<u32>| {
        let mut sums: Vec<(usize, f64)> = Vec::new();
        for term in row {
            let (Some(there), Some(weight)) =
                (community.get(*term as usize), weight.get(*term as usize))
            else {
                continue;
            };
            match sums.iter_mut().find(|(known, _)| known == there) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((*there, *weight)),
            }
        }
        sums.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
        sums.first()
            .and_then(|(there, _)| u32::try_from(*there).ok())
    };
    corpus.rows.par_iter().map(strongest).collect()
}

/// Sweeps of hard expectation–maximisation on a Dirichlet–multinomial mixture.
///
/// Yin and Wang (2014), *A Dirichlet multinomial mixture model-based approach for short text clustering*, KDD, 233–242, with
/// the most probable theme in place of a drawn one, and all rows of a sweep judged by the sweep before.
pub(super) fn by_mixture(corpus: &Corpus, mut assigned: Assignment) -> Assignment {
    let words = corpus.terms.len();
    let themes = themes_of(assigned.iter().copied());
    for _ in 0..SWEEPS {
        let mut rows = vec![0.0_f64; themes];
        let mut counts = vec![0.0_f64; themes * words];
        let mut totals = vec![0.0_f64; themes];
        for (row, theme) in corpus.rows.iter().zip(&assigned) {
            let Some(theme) = theme.map(|theme| theme as usize) else {
                continue;
            };
            add(&mut rows, theme, 1.0);
            for term in row {
                add(&mut counts, theme * words + *term as usize, 1.0);
                add(&mut totals, theme, 1.0);
            }
        }
        // The logarithm of each count once, not once for each row: (themes, prior, terms).
        let logs: Vec<(u32, f64, Vec<f64>)> = (0_u32..)
            .zip(&rows)
            .filter(|(_, rows)| **rows > 0.0)
            .map(|(theme, rows)| {
                let place = theme as usize;
                let norm = (at(&totals, place) + PRIOR * real(words)).ln();
                let of_theme = counts.iter().skip(place * words).take(words);
                let terms = of_theme.map(|count| (count + PRIOR).ln() - norm).collect();
                (theme, (rows + PRIOR).ln(), terms)
            })
            .collect();
        let likeliest = |(row, before): (&Vec<u32>, &Option<u32>)| {
            if row.is_empty() {
                return None;
            }
            let mut best = (before.unwrap_or_default(), f64::NEG_INFINITY);
            for (theme, prior, terms) in &logs {
                let held = row.iter().filter_map(|term| terms.get(*term as usize));
                let score = held.fold(*prior, |score, log| score + log);
                if score > best.1 {
                    best = (*theme, score);
                }
            }
            Some(best.0)
        };
        let next: Assignment = corpus
            .rows
            .par_iter()
            .zip(&assigned)
            .map(likeliest)
            .collect();
        if next == assigned {
            break;
        }
        assigned = next;
    }
    assigned
}

/// The terms that a theme's rows have more often than the others, the heaviest first; and themes of fewer rows than
/// `least` left out.
pub(super) fn distil(corpus: &Corpus, members: &[Vec<u32>], least: usize) -> Vec<Rule> {
    let total = real(corpus.said);
    let rule = |rows: &Vec<u32>| -> Option<Rule> {
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
        let mut rule: Rule = (0..)
            .zip(inside.iter().zip(&corpus.terms))
            .filter_map(|(number, (both, term))| {
                let (both, all) = (f64::from(*both), f64::from(term.remarks));
                let surprise = log_likelihood_ratio(both, all, size, total);
                let over = both * total > all * size;
                (over && both >= 2.0 && surprise >= LEAST_SURPRISE).then(|| RuleTerm {
                    number,
                    weight: surprise.ln_1p() * (both / all),
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

/// The themes of each row by their terms alone, the one whose terms weigh most in it first.
pub(super) fn by_rules(corpus: &Corpus, rules: &[Rule]) -> Vec<Vec<u32>> {
    let mut of_term: Vec<Vec<(u32, f64)>> = vec![Vec::new(); corpus.terms.len()];
    for (theme, rule) in (0..).zip(rules) {
        for term in rule {
            if let Some(list) = of_term.get_mut(term.number as usize) {
                list.push((theme, term.weight));
            }
        }
    }
    let code = |row: &Vec<u32>| {
        let mut sums: Vec<(u32, f64)> = Vec::new();
        for (theme, weight) in row
            .iter()
            .filter_map(|term| of_term.get(*term as usize))
            .flatten()
        {
            match sums.iter_mut().find(|(known, _)| known == theme) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((*theme, *weight)),
            }
        }
        sums.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
        sums.into_iter().map(|(theme, _)| theme).collect()
    };
    corpus.rows.par_iter().map(code).collect()
}

/// The rows of each theme, given the theme of each row.
pub(super) fn members(themes: impl IntoIterator<Item = Option<u32>> + Clone) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::new(); themes_of(themes.clone())];
    for (row, theme) in (0..).zip(themes) {
        if let Some(list) = theme.and_then(|theme| members.get_mut(theme as usize)) {
            list.push(row);
        }
    }
    members
}

fn themes_of(assigned: impl IntoIterator<Item = Option<u32>>) -> usize {
    let most = assigned.into_iter().flatten().max();
    most.map_or(0, |most| most as usize + 1)
}

fn add(list: &mut [f64], place: usize, value: f64) {
    if let Some(sum) = list.get_mut(place) {
        *sum += value;
    }
}

fn at(list: &[f64], place: usize) -> f64 {
    list.get(place).copied().unwrap_or_default()
}
