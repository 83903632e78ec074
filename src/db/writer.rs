//! The writer: a thread that owns a connection and takes work from a bounded queue.
//!
//! Answers that lie next to each other in the queue share one transaction, each in its own savepoint with its own
//! verdict. The thread commits what is queued and never waits on a timer: under load groups grow by themselves.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use diesel::Connection;
use diesel::connection::TransactionManager;
use diesel::r2d2::R2D2Connection;
use tokio::sync::oneshot;

use super::{Address, Db, Purpose, begin, in_transaction, open};
use crate::error::{Error, Result};

/// How much work may wait; beyond it a caller is told that we are busy.
const QUEUE: usize = 1024;
/// How many answers share a transaction at the most, so that the first of them does not wait long.
const GROUP: usize = 256;

/// The sending end of the queue.
#[derive(Clone)]
pub(super) struct Writer(SyncSender<Work>);

enum Work {
    Alone(Box<dyn Job>),
    Grouped(Box<dyn Job>),
}

/// One piece of work: run inside a transaction, then told how the commit went.
trait Job: Send {
    fn run(&mut self, db: &mut Db) -> Result<(), Undone>;
    fn finish(self: Box<Self>, commit: Result<()>);
}

/// The work failed and its part of the transaction must be undone.
struct Undone;

impl From<diesel::result::Error> for Undone {
    fn from(_: diesel::result::Error) -> Self {
        Self
    }
}

struct Task<T, F> {
    work: Option<F>,
    verdict: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T: Send + 'static, F: FnOnce(&mut Db) -> Result<T> + Send> Job for Task<T, F> {
    fn run(&mut self, db: &mut Db) -> Result<(), Undone> {
        let Some(work) = self.work.take() else {
            return Err(Undone);
        };
        // A bug in one answer's work must not take the writer down with it.
        let verdict = catch_unwind(AssertUnwindSafe(|| work(db)))
            .unwrap_or_else(|_| Err(Error::bug("a write panicked")));
        let outcome = if verdict.is_ok() { Ok(()) } else { Err(Undone) };
        self.verdict = Some(verdict);
        outcome
    }

    fn finish(self: Box<Self>, commit: Result<()>) {
        let verdict = match (commit, self.verdict) {
            (_, Some(Err(error))) | (Err(error), _) => Err(error),
            (Ok(()), Some(Ok(value))) => Ok(value),
            (Ok(()), None) => Err(Error::Busy),
        };
        // A client that went away changes nothing: what was committed stays.
        let _ = self.reply.send(verdict);
    }
}

impl Writer {
    /// Starts the thread and waits until its connection is open.
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
        self.queue(work, Work::Alone)
    }

    pub(super) fn grouped<T, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        self.queue(work, Work::Grouped)
    }

    fn queue<T, F>(
        &self,
        work: F,
        kind: fn(Box<dyn Job>) -> Work,
    ) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        let (reply, receiver) = oneshot::channel();
        let task = Task {
            work: Some(work),
            verdict: None,
            reply,
        };
        self.0
            .try_send(kind(Box::new(task)))
            .map_err(|error| match error {
                TrySendError::Full(_) => Error::Busy,
                TrySendError::Disconnected(_) => Error::bug("the writer has stopped"),
            })?;
        Ok(receiver)
    }
}

fn serve(address: &Address, mut db: Db, queue: &Receiver<Work>) {
    let mut next = queue.recv().ok();
    while let Some(work) = next.take() {
        match work {
            Work::Alone(job) => run_alone(&mut db, job),
            Work::Grouped(job) => next = run_group(&mut db, job, queue),
        }
        mend(address, &mut db);
        if next.is_none() {
            next = queue.recv().ok();
        }
    }
}

fn run_alone(db: &mut Db, mut job: Box<dyn Job>) {
    let outcome = in_transaction(db, |db| {
        job.run(db)
            .map_err(|Undone| diesel::result::Error::RollbackTransaction)
    });
    job.finish(committed(outcome));
}

/// Runs the first answer and those queued right behind it in one transaction; returns the work that ended the group.
fn run_group(db: &mut Db, first: Box<dyn Job>, queue: &Receiver<Work>) -> Option<Work> {
    let mut jobs = vec![first];
    let mut following = None;
    let started = begin(db);
    if let (Ok(()), Some(job)) = (&started, jobs.first_mut()) {
        in_savepoint(db, job.as_mut());
        while jobs.len() < GROUP {
            match queue.try_recv() {
                Ok(Work::Grouped(mut job)) => {
                    in_savepoint(db, job.as_mut());
                    jobs.push(job);
                }
                Ok(other) => {
                    following = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
    }
    let outcome =
        started.and_then(|()| <Db as Connection>::TransactionManager::commit_transaction(db));
    let failure = outcome.err().map(|error| {
        tracing::error!(error = %error, answers = jobs.len(), "a group of answers could not be committed");
    });
    for job in jobs {
        job.finish(if failure.is_some() {
            Err(Error::Busy)
        } else {
            Ok(())
        });
    }
    following
}

/// An error is kept as the job's own verdict; its savepoint is undone and the group goes on.
fn in_savepoint(db: &mut Db, job: &mut dyn Job) {
    let _: Result<(), Undone> = db.transaction(|db| job.run(db));
}

fn committed(outcome: Result<(), diesel::result::Error>) -> Result<()> {
    match outcome {
        Ok(()) | Err(diesel::result::Error::RollbackTransaction) => Ok(()),
        Err(error) => Err(Error::from(error)),
    }
}

/// Opens a new connection where the old one broke, trying until the server is back.
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
