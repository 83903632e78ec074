//! The database writer: jobs share a commit but not an outcome, and change numbers follow the order of commits.

use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::task::{Context, Poll, Waker};

use chorus::accounts;
use chorus::audit::{self, Actor};
use chorus::db::{Database, Db, last_change, take_changes};
use chorus::error::{Error, Result};
use diesel::prelude::*;
use diesel::{QueryableByName, sql_query};

use crate::support::{Queued, TestApp};

/// A job on its way: queued as a handler would, and awaited later.
struct Answer<T> {
    work: Pin<Box<dyn Future<Output = Result<T>>>>,
    refused: Option<Error>,
}

/// Queues a job without waiting for it.
fn send<T: Send + 'static>(
    database: &Database,
    work: impl Fn(&mut Db) -> Result<T> + Send + 'static,
) -> Answer<T> {
    let (database, work) = (database.clone(), Queued::new(work));
    let mut work: Pin<Box<dyn Future<Output = Result<T>>>> =
        Box::pin(async move { database.write_grouped(work).await });
    match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(verdict) => Answer {
            work,
            refused: verdict.err(),
        },
        Poll::Pending => Answer {
            work,
            refused: None,
        },
    }
}

impl<T> Answer<T> {
    /// Waits for the outcome, which comes after the commit.
    fn verdict(self) -> Result<T> {
        match self.refused {
            Some(error) => Err(error),
            None => tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap()
                .block_on(self.work),
        }
    }
}

/// Keeps the writer busy until the returned sender is dropped. Returns once the writer has started, so that everything
/// queued from now on is one group.
fn hold(database: &Database) -> Sender<()> {
    let (release, held) = channel::<()>();
    let (begun, has_begun) = channel();
    let database = database.clone();
    std::thread::spawn(move || {
        let answer = send(&database, move |_| {
            begun.send(()).unwrap();
            // Returns an error when the sender is dropped.
            let _ = held.recv();
            Ok(())
        });
        answer.verdict().unwrap();
    });
    has_begun.recv().unwrap();
    release
}

fn note(db: &mut Db, actor: &Actor, action: &str) -> Result<String> {
    audit::record(db, actor, action, "test", "1", &())?;
    Ok(action.to_owned())
}

/// The audited actions, sorted.
fn noted(app: &TestApp) -> Vec<String> {
    use chorus::schema::audit;
    let mut actions: Vec<String> = app.read(|db| {
        Ok(audit::table
            .filter(audit::subject.eq("test"))
            .select(audit::action)
            .load(db)?)
    });
    actions.sort();
    actions
}

#[test]
fn a_failed_submission_does_not_affect_others_in_its_group() {
    let app = TestApp::start();
    let actor = app.operator();
    let release = hold(app.database());
    let kinds = [
        "first",
        "refused",
        "second",
        "broken",
        "third",
        "panicking",
        "fourth",
    ];
    let group = kinds.map(|kind| {
        let actor = actor.clone();
        send(app.database(), move |db| {
            let said = note(db, &actor, kind)?;
            match kind {
                "refused" => Err(Error::Conflict("somebody else has it".to_owned())),
                // A database error, after which PostgreSQL wants a rollback.
                "broken" => {
                    sql_query("INSERT INTO change_counter (id, last) VALUES (1, 0)").execute(db)?;
                    Ok(said)
                }
                "panicking" => panic!("a bug in one answer's work"),
                _ => Ok(said),
            }
        })
    });
    drop(release);
    let verdicts = group.map(|answer| {
        answer
            .verdict()
            .unwrap_or_else(|error| error.name().to_owned())
    });
    assert_eq!(
        verdicts,
        [
            "first", "conflict", "second", "internal", "third", "internal", "fourth"
        ]
    );
    assert_eq!(noted(&app), ["first", "fourth", "second", "third"]);
}

#[test]
fn a_full_queue_says_that_it_is_busy_and_loses_nothing_it_accepted() {
    let app = TestApp::start();
    let actor = app.operator();
    let release = hold(app.database());
    let answers: Vec<Answer<String>> = (0..1100)
        .map(|_| {
            let actor = actor.clone();
            send(app.database(), move |db| note(db, &actor, "taken"))
        })
        .collect();
    drop(release);
    let (mut taken, mut refused) = (0, 0);
    for answer in answers {
        match answer.verdict() {
            Ok(_) => taken += 1,
            Err(Error::Busy) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(taken + refused, 1100);
    assert!(
        refused > 0 && taken >= 1000,
        "{taken} taken, {refused} refused"
    );
    assert_eq!(noted(&app).len(), taken);
}

#[test]
fn a_submission_is_stored_even_if_the_client_disconnects() {
    let app = TestApp::start();
    let actor = app.operator();
    let next = actor.clone();
    let release = hold(app.database());
    let leaving = send(app.database(), move |db| note(db, &actor, "left"));
    assert!(leaving.refused.is_none());
    drop(leaving);
    let staying = send(app.database(), move |db| note(db, &next, "stayed"));
    drop(release);
    // The queue is in order: when this job is done, the one before it is too.
    staying.verdict().unwrap();
    assert_eq!(noted(&app), ["left", "stayed"]);
}

#[test]
fn a_failed_transaction_leaves_nothing_and_the_next_one_works() {
    let app = TestApp::start();
    let actor = app.operator();
    let failing = actor.clone();
    let failed = app.database().write(move |db| {
        note(db, &failing, "lost")?;
        accounts::add(db, &failing, "ana@riverside.example", "Ana", "no hash")?;
        accounts::add(
            db,
            &failing,
            "ana@riverside.example",
            "Ana again",
            "no hash",
        )?;
        Ok(())
    });
    assert_eq!(failed.unwrap_err().name(), "internal");
    let panicking = actor.clone();
    let bug = app.database().clone();
    // On PostgreSQL the transaction runs on the caller's thread, so the panic only ends that thread.
    let outcome = std::thread::spawn(move || {
        bug.write(move |db| -> Result<()> {
            note(db, &panicking, "lost too")?;
            panic!("a bug in a transaction")
        })
    });
    assert!(!matches!(outcome.join(), Ok(Ok(()))));
    app.write(move |db| note(db, &actor, "kept"));
    assert_eq!(noted(&app), ["kept"]);
}

#[test]
fn readers_on_sqlite_cannot_write() {
    let app = TestApp::start();
    if !crate::support::is_postgres() {
        let written = app
            .database()
            .read(|db| Ok(sql_query("UPDATE change_counter SET last = 9").execute(db)?));
        assert!(written.is_err());
    }
    assert_eq!(app.read(|db| Ok(last_change(db)?)), 0);
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    count: i64,
}

/// The last change number, and how many rows have a number up to it.
fn seen(db: &mut Db) -> Result<(i64, i64)> {
    let last = last_change(db)?;
    let rows: Count = sql_query(format!(
        "SELECT count(*) AS count FROM numbered WHERE number <= {last}"
    ))
    .get_result(db)?;
    Ok((last, rows.count))
}

#[test]
fn with_two_nodes_writing_a_change_number_is_only_visible_with_every_row_below_it() {
    let app = TestApp::start();
    let other = app.place().connect();
    app.write(|db| Ok(sql_query("CREATE TABLE numbered (number BIGINT PRIMARY KEY)").execute(db)?));
    let writers: Vec<_> = [
        app.database().clone(),
        other.clone(),
        app.database().clone(),
        other,
    ]
    .into_iter()
    .map(|database| {
        std::thread::spawn(move || {
            for turn in 0..40 {
                let written = database.write(move |db| {
                    let first = take_changes(db, 2)?;
                    for number in [first, first + 1] {
                        sql_query(format!("INSERT INTO numbered (number) VALUES ({number})"))
                            .execute(db)?;
                    }
                    // Every fifth one fails, and its numbers must be released.
                    if turn % 5 == 0 {
                        Err(Error::Conflict("changed my mind".to_owned()))
                    } else {
                        Ok(())
                    }
                });
                assert_eq!(written.is_ok(), turn % 5 != 0, "{written:?}");
            }
        })
    })
    .collect();
    while writers.iter().any(|writer| !writer.is_finished()) {
        let (last, rows) = app.read(seen);
        assert_eq!(rows, last);
    }
    for writer in writers {
        writer.join().unwrap();
    }
    // Four writers, 32 of 40 turns each, two rows a turn.
    assert_eq!(app.read(seen), (256, 256));
}
