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

/// Two readers of the same edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// Takes every number as it's printed, to find small counts.
    Trusting,
    /// Knows that a number may have stayed although it changed by up to four, to find small changes.
    Doubting,
}

/// A variable of the system.
#[derive(Clone, Debug)]
struct Entry {
    truth: u64,
    /// The largest value that a reader considers possible.
    most: u64,
    /// What an earlier edition shows, if that is within four of the number now.
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

    /// The values that a reader considers possible, before sums are considered. Who has seen a number in an earlier
    /// edition takes it for nearly the same now, also where it's hidden.
    fn range(&self, reader: Reader) -> (u64, u64) {
        let (low, high) = match self.told {
            Told::Exactly => return (self.truth, self.truth),
            Told::Earlier(_) if reader == Reader::Trusting && !self.guarded => {
                return (self.truth, self.truth);
            }
            Told::Few => (0, self.most.clamp(self.truth, FEW)),
            Told::Earlier(_) | Told::Nothing => (0, self.most.max(self.truth)),
        };
        match self.earlier {
            Some(earlier) => (
                low.max(earlier.saturating_sub(FEW - 1)).min(self.truth),
                high.min(earlier + FEW - 1).max(self.truth),
            ),
            None => (low, high),
        }
    }

    /// Whether this range of values that a reader can't rule out reveals too much. It must leave as many values as the
    /// threshold, and so never only those from one to four; and a number that stays may not have changed for sure.
    fn reveals(&self, reader: Reader, (low, high): (u64, u64)) -> bool {
        let narrow = high - low < FEW;
        match reader {
            Reader::Trusting => self.guarded && narrow,
            Reader::Doubting => self
                .change()
                .is_some_and(|earlier| narrow || !(low..=high).contains(&earlier)),
        }
    }

    /// The number that is still shown, if the true one has changed.
    fn change(&self) -> Option<u64> {
        let stays = matches!(self.told, Told::Earlier(_));
        self.earlier
            .filter(|earlier| stays && *earlier != self.truth)
    }

    /// Whether it's printed at all, and can be hidden.
    fn may_be_hidden(&self) -> bool {
        self.weight.is_some_and(|weight| weight != Weight::Base)
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
    /// knows, and what earlier editions show for it, oldest first.
    pub fn figure(&mut self, weight: Weight, truth: u64, most: u64, earlier: &[u64]) -> Figure {
        let near = |shown: &&u64| truth.abs_diff(**shown) < FEW && **shown <= most;
        self.add(Entry {
            truth,
            most,
            earlier: earlier.iter().rev().find(near).copied(),
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
        // Those whom two sets share are as easy to name as those whom one has alone.
        let shared = sum.saturating_sub(self.truth(union));
        let again = self.derived(shared, parts.len() == 2 && is_few(shared));
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

    /// Decides about every number. What has changed too little stays, small ones are few, and then whatever would reveal
    /// those is hidden, until nothing does. Returns whether that succeeded. It can't where the comments next to a number
    /// already say it, or where there are too few people in all.
    pub fn settle(&mut self) -> bool {
        for entry in self
            .entries
            .iter_mut()
            .filter(|entry| entry.weight.is_some())
        {
            entry.told = match entry.earlier {
                Some(earlier) if entry.may_be_hidden() => Told::Earlier(earlier),
                // Zero looks like one to five, or those would be distinguished from it.
                _ if entry.is_few() => Told::Few,
                _ if entry.guarded => Told::Nothing,
                _ => Told::Exactly,
            };
        }
        for sum in 0..self.sums.len() {
            self.protect_change(sum);
        }
        let mut known = solve::Known::new(self.entries.len());
        // Hiding more never reveals more, so each number has to be looked at only once.
        let open: Vec<usize> = (0..self.entries.len())
            .filter(|entry| !self.protect(*entry, &mut known))
            .collect();
        open.is_empty()
    }

    /// If all that stays in a sum has changed by one to four people together, hides an exact number of the sum, so that
    /// the change can't be found by subtraction.
    fn protect_change(&mut self, sum: usize) {
        while let Some(sum) = self.sums.get(sum)
            && let Some(change) = self.change_of_rest(sum)
            && is_few(change)
        {
            let entries = sum.parts.iter().copied().chain([sum.whole]);
            let exact = entries.filter_map(|place| {
                let it = self.entries.get(place)?;
                let exact = it.told == Told::Exactly && it.may_be_hidden();
                exact.then_some((it.weight, it.truth, place))
            });
            let Some((_, _, place)) = exact.min() else {
                return;
            };
            self.tell(place, Told::Nothing);
        }
    }

    /// By how much the numbers of a sum that stay have changed together; `None` if that doesn't follow from the others.
    fn change_of_rest(&self, sum: &Sum) -> Option<u64> {
        let signed = sum.parts.iter().map(|part| (*part, 1_i64));
        let (mut change, mut stays) = (0_i64, false);
        for (place, sign) in signed.chain([(sum.whole, -1)]) {
            let entry = self.entries.get(place)?;
            match (entry.told, entry.earlier) {
                (Told::Exactly, _) => {}
                (Told::Earlier(_), Some(earlier)) => {
                    stays = true;
                    let by = i64::try_from(entry.truth).ok()? - i64::try_from(earlier).ok()?;
                    change += sign * by;
                }
                _ => return None,
            }
        }
        stays.then_some(change.unsigned_abs())
    }

    /// Hides other numbers until no reader finds this one out, and shows again what turned out not to be needed.
    fn protect(&mut self, entry: usize, known: &mut solve::Known) -> bool {
        let mut hidden: Vec<(usize, Told)> = Vec::new();
        while let Some(reader) = self.revealed_to(entry, &mut known.clone()) {
            let candidates = self.candidates(entry, reader);
            let enough = candidates.iter().take(TRIES).find(|candidate| {
                let before = self.tell(**candidate, Told::Nothing);
                // What is possible in a trial may be impossible after it.
                let still = self.revealed_to(entry, &mut known.clone());
                self.tell(**candidate, before);
                still.is_none()
            });
            let Some(candidate) = enough.or(candidates.first()) else {
                // Nothing helps, so the others needn't be hidden.
                for (place, told) in hidden {
                    self.tell(place, told);
                }
                return false;
            };
            hidden.push((*candidate, self.tell(*candidate, Told::Nothing)));
        }
        // The last one was needed.
        hidden.pop();
        for (place, told) in hidden {
            let less = self.tell(place, told);
            if self.revealed_to(entry, &mut known.clone()).is_some() {
                self.tell(place, less);
            }
        }
        self.revealed_to(entry, known).is_none()
    }

    /// A reader who finds a number out, if one does.
    fn revealed_to(&self, entry: usize, known: &mut solve::Known) -> Option<Reader> {
        let it = self.entries.get(entry)?;
        let readers = [
            (Reader::Trusting, it.guarded),
            (Reader::Doubting, it.change().is_some()),
        ];
        let mut readers = readers.into_iter().filter(|(_, matters)| *matters);
        readers
            .find(|(reader, _)| {
                let seen = known.seen(*reader, entry);
                let is_safe = seen.is_some_and(|seen| !it.reveals(*reader, seen));
                !is_safe && it.reveals(*reader, known.possible(self, *reader, entry))
            })
            .map(|(reader, _)| reader)
    }

    fn tell(&mut self, entry: usize, told: Told) -> Told {
        let entry = self.entries.get_mut(entry);
        entry.map_or(Told::Nothing, |entry| {
            std::mem::replace(&mut entry.told, told)
        })
    }

    /// The numbers whose hiding could protect this one, the least loss first: whatever is shown in its sums, and in the
    /// sums of what is hidden there.
    fn candidates(&self, entry: usize, reader: Reader) -> Vec<usize> {
        let near = self.linked(reader, entry);
        let linked = near.iter().flat_map(|entry| self.in_same_sums(*entry));
        let shown: BTreeSet<(Weight, u64, usize)> = linked
            .filter_map(|place| {
                let it = self.entries.get(place)?;
                let shown = it.told != Told::Nothing && it.may_be_hidden();
                shown.then_some((it.weight?, it.truth, place))
            })
            .collect();
        shown.into_iter().map(|(_, _, place)| place).collect()
    }

    /// The entries in the same sums as this one.
    fn in_same_sums(&self, entry: usize) -> impl Iterator<Item = usize> {
        let sums = self.of.get(entry).into_iter().flatten();
        let sums = sums.filter_map(|sum| self.sums.get(*sum));
        sums.flat_map(|sum| sum.parts.iter().copied().chain([sum.whole]))
    }

    /// The entries that a reader doesn't know exactly and that are linked with this one through sums.
    fn linked(&self, reader: Reader, entry: usize) -> BTreeSet<usize> {
        let (mut found, mut open) = (BTreeSet::from([entry]), vec![entry]);
        while let Some(next) = open.pop() {
            for place in self.in_same_sums(next) {
                let range = self.entries.get(place).map(|entry| entry.range(reader));
                let unknown = range.is_some_and(|(low, high)| low < high);
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
