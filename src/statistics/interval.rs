//! Confidence intervals of shares and of differences between shares.

use super::{Interval, Z, number};

/// A part of a whole, such as 412 of 1,306.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
}

impl Part {
    /// The share, from 0 to 1; none if the whole is 0.
    pub fn share(self) -> Option<f64> {
        (self.whole > 0).then(|| number(self.part) / number(self.whole))
    }
}

/// The 95% confidence interval of a share:
/// (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n); none if the whole is 0.
///
/// Wilson, E. B. (1927), *Probable inference, the law of succession, and statistical inference*, JASA 22, 209–212.
pub fn wilson(of: Part) -> Option<Interval> {
    let p = of.share()?;
    let n = number(of.whole);
    let z2 = Z * Z;
    let spread = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let middle = p + z2 / (2.0 * n);
    let scale = 1.0 + z2 / n;
    // At 0 and 1 the formula is exact except for the last digit.
    let low = if of.part == 0 {
        0.0
    } else {
        (middle - spread) / scale
    };
    let high = if of.part == of.whole {
        1.0
    } else {
        (middle + spread) / scale
    };
    Some(Interval { low, high })
}

/// The 95% confidence interval of the difference p₁ − p₂ of two shares, from their Wilson intervals:
/// d − √((p₁−l₁)² + (u₂−p₂)²) to d + √((u₁−p₁)² + (p₂−l₂)²); none if either whole is 0.
///
/// Newcombe, R. G. (1998), *Interval estimation for the difference between independent proportions*, Statistics in
/// Medicine 17, 873–890, method 10.
pub fn newcombe(one: Part, other: Part) -> Option<Interval> {
    let (p, q) = (one.share()?, other.share()?);
    let (first, second) = (wilson(one)?, wilson(other)?);
    let difference = p - q;
    Some(Interval {
        low: difference - (p - first.low).hypot(second.high - q),
        high: difference + (first.high - p).hypot(q - second.low),
    })
}
