//! The difference between two codebook versions, in terms of comments that moved: which ones a theme gained, and which
//! it lost.

use roaring::RoaringBitmap;

use super::Coded;
use crate::themes::engine::codebook::Codebook;

/// How the comments of one theme changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThemeMoves {
    /// The theme's key, the same in both versions.
    pub key: String,
    /// The theme's name, from the later version if it's there.
    pub name: String,
    /// How many comments it had before; `None` if it didn't exist.
    pub before: Option<u64>,
    /// How many it has after; `None` if it no longer exists.
    pub after: Option<u64>,
    /// Comments that it gained.
    pub entered: RoaringBitmap,
    /// Comments that it lost.
    pub left: RoaringBitmap,
}

/// How the comments of every theme changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moves {
    /// All themes of both versions: those of the later version in its order, then the deleted ones.
    pub themes: Vec<ThemeMoves>,
    /// The same for being in any theme at all. Has no key and no name.
    pub covered: ThemeMoves,
}

/// Compares how two codebook versions code the same comments.
pub fn moves(before: (&Codebook, &Coded), after: (&Codebook, &Coded)) -> Moves {
    let gone = before.0.themes.iter();
    let gone = gone.filter(|theme| after.0.theme(&theme.key).is_none());
    let of = |key: &str, name: &str| {
        let had = before.0.theme(key).map(|_| before.1.theme(key));
        let has = after.0.theme(key).map(|_| after.1.theme(key));
        ThemeMoves {
            key: key.to_owned(),
            name: name.to_owned(),
            before: had.map(RoaringBitmap::len),
            after: has.map(RoaringBitmap::len),
            ..between(before.1.theme(key), after.1.theme(key))
        }
    };
    let themes = after.0.themes.iter().chain(gone);
    Moves {
        themes: themes
            .map(|theme| of(&theme.key, theme.name.get("en").0))
            .collect(),
        covered: between(&before.1.covered, &after.1.covered),
    }
}

fn between(before: &RoaringBitmap, after: &RoaringBitmap) -> ThemeMoves {
    ThemeMoves {
        before: Some(before.len()),
        after: Some(after.len()),
        entered: after - before,
        left: before - after,
        ..ThemeMoves::default()
    }
}

impl ThemeMoves {
    /// Whether no comment moved.
    pub fn is_still(&self) -> bool {
        self.entered.is_empty() && self.left.is_empty()
    }
}

impl Moves {
    /// The comments that moved into or out of any theme.
    pub fn moved(&self) -> RoaringBitmap {
        let themes = self.themes.iter();
        themes.fold(RoaringBitmap::new(), |moved, theme| {
            moved | &theme.entered | &theme.left
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::themes::Coding;
    use crate::themes::engine::codebook::{RuleText, Theme};
    use crate::themes::engine::postings::Postings;
    use crate::themes::text::Language;

    fn codebook(themes: &[(&str, &[&str])]) -> Codebook {
        let theme = |(key, terms): &(&str, &[&str])| Theme {
            key: (*key).to_owned(),
            name: crate::localized::LocalizedText::one("en", key),
            rules: [(
                "en".to_owned(),
                RuleText {
                    any: terms.iter().map(ToString::to_string).collect(),
                    none: Vec::new(),
                },
            )]
            .into(),
            ..Theme::default()
        };
        Codebook {
            themes: themes.iter().map(theme).collect(),
            ..Codebook::default()
        }
    }

    fn coded(codebook: &Codebook, texts: &[String]) -> Coded {
        let mut postings = Postings::default();
        for (ordinal, text) in (0..).zip(texts) {
            postings.insert(ordinal, Language::ENGLISH, text);
        }
        let all: RoaringBitmap = (0..u32::try_from(texts.len()).unwrap()).collect();
        let coding = Coding::new(1, codebook.clone()).unwrap();
        coding.code(&all, |rule| postings.evaluate(rule))
    }

    #[test]
    fn new_and_removed_themes_are_reported() {
        let texts = ["bus".to_owned(), "lunch".to_owned()];
        let (one, other) = (codebook(&[("a", &["bus"])]), codebook(&[("b", &["bus"])]));
        let found = moves(
            (&one, &coded(&one, &texts)),
            (&other, &coded(&other, &texts)),
        );
        let counts: Vec<_> = found
            .themes
            .iter()
            .map(|theme| (theme.key.as_str(), theme.before, theme.after))
            .collect();
        assert_eq!(counts, [("b", None, Some(1)), ("a", Some(1), None)]);
        assert!(found.covered.is_still());
        assert_eq!(found.moved().len(), 1);
    }

    const WORDS: [&str; 4] = ["bus", "lunch", "book", "roof"];

    fn drawn() -> impl Strategy<Value = Codebook> {
        let terms = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4);
        let themes =
            prop::collection::btree_map(prop::sample::select(&["a", "b", "c"][..]), terms, 1..4);
        themes.prop_map(|themes| {
            let themes: Vec<(&str, &[&str])> = themes
                .iter()
                .map(|(key, terms)| (*key, terms.as_slice()))
                .collect();
            codebook(&themes)
        })
    }

    proptest! {
        #[test]
        fn comments_before_minus_left_plus_entered_are_the_comments_after(
            one in drawn(), other in drawn(),
            texts in prop::collection::vec(prop::collection::vec(prop::sample::select(&WORDS[..]), 0..3), 0..12),
        ) {
            let texts: Vec<String> = texts.iter().map(|words| words.join(" ")).collect();
            let (before, after) = (coded(&one, &texts), coded(&other, &texts));
            let found = moves((&one, &before), (&other, &after));
            for theme in &found.themes {
                let was = before.theme(&theme.key);
                prop_assert!((&theme.entered & was).is_empty());
                prop_assert!((&theme.left - was).is_empty());
                prop_assert_eq!(&((was - &theme.left) | &theme.entered), after.theme(&theme.key));
            }
            let back = moves((&other, &after), (&one, &before));
            prop_assert_eq!(back.moved(), found.moved());
            prop_assert_eq!((back.covered.entered, back.covered.left), (found.covered.left, found.covered.entered));
            prop_assert!(moves((&one, &before), (&one, &before)).moved().is_empty());
        }
    }
}
