//! Suggesting themes: deterministic, not told how many, and ending in lists of terms that anyone can check.

mod coding;
mod corpus;
mod graph;
mod statistics;

use self::{coding::Rule, corpus::{Corpus, real}, graph::Graph};
use super::{postings::Postings, text::language::Language};

/// How finely remarks are told apart.
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

/// A suggested theme.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestedTheme {
    /// A phrase or three words that stand for it.
    pub name: String,
    /// Its terms as a rule writes them, each with its language, the heaviest first.
    pub terms: Vec<(Language, String)>,
    /// How many remarks have it.
    pub remarks: usize,
}

/// What is suggested for a set of remarks.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The share of remarks that say something and have a theme, from 0 to 1.
    pub coverage: f64,
    /// The themes, the one of most remarks first.
    pub themes: Vec<SuggestedTheme>,
    /// The themes of each remark, by place in `themes`, the strongest first.
    pub remarks: Vec<Vec<u32>>,
}

/// Suggests themes for remarks, each with the language of its words.
pub fn suggest(postings: &Postings, ordinals: &[u32], grain: Grain) -> Suggestion {
    let corpus = Corpus::of(postings, ordinals);
    let parameter = |name: &str, default: f64| {
        std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
    };
    let resolution = parameter("RES", match grain {
        Grain::Fewer => 2.0,
        Grain::Usual => 3.0,
        Grain::More => 4.0,
    });
    let community = Graph::of(&corpus).communities(resolution);
    let first = coding::by_communities(&corpus, &community);
    let mixed = coding::by_mixture(&corpus, first, parameter("SWEEPS", 8.0) as usize);
    let least = (parameter("LEAST", 5.0) as usize).max(corpus.said * 3 / 1000);
    let mut members = coding::members(mixed.iter().copied(), coding::themes_of(&mixed));
    let mut rules: Vec<Rule> = Vec::new();
    let mut coded = Vec::new();
    for _ in 0..2 {
        rules = coding::distil(&corpus, &members, least);
        coded = coding::by_rules(&corpus, &rules, parameter("THRESHOLD", 0.0));
        members = coding::members(coded.iter().map(|themes| themes.first().copied()), rules.len());
    }
    finish(&corpus, &rules, coded)
}

fn finish(corpus: &Corpus, rules: &[Rule], coded: Vec<Vec<u32>>) -> Suggestion {
    let mut sizes = vec![0_usize; rules.len()];
    for theme in coded.iter().flatten() {
        if let Some(size) = sizes.get_mut(*theme as usize) {
            *size += 1;
        }
    }
    let mut order: Vec<usize> = (0..rules.len()).collect();
    order.sort_by_key(|theme| (std::cmp::Reverse(sizes.get(*theme).copied()), *theme));
    let mut place = vec![0_u32; rules.len()];
    for (new, old) in (0..).zip(&order) {
        if let Some(place) = place.get_mut(*old) {
            *place = new;
        }
    }
    let themes = order.iter().filter_map(|theme| {
        let rule = rules.get(*theme)?;
        let terms: Vec<_> = rule.iter().filter_map(|(term, _)| corpus.terms.get(*term as usize)).collect();
        let phrase = terms.iter().take(5).find(|term| term.words > 1);
        let name = match phrase {
            Some(phrase) => phrase.written.trim_matches('"').to_owned(),
            None => terms.iter().take(3).map(|term| term.written.as_str()).collect::<Vec<_>>().join(", "),
        };
        Some(SuggestedTheme {
            name,
            terms: terms.iter().map(|term| (term.language, term.written.clone())).collect(),
            remarks: sizes.get(*theme).copied().unwrap_or_default(),
        })
    });
    let themes = themes.collect();
    let remarks: Vec<Vec<u32>> = coded
        .into_iter()
        .map(|list| list.into_iter().filter_map(|theme| place.get(theme as usize).copied()).collect())
        .collect();
    let covered = remarks.iter().filter(|list| !list.is_empty()).count();
    Suggestion {
        coverage: if corpus.said == 0 { 0.0 } else { covered as f64 / corpus.said as f64 },
        themes,
        remarks,
    }
}
