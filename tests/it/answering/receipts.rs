//! What you can open with a receipt.

use super::*;

/// Submits a response from a phone; returns the phone and its receipt.
fn answered(app: &TestApp) -> (Browser, String) {
    let phone = app.phone("family");
    let sent = phone
        .post(
            "/s/family?lang=es",
            &[
                ("change", "buses"),
                ("welcome", "4"),
                ("use", "text"),
                ("use", "app"),
                ("best", "La <señora> Lee"),
                ("school", "oak"),
            ],
        )
        .expect(303);
    let code = receipt(&phone, &sent);
    (phone, code)
}

fn open_receipt(app: &TestApp, code: &str) -> Reply {
    app.post("/r", &[("code", code)])
}

#[test]
fn a_receipt_shows_the_response_in_the_reader_s_language() {
    let app = open();
    let (_, code) = answered(&app);
    let page = open_receipt(&app, &code).expect(200);
    assert_eq!(
        page.texts(".received dd"),
        [
            "4 out of 5",
            "Buses that come on time",
            "Text messages and The app",
            "La <señora> Lee",
            "Oak Elementary"
        ]
    );
    // People's words have their own language tag; everything else is in the page's language.
    assert_eq!(page.attributes(".voice span", "lang"), ["es"]);
    assert!(page.text().contains("Mon, Oct 5, 2026"));
    assert!(page.text().contains("It counts."));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let spanish = app
        .browser()
        .in_language("es")
        .post("/r", &[("code", &code)])
        .expect(200);
    assert_eq!(spanish.texts(".received dd")[1], "Autobuses puntuales");
}

#[test]
fn a_receipt_code_is_accepted_however_people_type_it() {
    let app = open();
    let (_, code) = answered(&app);
    open_receipt(&app, &code.to_lowercase().replace('-', " ")).expect(200);
    open_receipt(&app, &format!("  {}", code.replace('-', ""))).expect(200);
}

#[test]
fn a_receipt_shows_the_revision_that_was_answered() {
    let app = open();
    let (_, code) = answered(&app);
    app.publish_survey(&family().replace("How welcome do you feel?", "Do you feel welcome?"));
    let page = open_receipt(&app, &code).expect(200);
    assert!(page.text().contains("How welcome do you feel?"));
}

#[test]
fn a_wrong_code_opens_nothing_and_repeated_guesses_are_slowed_down() {
    let app = open();
    let (_, code) = answered(&app);
    let page = open_receipt(&app, "7KQ4-M2XP-9RTD-HW6C").expect(422);
    assert_eq!(
        page.texts(".fault-text"),
        ["We can’t find a response with this code. Please check each character."]
    );
    assert_eq!(page.attributes("#code", "value"), ["7KQ4-M2XP-9RTD-HW6C"]);
    let slow = (0..100)
        .map(|_| open_receipt(&app, "nonsense"))
        .find(|reply| reply.status != 422)
        .unwrap();
    assert_eq!(slow.status, 429);
    assert!(slow.header("retry-after").unwrap().parse::<u64>().unwrap() >= 1);
    // A family at the same address as someone who guesses codes isn't locked out.
    open_receipt(&app, &code).expect(200);
}

#[test]
fn the_database_does_not_store_the_receipt_code() {
    let app = open();
    let (_, code) = answered(&app);
    let row = stored(&app).remove(0);
    let plain = code.replace('-', "");
    assert_eq!(
        row.receipt.as_deref(),
        Some(chorus::secret::digest(&plain).as_str())
    );
    assert!(!format!("{row:?}").contains(&plain));
}

#[test]
fn withdrawing_asks_first_and_then_the_response_no_longer_counts() {
    let app = open();
    let (phone, code) = answered(&app);
    let number = stored(&app)[0].number;
    let page = open_receipt(&app, &code).expect(200);
    assert_eq!(
        page.attributes("form", "action"),
        ["/r/correct?lang=en", "/r/withdraw?lang=en"]
    );
    let asked = phone
        .post("/r/withdraw?lang=en", &[("code", &code)])
        .expect(200);
    assert_eq!(asked.texts("h1"), ["Withdraw your response?"]);
    assert_eq!(statuses(&app), [Status::Counted]);
    let done = phone
        .post("/r/withdraw?lang=en", &[("code", &code), ("sure", "yes")])
        .expect(303);
    assert!(
        phone
            .get(done.location())
            .text()
            .contains("You withdrew your response.")
    );
    let (row, comment) = (stored(&app).remove(0), ledger(&app).remove(0));
    assert_eq!(
        (row.status, comment.status),
        (Status::Withdrawn, Status::Withdrawn)
    );
    assert!(row.number > number && comment.number > number);
    let page = open_receipt(&app, &code).expect(200);
    assert!(page.texts(".received dd").is_empty());
    assert!(page.text().contains("You withdrew this response."));
    // Doing it twice has no further effect.
    phone
        .post("/r/withdraw?lang=en", &[("code", &code), ("sure", "yes")])
        .expect(303);
    assert_eq!(stored(&app)[0].number, row.number);
}

#[test]
fn someone_who_withdrew_may_respond_again_even_with_the_same_answers() {
    let app = open();
    let phone = app.phone("family");
    let sent = phone.post("/s/family", BUSES).expect(303);
    let code = receipt(&phone, &sent);
    phone
        .post("/r/withdraw", &[("code", &code), ("sure", "yes")])
        .expect(303);
    phone.get("/s/family").expect(200);
    app.advance(TimeDelta::minutes(1));
    let sent = phone.post("/s/family", BUSES).expect(303);
    assert_ne!(receipt(&phone, &sent), code);
    assert_eq!(statuses(&app), [Status::Withdrawn, Status::Counted]);
}

#[test]
fn a_late_retry_does_not_bring_back_a_withdrawn_response() {
    let app = open();
    let phone = app.browser();
    let sent = send(&phone, "k", BUSES).expect(303);
    let code = receipt(&phone, &sent);
    phone
        .post("/r/withdraw", &[("code", &code), ("sure", "yes")])
        .expect(303);
    let late = send(&phone, "k", BUSES).expect(409);
    assert!(
        late.text()
            .contains("You withdrew the response that this device sent before.")
    );
    assert_eq!(statuses(&app), [Status::Withdrawn]);
}

#[test]
fn a_phone_whose_response_was_withdrawn_on_another_phone_can_submit_the_same_answers_again() {
    let app = open();
    let phone = app.browser();
    let sent = send(&phone, "k", BUSES).expect(303);
    let code = receipt(&phone, &sent);
    app.post("/r/withdraw", &[("code", &code), ("sure", "yes")])
        .expect(303);
    let asked = send(&phone, "k", BUSES).expect(409);
    let again = phone.send_form(
        "/s/family",
        &asked,
        "main form",
        &[("_conflict", "another")],
    );
    let new = receipt(&phone, &again.expect(303));
    assert_ne!(new, code);
    assert_eq!(statuses(&app), [Status::Withdrawn, Status::Counted]);
    // Submitting the same choice twice stores one response.
    phone
        .send_form(
            "/s/family",
            &asked,
            "main form",
            &[("_conflict", "another")],
        )
        .expect(303);
    assert_eq!(statuses(&app), [Status::Withdrawn, Status::Counted]);
}

#[test]
fn after_closing_a_response_cannot_be_withdrawn() {
    let app = open();
    let (phone, code) = answered(&app);
    app.close_survey("family");
    let page = open_receipt(&app, &code).expect(200);
    assert!(page.attributes("form", "action").is_empty());
    let refused = phone
        .post("/r/withdraw?lang=en", &[("code", &code), ("sure", "yes")])
        .expect(303);
    assert!(
        phone
            .get(refused.location())
            .text()
            .contains("The survey is closed")
    );
    assert_eq!(statuses(&app), [Status::Counted]);
}

#[test]
fn a_suspected_response_is_not_said_to_count() {
    let app = open();
    let phone = app.phone("family");
    let sent = phone
        .post("/s/family", &[("change", "buses"), ("_more", "x")])
        .expect(303);
    let code = receipt(&phone, &sent);
    let page = open_receipt(&app, &code).expect(200);
    assert!(
        page.text()
            .contains("District staff will review it before it counts.")
    );
    assert!(!page.text().contains("It counts."));
}
