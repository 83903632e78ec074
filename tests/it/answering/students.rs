//! Student surveys: what students are told, and what their receipts show.

use super::*;

/// The survey, for students.
fn for_students(about: &str) -> String {
    format!("{}[about]\naudience = \"students\"\n{about}\n", family())
}

fn open_for_students(about: &str) -> TestApp {
    let app = TestApp::riverside();
    app.publish_survey(&for_students(about));
    app
}

const ANSWER: &[(&str, &str)] = &[("change", "buses"), ("best", "My teacher")];

#[test]
fn students_get_no_receipt_unless_the_survey_gives_them_one() {
    let app = open_for_students("");
    let phone = app.phone("family");
    let sent = phone.post("/s/family", ANSWER).expect(303);
    let thanks = phone.get(sent.location()).expect(200);
    assert!(thanks.texts(".receipt").is_empty());
    assert!(phone.cookie("chorus_receipt").is_none());
    // Without a receipt, nobody can type a code that opens the response.
    assert_eq!(stored(&app)[0].receipt, None);
    assert_eq!(statuses(&app), [Status::Counted]);
}

#[test]
fn a_student_s_receipt_confirms_the_response_without_showing_it() {
    let app = open_for_students("receipts = true");
    let phone = app.phone("family");
    let sent = phone.post("/s/family", ANSWER).expect(303);
    let code = receipt(&phone, &sent);
    let page = app.post("/r", &[("code", &code)]).expect(200);
    assert!(
        page.text()
            .contains("We got it on Mon, Oct 5, 2026. It counts.")
    );
    assert!(page.text().contains("It doesn’t show what you wrote."));
    assert!(!page.body().contains("My teacher") && !page.body().contains("Buses"));
    assert!(page.texts("dd").is_empty());
    assert_eq!(page.attributes("form", "action"), ["/r/withdraw?lang=en"]);
    // Correcting would show the response, so it's not allowed.
    let back = phone.post("/r/correct", &[("code", &code)]).expect(303);
    assert_eq!(back.location(), "/r?lang=en");
    phone
        .post("/s/family", &[("_code", &code), ("change", "food")])
        .expect(303);
    assert_eq!(statuses(&app), [Status::Counted]);
    // Withdrawing doesn't show it either.
    let asked = phone.post("/r/withdraw", &[("code", &code)]).expect(200);
    assert!(!asked.body().contains("My teacher"));
    phone
        .post("/r/withdraw", &[("code", &code), ("sure", "yes")])
        .expect(303);
    assert_eq!(statuses(&app), [Status::Withdrawn]);
}

#[test]
fn an_earlier_receipt_shows_nothing_once_the_survey_is_for_students() {
    let app = open();
    let phone = app.phone("family");
    let sent = phone.post("/s/family", ANSWER).expect(303);
    let code = receipt(&phone, &sent);
    app.publish_survey(&for_students("receipts = true"));
    let page = app.post("/r", &[("code", &code)]).expect(200);
    assert!(!page.body().contains("My teacher"));
}

#[test]
fn students_are_told_that_nobody_is_watching_and_where_to_get_help() {
    let page = open_for_students("").get("/s/family").expect(200);
    assert!(
        page.text()
            .contains("Nobody reads your answers while you write them.")
    );
    assert!(page.text().contains("call or text 988"));
    let own = "support = { en = \"Ms. Ortiz in room 12 helps.\", es = \"La Sra. Ortiz ayuda.\" }";
    let page = open_for_students(own).get("/s/family").expect(200);
    assert!(page.text().contains("Ms. Ortiz in room 12 helps."));
    assert!(!page.text().contains("988"));
    assert!(!open().get("/s/family").text().contains("988"));
}
