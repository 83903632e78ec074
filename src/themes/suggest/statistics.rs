//! Association between two things that remarks may have.

/// x ln x, with 0 for 0.
fn x_ln_x(x: f64) -> f64 {
    if x > 0.0 { x * x.ln() } else { 0.0 }
}

/// The log-likelihood ratio G² of a two-by-two table: `both` of `a` and `b`, among `total`.
///
/// Dunning, T. (1993), *Accurate methods for the statistics of surprise and coincidence*, Computational Linguistics 19, 61–74.
pub(super) fn log_likelihood_ratio(both: f64, a: f64, b: f64, total: f64) -> f64 {
    let (only_a, only_b) = (a - both, b - both);
    let neither = total - a - b + both;
    let cells = x_ln_x(both) + x_ln_x(only_a) + x_ln_x(only_b) + x_ln_x(neither);
    let rows = x_ln_x(a) + x_ln_x(total - a);
    let columns = x_ln_x(b) + x_ln_x(total - b);
    (2.0 * (cells - rows - columns + x_ln_x(total))).max(0.0)
}

/// Normalised pointwise mutual information, from -1 to 1.
///
/// Bouma, G. (2009), *Normalized (pointwise) mutual information in collocation extraction*, GSCL, 31–40.
pub(super) fn normalised_information(both: f64, a: f64, b: f64, total: f64) -> f64 {
    if both <= 0.0 || both >= total {
        return 0.0;
    }
    (both * total / (a * b)).ln() / -(both / total).ln()
}
