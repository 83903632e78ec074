//! A node's live index: built in the background at startup, then caught up by each page that counts.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::index::Index;
use crate::db::{Database, Db, last_change};
use crate::error::{Error, Result};

/// The progress value once the first build is done; until then it's the percentage completed.
const READY: u8 = 100;

/// The index shared by all pages of a node.
pub struct Live {
    database: Database,
    index: RwLock<Index>,
    percent: AtomicU8,
}

impl Live {
    /// Starts the build in its own thread. Requests never wait for it.
    pub fn start(database: &Database) -> Result<Arc<Self>> {
        let live = Arc::new(Self {
            database: database.clone(),
            index: RwLock::default(),
            percent: AtomicU8::default(),
        });
        let mine = Arc::clone(&live);
        let work = move || {
            if let Err(error) = mine.database.read(|db| mine.build(db)) {
                tracing::error!(error = %error, "the index could not be built; the next page that counts tries again");
            }
            // If the build failed, the page that needs the index will fail the same way and show the reason.
            mine.percent.store(READY, Ordering::Release);
        };
        std::thread::Builder::new()
            .name("index".to_owned())
            .spawn(work)
            .map_err(Error::internal)?;
        Ok(live)
    }

    fn build(&self, db: &mut Db) -> Result<()> {
        let expected = crate::responses::count_all(db)?
            .saturating_add(crate::comments::count_all(db)?)
            .max(1);
        let mut index = Index::default();
        index.catch_up(db, |read| {
            let percent = u8::try_from(read.saturating_mul(100) / expected).unwrap_or(READY);
            self.percent
                .store(percent.min(READY - 1), Ordering::Release);
        })?;
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = index;
        Ok(())
    }

    /// Catches up to the last committed change, then calls `look`. During the first build, returns an error with the
    /// progress.
    pub fn view<T>(
        &self,
        db: &mut Db,
        look: impl FnOnce(&Index, &mut Db) -> Result<T>,
    ) -> Result<T> {
        let percent = self.percent.load(Ordering::Acquire);
        if percent < READY {
            return Err(Error::Counting(percent));
        }
        let last = last_change(db)?;
        let behind = self
            .index
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .tally
            .seen()
            < last;
        if behind {
            self.index
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .catch_up(db, |_| {})?;
        }
        look(
            &self.index.read().unwrap_or_else(PoisonError::into_inner),
            db,
        )
    }

    /// Like [`Live::view`], but on its own database reader and without blocking other requests.
    pub async fn view_later<T: Send + 'static>(
        self: &Arc<Self>,
        look: impl FnOnce(&Index, &mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let live = Arc::clone(self);
        self.database
            .read_later(move |db| live.view(db, look))
            .await
    }

    /// Whether the first build is done.
    pub fn is_ready(&self) -> bool {
        self.percent.load(Ordering::Acquire) >= READY
    }
}
