//! Signing in and out.

use chorus::accounts::{self, Role, Scope};
use chrono::TimeDelta;

use crate::support::{Browser, PASSWORD, Reply, TestApp};

const EMAIL: &str = "ana@riverside.example";

fn app_with_ana() -> TestApp {
    let app = TestApp::start();
    app.add_account(EMAIL, Role::Planner, Scope::District);
    app
}

fn sign_in(browser: &Browser, password: &str) -> Reply {
    browser.post(
        "/sign-in",
        &[
            ("email", EMAIL),
            ("password", password),
            ("next", "/desk/surveys"),
        ],
    )
}

/// Whether the browser has a valid session, according to the database.
fn is_signed_in(app: &TestApp, browser: &Browser) -> bool {
    let now = app.now();
    let token = browser.cookie("chorus_session");
    token.is_some_and(|token| {
        app.read(|db| Ok(chorus::accounts::sessions::account(db, &token, now)?))
            .is_some()
    })
}

#[test]
fn the_right_password_leads_to_the_requested_page() {
    let app = app_with_ana();
    let browser = app.browser();
    let answer = sign_in(&browser, PASSWORD).expect(303);
    assert_eq!(answer.location(), "/desk/surveys");
    assert!(is_signed_in(&app, &browser));
}

#[test]
fn case_and_spaces_around_an_address_do_not_matter() {
    let app = app_with_ana();
    app.post(
        "/sign-in",
        &[("email", " Ana@Riverside.Example "), ("password", PASSWORD)],
    )
    .expect(303);
}

#[test]
fn a_wrong_password_shows_the_form_again_with_the_email_but_not_the_password() {
    let app = app_with_ana();
    let browser = app.browser();
    let answer = sign_in(&browser, "not my password").expect(422);
    let form = answer.form("form[action='/sign-in']");
    let field = |name: &str| {
        form.iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(field("email"), Some(EMAIL));
    assert_eq!(field("password"), Some(""));
    assert_eq!(field("next"), Some("/desk/surveys"));
    assert!(!answer.texts("[role=alert]").is_empty());
    assert!(!is_signed_in(&app, &browser));
}

#[test]
fn an_unknown_email_gets_the_same_answer_as_a_wrong_password() {
    let app = app_with_ana();
    let wrong = sign_in(&app.browser(), "not my password");
    let unknown = app.post(
        "/sign-in",
        &[
            ("email", "nobody@riverside.example"),
            ("password", PASSWORD),
        ],
    );
    assert_eq!(
        (unknown.status, unknown.text()),
        (wrong.status, wrong.text())
    );
}

#[test]
fn after_five_wrong_passwords_even_the_right_one_has_to_wait() {
    let app = app_with_ana();
    for _ in 0..5 {
        sign_in(&app.browser(), "not my password").expect(422);
    }
    let browser = app.browser();
    let slowed = sign_in(&browser, PASSWORD).expect(429);
    let wait: u64 = slowed.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=10).contains(&wait), "{wait} seconds");
    assert!(!is_signed_in(&app, &browser));
    // A colleague at the same address isn't slowed down.
    app.add_account("ben@riverside.example", Role::Coder, Scope::District);
    app.post(
        "/sign-in",
        &[("email", "ben@riverside.example"), ("password", PASSWORD)],
    )
    .expect(303);
}

#[test]
fn signing_out_ends_the_session_not_just_the_cookie() {
    let app = app_with_ana();
    let browser = app.browser();
    sign_in(&browser, PASSWORD).expect(303);
    let token = browser.cookie("chorus_session").unwrap();
    browser.post("/sign-out", &[]).expect(303);
    assert_eq!(browser.cookie("chorus_session"), None);
    let kept = app.browser();
    kept.set_cookie("chorus_session", &token);
    assert!(!is_signed_in(&app, &kept));
}

#[test]
fn signing_in_on_one_node_signs_in_on_every_node() {
    let app = app_with_ana();
    let other = app.start_another_node();
    let browser = app.browser();
    sign_in(&browser, PASSWORD).expect(303);
    assert!(is_signed_in(&other, &browser));
    let elsewhere = other.browser();
    elsewhere.set_cookie("chorus_session", &browser.cookie("chorus_session").unwrap());
    elsewhere.post("/sign-out", &[]).expect(303);
    assert!(!is_signed_in(&app, &browser));
}

#[test]
fn a_session_ends_after_twelve_hours() {
    let app = app_with_ana();
    let browser = app.browser();
    sign_in(&browser, PASSWORD).expect(303);
    app.advance(TimeDelta::hours(12) - TimeDelta::seconds(1));
    assert!(is_signed_in(&app, &browser));
    app.advance(TimeDelta::seconds(1));
    assert!(!is_signed_in(&app, &browser));
}

#[test]
fn a_disabled_account_is_signed_out_and_cannot_sign_in() {
    let app = app_with_ana();
    let browser = app.browser();
    sign_in(&browser, PASSWORD).expect(303);
    let actor = app.operator();
    app.write(move |db| {
        let (id, ..) = accounts::by_email(db, EMAIL)?.unwrap();
        Ok(accounts::set_disabled(db, &actor, &id, true)?)
    });
    assert!(!is_signed_in(&app, &browser));
    sign_in(&browser, PASSWORD).expect(422);
}

#[test]
fn scripts_and_other_sites_cannot_use_the_session_cookie() {
    let app = app_with_ana();
    let answer = sign_in(&app.browser(), PASSWORD).expect(303);
    let cookie = answer.headers("set-cookie").join("\n");
    assert!(cookie.starts_with("chorus_session="), "{cookie}");
    for attribute in [
        "; HttpOnly",
        "; SameSite=Lax",
        "; Path=/",
        "; Max-Age=43200",
    ] {
        assert!(cookie.contains(attribute), "{cookie} has no {attribute}");
    }
    assert!(
        !cookie.contains("Secure") && !cookie.contains("Domain"),
        "{cookie}"
    );
}

#[test]
fn behind_https_the_session_cookie_is_only_sent_over_https() {
    let app = TestApp::start_with(|config| {
        config.base_url = vec!["https://plan.riverside.example".to_owned()];
    });
    app.add_account(EMAIL, Role::Planner, Scope::District);
    let answer = sign_in(&app.browser(), PASSWORD).expect(303);
    let cookie = answer.headers("set-cookie").join("\n");
    assert!(
        cookie.starts_with("__Host-chorus_session=") && cookie.contains("; Secure"),
        "{cookie}"
    );
}

#[test]
fn signing_in_never_redirects_to_another_site() {
    let app = app_with_ana();
    for elsewhere in [
        "https://evil.example/desk",
        "//evil.example/desk",
        "/\\evil.example",
        "/desk//evil.example",
        "/desk\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
    ] {
        let asked: String = url::form_urlencoded::byte_serialize(elsewhere.as_bytes()).collect();
        let page = app.get(&format!("/sign-in?next={asked}")).expect(200);
        assert_eq!(
            page.attributes("input[name=next]", "value"),
            ["/desk"],
            "{elsewhere}"
        );
        let fields = [
            ("email", EMAIL),
            ("password", PASSWORD),
            ("next", elsewhere),
        ];
        // Each attempt uses a new program, because a sixth one would have to wait.
        assert_eq!(
            app_with_ana()
                .post("/sign-in", &fields)
                .expect(303)
                .location(),
            "/desk",
            "{elsewhere}"
        );
    }
}
