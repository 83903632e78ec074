//! Correcting a response with its receipt.

use chorus::comments;
use chorus::schema::comments as comments_table;

use super::*;

const SENT: &[(&str, &str)] = &[
    ("change", "buses"),
    ("welcome", "4"),
    ("use", "app"),
    ("best", "The <bus>"),
    ("better", "Lunch"),
];

fn answered(app: &TestApp) -> (Browser, String) {
    let phone = app.phone("family");
    let sent = phone.post("/s/family", SENT).expect(303);
    let code = receipt(&phone, &sent);
    (phone, code)
}

/// Opens the receipt's form on a new phone, changes these fields, and submits it.
fn correct(app: &TestApp, code: &str, changed: &[(&str, &str)]) -> Reply {
    let phone = app.browser();
    let form = phone.post("/r/correct", &[("code", code)]).expect(200);
    let kept = form.form("form");
    let mut fields: Vec<(&str, &str)> = kept
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| changed.iter().all(|(new, _)| new != name))
        .collect();
    fields.extend(changed);
    phone.post(&form.attributes("form", "action")[0], &fields)
}

fn counted_words(app: &TestApp) -> Vec<(String, String)> {
    let counted = ledger(app)
        .into_iter()
        .filter(|comment| comment.status == Status::Counted);
    let mut words: Vec<_> = counted
        .map(|comment| (comment.item_key, comment.text))
        .collect();
    words.sort_unstable();
    words
}

#[test]
fn a_receipt_opens_the_form_with_everything_that_was_answered() {
    let app = open();
    let (_, code) = answered(&app);
    let page = app.post("/r", &[("code", &code)]).expect(200);
    assert!(
        page.attributes("form", "action")
            .contains(&"/r/correct?lang=en".to_owned())
    );
    let form = app.post("/r/correct", &[("code", &code)]).expect(200);
    assert_eq!(
        form.attributes("input[name=change][checked]", "value"),
        ["buses"]
    );
    assert_eq!(
        form.attributes("input[name=welcome][checked]", "value"),
        ["4"]
    );
    assert_eq!(form.texts("textarea[name=best]"), ["The <bus>"]);
    assert_eq!(form.header("cache-control"), Some("no-store"));
    assert!(!form.attributes("form", "action")[0].contains(&code));
}

#[test]
fn a_corrected_response_counts_once_under_the_same_receipt() {
    let app = open();
    let (_, code) = answered(&app);
    let sent = correct(
        &app,
        &code,
        &[("change", "food"), ("better", "Lunch at noon")],
    );
    assert_eq!(sent.expect(303).location(), "/s/family/thanks?lang=en");
    let mut found = statuses(&app);
    found.sort_unstable();
    assert_eq!(found, [Status::Counted, Status::Replaced]);
    let page = app.post("/r", &[("code", &code)]).expect(200);
    assert_eq!(
        page.texts(".received dd"),
        [
            "4 out of 5",
            "School meals",
            "The app",
            "The <bus>",
            "Lunch at noon"
        ]
    );
    let mut replaced: Vec<_> = ledger(&app)
        .into_iter()
        .filter(|comment| comment.status == Status::Replaced)
        .map(|comment| comment.text)
        .collect();
    replaced.sort_unstable();
    assert_eq!(replaced, ["Lunch"]);
}

#[test]
fn a_corrected_text_is_a_new_comment_and_an_unchanged_one_stays_released() {
    let app = open();
    let (_, code) = answered(&app);
    let actor = chorus::audit::Actor {
        account: Some(app.add_account(
            "ana@riverside.example",
            chorus::accounts::Role::Planner,
            chorus::accounts::Scope::District,
        )),
        at: app.now(),
    };
    let before = ledger(&app);
    let ids: Vec<_> = before.iter().map(|comment| comment.id.clone()).collect();
    let released = ids.clone();
    app.write(move |db| {
        for id in &released {
            comments::release(db, &actor, id)?;
        }
        Ok(())
    });
    correct(&app, &code, &[("better", "Lunch at noon")]).expect(303);
    let now = ledger(&app);
    let by_text = |text: &str| now.iter().find(|comment| comment.text == text).unwrap();
    let (kept, new) = (by_text("The <bus>"), by_text("Lunch at noon"));
    assert!(ids.contains(&kept.id) && kept.released_by.is_some());
    assert!(!ids.contains(&new.id) && new.released_by.is_none());
    assert_eq!(kept.response_id, new.response_id);
    assert_eq!(
        (kept.status, new.status),
        (Status::Counted, Status::Counted)
    );
    assert_eq!(by_text("Lunch").status, Status::Replaced);
    assert_eq!(
        counted_words(&app),
        [
            ("best".to_owned(), "The <bus>".to_owned()),
            ("better".to_owned(), "Lunch at noon".to_owned())
        ]
    );
}

#[test]
fn mistakes_in_a_correction_are_explained_and_nothing_is_lost() {
    let app = open();
    let (_, code) = answered(&app);
    let long = "ñ".repeat(101);
    let page = correct(&app, &code, &[("best", &long)]).expect(422);
    assert_eq!(page.texts("textarea[name=best]"), [long]);
    assert!(
        page.form("form")
            .contains(&("_code".to_owned(), code.clone()))
    );
    assert_eq!(statuses(&app), [Status::Counted]);
    // Submitting it unchanged changes nothing.
    correct(&app, &code, &[]).expect(303);
    assert_eq!(statuses(&app), [Status::Counted]);
}

#[test]
fn a_response_that_was_set_aside_stays_so_however_often_it_is_corrected() {
    let app = open();
    let (_, code) = answered(&app);
    app.write(|db| {
        let aside = responses::status.eq(Status::SetAside);
        diesel::update(responses::table).set(aside).execute(db)?;
        let aside = comments_table::status.eq(Status::SetAside);
        diesel::update(comments_table::table)
            .set(aside)
            .execute(db)?;
        Ok(())
    });
    correct(&app, &code, &[("best", "The bus!")]).expect(303);
    let mut found = statuses(&app);
    found.sort_unstable();
    assert_eq!(found, [Status::SetAside, Status::Replaced]);
    assert!(counted_words(&app).is_empty());
}

#[test]
fn correcting_something_else_does_not_bring_back_a_comment_that_was_set_aside() {
    let app = open();
    let (_, code) = answered(&app);
    app.write(|db| {
        let best = comments_table::table.filter(comments_table::item_key.eq("best"));
        let aside = comments_table::status.eq(Status::SetAside);
        diesel::update(best).set(aside).execute(db)?;
        Ok(())
    });
    correct(&app, &code, &[("change", "food")]).expect(303);
    assert_eq!(
        counted_words(&app),
        [("better".to_owned(), "Lunch".to_owned())]
    );
}

#[test]
fn nothing_can_be_corrected_after_closing_or_withdrawing() {
    let app = open();
    let (phone, code) = answered(&app);
    let form = phone
        .post("/r/correct", &[("code", &code)])
        .expect(200)
        .form("form");
    close_for_good(&app);
    let refused = phone.post("/r/correct", &[("code", &code)]).expect(303);
    assert!(
        phone
            .get(refused.location())
            .text()
            .contains("You can’t change this response anymore.")
    );
    let fields: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain([("best", "Later")])
        .collect();
    phone.post("/s/family", &fields).expect(410);
    assert_eq!(statuses(&app), [Status::Counted]);

    let app = open();
    let (phone, code) = answered(&app);
    phone
        .post("/r/withdraw", &[("code", &code), ("sure", "yes")])
        .expect(303);
    phone
        .post("/s/family", &[("_code", &code), ("change", "food")])
        .expect(303);
    assert_eq!(statuses(&app), [Status::Withdrawn]);
}

#[test]
fn someone_correcting_when_the_survey_closes_has_ten_minutes() {
    let app = open();
    let (phone, code) = answered(&app);
    let form = phone.post("/r/correct", &[("code", &code)]).expect(200);
    assert_eq!(form.texts("textarea[name=best]"), ["The <bus>"]);
    app.close_survey("family");
    app.advance(TimeDelta::minutes(9));
    phone
        .post("/s/family", &[("_code", &code), ("change", "food")])
        .expect(303);
    assert_eq!(statuses(&app).len(), 2);
}

#[test]
fn a_code_that_opens_nothing_corrects_nothing() {
    let app = open();
    answered(&app);
    let phone = app.browser();
    let wrong = "7KQ4-M2XP-9RTD-HW6C";
    for (path, fields) in [
        ("/r/correct", vec![("code", wrong)]),
        ("/r/withdraw", vec![("code", wrong), ("sure", "yes")]),
        ("/s/family", vec![("_code", wrong), ("change", "food")]),
    ] {
        let back = phone.post(path, &fields).expect(303);
        assert_eq!(back.location(), "/r?lang=en");
        assert!(
            phone
                .get(back.location())
                .text()
                .contains("We can’t find a response with this code.")
        );
    }
    assert_eq!(statuses(&app), [Status::Counted]);
}
