//! Rules learned from comments that people coded: the terms that such a rule needs, and those that it does better without.
//!
//! A rule is a list of terms, any of which puts a comment into the theme, and a list of others that keep it out. Terms are
//! taken up one by one, each time the one that helps the balance of precision and recall (F₁) most. A term of few comments
//! counts as less sure than it looks: to the comments that hold it one more is added, which is in the theme as often as any
//! comment is (the m-estimate: Cestnik, B. (1990), *Estimating probabilities*, ECAI, 147–149).

use roaring::RoaringBitmap;

use crate::statistics::interval::Part;
use crate::themes::engine::corpus::{Corpus, Wanted, real};
use crate::themes::engine::postings::Postings;
use crate::themes::engine::suppressed::Suppressed;
use crate::themes::text::Language;

/// Every term of three comments or more.
const WANTED: Wanted = Wanted {
    most: usize::MAX,
    one_of: usize::MAX,
};

/// The most terms that a rule is given: more than anyone reads.
const MOST_TERMS: usize = 200;

/// How many comments are added to those of a term, as sure as the theme is common.
const PRIOR: f64 = 1.0;

/// The comments that people coded.
#[derive(Debug)]
pub struct Lessons {
    corpus: Corpus,
    ordinals: Vec<u32>,
}

/// A term with what it tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The language of its words.
    pub language: Language,
    /// As a codebook's rule writes it.
    pub term: String,
    /// How many coded comments hold it.
    pub comments: u64,
    /// How many of them people put into the theme.
    pub right: u64,
}

impl Learned {
    /// Of the comments that hold the term, the share that is in the theme; 0 where none holds it.
    pub fn precision(&self) -> f64 {
        let of = Part {
            part: self.right,
            whole: self.comments,
        };
        of.share().unwrap_or_default()
    }
}

/// What was learned of one theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// The terms that the rule misses, the most helpful first.
    pub missing: Vec<Learned>,
    /// The terms that keep comments out which the rule would put in falsely, the most helpful first.
    pub keeps_out: Vec<Learned>,
}

impl Lessons {
    /// The comments of these ordinals, coded by people.
    pub fn new(postings: &Postings, ordinals: &[u32]) -> Self {
        Self {
            corpus: Corpus::of(postings, ordinals, WANTED, &Suppressed::default()),
            ordinals: ordinals.to_vec(),
        }
    }

    /// What is to be learned of a theme: `people` are the comments that people put into it, `rule` those that its rule does
    /// now.
    pub fn of(&self, people: &RoaringBitmap, rule: &RoaringBitmap) -> Lesson {
        let set = |set: &RoaringBitmap| -> Vec<bool> {
            self.ordinals
                .iter()
                .map(|ordinal| set.contains(*ordinal))
                .collect()
        };
        let wanted = set(people);
        let mut search = Search::new(&self.corpus, &wanted, set(rule));
        let missing = search.grow();
        let keeps_out = search.prune();
        let told = |terms: Vec<usize>| -> Vec<Learned> {
            let terms = terms.into_iter();
            terms
                .filter_map(|term| self.learned(term, &wanted))
                .collect()
        };
        Lesson {
            missing: told(missing),
            keeps_out: told(keeps_out),
        }
    }

    fn learned(&self, term: usize, wanted: &[bool]) -> Option<Learned> {
        let written = self.corpus.terms.get(term)?;
        let holds = |row: &&Vec<u32>| {
            row.binary_search(&u32::try_from(term).unwrap_or(u32::MAX))
                .is_ok()
        };
        let rows = self.corpus.rows.iter().zip(wanted);
        let right = rows.filter(|(row, wanted)| **wanted && holds(row)).count();
        Some(Learned {
            language: written.language,
            term: written.written.clone(),
            comments: u64::from(written.comments),
            right: right as u64,
        })
    }
}

/// How many rows, and how many of them people put into the theme.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    rows: u32,
    right: u32,
}

impl Tally {
    fn add(&mut self, right: bool) {
        self.rows += 1;
        self.right += u32::from(right);
    }

    fn take(&mut self, right: bool) {
        self.rows -= 1;
        self.right -= u32::from(right);
    }
}

/// A rule being learned.
struct Search<'a> {
    corpus: &'a Corpus,
    wanted: &'a [bool],
    /// The rows that the rule puts into the theme.
    inside: Vec<bool>,
    /// The rows of each term.
    holding: Vec<Vec<u32>>,
    /// How many rows people put into the theme.
    people: f64,
    /// The share of all rows that they are.
    share: f64,
    /// The rows inside that people put there too, as far as that is sure, and all rows inside.
    right: f64,
    found: f64,
}

impl<'a> Search<'a> {
    fn new(corpus: &'a Corpus, wanted: &'a [bool], inside: Vec<bool>) -> Self {
        let mut holding = vec![Vec::new(); corpus.terms.len()];
        for (place, row) in (0..).zip(&corpus.rows) {
            for term in row {
                if let Some(rows) = holding.get_mut(*term as usize) {
                    rows.push(place);
                }
            }
        }
        let people = real(wanted.iter().filter(|wanted| **wanted).count());
        let both = inside
            .iter()
            .zip(wanted)
            .filter(|(inside, wanted)| **inside && **wanted);
        Self {
            people,
            share: people / real(wanted.len().max(1)),
            right: real(both.count()),
            found: real(inside.iter().filter(|inside| **inside).count()),
            corpus,
            wanted,
            inside,
            holding,
        }
    }

    /// F₁ with so many right among so many found.
    fn balance(&self, right: f64, found: f64) -> f64 {
        2.0 * right / (found + self.people).max(1.0)
    }

    /// How many of a term's rows are in the theme, as far as that is sure.
    fn sure(&self, tally: Tally) -> f64 {
        let rows = f64::from(tally.rows);
        rows * (f64::from(tally.right) + PRIOR * self.share) / (rows + PRIOR)
    }

    /// For each term its rows that are inside, or those that are not.
    fn tallies(&self, inside: bool) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.corpus.terms.len()];
        let rows = self.corpus.rows.iter().zip(self.wanted).zip(&self.inside);
        for ((row, wanted), _) in rows.filter(|(_, is)| **is == inside) {
            for term in row {
                if let Some(tally) = tallies.get_mut(*term as usize) {
                    tally.add(*wanted);
                }
            }
        }
        tallies
    }

    /// Takes up terms as long as one helps.
    fn grow(&mut self) -> Vec<usize> {
        let mut outside = self.tallies(false);
        let mut taken = Vec::new();
        while taken.len() < MOST_TERMS {
            let now = self.balance(self.right, self.found);
            let gain = |tally: &Tally| {
                self.balance(
                    self.right + self.sure(*tally),
                    self.found + f64::from(tally.rows),
                )
            };
            let Some((term, _)) =
                best(self.corpus, &outside, gain).filter(|(_, then)| *then > now + ENOUGH)
            else {
                break;
            };
            let tally = outside.get(term).copied().unwrap_or_default();
            self.right += self.sure(tally);
            self.found += f64::from(tally.rows);
            taken.push(term);
            self.turn(term, true, &mut outside);
        }
        taken
    }

    /// Takes up terms that keep rows out as long as one helps.
    fn prune(&mut self) -> Vec<usize> {
        let mut within = self.tallies(true);
        let mut taken = Vec::new();
        while taken.len() < MOST_TERMS {
            let now = self.balance(self.right, self.found);
            let gain = |tally: &Tally| {
                // Sure is here what is lost: one more comment is added that the rule was right about.
                let rows = f64::from(tally.rows);
                let precision = self.right / self.found.max(1.0);
                let lost = rows * (f64::from(tally.right) + PRIOR * precision) / (rows + PRIOR);
                self.balance(self.right - lost, self.found - rows)
            };
            let Some((term, _)) =
                best(self.corpus, &within, gain).filter(|(_, then)| *then > now + ENOUGH)
            else {
                break;
            };
            let tally = within.get(term).copied().unwrap_or_default();
            self.right -= f64::from(tally.right);
            self.found -= f64::from(tally.rows);
            taken.push(term);
            self.turn(term, false, &mut within);
        }
        taken
    }

    /// Puts the rows of a term inside, or outside, and takes them out of the tallies of those that are not there yet.
    fn turn(&mut self, term: usize, inside: bool, tallies: &mut [Tally]) {
        for place in self.holding.get(term).into_iter().flatten() {
            let place = *place as usize;
            let (Some(is), Some(row), Some(wanted)) = (
                self.inside.get_mut(place),
                self.corpus.rows.get(place),
                self.wanted.get(place),
            ) else {
                continue;
            };
            if *is != inside {
                *is = inside;
                for term in row {
                    if let Some(tally) = tallies.get_mut(*term as usize) {
                        tally.take(*wanted);
                    }
                }
            }
        }
    }
}

/// A term that helps by less is not worth reading.
const ENOUGH: f64 = 1e-6;

/// The term that helps most; of equal ones the one of the fewest words, and of those the most frequent.
fn best(corpus: &Corpus, tallies: &[Tally], gain: impl Fn(&Tally) -> f64) -> Option<(usize, f64)> {
    let words = |term: usize| corpus.terms.get(term).map_or(0, |term| term.words);
    let some = tallies
        .iter()
        .enumerate()
        .filter(|(_, tally)| tally.rows > 0);
    some.map(|(term, tally)| (term, gain(tally)))
        .reduce(|best, next| {
            let helps = next.1.total_cmp(&best.1);
            if helps.then(words(best.0).cmp(&words(next.0))).is_gt() {
                next
            } else {
                best
            }
        })
}
