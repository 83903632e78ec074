//! Figures that a board may ask about: intervals, differences between groups, agreement of coders, corrected shares.
//!
//! Pure: counts go in, figures come out. Every formula names its source, and every one is compared with an independent
//! computation in `tests/independent/statistics.py`.

pub mod agreement;
pub mod correction;
pub mod interval;
pub mod keyness;
pub mod multiple;
pub mod quantile;

#[cfg(test)]
mod tests;

/// The two-sided 95 % point of the normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;

/// A count as a number to reckon with.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people and comments are far below 2^52"
)]
pub fn number(count: u64) -> f64 {
    count as f64
}

/// A range of values, the ends included.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// The interval of 95 % around an estimate with a standard error.
    fn around(estimate: f64, standard_error: f64) -> Self {
        Self {
            low: estimate - Z * standard_error,
            high: estimate + Z * standard_error,
        }
    }
}
