//! Quantiles of counted values.

/// The lower quartile, the median and the upper quartile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Quartiles<T> {
    /// A quarter of all values are at or below it.
    pub low: T,
    /// Half of all values are at or below it.
    pub median: T,
    /// Three quarters of all values are at or below it.
    pub high: T,
}

impl<T: Copy> Quartiles<T> {
    /// The quartiles of values in ascending order, each with its count; none without values.
    pub fn of(values: &[(T, u64)]) -> Option<Self> {
        Some(Self {
            low: quantile(values, 1, 4)?,
            median: quantile(values, 1, 2)?,
            high: quantile(values, 3, 4)?,
        })
    }
}

/// The smallest value that at least `part` of `whole` of all values are at or below: the inverse of the empirical
/// distribution, which is always one of the values. Takes values in ascending order, each with its count.
///
/// Definition 1 of Hyndman, R. J. and Fan, Y. (1996), *Sample quantiles in statistical packages*, The American Statistician
/// 50, 361–365.
pub fn quantile<T: Copy>(values: &[(T, u64)], part: u64, whole: u64) -> Option<T> {
    let all: u128 = values.iter().map(|(_, count)| u128::from(*count)).sum();
    let mut below: u128 = 0;
    let reached = values.iter().filter(|(_, count)| *count > 0);
    let mut reached = reached.skip_while(|(_, count)| {
        below += u128::from(*count);
        below * u128::from(whole) < all * u128::from(part)
    });
    reached.next().map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quartiles_are_values_from_the_data() {
        // numpy.quantile([1, 2, 2, 9], [.25, .5, .75], method="inverted_cdf") is [1, 2, 2].
        let values = [(1, 1), (2, 2), (5, 0), (9, 1)];
        let (low, median, high) = (1, 2, 2);
        assert_eq!(
            Quartiles::of(&values),
            Some(Quartiles { low, median, high })
        );
        assert_eq!(Quartiles::of(&[(3, 0)]), None);
        assert_eq!(quantile::<u8>(&[], 1, 2), None);
    }

    proptest! {
        #[test]
        fn a_quantile_is_the_value_at_its_rank_rounded_up(
            mut all in prop::collection::vec(0_u16..20, 1..60),
            part in 1_u64..=8,
        ) {
            all.sort_unstable();
            let values: Vec<(u16, u64)> = (0..20).map(|value| (value, all.iter().filter(|one| **one == value).count() as u64)).collect();
            let found = quantile(&values, part, 8).unwrap();
            // The value at rank n·p, rounded up.
            let place = (all.len() * usize::try_from(part).unwrap()).div_ceil(8);
            prop_assert_eq!(found, all[place - 1]);
        }
    }
}
