//! Words that people mention in order to deny them or to say they're missing: "no buses", "sin maestros". A word count
//! says how many comments mention a word, not that they praise it. This module counts how many mention it after a
//! negator.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use serde::Serialize;

use super::postings::Postings;
use super::vocabulary::StemId;
use crate::themes::text::Language;
use crate::themes::text::lexicon::lexicon;

/// A negator negates words up to this many words after it.
const REACH: usize = 3;

/// A word, with how many comments mention it and how many of those negate it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Negated {
    /// The stem.
    pub key: String,
    /// The word to show for it: the form in the most comments.
    pub word: String,
    /// Its language.
    pub language: Language,
    /// Comments that mention it.
    pub comments: u64,
    /// Comments that mention it after a negator at least once.
    pub negated: u64,
}

/// The counts of a stem.
#[derive(Default)]
struct Named {
    all: RoaringBitmap,
    negated: RoaringBitmap,
}

/// The words that any of these comments negate, most often negated first. Empty for languages without a list of
/// negators.
pub fn negated(postings: &Postings, ordinals: &RoaringBitmap) -> Vec<Negated> {
    let mut named: BTreeMap<(Language, StemId), Named> = BTreeMap::new();
    for ordinal in ordinals {
        let Some((language, words)) = postings.sequence(ordinal) else {
            continue;
        };
        let (Some(lexicon), Some(vocabulary)) = (lexicon(language), postings.vocabulary(language))
        else {
            continue;
        };
        // How many words back the last negator is.
        let mut ago = usize::MAX;
        for word in words.iter().filter_map(|word| vocabulary.word(*word)) {
            if lexicon.negators.contains(word.folded.as_ref()) {
                ago = 0;
                continue;
            }
            ago = ago.saturating_add(1);
            if !word.stop {
                let named = named.entry((language, word.stem)).or_default();
                named.all.insert(ordinal);
                if ago <= REACH {
                    named.negated.insert(ordinal);
                }
            }
        }
    }
    let languages = postings.vocabularies().map(|(language, _)| language);
    let words: BTreeMap<Language, Vec<&str>> = languages
        .map(|language| (language, postings.commonest_words(language)))
        .collect();
    let told = named.into_iter().filter_map(|((language, stem), named)| {
        let key = postings.vocabulary(language)?.stems().get(stem.place())?;
        let word = words.get(&language)?.get(stem.place())?;
        (!named.negated.is_empty()).then(|| Negated {
            key: key.to_string(),
            word: (*word).to_owned(),
            language,
            comments: named.all.len(),
            negated: named.negated.len(),
        })
    });
    let mut told: Vec<Negated> = told.collect();
    told.sort_by(|a, b| {
        let more = b.negated.cmp(&a.negated);
        more.then_with(|| (&a.key, a.language).cmp(&(&b.key, b.language)))
    });
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negated_uses_of_a_word_are_counted_separately() {
        let mut postings = Postings::default();
        for (ordinal, (language, text)) in (0..).zip([
            (Language::ENGLISH, "There are no teachers"),
            (
                Language::ENGLISH,
                "Teachers! We don't have any teachers here at school",
            ),
            (Language::ENGLISH, "The teacher is late, never on time"),
            (Language::SPANISH, "Estamos sin maestros"),
            ("vi".parse().unwrap(), "no bus"),
        ]) {
            postings.insert(ordinal, language, text);
        }
        let told = negated(&postings, &(0..5).collect());
        let told: Vec<_> = told
            .iter()
            .map(|it| (it.word.as_str(), it.comments, it.negated))
            .collect();
        assert_eq!(
            told,
            [
                ("teachers", 3, 2),
                ("any", 1, 1),
                ("maestros", 1, 1),
                ("time", 1, 1)
            ]
        );
    }
}
