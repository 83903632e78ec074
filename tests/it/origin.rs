//! The origin check: a form that changes something must come from one of our own pages.

use actix_web::http::Method;

use crate::support::{Browser, TestApp};

const OURS: &str = "https://plan.riverside.example";
const THEIRS: &str = "https://evil.example";

fn app() -> TestApp {
    TestApp::start_with(|config| {
        config.base_url = vec!["http://localhost:8080".to_owned(), OURS.to_owned()];
    })
}

/// The status of a staff form: 403 if it's refused because of its origin.
fn staff(browser: &Browser) -> u16 {
    browser.post("/sign-out", &[]).status
}

/// The status of a public form at an address that doesn't exist: 404 if it was let through.
fn family(browser: &Browser) -> u16 {
    browser.post("/s/no-such-survey", &[]).status
}

#[test]
fn a_form_from_our_own_pages_or_typed_addresses_passes() {
    let app = app();
    for site in ["same-origin", "none"] {
        let browser = app.browser().with_header("sec-fetch-site", site);
        assert_eq!((staff(&browser), family(&browser)), (303, 404), "{site}");
    }
}

#[test]
fn a_form_from_another_site_is_refused_even_with_our_origin() {
    let app = app();
    for site in ["cross-site", "same-site", "nonsense"] {
        let browser = app
            .browser()
            .with_header("sec-fetch-site", site)
            .with_header("origin", OURS);
        assert_eq!((staff(&browser), family(&browser)), (403, 403), "{site}");
    }
}

#[test]
fn without_sec_fetch_site_the_origin_must_be_one_of_our_addresses() {
    let app = app();
    let old = app.browser().without_header("sec-fetch-site");
    for origin in [OURS, "http://localhost:8080"] {
        let browser = old.clone().with_header("origin", origin);
        assert_eq!((staff(&browser), family(&browser)), (303, 404), "{origin}");
    }
    for origin in [
        THEIRS,
        "null",
        "",
        "http://plan.riverside.example",
        "https://plan.riverside.example.evil.example",
    ] {
        let browser = old.clone().with_header("origin", origin);
        assert_eq!((staff(&browser), family(&browser)), (403, 403), "{origin}");
    }
}

#[test]
fn without_either_header_only_forms_for_families_pass() {
    let app = app();
    let old = app.browser().without_header("sec-fetch-site");
    assert_eq!((staff(&old), family(&old)), (403, 404));
    assert_eq!(old.post("/f/no-such-forum", &[]).status, 404);
}

#[test]
fn a_path_that_only_looks_like_a_family_form_is_refused() {
    let app = app();
    let old = app.browser().without_header("sec-fetch-site");
    for path in ["/rounds", "/sx/y", "/desk/s/x"] {
        assert_eq!(old.post(path, &[]).status, 403, "{path}");
    }
}

#[test]
fn the_host_header_does_not_make_a_site_ours() {
    let app = app();
    let browser = app
        .browser()
        .without_header("sec-fetch-site")
        .with_header("host", "evil.example")
        .with_header("origin", "http://evil.example");
    assert_eq!(staff(&browser), 403);
}

#[test]
fn every_method_that_changes_something_is_checked() {
    let app = app();
    let foreign = app.browser().with_header("sec-fetch-site", "cross-site");
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        let method = ureq::http::Method::from_bytes(method.as_str().as_bytes()).unwrap();
        assert_eq!(
            foreign
                .send(method.clone(), "/sign-out", b"", Some("text/plain"))
                .status,
            403,
            "{method}"
        );
    }
    assert_eq!(foreign.get("/sign-in").status, 200);
}
