//! Forums: their public page, seats that are never given away twice, and what the desk sees.

use chorus::accounts::{Role, Scope};
use chorus::forums::{self, SignUp, SignUpStatus};
use chorus::schema::sign_ups;
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::support::{Browser, Reply, TestApp, fixture};

/// Riverside with its forum on Tuesday, December 8, 2026, with this many seats.
fn app_with_seats(seats: i32) -> TestApp {
    let app = TestApp::riverside();
    import_forum(&app, "riverside/forum-next.toml", seats);
    app
}

fn import_forum(app: &TestApp, name: &str, seats: i32) {
    app.import_forum(&fixture(name).replace("seats = 60", &format!("seats = {seats}")));
}

const PAGE: &str = "/f/did-we-hear-you";

/// The page's form, filled in for one person.
fn filled(page: &Reply, name: &str, party: &str) -> Vec<(String, String)> {
    let mut fields = page.form("form[action^='/f/']");
    fields.retain(|(field, _)| !matches!(field.as_str(), "name" | "email" | "party"));
    let email = format!("{}@example.org", name.to_lowercase());
    for (field, value) in [("name", name), ("email", &email), ("party", party)] {
        fields.push((field.to_owned(), value.to_owned()));
    }
    fields
}

fn send(browser: &Browser, fields: &[(String, String)]) -> Reply {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(PAGE, &fields)
}

/// Signs a person up from a new browser, which then shows their seat.
fn sign_up(app: &TestApp, name: &str, party: &str) -> Browser {
    let browser = app.browser();
    let fields = filled(&browser.get(PAGE), name, party);
    assert_eq!(send(&browser, &fields).expect(303).location(), "/seat");
    browser
}

fn rows(app: &TestApp) -> Vec<SignUp> {
    app.read(|db| Ok(sign_ups::table.order(sign_ups::position).load(db)?))
}

fn statuses(app: &TestApp) -> Vec<SignUpStatus> {
    rows(app).iter().map(|row| row.status).collect()
}

#[test]
fn a_forum_s_page_shows_the_weekday_time_zone_place_and_seats_left() {
    let app = app_with_seats(60);
    let english = app.get(PAGE).expect(200).text();
    for words in [
        "Tue, Dec 8, 2026, 6:00–7:30 PM, Central Time",
        "Riverside High, cafeteria, 500 River Road",
        "60 of 60 seats left",
        "What is missing, or not as you meant it?",
    ] {
        assert!(english.contains(words), "{words} is not in: {english}");
    }
    let spanish = app.browser().in_language("es").get(PAGE).text();
    for words in [
        "martes 8 de diciembre de 2026",
        "hora central",
        "Quedan 60 lugares de 60",
        "¿Le entendimos bien?",
    ] {
        assert!(spanish.contains(words), "{words} is not in: {spanish}");
    }
    app.get("/f/no-such-forum").expect(404);
}

#[test]
fn a_sign_up_reserves_seats_and_the_page_shows_fewer() {
    let app = app_with_seats(60);
    let browser = sign_up(&app, "Ana", "2");
    let seat = browser.get("/seat").expect(200).text();
    assert!(seat.contains("Your 2 seats are saved"), "{seat}");
    assert!(!seat.contains("Ana") && !seat.contains("example.org"));
    assert!(app.get(PAGE).text().contains("58 of 60 seats left"));
}

#[test]
fn a_form_sent_twice_is_one_sign_up() {
    let app = app_with_seats(60);
    let browser = app.browser();
    let fields = filled(&browser.get(PAGE), "Ana", "2");
    send(&browser, &fields).expect(303);
    send(&browser, &fields).expect(303);
    assert_eq!(rows(&app).len(), 1);
    assert_eq!(app.emails().len(), 1);
}

#[test]
fn the_same_form_with_a_different_name_asks_first_and_can_be_sent_again() {
    let app = app_with_seats(60);
    let browser = app.browser();
    let page = browser.get(PAGE);
    send(&browser, &filled(&page, "Ana", "2")).expect(303);
    let asked = send(&browser, &filled(&page, "Luis", "1")).expect(409);
    assert_eq!(rows(&app).len(), 1);
    let again = asked.form("form[action^='/f/']");
    assert!(again.contains(&("name".to_owned(), "Luis".to_owned())));
    send(&browser, &again).expect(303);
    assert_eq!(rows(&app).len(), 2);
}

#[test]
fn when_seats_run_out_the_page_offers_the_waiting_list() {
    let app = app_with_seats(2);
    sign_up(&app, "Ana", "1");
    let too_large = sign_up(&app, "Luis", "2");
    assert!(
        too_large
            .get("/seat")
            .text()
            .contains("You’re on the waiting list")
    );
    sign_up(&app, "Mei", "1");
    let full = app.get(PAGE).text();
    assert!(full.contains("All seats are taken") && full.contains("Join the waiting list"));
    let (seated, waiting) = (SignUpStatus::Seated, SignUpStatus::Waiting);
    assert_eq!(statuses(&app), [seated, waiting, seated]);
}

#[test]
fn no_seat_is_given_twice_however_many_people_sign_up_at_once() {
    let app = app_with_seats(5);
    let forms: Vec<_> = (0..16)
        .map(|number| {
            let browser = app.browser();
            let fields = filled(&browser.get(PAGE), &format!("p{number}"), "1");
            (browser, fields)
        })
        .collect();
    std::thread::scope(|scope| {
        for (browser, fields) in &forms {
            scope.spawn(|| send(browser, fields).expect(303));
        }
    });
    let seated = statuses(&app)
        .into_iter()
        .filter(|status| *status == SignUpStatus::Seated);
    assert_eq!((rows(&app).len(), seated.count()), (16, 5));
    let positions: Vec<i64> = rows(&app).iter().map(|row| row.position).collect();
    assert_eq!(positions, (1..=16).collect::<Vec<i64>>());
}

#[test]
fn a_forum_that_has_started_says_so_and_accepts_no_sign_ups() {
    let app = app_with_seats(60);
    let browser = app.browser();
    let fields = filled(&browser.get(PAGE), "Ana", "1");
    // From Monday, October 5, 10 AM local time, to Tuesday, December 8, 6 PM. Daylight saving time ends in between.
    app.advance(TimeDelta::days(64) + TimeDelta::hours(9));
    assert!(
        send(&browser, &fields)
            .expect(410)
            .text()
            .contains("This forum has started")
    );
    assert!(rows(&app).is_empty());
    app.advance(TimeDelta::minutes(90));
    let over = app.get(PAGE).expect(200);
    assert!(over.text().contains("This forum is over") && !over.body().contains("action=\"/f/"));
}

#[test]
fn a_form_with_mistakes_keeps_what_was_typed() {
    let app = app_with_seats(60);
    let browser = app.browser();
    let mut fields = filled(&browser.get(PAGE), "Ana", "3");
    fields.retain(|(name, _)| name != "email");
    fields.push(("email".to_owned(), "ana at home".to_owned()));
    fields.push(("needs".to_owned(), "child-care".to_owned()));
    let again = send(&browser, &fields).expect(422);
    assert!(again.text().contains("Please enter a full email address"));
    let shown = again.form("form[action^='/f/']");
    for (name, value) in [
        ("name", "Ana"),
        ("email", "ana at home"),
        ("party", "3"),
        ("needs", "child-care"),
    ] {
        assert!(
            shown.contains(&(name.to_owned(), value.to_owned())),
            "{name} is lost: {shown:?}"
        );
    }
    assert!(rows(&app).is_empty());
}

#[test]
fn canceling_a_seat_erases_the_name_and_moves_the_next_person_up_with_an_email() {
    let app = app_with_seats(2);
    let ana = sign_up(&app, "Ana", "2");
    let luis = sign_up(&app, "Luis", "2");
    app.emails();
    assert_eq!(
        ana.post("/seat/cancel", &[]).expect(303).location(),
        "/seat"
    );
    assert!(ana.get("/seat").text().contains("Your sign-up is canceled"));
    assert!(luis.get("/seat").text().contains("Your 2 seats are saved"));
    let row = rows(&app).into_iter().next().unwrap();
    assert_eq!((row.name.as_str(), row.email.as_str()), ("", ""));
    let emails = app.emails();
    let told = emails.last().unwrap();
    assert_eq!(told.address, "luis@example.org");
    assert!(told.subject.contains("We have a seat for you"), "{told:?}");
    ana.post("/seat/cancel", &[]).expect(303);
    assert_eq!(
        app.emails().len(),
        emails.len(),
        "a second click changes nothing"
    );
}

#[test]
fn after_canceling_the_same_form_says_so_and_submitting_it_again_is_a_new_sign_up() {
    let app = app_with_seats(2);
    let ana = app.browser();
    let fields = filled(&ana.get(PAGE), "Ana", "1");
    send(&ana, &fields).expect(303);
    ana.post("/seat/cancel", &[]).expect(303);
    let told = send(&ana, &fields).expect(409);
    assert!(told.text().contains("You canceled this sign-up."));
    ana.send_form(PAGE, &told, "form[action^='/f/']", &[])
        .expect(303);
    assert_eq!(
        statuses(&app),
        [SignUpStatus::Canceled, SignUpStatus::Seated]
    );
}

#[test]
fn people_who_wait_can_leave_the_waiting_list_and_are_promised_no_seat() {
    let app = app_with_seats(1);
    sign_up(&app, "Ana", "1");
    let luis = sign_up(&app, "Luis", "1");
    let page = luis.get("/seat").expect(200).text();
    assert!(page.contains("Leave the waiting list"), "{page}");
    assert!(!page.contains("Cancel my seat"), "{page}");
    let mail = app.emails().pop().unwrap();
    assert!(mail.text.contains("You can leave the waiting list here"));
    assert!(!mail.text.contains("give your seat"), "{}", mail.text);
    luis.post("/seat/cancel", &[]).expect(303);
    assert!(
        luis.get("/seat")
            .text()
            .contains("Your sign-up is canceled")
    );
}

#[test]
fn a_link_from_an_email_leaves_no_token_in_the_address_and_a_made_up_link_opens_nothing() {
    let app = app_with_seats(60);
    sign_up(&app, "Ana", "1");
    let mail = app.emails().pop().unwrap();
    let link = mail
        .text
        .lines()
        .find_map(|line| line.strip_prefix(&app.address()))
        .unwrap();
    let phone = app.browser();
    let opened = phone.get(link).expect(303);
    assert_eq!(opened.location(), "/seat");
    let cookie = opened.headers("set-cookie").join(" ");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(
        phone
            .get("/seat")
            .expect(200)
            .text()
            .contains("Your seat is saved")
    );
    let forged = format!("{}x", &link[..link.len() - 1]);
    app.get(&forged).expect(404);
    app.get("/seat").expect(404);
}

#[test]
fn a_seat_can_only_be_canceled_from_our_own_page() {
    let app = app_with_seats(60);
    let ana = sign_up(&app, "Ana", "1");
    ana.clone()
        .without_header("sec-fetch-site")
        .post("/seat/cancel", &[])
        .expect(403);
    assert!(ana.get("/seat").text().contains("Your seat is saved"));
}

#[test]
fn only_planners_and_the_forum_s_own_facilitators_see_who_signed_up() {
    let app = app_with_seats(60);
    import_forum(&app, "riverside/forum.toml", 60);
    sign_up(&app, "Ana", "2");
    let this = app.read(|db| Ok(forums::by_slug(db, "did-we-hear-you")?.id));
    let other = app.read(|db| Ok(forums::by_slug(db, "oak-evening")?.id));
    let page = "/desk/forums/did-we-hear-you";
    for browser in [
        app.sign_in_as(Role::Planner),
        app.sign_in_within(Role::Facilitator, Scope::Forum(this)),
    ] {
        assert!(
            browser
                .get(page)
                .expect(200)
                .text()
                .contains("ana@example.org")
        );
    }
    let clerk = app.sign_in_as(Role::Clerk).get(page).expect(200).text();
    assert!(
        !clerk.contains("ana@example.org") && clerk.contains("seats taken, of 60 2"),
        "{clerk}"
    );
    let elsewhere = app.sign_in_within(Role::Facilitator, Scope::Forum(other));
    elsewhere.get(page).expect(403);
    let list = elsewhere.get("/desk/forums").expect(200).text();
    assert!(list.contains("An evening at Oak") && !list.contains("Did we hear you right?"));
    app.sign_in_as(Role::Coder).get(page).expect(403);
}

#[test]
fn a_planner_adds_and_changes_a_forum_and_mistakes_are_explained_next_to_their_field() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let typed = [
        ("round", "vision-2031"),
        ("title-en", "Coffee at Elm"),
        ("title-es", "Café en Elm"),
        ("place", "Elm library"),
        ("day", "2026-11-03"),
        ("starts", "08:30"),
        ("ends", "10:00"),
        ("seats", "12"),
        ("languages", "en"),
        ("languages", "es"),
        ("prompt-0-label-en", "What works?"),
        ("prompt-0-intent", "strength"),
        ("prompt-0-key", ""),
    ];
    let mut wrong = typed;
    wrong[6] = ("ends", "08:00");
    let again = planner.post("/desk/forums", &wrong).expect(422);
    assert!(
        again
            .text()
            .contains("The end time must be after the start time.")
    );
    assert!(
        again
            .form("form[action='/desk/forums']")
            .contains(&("place".to_owned(), "Elm library".to_owned()))
    );
    let added = planner.post("/desk/forums", &typed).expect(303);
    assert_eq!(added.location(), "/desk/forums/coffee-at-elm");
    planner.post("/desk/forums", &typed).expect(422);
    let public = app.get("/f/coffee-at-elm").expect(200).text();
    assert!(
        public.contains("Tue, Nov 3, 2026, 8:30–10:00 AM, Central Time"),
        "{public}"
    );

    let edit = "/desk/forums/coffee-at-elm/edit";
    let mut form = planner.get(edit).expect(200).form("form[action$='/edit']");
    for (name, value) in &mut form {
        if name == "seats" {
            "20".clone_into(value);
        }
    }
    let form: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    planner.post(edit, &form).expect(303);
    let forum = app.read(|db| Ok(forums::by_slug(db, "coffee-at-elm")?));
    assert_eq!((forum.seats, forum.prompts.len()), (20, 1));
    assert_eq!(forum.title.get("es").0, "Café en Elm");
}

#[test]
fn more_seats_move_people_up_from_the_waiting_list() {
    let app = app_with_seats(1);
    sign_up(&app, "Ana", "1");
    sign_up(&app, "Luis", "1");
    import_forum(&app, "riverside/forum-next.toml", 2);
    assert_eq!(statuses(&app), [SignUpStatus::Seated; 2]);
}

#[test]
fn only_planners_add_and_change_forums() {
    let app = app_with_seats(60);
    let facilitator = app.sign_in_as(Role::Facilitator);
    facilitator.get("/desk/forums").expect(200);
    for path in ["/desk/forums/new", "/desk/forums/did-we-hear-you/edit"] {
        facilitator.get(path).expect(403);
    }
    facilitator.post("/desk/forums", &[]).expect(403);
    app.get("/desk/forums").expect(303);
}
