//! The program as a process: how it starts, what it says when it can't, and what's stored after a kill.

use chorus::db::last_change;

use crate::support::{PASSWORD, Place, Program};

#[test]
fn serve_prints_its_address_and_answers_there() {
    let place = Place::migrated();
    let program = Program::serve(&place);
    program.browser().get("/sign-in").expect(200);
}

#[test]
fn what_was_acknowledged_is_still_there_after_the_program_is_killed() {
    let place = Place::migrated();
    place.add_admin("ana@riverside.example");
    let mut program = Program::serve(&place);
    let browser = program.browser();
    browser
        .sign_in("ana@riverside.example", PASSWORD)
        .expect(303);
    let token = browser.cookie("chorus_session").unwrap();
    program.kill();
    let program = Program::serve(&place);
    let again = program.browser();
    again.set_cookie("chorus_session", &token);
    // The page depends on the account, so no cache may keep it.
    assert_eq!(
        again.get("/sign-in").header("cache-control"),
        Some("no-store")
    );
}

#[test]
fn a_port_in_use_is_reported_in_one_clear_line_that_says_what_to_do() {
    let place = Place::migrated();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let outcome = place.run(&[
        "serve",
        "--listen",
        &taken.local_addr().unwrap().to_string(),
    ]);
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome.errors.lines().count() == 1 && outcome.errors.contains("--listen"),
        "{}",
        outcome.errors
    );
}

#[test]
fn migrating_twice_changes_nothing_the_second_time() {
    let place = Place::empty();
    place.run(&["migrate"]).expect_success();
    let second = place.run(&["migrate"]).expect_success();
    assert_eq!(
        place.connect().read(|db| Ok(last_change(db)?)).unwrap(),
        0,
        "{}",
        second.output
    );
}
