//! The statistics that a board may ask about: confidence intervals, differences between groups, agreement of coders,
//! corrected shares.
//!
//! Pure functions of counts. Every formula names its source, and `tests/independent/statistics.py` computes each one a
//! second time with other libraries.

pub mod agreement;
pub mod correction;
pub mod interval;
pub mod keyness;
pub mod multiple;
pub mod quantile;

#[cfg(test)]
mod tests;

/// The normal quantile for a two-sided 95% interval.
pub const Z: f64 = 1.959_963_984_540_054;

/// A count as a floating-point number.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people and comments are far below 2^52"
)]
pub fn number(count: u64) -> f64 {
    count as f64
}

/// A range of values, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// The 95% confidence interval of an estimate with a standard error.
    fn around(estimate: f64, standard_error: f64) -> Self {
        Self {
            low: estimate - Z * standard_error,
            high: estimate + Z * standard_error,
        }
    }
}
