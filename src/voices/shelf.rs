//! Snapshots that were read before: a snapshot never changes, so it is parsed once.

use std::sync::{Arc, Mutex, PoisonError};

use super::model::SnapshotId;
use super::snapshot::Snapshot;
use super::store;
use crate::db::Db;
use crate::district::RoundId;
use crate::error::Result;

/// How many snapshots are kept. There are few rounds, and each has one that is shown.
const KEPT: usize = 16;

/// The snapshots of one running program, the last used at the end.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Vec<(SnapshotId, Arc<Snapshot>)>>);

impl Shelf {
    /// The snapshot of a round that the public sees. Whether it still stands is asked each time.
    pub fn standing(&self, db: &mut Db, round: &RoundId) -> Result<Option<Arc<Snapshot>>> {
        let Some(edition) = store::standing(db, round)? else {
            return Ok(None);
        };
        if let Some(kept) = self.take(&edition.id) {
            return Ok(Some(kept));
        }
        let read = Arc::new(store::content(db, &edition.id)?);
        self.put(edition.id, Arc::clone(&read));
        Ok(Some(read))
    }

    fn take(&self, id: &SnapshotId) -> Option<Arc<Snapshot>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| known == id)?;
        let entry = kept.remove(place);
        let found = Arc::clone(&entry.1);
        kept.push(entry);
        Some(found)
    }

    fn put(&self, id: SnapshotId, snapshot: Arc<Snapshot>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| *known != id);
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((id, snapshot));
    }
}
