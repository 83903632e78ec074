//! Suggests themes. The result is deterministic, needs no number of themes, and consists of lists of terms that anyone
//! can check.
//!
//! Terms that occur together form communities; a mixture model refines the assignment of comments to them; what a
//! theme's comments have in common is distilled into a rule of weighted terms; and finally these rules alone code every
//! comment.

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

/// How fine-grained the themes are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// Fewer, broader themes.
    Fewer,
    /// In between.
    #[default]
    Usual,
    /// More, narrower themes.
    More,
}

impl Grain {
    /// The resolution of the community search: higher gives smaller communities. If a few communities contain all
    /// terms, each is such a large part of the graph that a high resolution would split related terms. `plain` is the
    /// number of communities at resolution 1.
    fn resolution(self, plain: usize) -> f64 {
        let most = match self {
            Self::Fewer => 4.0,
            Self::Usual | Self::More => 16.0,
        };
        1.0 + (most - 1.0) * (1.0 - FEW_COMMUNITIES / corpus::real(plain.max(1))).max(0.0)
    }

    /// The smoothing of word counts in the mixture: higher values merge more small themes into larger ones.
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
    /// A phrase, or up to three words, that describes it.
    pub name: String,
    /// Its terms as a codebook rule writes them, each with its language, heaviest first.
    pub terms: Vec<(Language, String)>,
    /// How many comments it has.
    pub comments: usize,
    /// How similar the theme is when found in resampled comments, from 0 to 1; `None` if not measured.
    pub stability: Option<f64>,
}

/// The suggestions for a set of comments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestion {
    /// The share of comments with a theme, among those with any words, from 0 to 1.
    pub coverage: f64,
    /// Whether there are too few comments for more than a first impression.
    pub too_few: bool,
    /// The themes, those with the most comments first.
    pub themes: Vec<SuggestedTheme>,
    /// The themes of each ordinal passed in, as indexes into `themes`, strongest first.
    pub comments: Vec<Vec<u32>>,
}

/// The terms to use.
const WANTED: Wanted = Wanted {
    most: 2000,
    one_of: 2000,
};

/// With this many communities or fewer, we don't raise the resolution.
const FEW_COMMUNITIES: f64 = 3.0;

/// With this many comments or fewer, themes aren't reliable.
const FEW: usize = 60;

/// The maximum number of themes for so few comments.
const MOST_OF_FEW: usize = 6;

/// The minimum theme size for small and usual sets, in comments. For large sets, it's one in [`ONE_IN`].
const LEAST: (usize, usize) = (3, 5);

/// A set with fewer comments than this is small.
const SMALL: usize = 200;

/// A theme has at least one in this many comments.
const ONE_IN: usize = 1000;

/// What suggestions leave out.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// Comments already covered by fixed themes. We suggest themes only for the rest.
    pub covered: RoaringBitmap,
    /// Words and names to leave out of themes.
    pub suppressed: Suppressed,
}

/// Suggests themes for the comments with these ordinals.
pub fn suggest(postings: &Postings, ordinals: &[u32], grain: Grain, stability: bool) -> Suggestion {
    suggest_within(postings, ordinals, &Limits::default(), grain, stability)
}

/// Suggests themes for those of the comments that aren't covered yet. Covered comments count toward coverage, but get
/// no suggested themes.
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

/// Rules, and the themes that they give each row.
#[derive(Debug)]
struct Draft {
    rules: Vec<DraftRule>,
    coded: Vec<Vec<u32>>,
}

impl Draft {
    fn of(corpus: &Corpus, grain: Grain) -> Self {
        let graph = Graph::of(corpus);
        let community = graph.communities(grain.resolution(graph.holds_together()));
        let initial = assignment::by_communities(corpus, &community);
        let sorted = mixture::settle(corpus, initial, grain.word_prior());
        let least = if corpus.said < SMALL {
            LEAST.0
        } else {
            LEAST.1.max(corpus.said / ONE_IN)
        };
        let rules = assignment::distil(corpus, &assignment::members(&sorted), least);
        // Distill again, from the rows that the first rules match.
        let caught = assignment::strongest(corpus, &rules);
        let rules = assignment::distil(corpus, &assignment::members(&caught), least);
        let coded = assignment::by_rules(corpus, &rules);
        let mut draft = Self { rules, coded };
        draft.order(corpus);
        draft
    }

    /// Sorts themes by number of comments, and keeps only the largest if there are few comments.
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

/// The most over-represented phrase, if its score is at least half that of the top term; otherwise the top three words.
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
