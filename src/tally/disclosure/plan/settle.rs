//! Decides about the numbers of a plan: hides more and more, until no reader finds out what is protected.

use std::collections::BTreeSet;

use super::entry::Reader;
use super::{Plan, Sum, Told, Weight, memory, solve};
use crate::tally::disclosure::is_few;

impl Plan {
    /// Decides about every number. What has changed too little stays, small ones are few, and then whatever would reveal
    /// those is hidden, until nothing does. Returns whether that succeeded. It can't where the comments next to a number
    /// already say it, or where there are too few people in all.
    pub fn settle(&mut self) -> bool {
        if let Some((settled, succeeded)) = memory::recall(self) {
            *self = settled;
            return succeeded;
        }
        let before = self.clone();
        let succeeded = self.decide();
        memory::remember(before, self.clone(), succeeded);
        succeeded
    }

    fn decide(&mut self) -> bool {
        for entry in self
            .entries
            .iter_mut()
            .filter(|entry| entry.weight.is_some())
        {
            entry.told = match entry.earlier {
                _ if entry.closed => Told::Nothing,
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
        self.protect_single();
        let mut known = solve::Known::new(self.entries.len());
        // Hiding more never reveals more, so each number has to be looked at only once.
        let open: Vec<usize> = (0..self.entries.len())
            .filter(|entry| !self.protect(*entry, &mut known))
            .collect();
        open.is_empty()
    }

    /// Where a protected number is the only unknown one of a sum, hides another of the sum. That's always needed, and much
    /// faster to see than by solving for it.
    fn protect_single(&mut self) {
        let mut open: BTreeSet<usize> = (0..self.sums.len()).collect();
        while let Some(sum) = open.pop_first() {
            let Some(place) = self
                .sums
                .get(sum)
                .and_then(|sum| self.cheapest_for_single(sum))
            else {
                continue;
            };
            self.tell(place, Told::Nothing);
            open.extend(self.of.get(place).into_iter().flatten());
        }
    }

    /// The number of a sum to hide because the only unknown one must not be found out.
    fn cheapest_for_single(&self, sum: &Sum) -> Option<usize> {
        let of_sum = || sum.parts.iter().copied().chain([sum.whole]);
        let is_unknown = |place: &usize| {
            let entry = self.entries.get(*place);
            entry.is_some_and(|entry| {
                let (low, high) = entry.range(Reader::Trusting);
                low < high
            })
        };
        let mut unknown = of_sum().filter(is_unknown);
        let single = unknown.next()?;
        if unknown.next().is_some() || !self.entries.get(single)?.guarded {
            return None;
        }
        let shown = of_sum().filter_map(|place| {
            let it = self.entries.get(place)?;
            let shown = place != single && it.told != Told::Nothing && it.may_be_hidden();
            shown.then_some((it.weight, it.truth, place))
        });
        shown.min().map(|(_, _, place)| place)
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

    /// Hides other numbers until no reader finds this one out, and shows again what turned out not to be needed. Each round
    /// hides twice as many, the least loss first: every look takes two integer programs, and some numbers need a dozen others.
    fn protect(&mut self, entry: usize, known: &mut solve::Known) -> bool {
        let mut hidden: Vec<(usize, Told)> = Vec::new();
        let mut more = 1;
        while let Some(reader) = self.revealed_to(entry, &mut known.clone()) {
            let candidates = self.candidates(entry, reader);
            if candidates.is_empty() {
                // Nothing helps, so the others needn't be hidden.
                for (place, told) in hidden {
                    self.tell(place, told);
                }
                return false;
            }
            for candidate in candidates.into_iter().take(more) {
                hidden.push((candidate, self.tell(candidate, Told::Nothing)));
            }
            more *= 2;
        }
        if let [_] = hidden[..] {
            // The only one was needed.
            hidden.clear();
        }
        let loss = |place: usize| {
            self.entries
                .get(place)
                .map(|it| (it.weight, it.truth, place))
        };
        let mut by_loss: Vec<_> = hidden.into_iter().map(|it| (loss(it.0), it)).collect();
        by_loss.sort_by_key(|(loss, _)| std::cmp::Reverse(*loss));
        for (_, (place, told)) in by_loss {
            let less = self.tell(place, told);
            // What is possible in a trial may be impossible after it.
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
    pub(super) fn linked(&self, reader: Reader, entry: usize) -> BTreeSet<usize> {
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
