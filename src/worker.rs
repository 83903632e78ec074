//! The background worker. It sends the outbox, and removes the remains of what was erased.

use std::sync::{Arc, Weak};
use std::time::Duration;

use crate::app::App;
use crate::error::{Error, Result};
use crate::mail::{self, Due, Mail};

/// How many emails to claim at once.
const BATCH: i64 = 10;
/// How long to sleep between checks.
const REST: Duration = Duration::from_secs(5);

/// How the worker handles one kind of outbox row. Defined by the feature that adds the row.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// The kind, such as `forum.sign-up`.
    pub kind: &'static str,
    /// Composes the email from the kind and the payload, or returns `None` if it's no longer needed.
    pub compose: fn(&App, &str, &serde_json::Value) -> Result<Option<Mail>>,
}

/// Does what is due and returns how many emails were sent. Blocks, but holds no database connection while sending.
pub fn run_once(app: &App, jobs: &[Job]) -> Result<usize> {
    if let Err(error) = app.database.remove_remains() {
        tracing::error!(error = %error, "remains of what was erased are still in the database's files; the next turn tries again");
    }
    send(app, jobs)
}

/// Sends the emails that are due and returns how many were sent.
fn send(app: &App, jobs: &[Job]) -> Result<usize> {
    let now = app.clock.now();
    if !app.database.read(|db| Ok(mail::any_due(db, now)?))? {
        return Ok(0);
    }
    let due = app
        .database
        .write(move |db| Ok(mail::claim(db, now, BATCH)?))?;
    let mut sent = 0;
    for one in due {
        sent += usize::from(deliver(app, jobs, one)?);
    }
    Ok(sent)
}

/// Composes and sends one email and records the outcome. Returns whether it was sent.
fn deliver(app: &App, jobs: &[Job], due: Due) -> Result<bool> {
    let now = app.clock.now();
    let reason = match compose(app, jobs, &due) {
        Ok(None) => {
            app.database
                .write(move |db| Ok(mail::finish(db, &due.id, now)?))?;
            return Ok(false);
        }
        Ok(Some(mail)) => match app.mailer.send(&due.id, &mail, now) {
            Ok(()) => {
                app.database
                    .write(move |db| Ok(mail::finish(db, &due.id, now)?))?;
                return Ok(true);
            }
            Err(error) => error.to_string(),
        },
        Err(error) => {
            tracing::error!(mail = %due.id, kind = due.kind, error = %error, "an email could not be composed");
            "the email could not be composed".to_owned()
        }
    };
    tracing::warn!(mail = %due.id, kind = due.kind, attempts = due.attempts, reason, "an email was postponed");
    app.database
        .write(move |db| Ok(mail::put_off(db, &due.id, due.attempts, &reason, now)?))?;
    Ok(false)
}

/// The email that an outbox row asks for, or `None` if it's no longer needed.
fn compose(app: &App, jobs: &[Job], due: &Due) -> Result<Option<Mail>> {
    let job = jobs.iter().find(|job| job.kind == due.kind);
    let job = job.ok_or_else(|| Error::bug(format!("no job composes {}", due.kind)))?;
    (job.compose)(app, &due.kind, &due.payload)
}

/// Starts a thread that does the due work until the program ends.
pub fn spawn(app: &Arc<App>, jobs: Vec<Job>) -> Result<()> {
    let app = Arc::downgrade(app);
    std::thread::Builder::new()
        .name("worker".to_owned())
        .spawn(move || run(&app, &jobs))
        .map(drop)
        .map_err(Error::internal)
}

fn run(app: &Weak<App>, jobs: &[Job]) {
    while let Some(app) = app.upgrade() {
        if let Err(error) = run_once(&app, jobs) {
            tracing::error!(error = %error, "due work failed; it is tried again");
        }
        drop(app);
        std::thread::sleep(REST);
    }
}
