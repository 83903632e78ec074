//! One disclosure plan for all numbers of an edition: which are shown, which are hidden, and which stay as an earlier
//! edition showed them.
//!
//! Every number is a variable of one linear system: cells add up to totals, a theme's people are at most its parent's.
//! A small count is printed as a few (primary suppression), then whatever would reveal it is hidden (complementary
//! suppression), until the integer solutions that a reader can't rule out leave it uncertain. Willenborg & de Waal,
//! *Elements of Statistical Disclosure Control*, 2001, chapters 4 to 6; Hundepool et al., *Statistical Disclosure
//! Control*, 2012, chapter 4.
//!
//! A second edition reveals its difference to the first. So a number that changed by one to four stays as it was, and
//! what would tell by how much it changed is hidden. A number that hasn't changed looks the same as one that stays.

mod entry;
mod memory;
mod settle;
mod solve;
#[cfg(test)]
mod tests;

use entry::Entry;

use super::{FEW, is_few};

/// A number of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure(usize);

/// What readers are told about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The number.
    Exactly,
    /// The number of an earlier edition, which is at most four away. Nothing says that it's from there.
    Earlier(u64),
    /// That it's at most [`FEW`].
    Few,
    /// Nothing.
    Nothing,
}

/// How much is lost if a number is hidden. Cells go first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A cell of a table.
    Cell,
    /// The total of a row.
    Total,
    /// The size of a class, or of everyone: always shown.
    Base,
}

/// Parts that add up to a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sum {
    parts: Vec<usize>,
    whole: usize,
}

/// The numbers of an edition and how they are related.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    entries: Vec<Entry>,
    sums: Vec<Sum>,
    /// For each entry, the sums that it's in.
    of: Vec<Vec<usize>>,
}

impl Plan {
    fn add(&mut self, entry: Entry) -> Figure {
        self.entries.push(entry);
        self.of.push(Vec::new());
        Figure(self.entries.len() - 1)
    }

    /// Adds a number that will be printed: how many people it counts, at most how many it could count as far as anyone
    /// knows, and what earlier editions show for it, oldest first.
    pub fn figure(&mut self, weight: Weight, truth: u64, most: u64, earlier: &[u64]) -> Figure {
        let near = |shown: &&u64| truth.abs_diff(**shown) < FEW && **shown <= most;
        self.add(Entry {
            truth,
            most,
            earlier: earlier.iter().rev().find(near).copied(),
            weight: Some(weight),
            told: Told::Exactly,
            closed: false,
            guarded: weight != Weight::Base && is_few(truth),
        })
    }

    /// A number that isn't printed anywhere, such as how many answered at all. It's protected through those that are.
    pub fn unprinted(&mut self, truth: u64) -> Figure {
        self.derived(truth, is_few(truth))
    }

    /// A number that isn't printed, but follows from others.
    fn derived(&mut self, truth: u64, guarded: bool) -> Figure {
        self.add(Entry {
            truth,
            most: MANY,
            earlier: None,
            weight: None,
            told: Told::Nothing,
            closed: false,
            guarded,
        })
    }

    /// Also hides a number if it counts everyone of its class: it then says something about each of them.
    pub fn guard(&mut self, figure: Figure) {
        if let Some(entry) = self.entries.get_mut(figure.0) {
            entry.guarded = true;
        }
    }

    /// Doesn't show a number in any case.
    pub fn hide(&mut self, figure: Figure) {
        if let Some(entry) = self.entries.get_mut(figure.0) {
            entry.closed = true;
        }
    }

    /// Some numbers add up to another.
    pub fn adds_up(&mut self, parts: &[Figure], whole: Figure) {
        let place = self.sums.len();
        let parts: Vec<usize> = parts.iter().map(|part| part.0).collect();
        for entry in parts.iter().chain([&whole.0]) {
            if let Some(of) = self.of.get_mut(*entry) {
                of.push(place);
            }
        }
        self.sums.push(Sum {
            parts,
            whole: whole.0,
        });
    }

    /// A number counts some of the people of another. The others are protected too, because they're as easy to name:
    /// those of a theme's parent who aren't in the theme.
    pub fn within(&mut self, small: Figure, large: Figure) {
        let rest = self.truth(large).saturating_sub(self.truth(small));
        let rest = self.derived(rest, is_few(rest));
        self.adds_up(&[small, rest], large);
    }

    /// A number counts those of a class who did something, and everyone else of the class did not. If that's nobody,
    /// the number says something about each of them.
    pub fn of_class(&mut self, some: Figure, class: Figure) {
        let Some(rest) = self.truth(class).checked_sub(self.truth(some)) else {
            // A class that stays as it was can be smaller than what is counted now.
            self.guard(some);
            return;
        };
        let rest = self.derived(rest, rest < FEW);
        self.adds_up(&[some, rest], class);
    }

    /// A number counts people who are in at least one of some sets, so it's at most the sum of theirs. Each of them is
    /// [`within`](Self::within) it.
    pub fn union(&mut self, union: Figure, parts: &[Figure]) {
        let sum: u64 = parts.iter().map(|part| self.truth(*part)).sum();
        let all = self.derived(sum, false);
        self.adds_up(parts, all);
        // Those whom several sets share are as easy to name as those whom one has alone.
        let shared = sum.saturating_sub(self.truth(union));
        let again = self.derived(shared, is_few(shared));
        self.adds_up(&[union, again], all);
    }

    /// At least this many people are counted, as the comments next to the number show.
    pub fn at_least(&mut self, people: u64, figure: Figure) {
        let seen = self.figure(Weight::Base, people, people, &[]);
        let rest = self.derived(self.truth(figure).saturating_sub(people), false);
        self.adds_up(&[seen, rest], figure);
    }

    fn truth(&self, figure: Figure) -> u64 {
        self.entries.get(figure.0).map_or(0, |entry| entry.truth)
    }

    /// What readers are told about a number.
    pub fn told(&self, figure: Figure) -> Told {
        self.entries
            .get(figure.0)
            .map_or(Told::Nothing, |entry| entry.told)
    }
}

/// More than there are people.
const MANY: u64 = 1 << 30;
