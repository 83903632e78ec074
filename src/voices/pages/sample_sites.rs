//! Sites for page samples.

use std::sync::Arc;

use super::reading::Links;
use super::site::Site;
use crate::voices::sample_rounds::{early, full};

/// A published round with everything in it, and a preview with almost nothing.
pub(super) fn sites() -> [Site; 2] {
    let published = Site {
        snapshot: Arc::new(full()),
        links: Links::published("vision-2031"),
        preview: false,
        rounds: Vec::new(),
    };
    [published, Site::preview(early())]
}

/// These sites' pages of one kind.
pub(super) fn pages<P>(page: impl Fn(&Site) -> Option<P>) -> Vec<P> {
    sites().iter().filter_map(page).collect()
}
