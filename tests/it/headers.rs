//! Security headers on every kind of reply.

use crate::support::{PASSWORD, Reply, TestApp};

fn is_guarded(reply: &Reply, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(reply.headers(name), [value], "{what}: {name}");
    }
    let policy = reply
        .header("content-security-policy")
        .unwrap_or_else(|| panic!("{what}: no policy"));
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(
            policy.split("; ").any(|directive| directive == part),
            "{what}: {policy}"
        );
    }
    assert!(
        !policy.contains("unsafe") && !policy.contains('*'),
        "{what}: {policy}"
    );
}

#[test]
fn every_kind_of_reply_has_the_security_headers() {
    let app = TestApp::start_with(|config| config.form_limit = 1000);
    let style = app
        .get("/sign-in")
        .attributes("link[rel=stylesheet]", "href");
    for (what, reply) in [
        ("a page", app.get("/sign-in").expect(200)),
        ("an asset", app.get(&style[0]).expect(200)),
        (
            "a form shown again",
            app.post(
                "/sign-in",
                &[("email", "a@b.example"), ("password", PASSWORD)],
            )
            .expect(422),
        ),
        ("a redirect", app.post("/sign-out", &[]).expect(303)),
        (
            "a page that is not there",
            app.get("/no-such-page").expect(404),
        ),
        (
            "an asset that is not there",
            app.get("/assets/none.css").expect(404),
        ),
        (
            "a wrong method",
            app.browser().send(
                ureq::http::Method::DELETE,
                "/sign-in",
                b"",
                Some("text/plain"),
            ),
        ),
        (
            "a form from elsewhere",
            app.browser()
                .with_header("sec-fetch-site", "cross-site")
                .post("/sign-in", &[])
                .expect(403),
        ),
        (
            "a form that is too large",
            app.post("/sign-in", &[("email", &"a".repeat(1001))])
                .expect(413),
        ),
        (
            "a form that is not text",
            app.browser()
                .post_bytes(
                    "/sign-in",
                    "application/x-www-form-urlencoded",
                    b"email=%ff",
                )
                .expect(400),
        ),
        ("a bad query", app.get("/sign-in?next=%ff")),
    ] {
        is_guarded(&reply, what);
    }
}

#[test]
fn browsers_are_told_to_stay_on_https_where_it_is_used() {
    let plain = TestApp::start();
    assert_eq!(
        plain.get("/sign-in").header("strict-transport-security"),
        None
    );
    let secure = TestApp::start_with(|config| {
        config.base_url = vec!["https://plan.riverside.example".to_owned()];
    });
    assert_eq!(
        secure.get("/sign-in").header("strict-transport-security"),
        Some("max-age=31536000")
    );
}

#[test]
fn pages_for_signed_in_people_are_never_cached() {
    let app = TestApp::start();
    let staff = app.sign_in_as(chorus::accounts::Role::Planner);
    assert_eq!(
        staff.get("/sign-in").expect(200).header("cache-control"),
        Some("no-store")
    );
}

#[test]
fn no_page_repeats_the_host_that_a_visitor_claims() {
    let app = TestApp::start();
    for path in ["/sign-in", "/no-such-page"] {
        let page = app
            .browser()
            .with_header("host", "evil.example")
            .with_header("x-forwarded-host", "evil.example")
            .get(path);
        assert!(!page.body().contains("evil.example"), "{path}");
    }
}
