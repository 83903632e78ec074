//! A mixture model that assigns each comment to its most likely theme, based on the words that the theme's comments
//! share.

use rayon::prelude::*;

use super::assignment::{Assignment, themes_of};
use crate::themes::engine::corpus::{Corpus, real};

/// Smoothing of theme sizes: higher values make small themes more likely.
const THEME_PRIOR: f64 = 0.1;

/// The number of sweeps; most sets converge earlier.
const SWEEPS: usize = 8;

/// Sweeps of hard expectation–maximization on a Dirichlet–multinomial mixture. `word_prior` is the smoothing of word
/// counts: how likely a theme is to get a word that it doesn't have yet.
///
/// Yin and Wang (2014), *A Dirichlet multinomial mixture model-based approach for short text clustering*, KDD, 233–242,
/// but with the most likely theme instead of a sampled one, and with all rows of a sweep scored by the previous sweep.
/// We score only single words, because phrases would count their words twice.
pub(super) fn settle(corpus: &Corpus, mut assigned: Assignment, word_prior: f64) -> Assignment {
    for _ in 0..SWEEPS {
        let next = Likelihood::of(corpus, &assigned, word_prior).likeliest(corpus);
        if next == assigned {
            break;
        }
        assigned = next;
    }
    assigned
}

/// The log probability of each theme, and of each word in it.
struct Likelihood {
    /// The themes with at least one row.
    themes: Vec<u32>,
    /// A value for each theme.
    priors: Vec<f32>,
    /// For each term, a value for each theme, stored contiguously so that scoring a row adds whole columns. Single
    /// precision is accurate enough, and keeps the table in the CPU cache.
    words: Vec<f32>,
}

impl Likelihood {
    fn of(corpus: &Corpus, assigned: &[Option<u32>], word_prior: f64) -> Self {
        let terms = corpus.terms.len();
        let all = themes_of(assigned.iter().copied());
        let mut rows = vec![0.0_f64; all];
        for theme in assigned.iter().flatten() {
            add(&mut rows, *theme as usize, 1.0);
        }
        let mut place = vec![0_usize; all];
        let mut themes = Vec::new();
        for ((theme, place), rows) in (0_u32..).zip(&mut place).zip(&rows) {
            if *rows > 0.0 {
                *place = themes.len();
                themes.push(theme);
            }
        }
        let is_word: Vec<bool> = corpus.terms.iter().map(|term| term.words == 1).collect();
        let mut counts = vec![0.0_f64; terms * themes.len()];
        let mut totals = vec![0.0_f64; themes.len()];
        for (row, theme) in corpus.rows.iter().zip(assigned) {
            let Some(place) = theme.and_then(|theme| place.get(theme as usize).copied()) else {
                continue;
            };
            for term in row {
                let term = *term as usize;
                if is_word.get(term).copied().unwrap_or_default() {
                    add(&mut counts, term * themes.len() + place, 1.0);
                    add(&mut totals, place, 1.0);
                }
            }
        }
        let norms: Vec<f64> = totals
            .iter()
            .map(|total| (total + word_prior * real(terms)).ln())
            .collect();
        let words = counts
            .chunks(themes.len().max(1))
            .zip(&is_word)
            .flat_map(|(counts, is_word)| {
                let of_themes = counts.iter().zip(&norms);
                // Phrases don't contribute.
                of_themes.map(move |(count, norm)| {
                    if *is_word {
                        single((count + word_prior).ln() - norm)
                    } else {
                        0.0
                    }
                })
            })
            .collect();
        let priors = rows
            .iter()
            .filter(|rows| **rows > 0.0)
            .map(|rows| single((rows + THEME_PRIOR).ln()))
            .collect();
        Self {
            themes,
            priors,
            words,
        }
    }

    /// The most likely theme of each row; ties go to the first.
    fn likeliest(&self, corpus: &Corpus) -> Assignment {
        let themes = self.themes.len();
        let judge = |scores: &mut Vec<f32>, row: &Vec<u32>| {
            if row.is_empty() {
                return None;
            }
            scores.clone_from(&self.priors);
            for term in row {
                let start = *term as usize * themes;
                let of_themes = self.words.get(start..start + themes).unwrap_or_default();
                for (score, word) in scores.iter_mut().zip(of_themes) {
                    *score += word;
                }
            }
            let mut best: Option<(u32, f32)> = None;
            for (theme, score) in self.themes.iter().zip(&*scores) {
                if best.is_none_or(|(_, most)| *score > most) {
                    best = Some((*theme, *score));
                }
            }
            best.map(|(theme, _)| theme)
        };
        corpus.rows.par_iter().map_init(Vec::new, judge).collect()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a logarithm of a count or of a probability, between -30 and 30"
)]
fn single(value: f64) -> f32 {
    value as f32
}

fn add(list: &mut [f64], place: usize, value: f64) {
    if let Some(sum) = list.get_mut(place) {
        *sum += value;
    }
}
