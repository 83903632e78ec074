//! Guessing passwords.

use chorus::accounts::{Role, Scope};

use crate::support::{Browser, PASSWORD, TestApp};

const ANA: &str = "ana@riverside.example";
const BEN: &str = "ben@riverside.example";

fn school() -> TestApp {
    let app = TestApp::start_with(|config| config.behind_proxy = true);
    app.add_account(ANA, Role::Planner, Scope::District);
    app.add_account(BEN, Role::Coder, Scope::District);
    app
}

/// A browser at this address, as the district's proxy reports it.
fn at(app: &TestApp, address: &str) -> Browser {
    app.browser().with_header("x-forwarded-for", address)
}

#[test]
fn guessing_from_many_addresses_is_slowed_down_and_does_not_lock_out_the_account() {
    let app = school();
    let at_work = at(&app, "192.0.2.1");
    at_work.sign_in(ANA, PASSWORD).expect(303);
    at_work.post("/sign-out", &[]).expect(303);

    let slowed = (0..40).filter(|host| {
        let guess = at(&app, &format!("198.51.100.{host}")).sign_in(ANA, "not my password");
        guess.status == 429
    });
    assert!(
        slowed.count() >= 15,
        "a botnet guesses no faster than one machine"
    );

    // Even her own password waits at a browser that nobody has signed in with, but hers still works.
    at(&app, "203.0.113.5").sign_in(ANA, PASSWORD).expect(429);
    at_work.sign_in(ANA, PASSWORD).expect(303);
}

#[test]
fn guessing_one_password_does_not_keep_colleagues_at_the_same_address_out() {
    let app = school();
    for _ in 0..100 {
        at(&app, "192.0.2.1").sign_in(ANA, "not my password");
    }
    at(&app, "192.0.2.1").sign_in(BEN, PASSWORD).expect(303);
}

#[test]
fn moving_within_an_ipv6_network_does_not_give_more_attempts() {
    let app = school();
    let refused = (0..10).filter(|host| {
        let guess = at(&app, &format!("2001:db8:1:2::{host}")).sign_in(ANA, "not my password");
        guess.status == 429
    });
    assert_eq!(refused.count(), 5);
}

#[test]
fn a_forged_forwarding_header_does_not_give_more_attempts() {
    let app = school();
    let refused = (0..10).filter(|host| {
        // The attacker sends a line, and the proxy adds the next one.
        let browser =
            at(&app, &format!("198.51.100.{host}")).with_header("x-forwarded-for", "192.0.2.1");
        browser.sign_in(ANA, "not my password").status == 429
    });
    assert_eq!(refused.count(), 5);
}

#[test]
fn a_cookie_from_one_account_s_browser_is_worth_nothing_for_another_account() {
    let app = school();
    let browser = at(&app, "192.0.2.1");
    browser.sign_in(BEN, PASSWORD).expect(303);
    let refused = (0..10).filter(|_| browser.sign_in(ANA, "not my password").status == 429);
    assert_eq!(refused.count(), 5);
}

#[test]
fn a_flood_of_sign_ins_leaves_the_public_pages_free() {
    let app = school();
    let guesses = std::thread::scope(|scope| {
        let guesses: Vec<_> = (0..40)
            .map(|host| {
                let browser = at(&app, &format!("198.51.100.{host}"));
                let email = format!("teacher{host}@riverside.example");
                scope.spawn(move || browser.sign_in(&email, "not my password").status)
            })
            .collect();
        for _ in 0..20 {
            app.get("/health").expect(200);
        }
        guesses
            .into_iter()
            .map(|guess| guess.join().unwrap())
            .collect::<Vec<_>>()
    });
    assert!(
        guesses
            .iter()
            .all(|status| [422, 429, 503].contains(status))
    );
}
