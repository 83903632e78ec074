//! A cache of editions. An edition never changes, so it's parsed only once.

use std::sync::{Arc, Mutex, PoisonError};

use super::content::SchoolEdition;
use crate::db::Db;
use crate::district::RoundId;
use crate::editions::{self, Audience, Edition, EditionId};
use crate::error::Result;

/// How many editions to keep. There are few rounds, and each shows one.
const KEPT: usize = 8;

/// The editions in this process, with the most recently used at the end.
#[derive(Debug, Default)]
pub struct SchoolShelf(Mutex<Vec<(EditionId, Arc<SchoolEdition>)>>);

impl SchoolShelf {
    /// The edition of a round that school staff read. Checks each time whether it's still the current one.
    pub(super) fn current(
        &self,
        db: &mut Db,
        round: &RoundId,
    ) -> Result<Option<(Edition, Arc<SchoolEdition>)>> {
        let Some(edition) = editions::current(db, round, Audience::Schools)? else {
            return Ok(None);
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(id, _)| *id == edition.id);
        let found = match place {
            Some(place) => kept.remove(place).1,
            None => Arc::new(editions::content(db, &edition.id)?),
        };
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((edition.id.clone(), Arc::clone(&found)));
        Ok(Some((edition, found)))
    }
}
