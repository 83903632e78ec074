//! Sites for the samples of pages.

use std::sync::Arc;

use super::reading::Links;
use super::site::Site;
use crate::voices::sample_rounds::{early, full};

/// A round with everything in it, published; and one with hardly anything, in a preview.
pub(super) fn sites() -> [Site; 2] {
    let published = Site {
        snapshot: Arc::new(full()),
        links: Links::published("vision-2031"),
        preview: false,
        rounds: Vec::new(),
    };
    [published, Site::preview(early())]
}

/// The pages that these sites have of one kind.
pub(super) fn pages<P>(page: impl Fn(&Site) -> Option<P>) -> Vec<P> {
    sites().iter().filter_map(page).collect()
}
