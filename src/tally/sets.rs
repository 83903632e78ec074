//! Sets by facet. Each facet has a number, so a row stores its facets in a few bytes.

use std::collections::HashMap;
use std::hash::Hash;

use roaring::RoaringBitmap;

static EMPTY: std::sync::LazyLock<RoaringBitmap> = std::sync::LazyLock::new(RoaringBitmap::new);

/// Sets of ordinals by facet.
#[derive(Debug)]
pub(super) struct Sets<F> {
    numbers: HashMap<F, u32>,
    sets: Vec<(F, RoaringBitmap)>,
}

impl<F> Default for Sets<F> {
    fn default() -> Self {
        Self {
            numbers: HashMap::new(),
            sets: Vec::new(),
        }
    }
}

impl<F: Clone + Eq + Hash> Sets<F> {
    /// The number of a facet, assigned on first use.
    pub(super) fn number(&mut self, facet: F) -> u32 {
        let next = ordinal(self.sets.len());
        *self.numbers.entry(facet).or_insert_with_key(|facet| {
            self.sets.push((facet.clone(), RoaringBitmap::new()));
            next
        })
    }

    /// The facet with a number.
    pub(super) fn facet(&self, number: u32) -> Option<&F> {
        self.sets.get(number as usize).map(|(facet, _)| facet)
    }

    /// The set of a facet.
    pub(super) fn get(&self, facet: &F) -> &RoaringBitmap {
        let number = self.numbers.get(facet);
        number
            .and_then(|number| self.sets.get(*number as usize))
            .map_or(&EMPTY, |(_, set)| set)
    }

    /// The set with a number, to modify it.
    pub(super) fn set_mut(&mut self, number: u32) -> Option<&mut RoaringBitmap> {
        self.sets.get_mut(number as usize).map(|(_, set)| set)
    }

    /// Every facet that's true of something, with its set.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&F, &RoaringBitmap)> {
        self.sets
            .iter()
            .filter(|(_, set)| !set.is_empty())
            .map(|(facet, set)| (facet, set))
    }
}

/// Ordinals are 32 bits wide, like the sets' elements. Four billion voices is more than we could ever ask.
pub(super) fn ordinal(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
