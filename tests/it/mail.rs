//! Email: in the person's language, sent once, and retried later when the mail server is down.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use chorus::schema::outbox;
use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use crate::support::{TestApp, fixture};

const PAGE: &str = "/f/did-we-hear-you";

fn with_forum(app: TestApp) -> TestApp {
    app.import_district_riverside();
    app.import_forum(&fixture("riverside/forum-next.toml"));
    app
}

fn sign_maria_up(app: &TestApp) {
    let fields = [
        ("name", "María Peña"),
        ("email", "maria@example.org"),
        ("party", "2"),
        ("language", "es"),
        ("needs", "interpreter"),
    ];
    let browser = app.browser().with_header("host", "evil.example");
    browser.post(PAGE, &fields).expect(303);
}

/// The only row of the outbox: attempts, when it's due, whether it's done, the last error, and the payload.
fn row(app: &TestApp) -> (i32, NaiveDateTime, bool, Option<String>, String) {
    app.read(|db| {
        let row = outbox::table.select((
            outbox::attempts,
            outbox::run_at,
            outbox::done_at.is_not_null(),
            outbox::last_error,
            outbox::payload,
        ));
        Ok(row.first(db)?)
    })
}

#[test]
fn a_sign_up_is_confirmed_in_the_chosen_language() {
    let app = with_forum(TestApp::start());
    sign_maria_up(&app);
    let [mail] = app.emails().try_into().unwrap();
    assert_eq!(
        (mail.name.as_str(), mail.address.as_str()),
        ("María Peña", "maria@example.org")
    );
    assert_eq!(mail.subject, "Su lugar: ¿Le entendimos bien?");
    for words in [
        "Hola, María Peña:",
        "Le apartamos 2 lugares en “¿Le entendimos bien?”.",
        "Cuándo: martes 8 de diciembre de 2026, de 6:00",
        "hora central",
        "Dónde: Riverside High, cafeteria, 500 River Road",
        "Usted pidió: Intérprete",
        &format!("\n{}/seat/", app.address()),
    ] {
        assert!(
            mail.text.contains(words),
            "“{words}” is not in: {}",
            mail.text
        );
    }
    assert!(!mail.text.contains("evil.example"));
    assert!(
        app.emails().len() == 1,
        "an email that was sent is not sent again"
    );
}

#[test]
fn the_outbox_stores_no_names_or_addresses() {
    let app = with_forum(TestApp::start());
    sign_maria_up(&app);
    let (.., payload) = row(&app);
    let payload: serde_json::Value = serde_json::from_str(&payload).unwrap();
    let id = payload.as_object().unwrap().get("sign_up").unwrap();
    assert!(uuid_like(id.as_str().unwrap()) && payload.as_object().unwrap().len() == 1);
}

fn uuid_like(text: &str) -> bool {
    text.len() == 36
        && text
            .chars()
            .all(|letter| letter == '-' || letter.is_ascii_hexdigit())
}

#[test]
fn a_seat_canceled_before_its_email_is_sent_gets_no_email() {
    let app = with_forum(TestApp::start());
    let browser = app.browser();
    let fields = [
        ("name", "Ana"),
        ("email", "ana@example.org"),
        ("party", "1"),
        ("language", "en"),
    ];
    browser.post(PAGE, &fields).expect(303);
    browser.post("/seat/cancel", &[]).expect(303);
    assert!(app.emails().is_empty());
    let (_, _, done, ..) = row(&app);
    assert!(done);
}

#[test]
fn a_failed_email_is_retried_after_twice_as_long_each_time() {
    let app = with_forum(TestApp::start_with(|config| {
        config.smtp_url = Some("smtp://127.0.0.1:1".to_owned());
    }));
    sign_maria_up(&app);
    let began = app.now();
    for (attempt, wait, since) in [(1, 2, 0), (2, 4, 2), (3, 8, 6)] {
        assert_eq!(app.work(), 0);
        assert_eq!(app.work(), 0, "not due yet");
        let (attempts, run_at, done, error, _) = row(&app);
        assert_eq!((attempts, done), (attempt, false));
        assert_eq!(run_at, began + TimeDelta::minutes(since + wait));
        assert_eq!(
            error.as_deref(),
            Some("the mail server could not be reached")
        );
        app.advance(TimeDelta::minutes(wait));
    }
}

#[test]
fn two_nodes_send_each_email_only_once() {
    let app = with_forum(TestApp::start());
    let other = app.start_another_node();
    for number in 0..12 {
        let email = format!("p{number}@example.org");
        let fields = [
            ("name", "P"),
            ("email", &*email),
            ("party", "1"),
            ("language", "en"),
        ];
        app.post(PAGE, &fields).expect(303);
    }
    std::thread::scope(|scope| {
        for node in [&app, &other] {
            scope.spawn(|| while node.work() > 0 {});
        }
    });
    let mut sent: Vec<String> = [app.program().mailer.kept(), other.program().mailer.kept()]
        .concat()
        .into_iter()
        .map(|mail| mail.address)
        .collect();
    sent.sort();
    sent.dedup();
    let total = app.program().mailer.kept().len() + other.program().mailer.kept().len();
    assert_eq!((sent.len(), total), (12, 12));
}

/// A mail server that accepts one email and returns every line the client sent.
fn take_one_mail(listener: &TcpListener) -> Vec<String> {
    let (stream, _) = listener.accept().unwrap();
    let mut answer = stream.try_clone().unwrap();
    let mut told = Vec::new();
    let mut in_mail = false;
    answer.write_all(b"220 here\r\n").unwrap();
    for line in BufReader::new(stream).lines() {
        let line = line.unwrap();
        let reply: &[u8] = match line.as_str() {
            "." if in_mail => {
                in_mail = false;
                b"250 kept\r\n"
            }
            _ if in_mail => b"",
            "DATA" => {
                in_mail = true;
                b"354 go on\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 yes\r\n",
        };
        answer.write_all(reply).unwrap();
        let is_last = line == "QUIT";
        told.push(line);
        if is_last {
            break;
        }
    }
    told
}

#[test]
fn email_is_sent_over_smtp() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let app = with_forum(TestApp::start_with(|config| {
        config.smtp_url = Some(format!("smtp://127.0.0.1:{port}"));
        config.mail_from = "Riverside <forums@riverside.example>".to_owned();
    }));
    sign_maria_up(&app);
    let server = std::thread::spawn(move || take_one_mail(&listener));
    assert_eq!(app.work(), 1);
    // The server stops at QUIT or when the connection is closed.
    let told = server.join().unwrap();
    for line in [
        "MAIL FROM:<forums@riverside.example>",
        "RCPT TO:<maria@example.org>",
        "From: Riverside <forums@riverside.example>",
        "Date: Mon, 05 Oct 2026 15:00:00 +0000",
    ] {
        assert!(
            told.iter().any(|said| said.starts_with(line)),
            "{line} is not in {told:?}"
        );
    }
    assert!(
        told.iter()
            .any(|said| said.starts_with("Message-ID: <") && said.ends_with("@127.0.0.1>"))
    );
    let (_, _, done, error, _) = row(&app);
    assert!(done && error.is_none());
}
