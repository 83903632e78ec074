//! How fast responses are stored durably, against a limit: a bare actix server that reads the same form, and a bare
//! database that commits the same rows.
//!
//! `cargo bench --bench submissions [-- --strict] [--seconds 600] [--server-only]`. The limit is 1/(1/A + 1/S): the
//! bare server reads and answers A forms a second with 303; the bare database commits S submissions a second, responses
//! and comments, in durable groups of a hundred. Then half of Chorus's speed is held for a while, to see how long each
//! phone waits and whether memory stays flat. SQLite, unless `--server-only` is given; PostgreSQL on the server of
//! `CHORUS_TEST_DATABASE_URL`, which must force commits to disk.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    reason = "what a bench measures is far below 2^52 and never negative; it is told its server by a variable, as the suite is"
)]

#[path = "../support/mod.rs"]
mod support;

mod form;
mod postgres;
mod raw;

use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use raw::Raw;
use support::Result;
use support::both::workers;
use support::client::Load;
use support::program::{Place, Program};
use support::report::{Report, median, say};

const ROUNDS: usize = 7;
const TURN: Duration = Duration::from_secs(2);
const CONNECTIONS: u32 = 256;
/// Share of 1/(1/A + 1/S).
const GOAL: f64 = 0.50;
/// Milliseconds that 99 of 100 phones wait at most, at half the speed.
const WAIT: f64 = 100.0;
/// Percent by which memory may grow from the first quarter of the time to the last.
const GROWTH: f64 = 5.0;
/// Seconds for which half the speed is held.
const SECONDS: u64 = 20;

fn main() -> Result<ExitCode> {
    if support::bare::serve_if_asked()? {
        return Ok(ExitCode::SUCCESS);
    }
    let mut report = Report::default();
    if !std::env::args().any(|argument| argument == "--server-only") {
        let place = Place::with_survey(None)?;
        let mut raw = Raw::sqlite(&place)?;
        measure(&mut report, "SQLite", &place, &mut raw)?;
    }
    let Ok(server) = std::env::var("CHORUS_TEST_DATABASE_URL") else {
        say(
            "PostgreSQL: CHORUS_POSTGRES_DURABLE=1 scripts/with-postgres cargo bench --bench submissions",
        )?;
        return Ok(report.end());
    };
    let database = postgres::database(&server)?;
    let place = Place::with_survey(Some(database.clone()))?;
    let mut raw = Raw::postgres(&database)?;
    measure(&mut report, "PostgreSQL", &place, &mut raw)?;
    Ok(report.end())
}

fn measure(report: &mut Report, engine: &str, place: &Place, raw: &mut Raw) -> Result<()> {
    let chorus = Program::chorus(place)?;
    let bare = Program::bare(&place.file("secret.key"))?;
    let load = Load {
        connections: CONNECTIONS,
        duration: TURN,
        rate: None,
        status: 303,
        requests: Rc::new(form::requests()?),
    };
    let (mut ours, mut reading, mut storing, mut ratios) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut acknowledged = 0;
    for _ in 0..ROUNDS {
        let a = load.run(bare.port)?.rate();
        let answered = load.run(chorus.port)?;
        acknowledged += answered.count;
        let s = raw.commit_what_was_stored()?;
        ours.push(answered.rate());
        reading.push(a);
        storing.push(s);
        ratios.push(answered.rate() * (1.0 / a + 1.0 / s));
    }
    let rate = median(ours);
    say(&format!(
        "durable submissions on {engine}, 10 closed items and 2 comments each, {CONNECTIONS} connections, {} threads on each side, {ROUNDS} rounds",
        workers()
    ))?;
    say(&format!(
        "  A, a bare actix server reading the form      {:>7.0} /s",
        median(reading)
    ))?;
    say(&format!(
        "  S, bare {engine} committing the rows by hundreds  {:>7.0} /s",
        median(storing)
    ))?;
    say(&format!(
        "  Chorus                                       {rate:>7.0} /s"
    ))?;
    report.at_least("ratio to 1/(1/A + 1/S)", median(ratios), GOAL)?;
    acknowledged += half_speed(report, &chorus, &load, rate / 2.0)?;
    let stored = raw.stored()?;
    if stored != (acknowledged, 2 * acknowledged) {
        return Err(format!("{acknowledged} were acknowledged and {stored:?} are stored").into());
    }
    say(&format!(
        "  {acknowledged} acknowledged, {} responses and {} comments stored",
        stored.0, stored.1
    ))
}

/// Holds a rate and watches. Returns how many submissions were acknowledged.
fn half_speed(report: &mut Report, chorus: &Program, load: &Load, rate: f64) -> Result<i64> {
    let duration = Duration::from_secs(seconds()?);
    let load = Load {
        duration,
        rate: Some(rate),
        ..load.clone()
    };
    let (answered, memory) = std::thread::scope(|scope| -> Result<_> {
        let (done, is_done) = std::sync::mpsc::channel::<()>();
        let watch = scope.spawn(move || {
            let mut memory = Vec::new();
            while is_done.recv_timeout(duration / 100)
                == Err(std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                memory.extend(chorus.memory().ok());
            }
            memory
        });
        let answered = load.run(chorus.port)?;
        drop(done);
        let memory = watch.join().map_err(|_| "watching the memory failed")?;
        Ok((answered, memory))
    })?;
    say(&format!(
        "  at half of it, {rate:.0} /s for {} s: half of the phones wait {:.1} ms, the slowest {:.1} ms",
        duration.as_secs(),
        answered.within(0.5),
        answered.within(1.0)
    ))?;
    report.at_most("99 of 100 wait", answered.within(0.99), WAIT, " ms")?;
    let quarter = memory.len() / 4;
    let first = median(memory.iter().take(quarter).copied().collect());
    let last = median(memory.iter().rev().take(quarter).copied().collect());
    say(&format!(
        "  memory {first:.1} MB in the first quarter, {last:.1} MB in the last"
    ))?;
    report.at_most("growth", (last / first - 1.0) * 100.0, GROWTH, " %")?;
    Ok(answered.count)
}

/// Seconds for which half the speed is held: the argument after `--seconds`.
fn seconds() -> Result<u64> {
    let mut arguments = std::env::args()
        .skip_while(|argument| argument != "--seconds")
        .skip(1);
    Ok(arguments.next().map_or(Ok(SECONDS), |text| text.parse())?)
}
