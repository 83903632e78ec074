//! Phrases that people repeat: runs of two to four words that may contain stop words, but not at either end.
//!
//! A phrase is in at least three comments, and its last word follows the rest more often than by chance. A phrase that
//! occurs mostly inside a longer one is dropped in favor of the longer one (the idea of the C-value: Frantzi, K.,
//! Ananiadou, S., Mima, H. (2000), *Automatic recognition of multi-word terms*, International Journal on Digital
//! Libraries 3, 115–130).

use hashbrown::HashMap;
use roaring::RoaringBitmap;
use serde::Serialize;

use super::postings::Postings;
use super::vocabulary::{Vocabulary, WordId};
use crate::statistics::keyness::log_likelihood_ratio;
use crate::statistics::number;
use crate::themes::text::Language;

/// The maximum number of words in a phrase.
const LONGEST: usize = 4;

/// The minimum number of comments that contain a phrase.
const LEAST_COMMENTS: u64 = 3;

/// The log-likelihood ratio with p = 0.001: the upper 0.1% point of χ² with one degree of freedom.
const SURE: f64 = 10.83;

/// A phrase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Phrase {
    /// The most frequent spelling, folded.
    pub phrase: String,
    /// The language of its words.
    pub language: Language,
    /// Comments that contain it.
    pub comments: u64,
    /// Distinct people who wrote them.
    pub people: u64,
    /// Total occurrences.
    pub mentions: u64,
    /// The log-likelihood ratio of its last word following the rest, times ln(1 + words).
    pub score: f64,
}

/// Words as numbers: a stem, or a stop word itself.
type Key = Box<[u32]>;

/// The counts of a run of words.
#[derive(Default)]
struct Run {
    comments: RoaringBitmap,
    people: RoaringBitmap,
    mentions: u64,
    /// How often it's written with each sequence of words.
    forms: HashMap<Box<[WordId]>, u64>,
}

/// The phrases in some comments, best first. `comments` holds each comment's ordinal and author.
pub fn phrases(postings: &Postings, comments: &[(u32, u32)]) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = postings
        .vocabularies()
        .flat_map(|(language, vocabulary)| {
            let said = comments.iter().filter_map(|(ordinal, person)| {
                let (own, words) = postings.sequence(*ordinal)?;
                (own == language).then_some((*ordinal, *person, words))
            });
            CountedRuns::of(vocabulary, &said.collect::<Vec<_>>()).phrases(language, vocabulary)
        })
        .collect();
    found.sort_by(|one, other| {
        let by_score = other.score.total_cmp(&one.score);
        by_score.then_with(|| (&one.phrase, one.language).cmp(&(&other.phrase, other.language)))
    });
    found
}

/// The runs of one language.
struct CountedRuns {
    comments: u64,
    runs: HashMap<Key, Run>,
}

impl CountedRuns {
    fn of(vocabulary: &Vocabulary, said: &[(u32, u32, &[WordId])]) -> Self {
        let mut counted = Self {
            comments: said.len() as u64,
            runs: HashMap::new(),
        };
        // Single words first: a run with a rare word can't be a phrase.
        for (ordinal, person, words) in said {
            counted.take(vocabulary, (*ordinal, *person), words, 1);
        }
        counted
            .runs
            .retain(|_, run| run.comments.len() >= LEAST_COMMENTS);
        for (ordinal, person, words) in said {
            for length in 2..=LONGEST {
                counted.take(vocabulary, (*ordinal, *person), words, length);
            }
        }
        counted
            .runs
            .retain(|_, run| run.comments.len() >= LEAST_COMMENTS);
        counted
    }

    /// Counts a comment's runs of one length.
    fn take(&mut self, vocabulary: &Vocabulary, of: (u32, u32), words: &[WordId], length: usize) {
        for run in words.windows(length) {
            let Some(key) = key(vocabulary, run) else {
                continue;
            };
            let is_known = |part: &u32| is_small(*part) || self.runs.contains_key(&[*part][..]);
            if length > 1 && !key.iter().all(is_known) {
                continue;
            }
            let counted = self.runs.entry(key).or_default();
            counted.comments.insert(of.0);
            counted.people.insert(of.1);
            counted.mentions += 1;
            match counted.forms.get_mut(run) {
                Some(times) => *times += 1,
                None => {
                    counted.forms.insert(run.into(), 1);
                }
            }
        }
    }

    fn phrases(&self, language: Language, vocabulary: &Vocabulary) -> Vec<Phrase> {
        let sure: Vec<(&Key, &Run, f64)> = self
            .runs
            .iter()
            .filter(|(key, _)| key.len() > 1)
            .filter_map(|(key, run)| Some((key, run, self.ratio(key, run)?)))
            .collect();
        let mut inside: HashMap<&[u32], u64> = HashMap::new();
        for (key, run, _) in &sure {
            for length in 2..key.len() {
                for part in key.windows(length) {
                    let most = inside.entry(part).or_default();
                    *most = (*most).max(run.comments.len());
                }
            }
        }
        let mostly_inside = |key: &Key, run: &Run| {
            let larger = inside.get(&key[..]).copied().unwrap_or_default();
            larger * 2 >= run.comments.len()
        };
        let kept = sure.iter().filter(|(key, run, _)| !mostly_inside(key, run));
        kept.map(|(key, run, ratio)| Phrase {
            phrase: run.written(vocabulary),
            language,
            comments: run.comments.len(),
            people: run.people.len(),
            mentions: run.mentions,
            score: ratio * number(1 + key.len() as u64).ln(),
        })
        .collect()
    }

    /// The log-likelihood ratio of a run's last word following the rest; `None` if it doesn't follow more often than by
    /// chance.
    fn ratio(&self, key: &Key, run: &Run) -> Option<f64> {
        let (last, before) = key.split_last()?;
        let end = before.iter().rposition(|part| !is_small(*part))?;
        let before = self.runs.get(before.get(..=end)?)?.comments.len();
        let last = self.runs.get(&[*last][..])?.comments.len();
        let both = run.comments.len();
        let is_more =
            u128::from(both) * u128::from(self.comments) > u128::from(before) * u128::from(last);
        let counts = [both, before, last, self.comments].map(number);
        let ratio = log_likelihood_ratio(counts[0], counts[1], counts[2], counts[3]);
        (is_more && ratio >= SURE).then_some(ratio)
    }
}

impl Run {
    /// The words that it's written with most often; ties go to the first in order.
    fn written(&self, vocabulary: &Vocabulary) -> String {
        let written = |form: &[WordId]| -> String {
            let words = form.iter().filter_map(|id| vocabulary.word(*id));
            let words: Vec<&str> = words.map(|word| word.folded.as_ref()).collect();
            words.join(" ")
        };
        let mut forms: Vec<(std::cmp::Reverse<u64>, String)> = self
            .forms
            .iter()
            .map(|(form, times)| (std::cmp::Reverse(*times), written(form)))
            .collect();
        forms.sort_unstable();
        forms
            .into_iter()
            .next()
            .map_or_else(String::new, |(_, form)| form)
    }
}

/// A run as numbers; `None` if it starts or ends with a stop word, or if a word is unknown.
fn key(vocabulary: &Vocabulary, run: &[WordId]) -> Option<Key> {
    let part = |id: &WordId| {
        let word = vocabulary.word(*id)?;
        let (place, small) = if word.stop {
            (id.place(), 1)
        } else {
            (word.stem.place(), 0)
        };
        Some(u32::try_from(place).ok()? << 1 | small)
    };
    let key: Key = run.iter().map(part).collect::<Option<_>>()?;
    let begins_or_ends_small = is_small(*key.first()?) || is_small(*key.last()?);
    (!begins_or_ends_small).then_some(key)
}

fn is_small(part: u32) -> bool {
    part & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(texts: &[(usize, &str)]) -> Vec<Phrase> {
        let mut postings = Postings::default();
        let mut comments = Vec::new();
        let mut ordinal = 0;
        for (times, text) in texts {
            for _ in 0..*times {
                postings.insert(ordinal, Language::ENGLISH, text);
                // Each person wrote two comments.
                comments.push((ordinal, ordinal / 2));
                ordinal += 1;
            }
        }
        phrases(&postings, &comments)
    }

    fn names(phrases: &[Phrase]) -> Vec<&str> {
        phrases.iter().map(|it| it.phrase.as_str()).collect()
    }

    #[test]
    fn adjacent_words_form_a_phrase_with_stop_words_only_inside() {
        let told = told(&[
            (8, "the quality of life here"),
            (2, "parking lot cars"),
            (2, "parking lot vans"),
            (2, "parking lot bikes"),
            (2, "parking lots again"),
            (40, "roads"),
        ]);
        assert_eq!(names(&told), ["quality of life", "parking lot"]);
        assert_eq!(
            (told[0].comments, told[0].people, told[0].mentions),
            (8, 4, 8)
        );
        assert_eq!(told[1].comments, 8);
    }

    #[test]
    fn a_longer_phrase_replaces_its_parts_unless_they_are_also_used_alone() {
        let together = told(&[(9, "late winter bus route"), (60, "roads")]);
        assert_eq!(names(&together), ["late winter bus route"]);
        let alone = told(&[
            (4, "free school lunch"),
            (20, "school lunch"),
            (60, "roads"),
        ]);
        assert_eq!(names(&alone), ["school lunch"]);
    }

    #[test]
    fn rare_or_chance_combinations_are_not_phrases() {
        assert!(told(&[(2, "school lunch"), (60, "roads")]).is_empty());
        assert!(told(&[(30, "school lunch"), (0, "")]).is_empty());
    }
}
