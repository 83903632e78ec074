//! The writer: a thread that owns a connection and takes jobs from a bounded queue.
//!
//! Adjacent responses in the queue share one transaction and its statements. If the shared transaction fails, each
//! response is retried on its own and gets its own result. The thread commits whatever is queued and never waits on a
//! timer, so groups grow only under load.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use diesel::r2d2::R2D2Connection;
use tokio::sync::oneshot;

use super::{Address, Db, Purpose, in_transaction, open};
use crate::error::{Error, Result};

/// The queue's capacity. When it's full, callers get [`Error::Busy`].
const QUEUE: usize = 1024;
/// The most pieces of work in one transaction, so that the first one doesn't wait long.
const GROUP: usize = 256;

/// Work that can share a transaction with queued work of the same type.
pub trait Grouped: Send + Sized + 'static {
    /// The outcome of one piece of work.
    type Outcome: Send + 'static;

    /// Runs all of them and returns one outcome each, in order. On failure, everything is rolled back and each is
    /// retried on its own, so that one failure doesn't affect the rest.
    fn run(db: &mut Db, all: &[Self]) -> Result<Vec<Self::Outcome>>;
}

/// The sending end of the queue.
#[derive(Clone)]
pub(super) struct Writer(SyncSender<Box<dyn Job>>);

/// A job: runs in a transaction and then reports its result.
trait Job: Any + Send {
    /// Merges the next job in the queue into this one if it has the same type. Returns it otherwise.
    fn join(&mut self, other: Box<dyn Job>) -> Option<Box<dyn Job>>;
    /// Runs the job, commits, and reports the result.
    fn finish(self: Box<Self>, db: &mut Db);
}

/// A job with its own transaction.
struct Alone<T, F> {
    work: F,
    reply: oneshot::Sender<Result<T>>,
}

impl<T: Send + 'static, F: FnOnce(&mut Db) -> Result<T> + Send + 'static> Job for Alone<T, F> {
    fn join(&mut self, other: Box<dyn Job>) -> Option<Box<dyn Job>> {
        Some(other)
    }

    fn finish(self: Box<Self>, db: &mut Db) {
        let Self { work, reply } = *self;
        let verdict = in_transaction(db, |db| caught(|| work(db)));
        // If the client is gone, the commit still stands.
        let _ = reply.send(verdict);
    }
}

/// Pieces of work that share a transaction.
struct Group<G: Grouped> {
    work: Vec<G>,
    replies: Vec<oneshot::Sender<Result<G::Outcome>>>,
}

impl<G: Grouped> Job for Group<G> {
    fn join(&mut self, other: Box<dyn Job>) -> Option<Box<dyn Job>> {
        if self.work.len() >= GROUP || !(&*other as &dyn Any).is::<Self>() {
            return Some(other);
        }
        if let Ok(mut other) = (other as Box<dyn Any>).downcast::<Self>() {
            self.work.append(&mut other.work);
            self.replies.append(&mut other.replies);
        }
        None
    }

    fn finish(self: Box<Self>, db: &mut Db) {
        let verdicts: Vec<Result<G::Outcome>> = match together(db, &self.work) {
            Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
            Err(Undone::Work(_)) if self.work.len() > 1 => {
                let each = self.work.iter().map(std::slice::from_ref);
                each.map(|one| together(db, one)?.pop().ok_or(Error::Busy))
                    .collect()
            }
            Err(Undone::Work(error)) => vec![Err(error)],
            Err(Undone::Commit(error)) => {
                let answers = self.work.len();
                tracing::error!(error = %error, answers, "a group of answers could not be committed");
                Vec::new()
            }
        };
        let mut verdicts = verdicts.into_iter();
        for reply in self.replies {
            let _ = reply.send(verdicts.next().unwrap_or(Err(Error::Busy)));
        }
    }
}

/// Why a transaction was rolled back.
enum Undone {
    /// The work failed.
    Work(Error),
    /// The work succeeded, but the commit failed.
    Commit(Error),
}

impl From<Undone> for Error {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Work(error) => error,
            Undone::Commit(_) => Self::Busy,
        }
    }
}

/// Runs all the work in one transaction. There are no savepoints: on a server, each would cost two more round trips.
fn together<G: Grouped>(db: &mut Db, all: &[G]) -> Result<Vec<G::Outcome>, Undone> {
    let mut is_done = false;
    let outcomes = in_transaction(db, |db| {
        let outcomes = caught(|| G::run(db, all))?;
        if outcomes.len() != all.len() {
            return Err(Error::bug("a group without an outcome for each"));
        }
        is_done = true;
        Ok(outcomes)
    });
    outcomes.map_err(if is_done {
        Undone::Commit
    } else {
        Undone::Work
    })
}

/// Catches panics so that a bug in one job doesn't stop the writer.
fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::bug("a write panicked")))
}

impl Writer {
    /// Opens the connection and starts the thread.
    pub(super) fn start(address: Address) -> Result<Self> {
        let (sender, receiver) = sync_channel(QUEUE);
        let db = open(&address, Purpose::Write)?;
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || serve(&address, db, &receiver))
            .map_err(Error::internal)?;
        Ok(Self(sender))
    }

    pub(super) fn alone<T, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        let (reply, receiver) = oneshot::channel();
        self.queue(Box::new(Alone { work, reply }))?;
        Ok(receiver)
    }

    pub(super) fn grouped<G: Grouped>(
        &self,
        work: G,
    ) -> Result<oneshot::Receiver<Result<G::Outcome>>> {
        let (reply, receiver) = oneshot::channel();
        self.queue(Box::new(Group {
            work: vec![work],
            replies: vec![reply],
        }))?;
        Ok(receiver)
    }

    fn queue(&self, job: Box<dyn Job>) -> Result<()> {
        self.0.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Disconnected(_) => Error::bug("the writer has stopped"),
        })
    }
}

fn serve(address: &Address, mut db: Db, queue: &Receiver<Box<dyn Job>>) {
    let mut next = queue.recv().ok();
    while let Some(mut job) = next.take() {
        while next.is_none()
            && let Ok(other) = queue.try_recv()
        {
            next = job.join(other);
        }
        job.finish(&mut db);
        mend(address, &mut db);
        next = next.or_else(|| queue.recv().ok());
    }
}

/// Reopens a broken connection. If that fails, it's tried again after the next job.
fn mend(address: &Address, db: &mut Db) {
    if !db.is_broken() {
        return;
    }
    match open(address, Purpose::Write) {
        Ok(fresh) => *db = fresh,
        Err(error) => {
            tracing::error!(error = %error, "the writer's connection broke and could not be opened again");
        }
    }
}
