//! Comments as rows of terms, for suggestions and learning. A term is a stem in one language, or a phrase of two or
//! three.

use std::num::NonZeroU32;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::postings::Postings;
use super::suppressed::Suppressed;
use super::vocabulary::{StemId, Vocabulary, WordId};
use crate::themes::text::{Language, lexicon::lexicon};

/// A candidate must be in at least this many comments.
const LEAST_COMMENTS: u32 = 3;

/// A phrase must be this many times more common than chance predicts from its words.
const ABOVE_CHANCE: f64 = 3.0;

/// A phrase must be in at least one in this many of the comments that contain its rarest word.
const OF_RAREST: u32 = 5;

/// How many rows a thread counts at a time.
const CHUNK: usize = 1 << 13;

/// One term.
#[derive(Clone, Debug)]
pub(crate) struct CorpusTerm {
    /// The term as a codebook rule writes it: `school` or `"drop off"`.
    pub(crate) written: String,
    /// The language of its words.
    pub(crate) language: Language,
    /// The number of words.
    pub(crate) words: usize,
    /// The number of comments that contain it.
    pub(crate) comments: u32,
}

/// Which terms are candidates.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// The maximum number of candidates; the most frequent are kept.
    pub(crate) most: usize,
    /// Each must be in at least one in this many comments.
    pub(crate) one_of: usize,
}

/// Every comment, reduced to its candidate terms.
#[derive(Clone, Debug, Default)]
pub(crate) struct Corpus {
    /// The candidates, most frequent first.
    pub(crate) terms: Vec<CorpusTerm>,
    /// The terms of each comment, sorted by number; empty for a comment without any.
    pub(crate) rows: Vec<Vec<u32>>,
    /// The number of comments.
    pub(crate) said: usize,
}

/// A stem among the stems of all languages. Starts at 1, so that `Option<Stem>` is the same size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stem(NonZeroU32);

impl Stem {
    fn at(place: usize) -> Option<Self> {
        let number = u32::try_from(place + 1).ok()?;
        NonZeroU32::new(number).map(Self)
    }

    fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The words of one language, as candidates.
struct Lexis<'a> {
    language: Language,
    vocabulary: &'a Vocabulary,
    /// The stem of each word; `None` for a stop word.
    stem_of: Vec<Option<Stem>>,
    /// Names to leave out where all their words appear in a row, as stems. Only names that occur in comments.
    names: Vec<Vec<StemId>>,
}

impl Lexis<'_> {
    fn leave_out_names(&self, words: &[WordId], row: &mut [Option<Stem>]) {
        for name in &self.names {
            let is_name = |at: &[WordId]| {
                let mut pairs = at.iter().zip(name);
                pairs.all(|(word, stem)| {
                    self.vocabulary.word(*word).map(|word| word.stem) == Some(*stem)
                })
            };
            for (place, _) in words
                .windows(name.len())
                .enumerate()
                .filter(|(_, at)| is_name(at))
            {
                for slot in row.iter_mut().skip(place).take(name.len()) {
                    *slot = None;
                }
            }
        }
    }
}

/// A run of up to three stems without a stop word between them, packed into one number with one digit per stem.
type Span = u128;

fn span(stems: &[Stem]) -> Span {
    let digits = stems.iter().map(|stem| u128::from(stem.0.get()));
    digits.fold(0, |span, digit| span << 32 | digit)
}

fn stems_of(mut span: Span) -> Vec<Stem> {
    let mut stems = Vec::new();
    while span > 0 {
        let digit = u32::try_from(span & 0xffff_ffff).unwrap_or_default();
        stems.extend(NonZeroU32::new(digit).map(Stem));
        span >>= 32;
    }
    stems.reverse();
    stems
}

impl Corpus {
    /// Reads the comments with these ordinals, without suppressed words.
    pub(crate) fn of(
        postings: &Postings,
        ordinals: &[u32],
        wanted: Wanted,
        suppressed: &Suppressed,
    ) -> Self {
        let (lexes, forms) = lexes(postings, suppressed);
        let row = |ordinal: &u32| row_of(postings, &lexes, *ordinal);
        let rows: Vec<Vec<Option<Stem>>> = ordinals.par_iter().map(row).collect();
        let said = rows.iter().filter(|row| !row.is_empty()).count();
        let least =
            LEAST_COMMENTS.max(u32::try_from(said.div_ceil(wanted.one_of)).unwrap_or(u32::MAX));
        let single = count_stems(&rows, forms.len());
        let common = |stem: Stem| {
            let count = single.get(stem.place()).copied().unwrap_or_default();
            count >= least && count as usize * 2 <= said.max(6)
        };
        let stems = (0..).map_while(Stem::at).zip(&single);
        let mut chosen: Vec<(Span, u32)> = stems
            .filter(|(stem, _)| common(*stem))
            .map(|(stem, count)| (span(&[stem]), *count))
            .collect();
        let phrases = count_phrases(&rows, &common);
        chosen.extend(phrases.into_iter().filter(|(span, count)| {
            *count >= least && is_phrase(&stems_of(*span), *count, &single, said)
        }));
        let terms = most_frequent(chosen, &forms, wanted.most);
        let numbers: HashMap<Span, u32> = terms.iter().map(|(span, _)| *span).zip(0..).collect();
        let rows = rows
            .par_iter()
            .map(|row| {
                let mut held: Vec<u32> = Vec::new();
                each_span(row, &common, |span| held.extend(numbers.get(&span)));
                held.sort_unstable();
                held.dedup();
                held
            })
            .collect();
        Self {
            terms: terms.into_iter().map(|(_, term)| term).collect(),
            rows,
            said,
        }
    }

    /// The same terms over a sample of rows. A row counts as often as it's listed.
    pub(crate) fn of_rows(&self, rows: &[u32]) -> Self {
        let rows: Vec<Vec<u32>> = rows
            .iter()
            .map(|row| self.rows.get(*row as usize).cloned().unwrap_or_default())
            .collect();
        let mut terms = self.terms.clone();
        for term in &mut terms {
            term.comments = 0;
        }
        for held in rows.iter().flatten() {
            if let Some(term) = terms.get_mut(*held as usize) {
                term.comments += 1;
            }
        }
        Self {
            said: rows.len(),
            terms,
            rows,
        }
    }
}

/// The stems of a comment in order; `None` for a suppressed word.
fn row_of(postings: &Postings, lexes: &[Lexis<'_>], ordinal: u32) -> Vec<Option<Stem>> {
    let Some((language, words)) = postings.sequence(ordinal) else {
        return Vec::new();
    };
    let Some(lexis) = lexes.iter().find(|lexis| lexis.language == language) else {
        return Vec::new();
    };
    let stem = |word: &WordId| lexis.stem_of.get(word.place()).copied().flatten();
    let mut row: Vec<Option<Stem>> = words.iter().map(stem).collect();
    lexis.leave_out_names(words, &mut row);
    row
}

/// The terms in the most comments, most frequent first.
fn most_frequent(chosen: Vec<(Span, u32)>, forms: &[Form], most: usize) -> Vec<(Span, CorpusTerm)> {
    let mut terms: Vec<(Span, CorpusTerm)> = chosen
        .into_iter()
        .map(|(span, comments)| (span, term(&stems_of(span), comments, forms)))
        .collect();
    // Sort by text, not by number: numbers depend on the order in which comments arrived.
    terms.sort_by(|(_, a), (_, b)| {
        b.comments
            .cmp(&a.comments)
            .then_with(|| a.language.cmp(&b.language))
            .then_with(|| a.written.cmp(&b.written))
    });
    terms.truncate(most);
    terms
}

/// A stem's most common word, with its language.
type Form = (Language, String);

/// The words of each language, and the most common word of each stem.
fn lexes<'a>(postings: &'a Postings, suppressed: &Suppressed) -> (Vec<Lexis<'a>>, Vec<Form>) {
    let mut lexes = Vec::new();
    let mut forms: Vec<Form> = Vec::new();
    for (language, vocabulary) in postings.vocabularies() {
        let base = forms.len();
        let lexicon = lexicon(language);
        let asked = suppressed.stems(language);
        let mut stem_of = Vec::with_capacity(vocabulary.words().len());
        for word in vocabulary.words() {
            let folded = word.folded.as_ref();
            let stem_text = vocabulary.stems().get(word.stem.place());
            let is_small = word.stop
                || stem_text.is_some_and(|stem| asked.contains(stem.as_ref()))
                || folded.chars().count() < 2
                || lexicon.is_some_and(|lexicon| {
                    lexicon.negators.contains(folded) || lexicon.quantifiers.contains(folded)
                });
            let stem = Stem::at(base + word.stem.place());
            stem_of.push(stem.filter(|_| !is_small));
        }
        let commonest = postings.commonest_words(language).into_iter();
        forms.extend(commonest.map(|word| (language, word.to_owned())));
        let sequences = suppressed.sequences(language).into_iter();
        let names = sequences.filter_map(|stems| {
            let stems = stems.iter().map(|stem| vocabulary.find_stem(stem));
            stems.collect::<Option<Vec<StemId>>>()
        });
        let names = names.collect();
        lexes.push(Lexis {
            language,
            vocabulary,
            stem_of,
            names,
        });
    }
    debug_assert!(
        lexes
            .iter()
            .all(|lexis| lexis.stem_of.len() == lexis.vocabulary.words().len())
    );
    (lexes, forms)
}

/// The number of rows that contain each stem.
fn count_stems(rows: &[Vec<Option<Stem>>], stems: usize) -> Vec<u32> {
    let count = |rows: &[Vec<Option<Stem>>]| {
        let mut counts = vec![0_u32; stems];
        let mut held: Vec<Stem> = Vec::new();
        for row in rows {
            held.clear();
            held.extend(row.iter().flatten());
            held.sort_unstable();
            held.dedup();
            for stem in &held {
                if let Some(count) = counts.get_mut(stem.place()) {
                    *count += 1;
                }
            }
        }
        counts
    };
    let share = rows
        .len()
        .div_ceil(rayon::current_num_threads().max(1))
        .max(1);
    rows.par_chunks(share).map(count).reduce(
        || vec![0; stems],
        |mut all, more| {
            for (sum, count) in all.iter_mut().zip(more) {
                *sum += count;
            }
            all
        },
    )
}

/// The number of rows that contain each run of two or three common stems.
fn count_phrases(
    rows: &[Vec<Option<Stem>>],
    common: &(impl Fn(Stem) -> bool + Sync),
) -> HashMap<Span, u32> {
    let count = |rows: &[Vec<Option<Stem>>]| {
        let mut counts: HashMap<Span, u32> = HashMap::new();
        let mut held: Vec<Span> = Vec::new();
        for row in rows {
            held.clear();
            each_span(row, common, |span| {
                if span >> 32 > 0 {
                    held.push(span);
                }
            });
            held.sort_unstable();
            held.dedup();
            for span in &held {
                *counts.entry(*span).or_default() += 1;
            }
        }
        counts
    };
    let share = rows
        .len()
        .div_ceil(rayon::current_num_threads().max(1))
        .max(CHUNK);
    rows.par_chunks(share)
        .map(count)
        .reduce(HashMap::new, |mut all, more| {
            for (span, count) in more {
                *all.entry(span).or_default() += count;
            }
            all
        })
}

/// Calls `each` with every run of one to three common stems in a row.
fn each_span(row: &[Option<Stem>], common: &impl Fn(Stem) -> bool, mut each: impl FnMut(Span)) {
    let (mut before, mut last): (Option<Stem>, Option<Stem>) = (None, None);
    for stem in row {
        let stem = stem.filter(|stem| common(*stem));
        if let Some(stem) = stem {
            each(span(&[stem]));
            if let Some(last) = last {
                each(span(&[last, stem]));
                if let Some(before) = before {
                    each(span(&[before, last, stem]));
                }
            }
        }
        (before, last) = (last.filter(|_| stem.is_some()), stem);
    }
}

fn is_phrase(stems: &[Stem], count: u32, single: &[u32], said: usize) -> bool {
    let parts: Vec<u32> = stems
        .iter()
        .filter_map(|stem| single.get(stem.place()).copied())
        .collect();
    let total = real(said);
    let expected = parts
        .iter()
        .fold(total, |expected, part| expected * f64::from(*part) / total);
    let rarest = parts.iter().min().copied().unwrap_or(u32::MAX);
    f64::from(count) > ABOVE_CHANCE * expected && count * OF_RAREST >= rarest
}

fn term(stems: &[Stem], comments: u32, forms: &[Form]) -> CorpusTerm {
    let words: Vec<&Form> = stems
        .iter()
        .filter_map(|stem| forms.get(stem.place()))
        .collect();
    let written: Vec<&str> = words.iter().map(|(_, word)| word.as_str()).collect();
    CorpusTerm {
        written: match written.as_slice() {
            [word] => (*word).to_owned(),
            _ => format!("\"{}\"", written.join(" ")),
        },
        language: words
            .first()
            .map_or(Language::UNDETERMINED, |(language, _)| *language),
        words: stems.len(),
        comments,
    }
}

/// A count as a float. Comment counts are far below 2⁵³.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of comments are far below 2^53"
)]
pub(crate) fn real(count: usize) -> f64 {
    count as f64
}
