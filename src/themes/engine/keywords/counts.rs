//! Counts within one language. Words and stems are numbers until the table is built at the end.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use super::{Count, Keyword};
use crate::themes::engine::vocabulary::Vocabulary;
use crate::themes::text::{Language, non_answers::vocabulary};

/// The counts of one language.
#[derive(Debug)]
pub(super) struct LanguageCounts {
    pub(super) vocabulary: Vocabulary,
    /// Words that non-answers consist of.
    empty_words: HashSet<String>,
    /// The counts of each word, indexed by its number.
    words: Vec<WordCount>,
    /// Whether each word is one that non-answers consist of, indexed by its number.
    empty: Vec<bool>,
    /// The counts of each stem, indexed by its number.
    stems: Vec<StemCount>,
    /// One entry for each stem of each comment, in comment order.
    mentioned: Vec<Mentioned>,
}

/// A word's mentions, plus what counting needs from the vocabulary, to avoid a second lookup.
#[derive(Clone, Copy, Debug)]
struct WordCount {
    mentions: u64,
    /// The index of its stem; `None` for a stop word.
    stem: Option<u32>,
}

/// The comments that mention a stem.
#[derive(Clone, Copy, Debug, Default)]
struct StemCount {
    comments: u64,
    /// The last comment that was counted, to skip repeats within it. Comments are numbered from 1.
    last: u64,
}

/// One comment mentions one stem; includes whom the comment counts for.
#[derive(Clone, Copy, Debug)]
struct Mentioned {
    stem: u32,
    author: Author,
}

/// Whom a comment counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Author {
    pub(crate) group: u32,
    pub(crate) person: u32,
}

impl LanguageCounts {
    pub(super) fn new(language: Language) -> Self {
        Self {
            vocabulary: Vocabulary::new(language),
            empty_words: vocabulary(language),
            words: Vec::new(),
            empty: Vec::new(),
            stems: Vec::new(),
            mentioned: Vec::new(),
        }
    }

    /// Counts a word of a comment. Returns whether non-answers consist of such words.
    #[inline]
    pub(super) fn mention(&mut self, surface: &str, comment: u64, author: Author) -> bool {
        let id = self.vocabulary.learn(surface);
        if id.place() >= self.words.len() {
            self.make_room();
        }
        let empty = self.empty.get(id.place()).copied().unwrap_or_default();
        let Some(word) = self.words.get_mut(id.place()) else {
            return empty;
        };
        let Some(stem) = word.stem else {
            return empty;
        };
        word.mentions += 1;
        if let Some(counted) = self.stems.get_mut(stem as usize)
            && counted.last != comment
        {
            counted.last = comment;
            counted.comments += 1;
            self.mentioned.push(Mentioned { stem, author });
        }
        empty
    }

    #[cold]
    fn make_room(&mut self) {
        for word in self.vocabulary.words().iter().skip(self.words.len()) {
            let stem = u32::try_from(word.stem.place()).ok().filter(|_| !word.stop);
            self.words.push(WordCount { mentions: 0, stem });
            self.empty
                .push(self.empty_words.contains(word.folded.as_ref()));
        }
        self.stems
            .resize_with(self.vocabulary.stems().len(), StemCount::default);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        let own: Vec<_> = other
            .vocabulary
            .words()
            .iter()
            .map(|word| self.vocabulary.learn(&word.folded))
            .collect();
        self.make_room();
        for (id, counted) in own.iter().zip(&other.words) {
            if let Some(word) = self.words.get_mut(id.place()) {
                word.mentions += counted.mentions;
            }
        }
        let mut stems = vec![None; other.stems.len()];
        for (id, word) in own.iter().zip(other.vocabulary.words()) {
            if let (Some(stem), Some(word)) =
                (stems.get_mut(word.stem.place()), self.words.get(id.place()))
            {
                *stem = stem.or(word.stem);
            }
        }
        for (stem, counted) in stems.iter().zip(&other.stems) {
            if let Some(own) = stem.and_then(|stem| self.stems.get_mut(stem as usize)) {
                own.comments += counted.comments;
            }
        }
        let moved = other.mentioned.iter().filter_map(|mentioned| {
            let stem = stems.get(mentioned.stem as usize).copied().flatten()?;
            Some(Mentioned { stem, ..*mentioned })
        });
        self.mentioned.extend(moved);
    }

    /// For each stem, the authors of the comments that mention it, indexed by its number.
    fn authors(&self) -> Vec<Vec<Author>> {
        let room = |counted: &StemCount| {
            Vec::with_capacity(usize::try_from(counted.comments).unwrap_or_default())
        };
        let mut authors: Vec<Vec<Author>> = self.stems.iter().map(room).collect();
        for mentioned in &self.mentioned {
            if let Some(authors) = authors.get_mut(mentioned.stem as usize) {
                authors.push(mentioned.author);
            }
        }
        authors
    }

    pub(super) fn keywords(mut self, groups: &[String]) -> Vec<Keyword> {
        self.make_room();
        let language = Some(self.vocabulary.language());
        let mut forms: HashMap<usize, Vec<(String, u64)>> = HashMap::new();
        for (word, counted) in self
            .vocabulary
            .words()
            .iter()
            .zip(&self.words)
            .filter(|(_, counted)| counted.mentions > 0)
        {
            forms
                .entry(word.stem.place())
                .or_default()
                .push((word.folded.to_string(), counted.mentions));
        }
        let stems = self
            .vocabulary
            .stems()
            .iter()
            .zip(self.authors())
            .enumerate();
        stems
            .filter_map(|(at, (stem, authors))| {
                let mut forms = forms.remove(&at)?;
                forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                let mentions = forms.iter().map(|(_, mentions)| mentions).sum();
                let (all, by) = counts(authors, groups);
                Some(Keyword {
                    key: stem.to_string(),
                    language,
                    comments: all.comments,
                    people: all.people,
                    mentions,
                    forms,
                    by,
                })
            })
            .collect()
    }
}

/// The number of comments and people, in total and for each group.
fn counts(mut authors: Vec<Author>, groups: &[String]) -> (Count, BTreeMap<String, Count>) {
    authors.sort_unstable();
    let by = authors
        .chunk_by(|one, next| one.group == next.group)
        .filter_map(|authors| {
            let name = groups.get(authors.first()?.group as usize)?;
            Some((
                name.clone(),
                Count {
                    comments: authors.len() as u64,
                    people: different_people(authors),
                },
            ))
        });
    let by = by.collect();
    authors.sort_unstable_by_key(|author| author.person);
    (
        Count {
            comments: authors.len() as u64,
            people: different_people(&authors),
        },
        by,
    )
}

/// Counts distinct people in a list sorted by person.
fn different_people(authors: &[Author]) -> u64 {
    authors
        .chunk_by(|one, next| one.person == next.person)
        .count() as u64
}
