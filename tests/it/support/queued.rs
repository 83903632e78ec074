//! Work for the writer's queue, queued like a response.

use chorus::db::{Db, Grouped};
use chorus::error::Result;

type Work<T> = Box<dyn Fn(&mut Db) -> Result<T> + Send>;

/// Work that shares its transaction with its neighbors in the queue. It may run twice: with them, then alone.
pub(crate) struct Queued<T>(Work<T>);

impl<T> Queued<T> {
    pub(crate) fn new(work: impl Fn(&mut Db) -> Result<T> + Send + 'static) -> Self {
        Self(Box::new(work))
    }
}

impl<T: Send + 'static> Grouped for Queued<T> {
    type Outcome = T;

    fn run(db: &mut Db, all: &[Self]) -> Result<Vec<T>> {
        all.iter().map(|work| (work.0)(db)).collect()
    }
}
