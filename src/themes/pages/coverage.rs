//! The share of comments with a theme, by language, as shown on both theme pages.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use serde::Serialize;

use crate::tally::percent;
use crate::themes::Index;
use crate::web::languages::own_name;

/// The share of one language's comments that have a theme.
#[derive(Debug, Serialize)]
pub(super) struct Coverage {
    language: String,
    covered: u64,
    comments: u64,
    share: u64,
}

impl Coverage {
    pub(super) fn samples() -> Vec<Self> {
        vec![Self {
            language: "Español".to_owned(),
            covered: 160,
            comments: 183,
            share: 87,
        }]
    }
}

/// The share of each language's comments that have a theme.
pub(super) fn coverage(
    index: &Index,
    said: &RoaringBitmap,
    covered: &RoaringBitmap,
) -> Vec<Coverage> {
    let mut by_language: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for ordinal in said {
        let entry = by_language
            .entry(index.language(ordinal).to_string())
            .or_default();
        entry.0 += u64::from(covered.contains(ordinal));
        entry.1 += 1;
    }
    by_language
        .into_iter()
        .map(|(tag, (covered, comments))| Coverage {
            language: own_name(&tag).to_owned(),
            covered,
            comments,
            share: percent(covered, comments),
        })
        .collect()
}
