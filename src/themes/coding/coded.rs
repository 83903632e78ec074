//! A codebook applied to the comments of a round.

use std::collections::{BTreeMap, BTreeSet};

use roaring::RoaringBitmap;

use crate::district::RoundId;
use crate::tally::CommentFacet;
use crate::themes::coding::Index;
use crate::themes::engine::codebook::{Codebook, CompiledTheme, Fault};
use crate::themes::engine::matcher::Rule;
use crate::themes::store::SavedCodebook;
use crate::themes::text::Language;
use crate::themes::text::non_answers::is_non_answer;

/// A version of a codebook, ready for counting.
#[derive(Clone, Debug)]
pub struct Coding {
    /// The version; 0 for one that is not saved.
    pub version: i32,
    /// As it is written.
    pub codebook: Codebook,
    themes: Vec<CompiledTheme>,
}

/// The comments of each theme in one round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coded {
    /// The comments of each theme, by key; those of a theme's parts are its own too.
    pub themes: BTreeMap<String, RoaringBitmap>,
    /// Every comment of the round that counts and says something.
    pub comments: RoaringBitmap,
    /// The comments that have at least one theme.
    pub covered: RoaringBitmap,
}

static EMPTY: std::sync::LazyLock<RoaringBitmap> = std::sync::LazyLock::new(RoaringBitmap::new);

impl Coding {
    /// Makes a codebook ready, or tells everything that is wrong with it.
    pub fn new(version: i32, codebook: Codebook) -> Result<Self, Vec<Fault>> {
        let themes = codebook.compile()?;
        Ok(Self {
            version,
            codebook,
            themes,
        })
    }

    /// Makes a saved version ready. It was checked when it was saved.
    pub fn of(saved: SavedCodebook) -> crate::error::Result<Self> {
        let version = saved.version;
        Self::new(version, saved.document.0).map_err(|faults| {
            let reasons: Vec<String> = faults.iter().map(ToString::to_string).collect();
            crate::error::Error::bug(format!(
                "codebook version {version}: {}",
                reasons.join("; ")
            ))
        })
    }

    /// Codes the comments of a round.
    pub fn apply(&self, index: &Index, round: &RoundId) -> Coded {
        let comments =
            index.tally.comments(&CommentFacet::Round(round.clone())) - index.non_answers();
        self.code(&comments, |rule| index.evaluate(rule))
    }

    /// Codes these comments; `evaluate` finds the comments that a rule matches, among any others.
    pub fn code(
        &self,
        comments: &RoaringBitmap,
        evaluate: impl Fn(&Rule) -> RoaringBitmap,
    ) -> Coded {
        let own: BTreeMap<&str, RoaringBitmap> = self
            .themes
            .iter()
            .map(|theme| (theme.key.as_str(), evaluate(&theme.rule) & comments))
            .collect();
        let mut themes = BTreeMap::new();
        let mut covered = RoaringBitmap::new();
        for theme in &self.codebook.themes {
            let mut set = RoaringBitmap::new();
            for part in self.with_parts(&theme.key) {
                if let Some(matched) = own.get(part) {
                    set |= matched;
                }
            }
            covered |= &set;
            themes.insert(theme.key.clone(), set);
        }
        Coded {
            themes,
            comments: comments.clone(),
            covered,
        }
    }

    /// The keys of the themes that one text of a language is in, in the order of the codebook: as [`Coding::apply`]
    /// would find it among all others.
    pub fn themes_of(&self, text: &str, language: Language) -> Vec<&str> {
        if is_non_answer(text) {
            return Vec::new();
        }
        let matched = |key: &str| {
            self.theme(key)
                .is_some_and(|theme| theme.rule.matches(text, language))
        };
        let themes = self.codebook.themes.iter();
        themes
            .filter(|theme| self.with_parts(&theme.key).into_iter().any(matched))
            .map(|theme| theme.key.as_str())
            .collect()
    }

    /// A theme's key and those of its parts, at any depth.
    pub fn with_parts<'a>(&'a self, key: &'a str) -> BTreeSet<&'a str> {
        let mut keys = BTreeSet::from([key]);
        let mut waiting = vec![key];
        while let Some(parent) = waiting.pop() {
            for theme in &self.codebook.themes {
                if theme.parent.as_deref() == Some(parent) && keys.insert(&theme.key) {
                    waiting.push(&theme.key);
                }
            }
        }
        keys
    }

    /// The name of a theme at the desk; its key where the codebook has none.
    pub fn name<'a>(&'a self, key: &'a str) -> &'a str {
        let theme = self.codebook.themes.iter().find(|theme| theme.key == key);
        theme.map_or(key, |theme| theme.name.get("en").0)
    }

    /// The compiled theme of a key, for marking the words that it matches.
    pub fn theme(&self, key: &str) -> Option<&CompiledTheme> {
        self.themes.iter().find(|theme| theme.key == key)
    }
}

impl Coded {
    /// The comments of a theme.
    pub fn theme(&self, key: &str) -> &RoaringBitmap {
        self.themes.get(key).unwrap_or(&EMPTY)
    }

    /// The comments of any of several themes: a union, never a sum.
    pub fn union<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> RoaringBitmap {
        keys.into_iter()
            .fold(RoaringBitmap::new(), |union, key| union | self.theme(key))
    }
}
