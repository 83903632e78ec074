//! The worker: due work that no request waits for. Today that is the outbox.

use std::sync::{Arc, Weak};
use std::time::Duration;

use crate::app::App;
use crate::error::{Error, Result};
use crate::mail::{self, Due, Mail};

/// How many mails are claimed at once.
const BATCH: i64 = 10;
/// How long the worker rests between two looks.
const REST: Duration = Duration::from_secs(5);

/// What the worker does for one kind of row in the outbox, as the feature that puts the row there says it.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// The kind, as `forum.sign-up`.
    pub kind: &'static str,
    /// Writes the mail from the kind and the payload; nothing where there is no reason to send it any more.
    pub compose: fn(&App, &str, &serde_json::Value) -> Result<Option<Mail>>,
}

/// Does what is due now and returns how many mails went out. Blocks; no connection is held while a mail is sent.
pub fn run_once(app: &App, jobs: &[Job]) -> Result<usize> {
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

/// Writes, sends and marks one mail; whether it went out.
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
            tracing::error!(mail = %due.id, kind = due.kind, error = %error, "a mail could not be written");
            "the mail could not be written".to_owned()
        }
    };
    tracing::warn!(mail = %due.id, kind = due.kind, attempts = due.attempts, reason, "a mail was put off");
    app.database
        .write(move |db| Ok(mail::put_off(db, &due.id, due.attempts, &reason, now)?))?;
    Ok(false)
}

/// The mail that a row of the outbox asks for; nothing where there is no reason to send it any more.
fn compose(app: &App, jobs: &[Job], due: &Due) -> Result<Option<Mail>> {
    let job = jobs.iter().find(|job| job.kind == due.kind);
    let job = job.ok_or_else(|| Error::bug(format!("no mail is called {}", due.kind)))?;
    (job.compose)(app, &due.kind, &due.payload)
}

/// Starts a thread that does what is due again and again until the program ends.
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
