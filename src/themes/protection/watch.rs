//! Which comments may be about somebody's safety, updated as comments change.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::safety::{self, Concern, SignWord};
use crate::themes::engine::postings::Postings;
use crate::themes::text::Language;

/// The comments with signs, by ordinal.
#[derive(Debug, Default)]
pub struct Watch {
    /// The sign words that each word of a language matches, indexed by word. Looked up once per word, not once per
    /// comment.
    known: BTreeMap<Language, Vec<Vec<SignWord>>>,
    found: BTreeMap<Concern, RoaringBitmap>,
}

impl Watch {
    /// Checks a comment that's already in `postings`, replacing any with the same ordinal.
    pub fn insert(&mut self, ordinal: u32, text: &str, postings: &Postings) {
        self.remove(ordinal);
        let Some((language, words)) = postings.words(ordinal) else {
            return;
        };
        let Some(vocabulary) = postings.vocabulary(language) else {
            return;
        };
        let known = self.known.entry(language).or_default();
        let new = vocabulary.words().iter().skip(known.len());
        known.extend(new.map(|word| safety::sign_words(&word.folded)));
        let held: Vec<SignWord> = words
            .filter_map(|word| known.get(word.place()))
            .flatten()
            .copied()
            .collect();
        let among = safety::lists_with(&held);
        if among == 0 {
            return;
        }
        for sign in safety::signs_among(text, among) {
            self.found.entry(sign.concern).or_default().insert(ordinal);
        }
    }

    /// Removes a comment.
    pub fn remove(&mut self, ordinal: u32) {
        for found in self.found.values_mut() {
            found.remove(ordinal);
        }
    }

    /// The comments with any sign.
    pub fn found(&self) -> RoaringBitmap {
        let found = self.found.values();
        found.fold(RoaringBitmap::new(), |all, found| all | found)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Words are looked up only once; the result is the same as checking each comment separately.
        #[test]
        fn watching_finds_the_same_comments_as_reading_each_one(
            texts in prop::collection::vec(
                prop::collection::vec(prop::sample::select(&["I", "want", "to", "die", "me", "pega", "self-harming", "bus", "ela", "أقتل", "نفسي", "no"][..]), 0..6), 0..12),
            gone in prop::collection::vec(0_u32..12, 0..4),
        ) {
            let (mut postings, mut watch) = (Postings::default(), Watch::default());
            let texts: Vec<String> = texts.iter().map(|words| words.join(" ")).collect();
            // Every ordinal had a different text before.
            for text in [&texts.iter().rev().cloned().collect::<Vec<_>>(), &texts] {
                for (ordinal, text) in (0..).zip(text) {
                    let language = if ordinal % 2 == 0 { Language::ENGLISH } else { Language::SPANISH };
                    postings.insert(ordinal, language, text);
                    watch.insert(ordinal, text, &postings);
                }
            }
            for ordinal in &gone {
                watch.remove(*ordinal);
            }
            let expected: RoaringBitmap = (0..)
                .zip(&texts)
                .filter(|(ordinal, text)| !gone.contains(ordinal) && !safety::signs(text).is_empty())
                .map(|(ordinal, _)| ordinal)
                .collect();
            prop_assert_eq!(watch.found(), expected);
        }
    }
}
