//! What one group says more often than the rest: is there a difference, and how large is it?

use super::interval::Part;
use super::number;

/// The log-likelihood ratio G² = 2 Σ O ln(O/E) of a two-by-two table: `a` and `b` out of `total`, `both` at
/// once.
///
/// Dunning, T. (1993), *Accurate methods for the statistics of surprise and coincidence*, Computational Linguistics 19, 61–74.
pub fn log_likelihood_ratio(both: f64, a: f64, b: f64, total: f64) -> f64 {
    let term = |observed: f64, row: f64, column: f64| {
        if observed > 0.0 {
            observed * (observed / (row * column / total)).ln()
        } else {
            0.0
        }
    };
    let (not_a, not_b) = (total - a, total - b);
    let sum = term(both, a, b)
        + term(a - both, a, not_b)
        + term(b - both, not_a, b)
        + term(not_a - b + both, not_a, not_b);
    (2.0 * sum).max(0.0)
}

/// Normalized pointwise mutual information, from −1 to 1.
///
/// Bouma, G. (2009), *Normalized (pointwise) mutual information in collocation extraction*, GSCL, 31–40.
pub fn normalized_information(both: f64, a: f64, b: f64, total: f64) -> f64 {
    if both <= 0.0 || both >= total {
        return 0.0;
    }
    (both * total / (a * b)).ln() / -(both / total).ln()
}

/// G² of how often two groups mention something; negative if the first group mentions it less often.
pub fn signed_log_likelihood(one: Part, other: Part) -> f64 {
    let mentions = number(one.part + other.part);
    let total = number(one.whole + other.whole);
    let ratio = log_likelihood_ratio(number(one.part), number(one.whole), mentions, total);
    // Products compare exactly; quotients would not.
    let less = u128::from(one.part) * u128::from(other.whole)
        < u128::from(other.part) * u128::from(one.whole);
    if less { -ratio } else { ratio }
}

/// How many times more often the first group mentions something than the second, as a power of two. A count of 0 becomes
/// one half. None if either whole is 0.
///
/// Hardie, A. (2014), *Log Ratio: an informal introduction*, Centre for Corpus Approaches to Social Science.
pub fn log_ratio(one: Part, other: Part) -> Option<f64> {
    let rate = |of: Part| {
        let part = if of.part == 0 { 0.5 } else { number(of.part) };
        (of.whole > 0).then(|| part / number(of.whole))
    };
    Some((rate(one)? / rate(other)?).log2())
}

/// The p-value of a G²: the upper tail of χ² with one degree of freedom, erfc √(x/2).
///
/// Wilks, S. S. (1938), *The large-sample distribution of the likelihood ratio for testing composite hypotheses*, Annals
/// of Mathematical Statistics 9, 60–62.
pub fn probability(log_likelihood: f64) -> f64 {
    libm::erfc((log_likelihood.abs() / 2.0).sqrt())
}
