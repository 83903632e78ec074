//! The survey page.

use std::io::Read;

use chorus::accounts::Role;
use ureq::http::Method;

use super::*;

#[test]
fn a_survey_is_in_the_phone_s_language_unless_the_address_has_another() {
    let app = open();
    let spanish = app.browser().in_language("es-MX,es;q=0.9,en;q=0.5");
    let page = spanish.get("/s/family").expect(200);
    assert_eq!(page.attributes("html", "lang"), ["es"]);
    assert_eq!(page.texts("h1"), ["¿Qué importa?"]);
    assert_eq!(
        spanish.get("/s/family?lang=en").attributes("html", "lang"),
        ["en"]
    );
    assert_eq!(
        app.browser()
            .in_language("fr")
            .get("/s/family")
            .attributes("html", "lang"),
        ["en"]
    );
}

#[test]
fn the_languages_come_first_each_in_its_own_name() {
    let page = open().get("/s/family");
    assert_eq!(page.texts("nav.languages a"), ["English", "Español"]);
    assert_eq!(
        page.attributes("nav.languages a", "href"),
        ["?lang=en", "?lang=es"]
    );
    let body = page.body();
    assert!(body.find("class=\"languages\"").unwrap() < body.find("<h1").unwrap());
}

#[test]
fn an_incomplete_language_is_not_offered() {
    let app = open();
    let half = family()
        .replace("\"family\"", "\"half\"")
        .replacen(", es = \"Correo\"", "", 1)
        .replace(", \"es\"]", "]");
    app.publish_survey(&half);
    let page = app.browser().in_language("es").get("/s/half").expect(200);
    assert_eq!(page.attributes("html", "lang"), ["en"]);
    assert!(page.texts("nav.languages a").is_empty());
}

#[test]
fn every_question_is_on_the_page_without_a_script() {
    let page = open().get("/s/family").expect(200);
    assert_eq!(
        page.attributes("input[name=change]", "value"),
        ["buses", "food"]
    );
    assert_eq!(
        page.attributes("input[name=welcome]", "value"),
        ["1", "2", "3", "4", "5"]
    );
    assert_eq!(page.attributes("input[name=use]", "type"), ["checkbox"; 3]);
    assert_eq!(page.attributes("textarea", "name"), ["best", "better"]);
    assert!(
        page.attributes("input[name=school]", "value")
            .contains(&"oak".to_owned())
    );
    let form = page.form("form");
    assert!(form.contains(&("_revision".to_owned(), "1".to_owned())));
    assert!(form.contains(&("_submission".to_owned(), String::new())));
    let scripts = page.attributes("script", "src");
    assert_eq!(scripts.len(), 1, "the page loads one module: {scripts:?}");
    assert!(scripts[0].starts_with("/assets/answer."), "{scripts:?}");
}

#[test]
fn everybody_gets_the_same_bytes_and_only_the_cookies_differ() {
    let app = open();
    let (ana, ben) = (app.browser(), app.browser());
    assert_eq!(ana.get("/s/family").bytes, ben.get("/s/family").bytes);
    assert_ne!(ana.cookie("chorus_device"), ben.cookie("chorus_device"));
    assert_ne!(ana.cookie("chorus_answer"), ben.cookie("chorus_answer"));
    // A browser that already has cookies keeps them.
    assert!(ana.get("/s/family").headers("set-cookie").is_empty());
}

#[test]
fn scripts_and_other_sites_cannot_use_the_cookies() {
    for cookie in open().get("/s/family").headers("set-cookie") {
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
            "{cookie}"
        );
    }
}

#[test]
fn the_compressed_page_is_the_same_page() {
    let app = open();
    let plain = app
        .browser()
        .with_header("accept-encoding", "identity")
        .get("/s/family")
        .expect(200);
    let gzip = app
        .browser()
        .with_header("accept-encoding", "gzip")
        .get("/s/family")
        .expect(200);
    let brotli = app
        .browser()
        .with_header("accept-encoding", "gzip, br")
        .get("/s/family")
        .expect(200);
    assert_eq!(plain.header("content-encoding"), None);
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
    assert_eq!(brotli.header("content-encoding"), Some("br"));
    let mut unzipped = Vec::new();
    flate2::read::GzDecoder::new(&gzip.bytes[..])
        .read_to_end(&mut unzipped)
        .unwrap();
    let mut unfolded = Vec::new();
    brotli::BrotliDecompress(&mut &brotli.bytes[..], &mut unfolded).unwrap();
    assert!(plain.bytes == unzipped && plain.bytes == unfolded);
    assert!(brotli.bytes.len() < 14_000, "{} bytes", brotli.bytes.len());
}

#[test]
fn a_browser_that_has_the_page_gets_304_with_the_same_policy() {
    let app = open();
    let first = app.get("/s/family");
    let policy = first.header("content-security-policy").unwrap();
    assert!(policy.contains("style-src 'sha256-"), "{policy}");
    assert_eq!(first.header("cache-control"), Some("private, no-cache"));
    let again = app
        .browser()
        .with_header("if-none-match", first.header("etag").unwrap())
        .get("/s/family");
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(again.header("content-security-policy"), Some(policy));
}

#[test]
fn the_content_security_policy_allows_the_page_s_own_style() {
    let page = open().get("/s/family");
    let style = page
        .body()
        .split("<style>")
        .nth(1)
        .unwrap()
        .split("</style>")
        .next()
        .unwrap();
    let hash = data_encoding::BASE64.encode(&<sha2::Sha256 as sha2::Digest>::digest(style));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .contains(&format!("'sha256-{hash}'"))
    );
}

#[test]
fn a_head_request_gets_the_same_headers_without_the_page() {
    let app = open();
    let head = app.browser().send(Method::HEAD, "/s/family", &[], None);
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(head.header("etag"), app.get("/s/family").header("etag"));
}

#[test]
fn a_survey_that_was_never_published_is_not_found() {
    let app = TestApp::riverside();
    app.get("/s/family").expect(404);
    app.draft_survey(&family());
    app.get("/s/family").expect(404);
    app.post("/s/family", BUSES).expect(404);
    app.get("/s/family/thanks").expect(404);
    app.publish_survey(&family());
    app.get("/s/family").expect(200);
}

#[test]
fn a_correction_is_shown_at_once() {
    let app = open();
    let before = app.get("/s/family").expect(200);
    app.publish_survey(&family().replace("What is good?", "What is going well?"));
    let after = app.get("/s/family").expect(200);
    assert!(after.text().contains("What is going well?"));
    assert_ne!(before.header("etag"), after.header("etag"));
    assert!(
        after
            .form("form")
            .contains(&("_revision".to_owned(), "2".to_owned()))
    );
}

#[test]
fn a_closed_survey_says_when_it_closed() {
    let app = open();
    app.close_survey("family");
    let page = app.get("/s/family").expect(410);
    assert_eq!(page.texts("h1"), ["This survey is closed"]);
    assert!(page.text().contains("Mon, Oct 5, 2026"), "{}", page.text());
    assert!(page.attributes("form", "action").is_empty());
}

#[test]
fn planners_can_preview_a_draft_but_not_submit_it() {
    let app = TestApp::riverside();
    app.draft_survey(&family());
    let planner = app.sign_in_as(Role::Planner);
    let page = planner
        .get("/desk/surveys/family/preview?lang=es")
        .expect(200);
    assert_eq!(page.attributes("html", "lang"), ["es"]);
    assert_eq!(page.texts("h1"), ["¿Qué importa?"]);
    assert!(page.attributes("form", "action").is_empty());
    assert_eq!(page.attributes("form .button", "disabled").len(), 1);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    planner.get("/desk/surveys/nothing/preview").expect(404);
    app.get("/desk/surveys/family/preview").expect(303);
    let facilitator = app.sign_in_as(Role::Facilitator);
    facilitator.get("/desk/surveys/family/preview").expect(403);
}

#[test]
fn a_node_reports_its_health() {
    let reply = TestApp::start().get("/health").expect(200);
    assert_eq!(reply.body(), r#"{"status":"ok"}"#);
}
