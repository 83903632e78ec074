//! How similar the themes are when found in resampled comments.

use hashbrown::HashMap;
use rayon::prelude::*;

use super::{Draft, Grain};
use crate::themes::engine::corpus::{Corpus, real};

/// The number of resamples.
const DRAWS: u64 = 10;

/// The maximum number of comments in a resample.
const MOST_ROWS: usize = 20_000;

/// For each theme, the mean over resamples of the Jaccard index with its most similar theme. The random seed is fixed,
/// so the same comments give the same numbers.
///
/// Hennig, C. (2007), *Cluster-wise assessment of cluster stability*, Computational Statistics & Data Analysis 52,
/// 258–271.
pub(super) fn of(corpus: &Corpus, draft: &Draft, grain: Grain) -> Vec<f64> {
    let draws: Vec<Vec<f64>> = (0..DRAWS)
        .into_par_iter()
        .map(|draw| likeness(corpus, draft, grain, draw))
        .collect();
    let mean = |theme: usize| {
        let sum: f64 = draws.iter().filter_map(|draw| draw.get(theme)).sum();
        sum / real(draws.len().max(1))
    };
    (0..draft.rules.len()).map(mean).collect()
}

/// For each theme, the Jaccard index with the most similar theme of one resample, among the sampled rows.
fn likeness(corpus: &Corpus, draft: &Draft, grain: Grain, draw: u64) -> Vec<f64> {
    let rows = drawn(corpus.rows.len(), draw);
    let again = Draft::of(&corpus.of_rows(&rows), grain);
    let mut first: HashMap<u32, usize> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        first.entry(*row).or_insert(place);
    }
    let mut both: HashMap<(u32, u32), usize> = HashMap::new();
    let mut before = vec![0_usize; draft.rules.len()];
    let mut after = vec![0_usize; again.rules.len()];
    for (row, place) in first {
        let old = draft.coded.get(row as usize).map_or(&[][..], Vec::as_slice);
        let new = again.coded.get(place).map_or(&[][..], Vec::as_slice);
        for theme in old {
            count(&mut before, *theme);
            for other in new {
                *both.entry((*theme, *other)).or_default() += 1;
            }
        }
        for other in new {
            count(&mut after, *other);
        }
    }
    let mut best = vec![0.0_f64; draft.rules.len()];
    for ((theme, other), shared) in both {
        let all = before.get(theme as usize).copied().unwrap_or_default()
            + after.get(other as usize).copied().unwrap_or_default()
            - shared;
        if let Some(best) = best.get_mut(theme as usize) {
            *best = best.max(real(shared) / real(all.max(1)));
        }
    }
    best
}

fn count(list: &mut [usize], place: u32) {
    if let Some(count) = list.get_mut(place as usize) {
        *count += 1;
    }
}

/// Samples rows with replacement.
fn drawn(rows: usize, draw: u64) -> Vec<u32> {
    let mut state = draw.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let Ok(all) = u64::try_from(rows) else {
        return Vec::new();
    };
    (0..rows.min(MOST_ROWS))
        .filter_map(|_| u32::try_from(next(&mut state) % all).ok())
        .collect()
}

/// `SplitMix64`: Steele, Lea and Flood (2014), *Fast splittable pseudorandom number generators*, OOPSLA, 453–472.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
