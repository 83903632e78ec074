//! What a reader can work out from several tables about the same people: bounds on each count, and how the counts are
//! related.

/// A count that a reader tries to work out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Count(usize);

/// Counts, each with its lower and upper bound, and the sums that link them.
#[derive(Clone, Debug, Default)]
pub(super) struct Bounds {
    ranges: Vec<(u64, u64)>,
    sums: Vec<(Vec<Count>, Count)>,
}

/// The upper bound of a count that we know nothing about: more than there are people.
const MANY: u64 = 1 << 40;

impl Bounds {
    /// Adds a count with its bounds.
    pub(super) fn note(&mut self, low: u64, high: u64) -> Count {
        self.ranges.push((low, high));
        Count(self.ranges.len() - 1)
    }

    /// Records that some counts add up to another.
    pub(super) fn adds_up(&mut self, parts: Vec<Count>, whole: Count) {
        self.sums.push((parts, whole));
    }

    /// Records that a count is at most another, and returns the difference as a count.
    pub(super) fn at_most(&mut self, small: Count, large: Count) -> Count {
        let rest = self.note(0, MANY);
        self.adds_up(vec![small, rest], large);
        rest
    }

    /// Records that a union is at most the sum of its parts, and returns the difference as a count.
    pub(super) fn at_most_together(&mut self, union: Count, parts: Vec<Count>) -> Count {
        let together = self.note(0, MANY);
        self.adds_up(parts, together);
        self.at_most(union, together)
    }

    /// The lower and upper bound of a count.
    pub(super) fn range(&self, count: Count) -> (u64, u64) {
        self.ranges.get(count.0).copied().unwrap_or((0, MANY))
    }

    /// How many values a count can still have.
    pub(super) fn values(&self, count: Count) -> u64 {
        let (low, high) = self.range(count);
        1 + high.saturating_sub(low)
    }

    /// Tightens the bounds through every sum until nothing changes.
    pub(super) fn settle(&mut self) {
        let sums = std::mem::take(&mut self.sums);
        while sums.iter().fold(false, |changed, (parts, whole)| {
            self.narrow(parts, *whole) || changed
        }) {}
        self.sums = sums;
    }

    fn narrow(&mut self, parts: &[Count], whole: Count) -> bool {
        let ranges = parts.iter().map(|part| self.range(*part));
        let (least, most) = ranges.fold((0_u64, 0_u64), |(least, most), (low, high)| {
            (least + low, most.saturating_add(high))
        });
        let mut changed = self.limit(whole, least, most);
        let (low, high) = self.range(whole);
        for part in parts {
            let own = self.range(*part);
            changed |= self.limit(
                *part,
                low.saturating_sub(most.saturating_sub(own.1)),
                high.saturating_sub(least - own.0),
            );
        }
        changed
    }

    fn limit(&mut self, count: Count, least: u64, most: u64) -> bool {
        let Some(range) = self.ranges.get_mut(count.0) else {
            return false;
        };
        let narrowed = (range.0.max(least), range.1.min(most));
        // A contradiction tells us nothing.
        if narrowed == *range || narrowed.0 > narrowed.1 {
            return false;
        }
        *range = narrowed;
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_single_gap_in_a_sum_is_worked_out() {
        let mut bounds = Bounds::default();
        let (gap, open, total) = (bounds.note(0, 30), bounds.note(40, 40), bounds.note(43, 43));
        bounds.adds_up(vec![gap, open], total);
        bounds.settle();
        assert_eq!(bounds.range(gap), (3, 3));
    }

    #[test]
    fn a_union_bounds_its_parts_from_both_sides() {
        let mut bounds = Bounds::default();
        let (hidden, open, union) = (bounds.note(0, 55), bounds.note(20, 20), bounds.note(23, 23));
        bounds.at_most(hidden, union);
        bounds.at_most(open, union);
        bounds.at_most_together(union, vec![hidden, open]);
        bounds.settle();
        assert_eq!(bounds.range(hidden), (3, 23));
    }

    proptest! {
        /// Whatever a reader knows about the true counts, the bounds never exclude them.
        #[test]
        fn the_true_counts_are_never_ruled_out(
            parts in prop::collection::vec((0..20_u64, 0..5_u64, 0..5_u64), 1..6),
            union in 0..20_u64,
        ) {
            let mut bounds = Bounds::default();
            let counts: Vec<Count> = parts
                .iter()
                .map(|(count, below, above)| bounds.note(count.saturating_sub(*below), count + above))
                .collect();
            let sum: u64 = parts.iter().map(|(count, ..)| count).sum();
            let largest = parts.iter().map(|(count, ..)| *count).max().unwrap_or(0);
            let true_union = (largest + union).min(sum);
            let (total, all) = (bounds.note(sum, sum + 3), bounds.note(0, MANY));
            bounds.adds_up(counts.clone(), total);
            bounds.at_most_together(all, counts.clone());
            for count in &counts {
                bounds.at_most(*count, all);
            }
            bounds.settle();
            for (count, (truth, ..)) in counts.iter().zip(&parts) {
                let (low, high) = bounds.range(*count);
                prop_assert!(low <= *truth && *truth <= high);
            }
            let (low, high) = bounds.range(all);
            prop_assert!(low <= true_union && true_union <= high);
        }
    }
}
