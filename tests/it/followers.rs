//! People who ask for the results by email: their addresses are kept apart from responses, confirmed only by their
//! owners, and erased on request.

use chorus::followers::{Follower, FollowerId, confirming_token};
use chorus::schema::{audit, change_counter, followers};
use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use crate::support::{Browser, Reply, TestApp, survey};

fn family() -> String {
    survey("family", &["best"])
}

fn open() -> TestApp {
    let app = TestApp::riverside();
    app.publish_survey(&family());
    app
}

/// A phone that submitted a response, and its thank-you page.
fn answered(app: &TestApp) -> (Browser, Reply) {
    let phone = app.phone("family");
    let sent = phone.post("/s/family", &[("best", "The bus")]).expect(303);
    let thanks = phone.get(sent.location()).expect(200);
    (phone, thanks)
}

fn leave(phone: &Browser, email: &str) -> Reply {
    phone.post("/follow", &[("round", "vision-2031"), ("email", email)])
}

fn kept(app: &TestApp) -> Vec<Follower> {
    app.read(|db| Ok(followers::table.order(followers::email).load(db)?))
}

/// A browser that opened the link in the email to this address.
fn owner(app: &TestApp, id: &FollowerId) -> Browser {
    let browser = app.browser();
    let token = confirming_token(&app.program().secret, id);
    let opened = browser.get(&format!("/follow/{token}")).expect(303);
    assert!(
        !opened.location().contains(&token),
        "the token leaves the address"
    );
    browser
}

#[test]
fn an_address_is_requested_after_submitting_and_stored_only_with_the_day() {
    let app = open();
    let (phone, thanks) = answered(&app);
    assert_eq!(thanks.attributes("form", "action"), ["/follow?lang=en"]);
    let sent = leave(&phone, " Ana@Example.org ").expect(303);
    assert!(!sent.location().contains("ana"));
    let page = phone.get(sent.location()).expect(200);
    assert!(page.text().contains("ana@example.org"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let [row] = &kept(&app)[..] else { panic!() };
    assert_eq!(
        (row.email.as_str(), row.language.as_str()),
        ("ana@example.org", "en")
    );
    assert_eq!(row.asked_on, NaiveDate::from_ymd_opt(2026, 10, 5).unwrap());
    assert_eq!(row.confirmed_on, None);
}

#[test]
fn an_address_cannot_be_linked_to_a_response() {
    let app = open();
    let (phone, thanks) = answered(&app);
    let last = |app: &TestApp| -> (i64, i64) {
        app.read(|db| {
            Ok((
                change_counter::table
                    .select(change_counter::last)
                    .first(db)?,
                audit::table.count().get_result(db)?,
            ))
        })
    };
    let before = last(&app);
    // The form has the round and the address, and nothing from the response.
    let names: Vec<String> = thanks
        .form("form")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["round", "email"]);
    leave(&phone, "ana@example.org").expect(303);
    // It takes no change number, which could be traced to the response before it, and it leaves no audit entry.
    assert_eq!(last(&app), before);
    let row = format!(
        "{:?}",
        app.read(|db| Ok(followers::table
            .select((
                followers::id,
                followers::round_id,
                followers::email,
                followers::language,
                followers::asked_on,
                followers::confirmed_on
            ))
            .first::<(String, String, String, String, NaiveDate, Option<NaiveDate>)>(db)?))
    );
    let answer: Vec<String> = app.read(|db| {
        use chorus::schema::responses;
        let (id, identity, receipt, number): (String, String, Option<String>, i64) =
            responses::table
                .select((
                    responses::id,
                    responses::identity,
                    responses::receipt,
                    responses::number,
                ))
                .first(db)?;
        Ok(vec![
            id,
            identity,
            receipt.unwrap(),
            format!("\"{number}\""),
        ])
    });
    let cookies = ["chorus_device", "chorus_answer", "chorus_receipt"];
    let carried = cookies.iter().filter_map(|name| phone.cookie(name));
    for value in answer.into_iter().chain(carried) {
        assert!(!row.contains(&value), "{value}");
    }
    assert_eq!(
        format!("{:?}", kept(&app)[0]),
        format!("Follower({})", kept(&app)[0].id)
    );
}

#[test]
fn an_address_is_stored_once_per_round() {
    let app = open();
    leave(&app.browser(), "ana@example.org").expect(303);
    app.advance(TimeDelta::days(2));
    leave(&app.browser(), "ANA@example.org").expect(303);
    assert_eq!(kept(&app).len(), 1);
    assert_eq!(
        kept(&app)[0].asked_on,
        NaiveDate::from_ymd_opt(2026, 10, 5).unwrap()
    );
}

#[test]
fn only_the_owner_of_an_address_can_confirm_it() {
    let app = open();
    let (phone, _) = answered(&app);
    leave(&phone, "ana@example.org").expect(303);
    phone.post("/follow/confirm", &[]).expect(404);
    app.post("/follow/confirm", &[]).expect(404);
    assert_eq!(kept(&app)[0].confirmed_on, None);
    let owner = owner(&app, &kept(&app)[0].id);
    assert_eq!(
        owner.get("/follow").attributes("form", "action"),
        ["/follow/confirm?lang=en", "/follow/erase?lang=en"]
    );
    app.advance(TimeDelta::days(1));
    owner.post("/follow/confirm", &[]).expect(303);
    let day = NaiveDate::from_ymd_opt(2026, 10, 6);
    assert_eq!(kept(&app)[0].confirmed_on, day);
    app.advance(TimeDelta::days(1));
    owner.post("/follow/confirm", &[]).expect(303);
    assert_eq!(kept(&app)[0].confirmed_on, day);
    // The phone that only left the address doesn't see whether it was confirmed.
    assert!(!phone.get("/follow").text().contains("is confirmed"));
    assert!(owner.get("/follow").text().contains("is confirmed"));
}

#[test]
fn anyone_who_entered_an_address_can_erase_it_until_it_is_confirmed_and_its_owner_always_can() {
    let app = open();
    let phone = app.browser();
    leave(&phone, "ana@example.org").expect(303);
    let back = phone.post("/follow/erase", &[]).expect(303);
    assert!(kept(&app).is_empty());
    assert!(
        phone
            .get(back.location())
            .text()
            .contains("We deleted your address.")
    );
    phone.post("/follow/erase", &[]).expect(404);

    leave(&phone, "ana@example.org").expect(303);
    let owner = owner(&app, &kept(&app)[0].id);
    owner.post("/follow/confirm", &[]).expect(303);
    // Someone who typed another person's address can't delete it once it's confirmed.
    phone.post("/follow/erase", &[]).expect(303);
    assert_eq!(kept(&app).len(), 1);
    owner.post("/follow/erase", &[]).expect(303);
    assert!(kept(&app).is_empty());
    owner.get("/follow").expect(200);
}

#[test]
fn an_invalid_address_is_asked_for_again() {
    let app = open();
    for wrong in [
        "",
        "ana",
        "ana@",
        "@example.org",
        "ana@example.org\nBcc: b@example.org",
    ] {
        let page = leave(&app.browser(), wrong).expect(422);
        assert_eq!(page.texts(".fault-text").len(), 1, "{wrong}");
        assert_eq!(
            page.attributes("input[name=round]", "value"),
            ["vision-2031"]
        );
    }
    app.post(
        "/follow",
        &[("round", "nothing"), ("email", "ana@example.org")],
    )
    .expect(404);
    assert!(kept(&app).is_empty());
}

#[test]
fn a_made_up_link_opens_nothing() {
    let app = open();
    app.get("/follow/x").expect(404);
    let phone = app.browser();
    leave(&phone, "ana@example.org").expect(303);
    let id = &kept(&app)[0].id;
    app.get(&format!("/follow/{id}.aaaa")).expect(404);
    assert!(
        app.get("/follow")
            .expect(200)
            .text()
            .contains("We don’t have an address from this device.")
    );
}

#[test]
fn students_are_not_asked_for_an_address() {
    let app = TestApp::riverside();
    app.publish_survey(&format!("{}[about]\naudience = \"students\"\n", family()));
    let (_, thanks) = answered(&app);
    assert!(thanks.attributes("input[name=email]", "name").is_empty());
}
