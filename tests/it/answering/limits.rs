//! Floods, haste and a queue that is full.

use std::sync::mpsc;

use super::*;
use crate::support::Queued;

/// What a browser is told to wait, in seconds.
fn wait(reply: &Reply) -> u64 {
    reply.header("retry-after").unwrap().parse().unwrap()
}

#[test]
fn a_device_that_floods_is_slowed_down_and_keeps_what_it_typed() {
    let app = open_with(|config| config.device_limit = 3);
    let phone = phone(&app);
    for key in ["a", "b", "c"] {
        send(&phone, key, BUSES).expect(303);
    }
    let slow = send(&phone, "d", &[("change", "food"), ("best", "Lunch")]).expect(429);
    assert!((1..=600).contains(&wait(&slow)));
    assert_eq!(slow.texts("textarea[name=best]"), ["Lunch"]);
    assert!(
        slow.form("form")
            .contains(&("_submission".to_owned(), "d".to_owned()))
    );
    // The phone beside it is not held up.
    send(&super::phone(&app), "e", BUSES).expect(303);
    assert_eq!(stored(&app).len(), 4);
}

#[test]
fn who_brings_no_cookie_of_ours_shares_the_bucket_of_the_address() {
    let app = open_with(|config| (config.address_limit, config.device_limit) = (3, 100));
    for key in ["a", "b", "c"] {
        send(&app.browser(), key, BUSES).expect(303);
    }
    let slow = send(&app.browser(), "d", BUSES).expect(429);
    assert!(wait(&slow) >= 1);
    let forged = app.browser();
    forged.set_cookie("chorus_device", "me.00000000000000000000000000000000");
    send(&forged, "d", BUSES).expect(429);
    send(&phone(&app), "e", BUSES).expect(303);
}

#[test]
fn a_whole_school_behind_one_address_is_not_refused() {
    let app = open();
    // Eight rooms answer side by side, and nobody keeps cookies.
    std::thread::scope(|scope| {
        for room in 0..8 {
            let app = &app;
            scope.spawn(move || {
                for student in 0..150 {
                    send(&app.browser(), &format!("{room} {student}"), BUSES).expect(303);
                }
            });
        }
    });
    assert_eq!(stored(&app).len(), 1200);
}

#[test]
fn what_comes_back_faster_than_anybody_answers_is_marked_and_kept() {
    let app = open();
    let hasty = app.browser();
    hasty.get("/s/family").expect(200);
    hasty
        .post("/s/family", &[("change", "buses"), ("best", "Cheap pills")])
        .expect(303);
    assert_eq!(standings(&app), [Standing::Suspected]);
    assert_eq!(ledger(&app)[0].standing, Standing::Suspected);
    phone(&app).post("/s/family", BUSES).expect(303);
    assert_eq!(standings(&app), [Standing::Suspected, Standing::Counted]);
}

#[test]
fn who_fills_the_field_that_nobody_sees_is_marked_and_kept() {
    let app = open();
    let sent = phone(&app).post(
        "/s/family",
        &[("change", "buses"), ("_more", "http://pills.example")],
    );
    sent.expect(303);
    assert_eq!(standings(&app), [Standing::Suspected]);
}

#[test]
fn a_full_queue_says_when_to_come_back_and_keeps_what_was_typed() {
    let app = open();
    let phone = phone(&app);
    let (release, blocked) = mpsc::channel::<()>();
    let (refused, is_full) = mpsc::channel();
    let database = app.database().clone();
    let crowd = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            // The first holds the writer until the test has seen what it came for.
            let (holds, held) = mpsc::channel();
            let hold = move |_: &mut chorus::db::Db| {
                let _ = holds.send(());
                let _ = blocked.recv();
                Ok(())
            };
            let mut waiting = vec![actix_web::rt::spawn(write(
                database.clone(),
                hold,
                refused.clone(),
            ))];
            // What is queued before the writer looks would leave the queue again as one group.
            while held.try_recv().is_err() {
                actix_web::rt::task::yield_now().await;
            }
            // More than the queue holds.
            for _ in 0..2000 {
                let next = write(
                    database.clone(),
                    |_: &mut chorus::db::Db| Ok(()),
                    refused.clone(),
                );
                waiting.push(actix_web::rt::spawn(next));
            }
            for one in waiting {
                one.await.unwrap();
            }
        });
    });
    is_full.recv().unwrap();
    let busy = send(&phone, "k", &[("change", "buses"), ("best", "The bus")]);
    drop(release);
    let busy = busy.expect(503);
    assert!(wait(&busy) >= 1);
    assert_eq!(busy.texts("textarea[name=best]"), ["The bus"]);
    crowd.join().unwrap();
    send(&phone, "k", &[("change", "buses"), ("best", "The bus")]).expect(303);
    assert_eq!(standings(&app), [Standing::Counted]);
}

/// Queues a write; says so if it is refused.
async fn write(
    database: chorus::db::Database,
    work: impl Fn(&mut chorus::db::Db) -> chorus::error::Result<()> + Send + 'static,
    refused: mpsc::Sender<()>,
) {
    if database.write_grouped(Queued::new(work)).await.is_err() {
        // The test may have heard enough already.
        let _ = refused.send(());
    }
}
