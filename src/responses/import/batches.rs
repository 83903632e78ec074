//! A batch being written: it starts after leftovers of earlier batches are deleted, is written in slices, and goes live
//! at the end.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::store;
use crate::audit::Actor;
use crate::comments::BatchState;
use crate::db::{Database, Db};
use crate::error::{Error, Result};
use crate::responses::{Batch, BatchId};
use crate::surveys::SurveyId;

/// The longest time for a slice. Submitted responses that wait for the database writer wait no longer than this.
const SLICE: Duration = Duration::from_millis(50);

/// The file that a batch comes from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// `responses` or `votes`.
    pub(super) kind: &'static str,
    /// The survey it belongs to.
    pub(super) survey: SurveyId,
    /// Its name, without the directory.
    pub(super) file_name: String,
    /// Its SHA-256.
    pub(super) file_digest: String,
}

/// A batch being written. Until it's finished, its rows don't count anywhere.
pub(super) struct OpenBatch<'a> {
    database: &'a Database,
    actor: &'a Actor,
    batch: Batch,
    is_stored: bool,
    pace: Pace,
}

impl<'a> OpenBatch<'a> {
    /// Deletes what earlier imports into the survey left unfinished, and starts a batch. The batch is stored with its
    /// first rows.
    pub(super) fn begin(database: &'a Database, actor: &'a Actor, origin: Origin) -> Result<Self> {
        let (survey, kind) = (origin.survey.clone(), origin.kind);
        let remains =
            database.write(move |db| Ok(store::take_away_unfinished(db, &survey, kind)?))?;
        for batch in remains {
            clear(database, &batch)?;
        }
        Ok(Self {
            database,
            actor,
            batch: Batch {
                id: BatchId::new(),
                kind: origin.kind.to_owned(),
                survey_id: Some(origin.survey),
                file_name: origin.file_name,
                file_digest: origin.file_digest,
                state: BatchState::Loading,
                row_count: 0,
                started_at: actor.at,
                started_by: actor.account.clone(),
                number: 0,
            },
            is_stored: false,
            pace: Pace::default(),
        })
    }

    /// How many rows the next slice should have.
    pub(super) fn slice(&self) -> usize {
        self.pace.rows
    }

    /// Runs a read-only query.
    pub(super) fn read<T>(&self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        self.database.read(work)
    }

    /// Writes a slice in its own transaction. `work` gets the batch's ID and returns its result and the number of rows
    /// it added to the batch.
    pub(super) fn write<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Db, &BatchId) -> Result<(T, usize)> + Send + 'static,
    ) -> Result<T> {
        let (batch, is_stored) = (self.batch.clone(), self.is_stored);
        let began = Instant::now();
        let done = self.database.write(move |db| {
            let is_ours = if is_stored {
                store::claim(db, &batch.id)?
            } else {
                store::open(db, &batch)?
            };
            if !is_ours {
                return Err(taken_away());
            }
            let (done, rows) = work(db, &batch.id)?;
            let rows = i64::try_from(rows).unwrap_or(i64::MAX);
            store::add_to_count(db, &batch.id, rows)?;
            Ok(done)
        })?;
        self.is_stored = true;
        self.pace.took(began.elapsed());
        Ok(done)
    }

    /// Makes the batch live, together with whatever `last` writes, in one short transaction.
    pub(super) fn finish<D: Serialize + Send + 'static>(
        self,
        detail: D,
        last: impl FnOnce(&mut Db, &BatchId) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        let (batch, actor, is_stored) = (self.batch, self.actor.clone(), self.is_stored);
        self.database.write(move |db| {
            if !is_stored && !store::open(db, &batch)? {
                return Err(taken_away());
            }
            // Do this first, because it takes the lock of the change counter before the rows that the number covers.
            if !store::go_live(db, &actor, &batch, &detail)? {
                return Err(taken_away());
            }
            last(db, &batch.id)
        })
    }

    /// Deletes what was written so far.
    pub(super) fn abandon(self) -> Result<()> {
        if !self.is_stored {
            return Ok(());
        }
        clear(self.database, &self.batch.id)
    }
}

fn clear(database: &Database, batch: &BatchId) -> Result<()> {
    loop {
        let id = batch.clone();
        if database.write(move |db| Ok(store::clear_some(db, &id)?))? {
            return Ok(());
        }
    }
}

fn taken_away() -> Error {
    Error::Conflict(
        "another import into this survey started, so this one stopped and added nothing: run it again"
            .to_owned(),
    )
}

/// Adapts the number of rows in a slice, so that a slice takes about half of the allowed time.
#[derive(Debug)]
struct Pace {
    rows: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { rows: 100 }
    }
}

impl Pace {
    /// The fewest and the most rows in a slice. The maximum keeps a statement within the limits of each database
    /// engine.
    const FEWEST: usize = 20;
    const MOST: usize = 500;

    fn took(&mut self, time: Duration) {
        if time > SLICE / 2 {
            self.rows = (self.rows / 2).max(Self::FEWEST);
        } else if time < SLICE / 5 {
            self.rows = (self.rows * 3 / 2).min(Self::MOST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_slices_shrink_and_fast_ones_grow() {
        let mut pace = Pace::default();
        for _ in 0..20 {
            pace.took(Duration::from_millis(1));
        }
        assert_eq!(pace.rows, Pace::MOST);
        for _ in 0..20 {
            pace.took(Duration::from_millis(200));
        }
        assert_eq!(pace.rows, Pace::FEWEST);
        let before = pace.rows;
        pace.took(Duration::from_millis(20));
        assert_eq!(pace.rows, before, "a slice in between keeps its size");
    }
}
