//! One disclosure plan for all numbers of an edition: which are shown, which are hidden, and which stay as an earlier
//! edition showed them.
//!
//! Every number is a variable of one linear system: cells add up to totals, a theme's people are at most its parent's.
//! A small count is hidden first (primary suppression), then whatever would give it away (complementary suppression),
//! until every integer solution that a reader can't rule out leaves it uncertain. Willenborg & de Waal, *Elements of
//! Statistical Disclosure Control*, 2001, chapters 4 to 6; Hundepool et al., *Statistical Disclosure Control*, 2012,
//! chapter 4.
//!
//! A second edition gives away the difference to the first. So a number that changed by one to four stays as it was,
//! and so does whatever would tell by how much it changed.

mod solve;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::{FEW, is_few};

/// A number of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure(usize);

/// What readers are told about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The number.
    Exactly,
    /// The number of the earlier edition, and that it's from there.
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

/// A variable of the system.
#[derive(Clone, Debug)]
struct Entry {
    truth: u64,
    /// The largest value that a reader considers possible.
    most: u64,
    /// What the last edition shows, if it shows this number.
    earlier: Option<u64>,
    /// `None` if it isn't printed anywhere, and only follows from numbers that are.
    weight: Option<Weight>,
    told: Told,
    /// Whether the number itself would say something about one to four people, or about everyone in a class.
    guarded: bool,
}

impl Entry {
    /// Whether it's printed as a few.
    fn is_few(&self) -> bool {
        self.weight != Some(Weight::Base) && self.truth <= FEW
    }

    /// Whether it changed too little since the last edition to show by how much.
    fn stays(&self) -> Option<u64> {
        self.earlier
            .filter(|earlier| is_few(self.truth.abs_diff(*earlier)))
    }

    /// The values that a reader considers possible, before sums are considered.
    fn range(&self) -> (u64, u64) {
        match self.told {
            Told::Exactly => (self.truth, self.truth),
            Told::Earlier(earlier) if self.stays().is_some() => {
                (earlier.saturating_sub(FEW - 1), earlier + FEW - 1)
            }
            Told::Few => (0, self.most.clamp(self.truth, FEW)),
            Told::Earlier(_) | Told::Nothing => (0, self.most.max(self.truth)),
        }
    }

    /// Whether this range of possible values tells too much.
    fn gives_away(&self, (low, high): (u64, u64)) -> bool {
        // It must leave as many values as the threshold, and so never only those from one to four.
        let narrow = self.guarded && high - low < FEW;
        let changed = matches!((self.told, self.stays()), (Told::Earlier(_), Some(earlier))
            if !(low..=high).contains(&earlier));
        narrow || changed
    }
}

/// Parts that add up to a whole.
#[derive(Clone, Debug)]
struct Sum {
    parts: Vec<usize>,
    whole: usize,
}

/// The numbers of an edition and how they are related.
#[derive(Clone, Debug, Default)]
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
    /// knows, and what the last edition shows for it.
    pub fn figure(
        &mut self,
        weight: Weight,
        truth: u64,
        most: u64,
        earlier: Option<u64>,
    ) -> Figure {
        self.add(Entry {
            truth,
            most,
            earlier,
            weight: Some(weight),
            told: Told::Exactly,
            guarded: weight != Weight::Base && is_few(truth),
        })
    }

    /// A number that isn't printed, but follows from others.
    fn derived(&mut self, truth: u64, guarded: bool) -> Figure {
        self.add(Entry {
            truth,
            most: MANY,
            earlier: None,
            weight: None,
            told: Told::Nothing,
            guarded,
        })
    }

    /// Also hides a number if it counts everyone of its class: it then says something about each of them.
    pub fn guard(&mut self, figure: Figure) {
        if let Some(entry) = self.entries.get_mut(figure.0) {
            entry.guarded = true;
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
        let again = self.derived(sum.saturating_sub(self.truth(union)), false);
        self.adds_up(&[union, again], all);
    }

    /// At least this many people are counted, as the comments next to the number show.
    pub fn at_least(&mut self, people: u64, figure: Figure) {
        let seen = self.figure(Weight::Base, people, people, None);
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

    /// Decides about every number. Small ones are few, what changed too little stays, and then whatever would give those
    /// away is hidden, until nothing does. Returns whether that succeeded; it can't if there are too few people in all.
    pub fn settle(&mut self) -> bool {
        for entry in &mut self.entries {
            if entry.weight.is_none() {
                continue;
            }
            entry.told = match entry.stays() {
                Some(earlier) => Told::Earlier(earlier),
                // Zero looks like one to five, or those would be told apart from it.
                None if entry.is_few() => Told::Few,
                None if entry.guarded => Told::Nothing,
                None => Told::Exactly,
            };
        }
        let mut known = solve::Known::new(self.entries.len());
        // Hiding more never tells more, so each number has to be looked at only once.
        let unsafe_entries: Vec<usize> = (0..self.entries.len())
            .filter(|entry| !self.protect(*entry, &mut known))
            .collect();
        unsafe_entries.is_empty()
    }

    /// Hides other numbers until this one is safe, and shows again what turned out not to be needed.
    fn protect(&mut self, entry: usize, known: &mut solve::Known) -> bool {
        let mut hidden: Vec<(usize, Told)> = Vec::new();
        while self.gives_away(entry, &mut known.clone()) {
            let candidates = self.candidates(entry);
            let enough = candidates.iter().take(TRIES).find(|candidate| {
                let before = self.tell_less(**candidate, entry);
                // What is possible in a trial may be impossible after it.
                let still = self.gives_away(entry, &mut known.clone());
                self.tell(**candidate, before);
                !still
            });
            let Some(candidate) = enough.or(candidates.first()) else {
                return false;
            };
            let before = self.tell_less(*candidate, entry);
            hidden.push((*candidate, before));
        }
        // The last one was needed.
        hidden.pop();
        for (candidate, before) in hidden {
            let less = self.tell(candidate, before);
            if self.gives_away(entry, &mut known.clone()) {
                self.tell(candidate, less);
            }
        }
        !self.gives_away(entry, known)
    }

    fn gives_away(&self, entry: usize, known: &mut solve::Known) -> bool {
        let Some(it) = self.entries.get(entry) else {
            return false;
        };
        let stays = matches!(it.told, Told::Earlier(_)) && it.stays().is_some();
        if !it.guarded && !stays {
            return false;
        }
        let is_safe = known.seen(entry).is_some_and(|seen| !it.gives_away(seen));
        !is_safe && it.gives_away(known.range(self, entry))
    }

    fn tell(&mut self, entry: usize, told: Told) -> Told {
        let entry = self.entries.get_mut(entry);
        entry.map_or(Told::Nothing, |entry| {
            std::mem::replace(&mut entry.told, told)
        })
    }

    /// Tells less about a number to protect another: its earlier value, if the other one stays as it was; otherwise
    /// nothing. Returns what was told before.
    fn tell_less(&mut self, entry: usize, protected: usize) -> Told {
        let stays = self.entries.get(protected).is_some_and(|protected| {
            matches!(protected.told, Told::Earlier(_)) && protected.stays().is_some()
        });
        let earlier = self.entries.get(entry).and_then(|entry| entry.earlier);
        let less = match earlier {
            Some(earlier) if stays => Told::Earlier(earlier),
            _ => Told::Nothing,
        };
        self.tell(entry, less)
    }

    /// The numbers whose hiding could protect this one, the least loss first: whatever is shown in its sums, and in the
    /// sums of what is hidden there.
    fn candidates(&self, entry: usize) -> Vec<usize> {
        let near = self.linked(entry);
        let beside = near.iter().flat_map(|entry| self.beside(*entry));
        let shown: BTreeSet<(Weight, u64, usize)> = beside
            .filter_map(|place| {
                let it = self.entries.get(place)?;
                let weight = it.weight.filter(|weight| *weight != Weight::Base)?;
                let shown = matches!(it.told, Told::Exactly | Told::Few);
                shown.then_some((weight, it.truth, place))
            })
            .collect();
        shown.into_iter().map(|(_, _, place)| place).collect()
    }

    /// The entries in the same sums as this one.
    fn beside(&self, entry: usize) -> impl Iterator<Item = usize> {
        let sums = self.of.get(entry).into_iter().flatten();
        let sums = sums.filter_map(|sum| self.sums.get(*sum));
        sums.flat_map(|sum| sum.parts.iter().copied().chain([sum.whole]))
    }

    /// The entries that a reader doesn't know exactly and that are linked with this one through sums.
    fn linked(&self, entry: usize) -> BTreeSet<usize> {
        let (mut found, mut open) = (BTreeSet::from([entry]), vec![entry]);
        while let Some(next) = open.pop() {
            for place in self.beside(next) {
                let unknown = self
                    .entries
                    .get(place)
                    .is_some_and(|entry| entry.told != Told::Exactly);
                if unknown && found.insert(place) {
                    open.push(place);
                }
            }
        }
        found
    }
}

/// More than there are people.
const MANY: u64 = 1 << 30;

/// How many numbers are tried one by one before the cheapest is hidden and the search goes on.
const TRIES: usize = 12;
