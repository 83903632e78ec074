//! From comments to the people who said them.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::index::Index;

/// The tables behind a set of notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// The number of tables.
    pub tables: u64,
    /// The minimum number of people at them: for each table, the most that one of its notes speaks for, up to the
    /// number present.
    pub at_least: u64,
}

impl Index {
    /// The voices that said any of these comments. Each counts once, however many comments it has.
    pub fn voices_of(&self, comments: &RoaringBitmap) -> RoaringBitmap {
        comments
            .iter()
            .filter_map(|ordinal| self.comment(ordinal)?.voice)
            .collect()
    }

    /// The tables that wrote these notes.
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
