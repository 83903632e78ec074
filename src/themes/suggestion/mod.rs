//! Suggesting themes: deterministic, not told how many, and ending in lists of terms that anyone can check.
//!
//! Terms that comments name together form communities; a mixture model sorts the comments by them; what the comments of a
//! theme have in common is distilled into a rule of weighed terms, and every comment is coded again by these rules alone.

mod assignment;
mod graph;
mod mixture;
mod stability;

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use self::assignment::DraftRule;

use self::graph::Graph;
use crate::themes::engine::corpus::{self, Corpus, CorpusTerm, Wanted};
use crate::themes::engine::postings::Postings;
use crate::themes::engine::suppressed::Suppressed;
use crate::themes::text::Language;

/// How finely comments are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// Fewer and wider themes.
    Fewer,
    /// In between.
    #[default]
    Usual,
    /// More and narrower themes.
    More,
}

impl Grain {
    /// The resolution at which communities are cut: the higher, the smaller. Where a few communities hold all terms, each
    /// of them is so large a part of the whole that a high resolution would cut through what belongs together; `plain` is
    /// how many there are at resolution 1.
    fn resolution(self, plain: usize) -> f64 {
        let most = match self {
            Self::Fewer => 4.0,
            Self::Usual | Self::More => 16.0,
        };
        1.0 + (most - 1.0) * (1.0 - FEW_COMMUNITIES / corpus::real(plain.max(1))).max(0.0)
    }

    /// How readily a theme takes a word that it has not had: the more readily, the more small themes are drawn into larger ones.
    fn word_prior(self) -> f64 {
        match self {
            Self::Fewer | Self::Usual => 1.0,
            Self::More => 0.3,
        }
    }
}

/// A suggested theme.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestedTheme {
    /// A phrase, or up to three words, that stand for it.
    pub name: String,
    /// Its terms as a codebook's rule writes them, each with its language, the heaviest first.
    pub terms: Vec<(Language, String)>,
    /// How many comments have it.
    pub comments: usize,
    /// How alike it comes back when the comments are drawn anew, from 0 to 1; none where it was not asked for.
    pub stability: Option<f64>,
}

/// What is suggested for a set of comments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestion {
    /// The share of comments with any word that have a theme, from 0 to 1.
    pub coverage: f64,
    /// Whether there are too few comments for more than a first look.
    pub too_few: bool,
    /// The themes, the one of most comments first.
    pub themes: Vec<SuggestedTheme>,
    /// For each ordinal that was given: its themes, by place in `themes`, the strongest first.
    pub comments: Vec<Vec<u32>>,
}

/// The terms that take part.
const WANTED: Wanted = Wanted {
    most: 2000,
    one_of: 2000,
};

/// So few communities are cut no further.
const FEW_COMMUNITIES: f64 = 3.0;

/// Up to here there are too few comments to tell themes apart well.
const FEW: usize = 60;

/// The most themes that so few comments are given.
const MOST_OF_FEW: usize = 6;

/// The smallest theme of a small set and of a usual one, in comments; of a large one it is one in [`ONE_IN`].
const LEAST: (usize, usize) = (3, 5);

/// Up to here a set is small.
const SMALL: usize = 200;

/// A theme has at least one comment in so many.
const ONE_IN: usize = 1000;

/// What suggestions keep away from.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// Comments that have a theme already, of those that people fixed. Suggestions speak of the others alone.
    pub covered: RoaringBitmap,
    /// Words and names that are no theme.
    pub suppressed: Suppressed,
}

/// Suggests themes for the comments of these ordinals.
pub fn suggest(postings: &Postings, ordinals: &[u32], grain: Grain, stability: bool) -> Suggestion {
    suggest_within(postings, ordinals, &Limits::default(), grain, stability)
}

/// Suggests themes for those of these comments that have none yet. A comment that has one counts as covered, and has none of those that
/// are suggested.
pub fn suggest_within(
    postings: &Postings,
    ordinals: &[u32],
    limits: &Limits,
    grain: Grain,
    stability: bool,
) -> Suggestion {
    let is_open = |ordinal: &u32| !limits.covered.contains(*ordinal);
    let open: Vec<u32> = ordinals.iter().copied().filter(is_open).collect();
    let corpus = Corpus::of(postings, &open, WANTED, &limits.suppressed);
    let draft = Draft::of(&corpus, grain);
    let stable = stability.then(|| stability::of(&corpus, &draft, grain));
    let mut suggestion = draft.finish(&corpus, stable.as_deref());
    if open.len() < ordinals.len() {
        let mut themes = std::mem::take(&mut suggestion.comments).into_iter();
        let with_theme = |ordinal: &u32| is_open(ordinal).then(|| themes.next()).flatten();
        suggestion.comments = ordinals
            .iter()
            .map(with_theme)
            .map(Option::unwrap_or_default)
            .collect();
        let says_something = |ordinal: &&u32| {
            let words = postings.sequence(**ordinal);
            words.is_some_and(|(_, words)| !words.is_empty())
        };
        let has_theme = ordinals.iter().filter(|ordinal| !is_open(ordinal));
        let had = has_theme.filter(says_something).count();
        let found = suggestion.coverage * corpus::real(corpus.said);
        suggestion.coverage =
            (found + corpus::real(had)) / corpus::real((corpus.said + had).max(1));
    }
    suggestion
}

/// Rules, and the themes of each row by them.
#[derive(Debug)]
struct Draft {
    rules: Vec<DraftRule>,
    coded: Vec<Vec<u32>>,
}

impl Draft {
    fn of(corpus: &Corpus, grain: Grain) -> Self {
        let graph = Graph::of(corpus);
        let community = graph.communities(grain.resolution(graph.holds_together()));
        let begun = assignment::by_communities(corpus, &community);
        let sorted = mixture::settle(corpus, begun, grain.word_prior());
        let least = if corpus.said < SMALL {
            LEAST.0
        } else {
            LEAST.1.max(corpus.said / ONE_IN)
        };
        let rules = assignment::distil(corpus, &assignment::members(&sorted), least);
        // Once more by what the first rules have caught.
        let caught = assignment::strongest(corpus, &rules);
        let rules = assignment::distil(corpus, &assignment::members(&caught), least);
        let coded = assignment::by_rules(corpus, &rules);
        let mut draft = Self { rules, coded };
        draft.order(corpus);
        draft
    }

    /// The theme of most comments first; of few comments the largest themes alone.
    fn order(&mut self, corpus: &Corpus) {
        let sizes = self.sizes();
        let mut order: Vec<usize> = (0..self.rules.len()).collect();
        order.sort_by_key(|theme| (std::cmp::Reverse(sizes.get(*theme).copied()), *theme));
        if corpus.said <= FEW {
            order.truncate(MOST_OF_FEW);
        }
        let mut places = vec![None; self.rules.len()];
        for (place, theme) in (0_u32..).zip(&order) {
            if let Some(slot) = places.get_mut(*theme) {
                *slot = Some(place);
            }
        }
        let place = |theme: u32| places.get(theme as usize).copied().flatten();
        for row in &mut self.coded {
            *row = row.iter().filter_map(|theme| place(*theme)).collect();
        }
        let rule = |theme: &usize| self.rules.get(*theme).cloned().unwrap_or_default();
        self.rules = order.iter().map(rule).collect();
    }

    fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0; self.rules.len()];
        for theme in self.coded.iter().flatten() {
            if let Some(size) = sizes.get_mut(*theme as usize) {
                *size += 1;
            }
        }
        sizes
    }

    fn finish(self, corpus: &Corpus, stability: Option<&[f64]>) -> Suggestion {
        let sizes = self.sizes();
        let themes = (0..).zip(&self.rules).map(|(theme, rule)| {
            let terms = rule
                .iter()
                .filter_map(|term| corpus.terms.get(term.number as usize));
            SuggestedTheme {
                name: name(corpus, rule),
                terms: terms
                    .map(|term| (term.language, term.written.clone()))
                    .collect(),
                comments: sizes.get(theme).copied().unwrap_or_default(),
                stability: stability.and_then(|all| all.get(theme).copied()),
            }
        });
        let covered = self.coded.iter().filter(|list| !list.is_empty()).count();
        Suggestion {
            coverage: corpus::real(covered) / corpus::real(corpus.said.max(1)),
            too_few: corpus.said <= FEW,
            themes: themes.collect(),
            comments: self.coded,
        }
    }
}

/// The phrase that stands out most if it stands out at least half as much as any word; else the three words that do.
fn name(corpus: &Corpus, rule: &DraftRule) -> String {
    let mut telling: Vec<(f64, &CorpusTerm)> = rule
        .iter()
        .filter_map(|term| Some((term.surprise, corpus.terms.get(term.number as usize)?)))
        .collect();
    telling.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.written.cmp(&y.written)));
    let most = telling.first().map_or(0.0, |(surprise, _)| *surprise);
    let phrase = telling
        .iter()
        .find(|(surprise, term)| term.words > 1 && *surprise * 2.0 >= most);
    if let Some((_, phrase)) = phrase {
        return phrase.written.trim_matches('"').to_owned();
    }
    let mut seen = BTreeSet::new();
    let words = telling
        .iter()
        .filter(|(_, term)| term.words == 1 && seen.insert(term.written.as_str()));
    let words: Vec<&str> = words
        .take(3)
        .map(|(_, term)| term.written.as_str())
        .collect();
    words.join(", ")
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::three_things;
