//! `chorus user`: accounts, from the command line of the server.

use crate::support::{Outcome, Place, TestApp};

const ANA: &str = "ana@riverside.example";
const KIM: &str = "kim@riverside.example";

fn user(place: &Place, arguments: &[&str], typed: &str) -> Outcome {
    place.run_with_input(&[&["user"], arguments].concat(), typed)
}

/// A district with an admin and a viewer of one school.
fn place() -> Place {
    let place = Place::riverside();
    for (email, role, scope) in [(ANA, "admin", "district"), (KIM, "viewer", "school:oak")] {
        let add = [
            "add",
            email,
            "--role",
            role,
            "--scope",
            scope,
            "--password-stdin",
        ];
        user(&place, &add, "seven quiet river stones\n").expect_success();
    }
    place
}

#[test]
fn the_list_shows_every_account_with_its_roles() {
    let place = Place::riverside();
    let nobody = user(&place, &["list"], "").expect_success().output;
    assert!(nobody.contains("Nobody can sign in yet"), "{nobody}");
    let listed = user(&self::place(), &["list"], "").expect_success().output;
    assert_eq!(
        listed,
        "ana@riverside.example\tana\tadmin district\n\
         kim@riverside.example\tkim\tviewer school:oak\n"
    );
}

#[test]
fn a_new_password_replaces_the_old_one() {
    let place = place();
    let new = ["password", "Kim@Riverside.example", "--password-stdin"];
    let short = user(&place, &new, "short\n");
    assert!(short.expect_failure().contains("at least 12 characters"));
    user(&place, &new, "five loud mountain goats\n").expect_success();
    let app = TestApp::start_on(place);
    app.browser()
        .sign_in(KIM, "seven quiet river stones")
        .expect(422);
    app.browser()
        .sign_in(KIM, "five loud mountain goats")
        .expect(303);
}

#[test]
fn a_disabled_account_cannot_sign_in_until_it_is_enabled() {
    let place = place();
    user(&place, &["disable", KIM], "").expect_success();
    let listed = user(&place, &["list"], "").expect_success().output;
    assert!(
        listed.contains("kim@riverside.example\tkim\tdisabled\n"),
        "{listed}"
    );
    user(&place, &["enable", KIM], "").expect_success();
    let app = TestApp::start_on(place);
    app.browser()
        .sign_in(KIM, "seven quiet river stones")
        .expect(303);
}

#[test]
fn the_last_admin_is_not_disabled_and_an_unknown_address_is_named() {
    let place = place();
    let last = user(&place, &["disable", ANA], "");
    assert!(last.expect_failure().contains("admin"), "{}", last.errors);
    let nobody = user(&place, &["disable", "nobody@riverside.example"], "");
    assert!(
        nobody
            .expect_failure()
            .contains("nobody has an account with “nobody@riverside.example”")
    );
}
