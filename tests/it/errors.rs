//! What visitors see when something goes wrong.

use chorus::config::Config;

use crate::support::TestApp;

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn a_missing_page_says_so_in_the_reader_s_language() {
    let app = TestApp::riverside();
    let english = app.get("/no-such-page").expect(404);
    let spanish = app
        .browser()
        .in_language("es-MX,es;q=0.9")
        .get("/no-such-page")
        .expect(404);
    assert_eq!(
        (
            english.attributes("html", "lang"),
            spanish.attributes("html", "lang")
        ),
        (vec!["en".to_owned()], vec!["es".to_owned()])
    );
    assert_ne!(english.texts("h1"), spanish.texts("h1"));
    assert_eq!(
        english.header("content-type"),
        Some("text/html; charset=utf-8")
    );
}

#[test]
fn a_requested_path_is_always_escaped_in_the_page() {
    let app = TestApp::start();
    let page = app
        .get("/%3Cscript%3Ealert(1)%3C/script%3E?lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        .expect(404);
    assert!(!page.body().contains("<script>alert"));
}

#[test]
fn a_wrong_method_is_refused_and_names_the_right_ones() {
    let app = TestApp::start();
    let page = app
        .browser()
        .send(ureq::http::Method::DELETE, "/sign-in", b"", Some(FORM))
        .expect(405);
    let allowed = page.header("allow").unwrap();
    assert!(
        allowed.contains("GET") && allowed.contains("POST"),
        "{allowed}"
    );
}

#[test]
fn a_form_at_the_limit_is_read_and_one_byte_more_is_refused() {
    let app = TestApp::start();
    let limit = Config::default().form_limit;
    let body = |length: usize| {
        let mut body = b"email=".to_vec();
        body.resize(length, b'a');
        body
    };
    app.browser()
        .post_bytes("/sign-in", FORM, &body(limit))
        .expect(422);
    let refused = app
        .browser()
        .post_bytes("/sign-in", FORM, &body(limit + 1))
        .expect(413);
    assert!(!refused.texts("h1").is_empty());
}

#[test]
fn a_form_that_is_not_valid_text_is_refused_in_plain_words() {
    let app = TestApp::start();
    for body in [
        &b"email=%ff%fe"[..],
        b"email=\xff\xfe",
        b"em%c3ail=a",
        b"email=a%00b",
    ] {
        let refused = app.browser().post_bytes("/sign-in", FORM, body).expect(400);
        assert!(
            refused.text().contains("The form has"),
            "{}",
            refused.text()
        );
    }
}

#[test]
fn head_is_answered_like_get_without_the_body() {
    let app = TestApp::riverside();
    for (path, status) in [("/", 200), ("/sign-in", 200), ("/no-such-page", 404)] {
        let head = app
            .browser()
            .send(ureq::http::Method::HEAD, path, b"", None)
            .expect(status);
        assert_eq!(head.body(), "");
        assert_eq!(
            head.header("content-type"),
            Some("text/html; charset=utf-8")
        );
    }
}
