//! Floods, submissions that are too fast, and a full write queue.

use std::sync::mpsc;

use super::*;
use crate::support::Queued;

/// How long the browser is told to wait, in seconds.
fn wait(reply: &Reply) -> u64 {
    reply.header("retry-after").unwrap().parse().unwrap()
}

#[test]
fn a_device_that_submits_too_often_is_slowed_down_and_keeps_what_was_typed() {
    let app = open_with(|config| config.device_limit = 3);
    let phone = app.phone("family");
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
    // Another phone isn't slowed down.
    send(&app.phone("family"), "e", BUSES).expect(303);
    assert_eq!(stored(&app).len(), 4);
}

#[test]
fn devices_without_our_cookie_share_one_limit_per_address() {
    let app = open_with(|config| (config.address_limit, config.device_limit) = (3, 100));
    for key in ["a", "b", "c"] {
        send(&app.browser(), key, BUSES).expect(303);
    }
    let slow = send(&app.browser(), "d", BUSES).expect(429);
    assert!(wait(&slow) >= 1);
    let forged = app.browser();
    forged.set_cookie("chorus_device", "me.00000000000000000000000000000000");
    send(&forged, "d", BUSES).expect(429);
    send(&app.phone("family"), "e", BUSES).expect(303);
}

/// How many rooms of students answer, and how many students in each.
const ROOMS: usize = 8;
const IN_A_ROOM: usize = 150;

/// What identifies a device: the cookies it got with the page.
type Device = [(&'static str, String); 2];

/// A device that opens the page for the first time.
fn new_device(browser: &Browser) -> Device {
    browser.forget_cookies();
    browser.get("/s/family").expect(200);
    ["chorus_device", "chorus_answer"].map(|name| (name, browser.cookie(name).unwrap()))
}

/// The reply when a device submits the form.
fn answer(browser: &Browser, device: &Device) -> Reply {
    browser.forget_cookies();
    for (name, value) in device {
        browser.set_cookie(name, value);
    }
    browser.post("/s/family", BUSES)
}

#[test]
fn a_school_behind_one_address_is_served_while_a_flood_and_a_bot_are_slowed_down() {
    let app = open();
    let in_every_room = |work: &(dyn Fn(&Browser) + Sync)| {
        std::thread::scope(|scope| {
            for _ in 0..ROOMS {
                scope.spawn(|| work(&app.browser()));
            }
        });
    };
    let students = std::sync::Mutex::new(Vec::new());
    in_every_room(&|browser| {
        let devices: Vec<Device> = (0..IN_A_ROOM).map(|_| new_device(browser)).collect();
        students.lock().unwrap().push(devices);
    });
    app.advance(TimeDelta::minutes(1));

    // A bot without cookies uses up the address's allowance for such visitors.
    let tries = std::sync::atomic::AtomicUsize::new(0);
    in_every_room(&|browser| {
        loop {
            browser.forget_cookies();
            let reply = send(browser, "bot", BUSES);
            if reply.status == 429 {
                assert!(wait(&reply) >= 1);
                return;
            }
            reply.expect(303);
            let tried = tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            assert!(tried < 4000, "the bot is never slowed down");
        }
    });
    // The bucket holds 3,000 and refills in the meantime.
    assert!(tries.into_inner() >= 3000);

    // One device in the building submits the form over and over.
    let flood = app.phone("family");
    let replies: Vec<u16> = (0..40)
        .map(|nth| send(&flood, &format!("flood {nth}"), BUSES).status)
        .collect();
    let slowed = replies.iter().filter(|status| **status == 429).count();
    assert!(slowed >= 9, "{replies:?}");
    assert_eq!(replies[..30], [303; 30]);

    in_every_room(&|browser| {
        let devices = students.lock().unwrap().pop().unwrap();
        for device in &devices {
            answer(browser, device).expect(303);
        }
    });
    let counted = statuses(&app);
    assert!(counted.iter().all(|status| *status == Status::Counted));
    // Each student, the bot's one response, and what the flood got through.
    assert_eq!(
        counted.len(),
        ROOMS * IN_A_ROOM + 1 + replies.len() - slowed
    );
}

#[test]
fn a_school_whose_devices_block_cookies_is_also_served() {
    let app = open();
    std::thread::scope(|scope| {
        for room in 0..ROOMS {
            let app = &app;
            scope.spawn(move || {
                for student in 0..IN_A_ROOM {
                    send(&app.browser(), &format!("{room} {student}"), BUSES).expect(303);
                }
            });
        }
    });
    assert_eq!(stored(&app).len(), ROOMS * IN_A_ROOM);
}

#[test]
fn a_response_that_a_browser_fills_in_at_once_counts() {
    let app = open();
    let quick = app.browser();
    quick.get("/s/family").expect(200);
    quick
        .post("/s/family", &[("change", "buses"), ("best", "Our teacher")])
        .expect(303);
    assert_eq!(statuses(&app), [Status::Counted]);
    assert_eq!(ledger(&app)[0].status, Status::Counted);
}

#[test]
fn a_response_that_fills_in_the_hidden_field_is_stored_as_suspected() {
    let app = open();
    let sent = app.phone("family").post(
        "/s/family",
        &[("change", "buses"), ("_more", "http://pills.example")],
    );
    sent.expect(303);
    assert_eq!(statuses(&app), [Status::Suspected]);
    app.phone("family").post("/s/family", BUSES).expect(303);
    assert_eq!(statuses(&app), [Status::Suspected, Status::Counted]);
}

#[test]
fn a_full_queue_says_when_to_come_back_and_keeps_what_was_typed() {
    let app = open();
    let phone = app.phone("family");
    let (release, blocked) = mpsc::channel::<()>();
    let (refused, is_full) = mpsc::channel();
    let database = app.database().clone();
    let crowd = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            // The first one keeps the writer busy until the test has seen a refusal.
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
            // Wait until the writer has started: anything queued before that would leave the queue as one group.
            while held.try_recv().is_err() {
                actix_web::rt::task::yield_now().await;
            }
            // More than the queue can hold.
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
    assert_eq!(statuses(&app), [Status::Counted]);
}

/// Queues a write and reports whether it was refused.
async fn write(
    database: chorus::db::Database,
    work: impl Fn(&mut chorus::db::Db) -> chorus::error::Result<()> + Send + 'static,
    refused: mpsc::Sender<()>,
) {
    if database.write_grouped(Queued::new(work)).await.is_err() {
        // The test may have stopped listening.
        let _ = refused.send(());
    }
}
