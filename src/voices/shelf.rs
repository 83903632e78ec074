//! A cache of snapshots. A snapshot never changes, so it's parsed only once. Only comments can disappear from it: the
//! person who said one or the person who released it can withdraw it at any time.

use std::sync::{Arc, Mutex, PoisonError};

use super::snapshot::Snapshot;
use crate::comments::{self, CommentId};
use crate::db::{Db, last_change};
use crate::district::RoundId;
use crate::editions::{self, Audience, EditionId};
use crate::error::Result;

/// How many snapshots to keep. There are few rounds, and each shows one snapshot.
const KEPT: usize = 16;

/// The snapshots in this process, with the most recently used at the end.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Vec<ShelvedSnapshot>>);

/// A snapshot as it was published, and as readers can see it now.
#[derive(Clone, Debug)]
struct ShelvedSnapshot {
    id: EditionId,
    published: Arc<Snapshot>,
    readable: Arc<Snapshot>,
    /// The last change when the readable comments were last checked. Every change that hides a comment allocates a
    /// number.
    seen: i64,
}

impl Shelf {
    /// The snapshot of a round that the public sees, without comments that were withdrawn since. Checks each time
    /// whether it's still the current one.
    pub fn status(&self, db: &mut Db, round: &RoundId) -> Result<Option<Arc<Snapshot>>> {
        let Some(edition) = editions::current(db, round, Audience::Public)? else {
            return Ok(None);
        };
        // Read this first, so that later changes are checked next time.
        let last = last_change(db)?;
        let kept = self.take(&edition.id);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.seen == last) {
            return Ok(Some(Arc::clone(&kept.readable)));
        }
        let published = match kept {
            Some(kept) => kept.published,
            None => Arc::new(editions::content(db, &edition.id)?),
        };
        let readable = readable(db, &published)?;
        self.put(ShelvedSnapshot {
            id: edition.id,
            published,
            readable: Arc::clone(&readable),
            seen: last,
        });
        Ok(Some(readable))
    }

    fn take(&self, id: &EditionId) -> Option<ShelvedSnapshot> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|known| known.id == *id)?;
        let found = kept.remove(place);
        kept.push(found.clone());
        Some(found)
    }

    fn put(&self, snapshot: ShelvedSnapshot) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|known| known.id != snapshot.id);
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push(snapshot);
    }
}

/// A snapshot without the comments that are no longer public. Its counts stay as published.
fn readable(db: &mut Db, published: &Arc<Snapshot>) -> Result<Arc<Snapshot>> {
    let ids: Vec<CommentId> = published
        .comments
        .iter()
        .map(|comment| comment.id.clone())
        .collect();
    let public = comments::still_public(db, &ids)?;
    if public.len() == ids.len() {
        return Ok(Arc::clone(published));
    }
    let mut readable = Snapshot::clone(published);
    readable
        .comments
        .retain(|comment| public.contains(&comment.id));
    Ok(Arc::new(readable))
}
