//! From comments to those who said them.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::index::Index;

/// The tables behind a set of notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// How many tables.
    pub tables: u64,
    /// How many people at them, at least: for each table the largest number that one of its notes speaks for, at the
    /// most those present.
    pub at_least: u64,
}

impl Index {
    /// The voices that said any of these comments. Each counts once, however much it said.
    pub fn voices_of(&self, comments: &RoaringBitmap) -> RoaringBitmap {
        comments
            .iter()
            .filter_map(|ordinal| self.comment(ordinal)?.voice)
            .collect()
    }

    /// The tables whose notes these are.
    pub fn tables_of(&self, comments: &RoaringBitmap) -> Tables {
        let mut largest: BTreeMap<u32, u32> = BTreeMap::new();
        for row in comments.iter().filter_map(|ordinal| self.comment(ordinal)) {
            if let Some(table) = row.table {
                let spoken = largest.entry(table).or_default();
                *spoken = (*spoken).max(row.speaks_for);
            }
        }
        let people = largest.iter().map(|(table, spoken)| {
            let present = self.table(*table).map_or(0, |table| table.present);
            u64::from((*spoken).min(present))
        });
        Tables {
            tables: largest.len() as u64,
            at_least: people.sum(),
        }
    }
}
