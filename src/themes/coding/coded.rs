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

/// A codebook version, ready to count with.
#[derive(Clone, Debug)]
pub struct Coding {
    /// The version number; 0 if not saved.
    pub version: i32,
    /// The codebook as written.
    pub codebook: Codebook,
    themes: Vec<CompiledTheme>,
}

/// The comments of each theme in one round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coded {
    /// The comments of each theme, by key. A theme includes the comments of its subthemes.
    pub themes: BTreeMap<String, RoaringBitmap>,
    /// All comments of the round that count and have content.
    pub comments: RoaringBitmap,
    /// The comments that have at least one theme.
    pub covered: RoaringBitmap,
}

static EMPTY: std::sync::LazyLock<RoaringBitmap> = std::sync::LazyLock::new(RoaringBitmap::new);

impl Coding {
    /// Compiles a codebook, or lists everything that's wrong with it.
    pub fn new(version: i32, codebook: Codebook) -> Result<Self, Vec<Fault>> {
        let themes = codebook.compile()?;
        Ok(Self {
            version,
            codebook,
            themes,
        })
    }

    /// Loads a saved version, which was validated when saved.
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

    /// Codes these comments. `evaluate` returns the comments that match a rule; it may return more than these.
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

    /// The keys of the themes that match one text, in codebook order. Agrees with what [`Coding::apply`] finds among
    /// all comments.
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

    /// A theme's key and the keys of its subthemes, at any depth.
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

    /// A theme's name in the staff language; its key if the codebook doesn't have it.
    pub fn name<'a>(&'a self, key: &'a str) -> &'a str {
        let theme = self.codebook.themes.iter().find(|theme| theme.key == key);
        theme.map_or(key, |theme| theme.name.get("en").0)
    }

    /// The compiled theme with a key, to highlight matching words.
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
