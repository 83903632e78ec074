//! Kiosk mode: a phone or tablet that many people share in one place.

use chorus::accounts::Role;

use super::*;

/// The reply when a planner makes a link with this last day.
fn link(app: &TestApp, last: &str) -> Reply {
    let planner = app.sign_in_as(Role::Planner);
    planner.post("/desk/surveys/family/kiosk", &[("last", last)])
}

/// The path of a link that's valid for a week.
fn made(app: &TestApp) -> String {
    let page = link(app, "2026-10-12").expect(200);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let link = page.attributes("#link", "value").remove(0);
    link.strip_prefix(&app.address()).unwrap().to_owned()
}

/// A device that opened the link.
fn kiosk(app: &TestApp) -> Browser {
    let device = app.browser();
    let opened = device.get(&made(app)).expect(303);
    assert_eq!(
        opened.location(),
        "/s/family/kiosk",
        "the token leaves the address"
    );
    device.get("/s/family/kiosk").expect(200);
    app.advance(TimeDelta::minutes(1));
    device
}

#[test]
fn only_a_link_from_the_desk_starts_a_kiosk() {
    let app = open();
    app.get("/s/family/kiosk").expect(410);
    let path = made(&app);
    let forged = path.replace("2026-10-12", "2026-11-12");
    for wrong in [
        forged.as_str(),
        "/s/family/kiosk/2026-10-12.aaaa",
        "/s/family/kiosk/x",
    ] {
        app.get(wrong).expect(410);
    }
    let device = app.browser();
    device.set_cookie("chorus_kiosk", "2026-10-12.aaaa");
    device.get("/s/family/kiosk").expect(410);
    // A link for one survey doesn't open another.
    app.publish_survey(&family().replace("slug = \"family\"", "slug = \"other\""));
    app.get(&path.replace("/family/", "/other/")).expect(410);
    assert!(kiosk(&app).get("/s/family/kiosk").texts("h1")[0].contains("What matters?"));
}

#[test]
fn a_link_expires_after_its_last_day_and_when_the_survey_closes() {
    let app = open();
    let device = kiosk(&app);
    // It's Monday, 10 AM in Chicago. October 12 ends there at 5 AM UTC on the 13th.
    app.advance(TimeDelta::days(7));
    device.get("/s/family/kiosk").expect(200);
    app.advance(TimeDelta::hours(14));
    device.get("/s/family/kiosk").expect(410);
    let app = open();
    let device = kiosk(&app);
    app.close_survey("family");
    let page = device.get("/s/family/kiosk").expect(410);
    assert_eq!(page.texts("h1"), ["This survey is closed"]);
    assert!(
        link(&app, "2026-10-12")
            .expect(409)
            .attributes("#link", "value")
            .is_empty()
    );
}

#[test]
fn everyone_finds_an_empty_form_and_is_counted() {
    let app = open();
    let device = kiosk(&app);
    for (number, answer) in [BUSES, FOOD, BUSES].into_iter().enumerate() {
        let page = device.get("/s/family/kiosk").expect(200);
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert!(
            page.attributes("form[data-keep]", "data-keep").is_empty(),
            "no draft is kept"
        );
        assert_eq!(
            page.attributes("form", "action"),
            ["/s/family/kiosk?lang=en"]
        );
        app.advance(TimeDelta::minutes(1));
        let sent = device.post("/s/family/kiosk", answer).expect(303);
        assert_eq!(sent.location(), "/s/family/kiosk/thanks?lang=en");
        assert_eq!(
            stored(&app).len(),
            number + 1,
            "even the same answers as the person before"
        );
    }
    assert_eq!(statuses(&app), [Status::Counted; 3]);
}

#[test]
fn the_next_person_never_sees_the_last_person_s_receipt() {
    let app = open();
    let device = kiosk(&app);
    let sent = device.post("/s/family/kiosk", BUSES).expect(303);
    let thanks = device.get(sent.location()).expect(200);
    assert_eq!(thanks.texts(".receipt").len(), 1);
    assert_eq!(
        thanks.attributes("meta[http-equiv=refresh]", "content"),
        ["60;url=/s/family/kiosk?lang=en"]
    );
    assert!(thanks.attributes("a[href*='new=1']", "href").is_empty());
    // The only link goes to where the next person starts.
    let onward = thanks.attributes("main a", "href");
    assert_eq!(onward, ["/s/family/kiosk?lang=en"]);
    device.get("/s/family/kiosk").expect(200);
    let again = device.get(sent.location()).expect(200);
    assert!(again.texts(".receipt").is_empty());
}

#[test]
fn someone_who_is_typing_when_the_link_expires_loses_nothing() {
    let app = open();
    let device = kiosk(&app);
    app.advance(TimeDelta::days(30));
    device.post("/s/family/kiosk", BUSES).expect(303);
    assert_eq!(stored(&app).len(), 1);
}

#[test]
fn mistakes_are_explained_at_the_kiosk() {
    let app = open();
    let device = kiosk(&app);
    let page = device
        .post("/s/family/kiosk?lang=es", &[("best", "Sí")])
        .expect(422);
    assert_eq!(page.texts("textarea[name=best]"), ["Sí"]);
    assert_eq!(
        page.attributes("form", "action"),
        ["/s/family/kiosk?lang=es"]
    );
    assert_eq!(
        page.attributes("form", "data-clean"),
        ["/s/family/kiosk?lang=en"]
    );
}

#[test]
fn an_invalid_or_distant_last_day_is_asked_for_again() {
    let app = open();
    for wrong in ["", "soon", "2026-10-04", "2026-12-05"] {
        let page = link(&app, wrong).expect(422);
        assert!(page.attributes("#link", "value").is_empty());
        assert_eq!(page.attributes("#last", "value"), [wrong]);
    }
    link(&app, "2026-10-05").expect(200);
    link(&app, "2026-12-04").expect(200);
}
