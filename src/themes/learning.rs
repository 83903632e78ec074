//! Rules learned from comments that people coded: the terms that a rule is missing, and the terms that should exclude
//! comments.
//!
//! A rule is a list of terms that each put a comment into the theme, and a list of terms that keep it out. We add terms
//! greedily, each time the one that improves F₁ (the balance of precision and recall) most. Rare terms are discounted:
//! we add one imaginary comment to those that contain the term, which is in the theme as often as any comment is (the
//! m-estimate: Cestnik, B. (1990), *Estimating probabilities*, ECAI, 147–149).

use roaring::RoaringBitmap;

use crate::statistics::interval::Part;
use crate::themes::engine::corpus::{Corpus, Wanted, real};
use crate::themes::engine::postings::Postings;
use crate::themes::engine::suppressed::Suppressed;
use crate::themes::text::Language;

/// All terms in at least three comments.
const WANTED: Wanted = Wanted {
    most: usize::MAX,
    one_of: usize::MAX,
};

/// The maximum number of terms to propose for a rule: more than anyone reads.
const MOST_TERMS: usize = 200;

/// How many imaginary comments the m-estimate adds to those of a term, at the theme's base rate.
const PRIOR: f64 = 1.0;

/// Comments that people coded.
#[derive(Debug)]
pub struct Lessons {
    corpus: Corpus,
    ordinals: Vec<u32>,
}

/// A term, with how well it predicts the theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The language of its words.
    pub language: Language,
    /// The term as a codebook rule writes it.
    pub term: String,
    /// How many coded comments contain it.
    pub comments: u64,
    /// How many of those people put into the theme.
    pub right: u64,
}

impl Learned {
    /// The share of comments with this term that are in the theme; 0 if no comment contains it.
    pub fn precision(&self) -> f64 {
        let of = Part {
            part: self.right,
            whole: self.comments,
        };
        of.share().unwrap_or_default()
    }
}

/// What we learned about one theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// Terms that the rule is missing, most helpful first.
    pub missing: Vec<Learned>,
    /// Terms that would exclude comments that the rule wrongly includes, most helpful first.
    pub keeps_out: Vec<Learned>,
}

impl Lessons {
    /// Reads the coded comments with these ordinals.
    pub fn new(postings: &Postings, ordinals: &[u32]) -> Self {
        Self {
            corpus: Corpus::of(postings, ordinals, WANTED, &Suppressed::default()),
            ordinals: ordinals.to_vec(),
        }
    }

    /// Learns about a theme. `people` are the comments that people put into it, `rule` the ones that its current rule
    /// matches.
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

/// The number of rows, and how many of them people put into the theme.
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
    /// The rows that contain each term.
    holding: Vec<Vec<u32>>,
    /// How many rows people put into the theme.
    people: f64,
    /// That number as a share of all rows.
    share: f64,
    /// The discounted number of inside rows that people put into the theme too, and the number of all inside rows.
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

    /// F₁ for a number of right rows among those found.
    fn balance(&self, right: f64, found: f64) -> f64 {
        2.0 * right / (found + self.people).max(1.0)
    }

    /// The discounted number of a term's rows that are in the theme (m-estimate).
    fn sure(&self, tally: Tally) -> f64 {
        let rows = f64::from(tally.rows);
        rows * (f64::from(tally.right) + PRIOR * self.share) / (rows + PRIOR)
    }

    /// Tallies each term's rows that are inside, or those that aren't.
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

    /// Adds terms as long as one helps.
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

    /// Adds excluding terms as long as one helps.
    fn prune(&mut self) -> Vec<usize> {
        let mut within = self.tallies(true);
        let mut taken = Vec::new();
        while taken.len() < MOST_TERMS {
            let now = self.balance(self.right, self.found);
            let gain = |tally: &Tally| {
                // Here we estimate the right rows that are lost, so the prior is the rule's own precision.
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

    /// Moves a term's rows inside or outside, and removes the rows that moved from the tallies.
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

/// A term with a smaller gain isn't worth reading.
const ENOUGH: f64 = 1e-6;

/// The term with the largest gain; ties go to the one with the fewest words, then to the most frequent.
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
