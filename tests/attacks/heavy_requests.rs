//! Requests that would hold a connection or fill the memory.

use std::io::{Read, Write};
use std::net::TcpStream;

use chorus::accounts::Role;

use crate::support::TestApp;

/// Sends bytes and reads until the server closes the connection.
fn send_and_wait(app: &TestApp, bytes: &str) -> String {
    let address = app.address();
    let address = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(bytes.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A reset is a closed connection too.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_form_that_never_ends_is_given_up_on() {
    let app = TestApp::start_with(|config| config.request_seconds = 1);
    let base = app.address();
    let answer = send_and_wait(
        &app,
        &format!(
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nOrigin: {base}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nemail=ana"
        ),
    );
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

#[test]
fn a_head_that_never_ends_is_given_up_on() {
    let app = TestApp::start_with(|config| config.request_seconds = 1);
    let answer = send_and_wait(&app, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[test]
fn a_query_of_endless_filters_is_refused() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let comments = "/desk/rounds/vision-2031/comments";
    for query in [
        "group=families&".repeat(41),
        format!("words={}", "bus+".repeat(1_100)),
    ] {
        let refused = planner.get(&format!("{comments}?{query}")).expect(400);
        assert!(refused.text().contains("too long"), "{}", refused.text());
    }
}

#[test]
fn no_query_makes_a_page_that_is_much_larger_than_itself() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let names = [
        "group", "school", "theme", "words", "day", "lang", "state", "x",
    ];
    for name in names {
        for value in ["families", "oak", "%3Cb%3E", "%F0%9F%9A%8C", "2026-10-05"] {
            let query = format!("{name}={value}&").repeat(39);
            for page in ["comments", "themes", "keywords", "priorities"] {
                let reply = planner.get(&format!("/desk/rounds/vision-2031/{page}?{query}"));
                let size = reply.body().len();
                assert!(
                    reply.status < 500 && size < 500_000,
                    "{page}?{name}: {size}"
                );
            }
        }
    }
}
