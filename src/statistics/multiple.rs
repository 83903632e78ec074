//! Multiple comparisons: of many differences, some look significant by chance alone.

/// The q-value of each p-value, in the same order: the lowest false discovery rate at which it counts as a discovery.
/// q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎ · m / j, with the p-values in ascending order.
///
/// Benjamini, Y., Hochberg, Y. (1995), *Controlling the false discovery rate*, Journal of the Royal Statistical Society B
/// 57, 289–300.
pub fn benjamini_hochberg(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = probabilities.iter().copied().enumerate().collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    let many = super::number(order.len() as u64);
    let mut found = vec![1.0; order.len()];
    let mut least: f64 = 1.0;
    for (rank, (place, probability)) in (1..).zip(&order).collect::<Vec<_>>().into_iter().rev() {
        least = least.min(probability * many / super::number(rank));
        if let Some(slot) = found.get_mut(*place) {
            *slot = least;
        }
    }
    found
}
