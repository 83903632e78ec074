//! Submitting a response.

use std::sync::atomic::{AtomicBool, Ordering};

use chorus::comments::Source;
use chorus::responses::{Answer, Channel};
use chorus::schema::audit;
use chorus::surveys::Intent;
use chorus::tally::{CommentFacet, Index};
use chrono::NaiveDate;

use super::*;
use crate::tally::{follow, recounted};

#[test]
fn a_response_is_stored_with_its_comments() {
    let app = open();
    let phone = app.phone("family");
    let fields = [
        ("_revision", "1"),
        ("welcome", "4"),
        ("change", "buses"),
        ("use", "app"),
        ("use", "text"),
        ("best", " Mrs. Lee reads\r\nwith them. "),
        ("better", ""),
        ("school", "oak"),
    ];
    phone.post("/s/family?lang=es", &fields).expect(303);
    let rows = stored(&app);
    let [response] = &rows[..] else {
        panic!("{rows:?}")
    };
    let answers = &response.answers.0;
    assert_eq!(answers["welcome"], Answer::Number(4));
    assert_eq!(
        answers["use"],
        Answer::Several(vec!["text".to_owned(), "app".to_owned()])
    );
    assert_eq!(
        answers["best"],
        Answer::One("Mrs. Lee reads\nwith them.".to_owned())
    );
    assert_eq!(
        answers.keys().collect::<Vec<_>>(),
        ["best", "change", "school", "use", "welcome"]
    );
    assert_eq!(response.group_key.as_deref(), Some("families"));
    assert_eq!(response.schools.0, ["oak"]);
    assert_eq!(
        (
            response.revision,
            response.language.as_str(),
            response.channel
        ),
        (1, "es", Channel::Web)
    );
    assert_eq!(
        (response.status, response.person.as_str()),
        (Status::Counted, response.id.as_str())
    );
    assert!(response.number > 0);
    let words = ledger(&app);
    let [comment] = &words[..] else {
        panic!("{words:?}")
    };
    assert_eq!(
        (comment.source, comment.intent, comment.item_key.as_str()),
        (Source::Response, Intent::Strength, "best")
    );
    assert_eq!(
        (comment.text.as_str(), comment.language.as_str()),
        ("Mrs. Lee reads\nwith them.", "es")
    );
    assert_eq!(comment.response_id.as_ref(), Some(&response.id));
    assert_eq!(
        (comment.status, comment.released_at, comment.number),
        (Status::Counted, None, response.number)
    );
}

#[test]
fn only_the_day_in_the_district_s_time_zone_is_stored() {
    let app = open();
    // 02:30 UTC on Tuesday is Monday evening in Chicago.
    app.advance(TimeDelta::minutes(11 * 60 + 30));
    app.post("/s/family", BUSES).expect(303);
    let rows = stored(&app);
    assert_eq!(rows[0].day, NaiveDate::from_ymd_opt(2026, 10, 5).unwrap());
    assert_eq!(
        rows[0].id.as_str().as_bytes()[14],
        b'4',
        "a version 4 id has no time in it"
    );
}

#[test]
fn submitting_a_response_is_not_audited() {
    let app = open();
    let lines = |app: &TestApp| app.read(|db| Ok(audit::table.count().get_result::<i64>(db)?));
    let before = lines(&app);
    app.post("/s/family", BUSES).expect(303);
    assert_eq!(lines(&app), before);
}

#[test]
fn the_thank_you_page_shows_the_receipt_and_its_address_does_not() {
    let app = open();
    let phone = app.phone("family");
    let sent = phone.post("/s/family?lang=es", BUSES).expect(303);
    assert_eq!(sent.location(), "/s/family/thanks?lang=es");
    let thanks = phone.get(sent.location()).expect(200);
    assert_eq!(thanks.attributes("html", "lang"), ["es"]);
    assert!(thanks.text().contains("La mesa decide en diciembre."));
    let code = &thanks.texts(".receipt")[0];
    assert_eq!(code.len(), 19);
    assert_eq!(thanks.header("cache-control"), Some("no-store"));
    assert!(
        app.get("/s/family/thanks")
            .expect(200)
            .texts(".receipt")
            .is_empty()
    );
}

#[test]
fn the_same_answers_under_the_same_key_are_one_response_with_one_receipt() {
    let app = open();
    let phone = app.browser();
    let first = send(&phone, "k", BUSES).expect(303);
    let first = receipt(&phone, &first);
    let second = send(
        &phone,
        "k",
        &[("change", "buses"), ("welcome", ""), ("best", " ")],
    )
    .expect(303);
    assert_eq!(receipt(&phone, &second), first);
    // The same from another phone, as when an offline queue moves to a new device.
    let other = app.browser();
    let third = send(&other, "k", BUSES).expect(303);
    assert_eq!(receipt(&other, &third), first);
    assert_eq!(statuses(&app), [Status::Counted]);
}

#[test]
fn two_keys_are_two_responses_with_two_receipts() {
    let app = open();
    let phone = app.browser();
    let first = send(&phone, "k", BUSES).expect(303);
    let first = receipt(&phone, &first);
    let second = send(&phone, "l", BUSES).expect(303);
    assert_ne!(receipt(&phone, &second), first);
    assert_eq!(statuses(&app), [Status::Counted; 2]);
}

#[test]
fn without_a_script_the_cookie_is_the_key() {
    let app = open();
    let phone = app.phone("family");
    phone.post("/s/family", BUSES).expect(303);
    phone.post("/s/family", BUSES).expect(303);
    assert_eq!(statuses(&app), [Status::Counted]);
    phone.post("/s/family", FOOD).expect(409);
}

#[test]
fn a_phone_that_submits_without_opening_the_page_gets_a_key_for_next_time() {
    let app = open();
    let phone = app.browser();
    phone.post("/s/family", BUSES).expect(303);
    app.advance(TimeDelta::minutes(1));
    phone.post("/s/family", FOOD).expect(409);
}

#[test]
fn different_answers_under_the_same_key_change_nothing_and_lose_nothing() {
    let app = open();
    let phone = app.browser();
    send(&phone, "k", BUSES).expect(303);
    let typed = [
        ("change", "food"),
        ("use", "text"),
        ("use", "app"),
        ("best", "\"<b>Lunch</b>\"\nand more"),
    ];
    let choice = send(&phone, "k", &typed).expect(409);
    let kept = choice.form("form");
    for (name, value) in typed {
        assert!(
            kept.contains(&(name.to_owned(), value.to_owned())),
            "{name}: {kept:?}"
        );
    }
    assert_eq!(choice.attributes("button", "value"), ["replace", "another"]);
    assert_eq!(stored(&app).len(), 1);
    assert_eq!(
        stored(&app)[0].answers.0["change"],
        Answer::One("buses".to_owned())
    );
}

/// Presses one of the buttons (`value`) on the conflict page.
fn choose(phone: &Browser, choice: &Reply, value: &str) -> Reply {
    let kept = choice.form("form");
    let mut fields: Vec<(&str, &str)> = kept
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.push(("_conflict", value));
    phone.post(&choice.attributes("form", "action")[0], &fields)
}

#[test]
fn replacing_a_response_keeps_its_receipt_and_marks_the_old_one_as_replaced() {
    let app = open();
    let phone = app.phone("family");
    let first = phone
        .post("/s/family", &[("change", "buses"), ("best", "The bus")])
        .expect(303);
    let first = receipt(&phone, &first);
    let before = stored(&app)[0].number;
    let choice = phone
        .post("/s/family", &[("change", "food"), ("better", "Lunch")])
        .expect(409);
    let second = choose(&phone, &choice, "replace").expect(303);
    assert_eq!(receipt(&phone, &second), first);
    // Pressing it twice does it once.
    choose(&phone, &choice, "replace").expect(303);
    let rows = stored(&app);
    let of = |status| {
        rows.iter()
            .filter(|row| row.status == status)
            .collect::<Vec<_>>()
    };
    let (old, new) = (of(Status::Replaced), of(Status::Counted));
    assert_eq!((old.len(), new.len()), (1, 1));
    assert!(old[0].number > before && new[0].number > before);
    assert_ne!(old[0].person, new[0].person);
    assert_eq!(new[0].answers.0["change"], Answer::One("food".to_owned()));
    let words: Vec<(String, Status)> = ledger(&app)
        .into_iter()
        .map(|comment| (comment.text, comment.status))
        .collect();
    assert_eq!(
        words,
        [
            ("The bus".to_owned(), Status::Replaced),
            ("Lunch".to_owned(), Status::Counted)
        ]
    );
}

#[test]
fn someone_else_on_the_same_phone_also_counts() {
    let app = open();
    let phone = app.phone("family");
    let first = phone.post("/s/family", BUSES).expect(303);
    let first = receipt(&phone, &first);
    let choice = phone.post("/s/family", FOOD).expect(409);
    let second = choose(&phone, &choice, "another").expect(303);
    assert_ne!(receipt(&phone, &second), first);
    // The network failed before the reply arrived, so the same choice is submitted again.
    choose(&phone, &choice, "another").expect(303);
    assert_eq!(statuses(&app), [Status::Counted; 2]);
    // From now on the phone's key stands for the second response.
    phone.post("/s/family", FOOD).expect(303);
    assert_eq!(stored(&app).len(), 2);
}

#[test]
fn someone_else_can_start_over_from_the_thank_you_page() {
    let app = open();
    let phone = app.phone("family");
    let sent = phone.post("/s/family", BUSES).expect(303);
    let onward = phone
        .get(sent.location())
        .attributes(".buttons a", "href")
        .remove(0);
    let form = phone.get(&onward).expect(303);
    assert_eq!(form.location(), "/s/family?lang=en");
    app.advance(TimeDelta::minutes(1));
    phone.post("/s/family", FOOD).expect(303);
    assert_eq!(statuses(&app), [Status::Counted; 2]);
}

#[test]
fn numbers_in_error_messages_have_thousands_separators() {
    let app = open();
    let long = "n".repeat(2001);
    let fields = [("change", "buses"), ("better", long.as_str())];
    let page = app.post("/s/family?lang=en", &fields).expect(422);
    assert_eq!(
        page.texts(".fault-text"),
        ["You used 2,001 characters. Please use up to 2,000."]
    );
}

#[test]
fn mistakes_are_explained_in_the_reader_s_language_and_everything_typed_is_kept() {
    let app = open();
    let fields = [
        ("welcome", "9"),
        ("change", "planes"),
        ("use", "text"),
        ("use", "email"),
        ("use", "app"),
        ("best", &"ñ".repeat(101)),
        ("better", "Más <autobuses>"),
        ("school", "oak"),
    ];
    let page = app.post("/s/family?lang=es", &fields).expect(422);
    assert_eq!(page.texts(".summary h2"), ["Hay 4 cosas por revisar"]);
    assert_eq!(
        page.attributes(".summary a", "href"),
        ["#q-welcome", "#q-change", "#q-use", "#q-best"]
    );
    assert_eq!(
        page.texts(".fault-text"),
        [
            "Elija un número del 1 al 5.",
            "Esa opción ya no está en la lista. Elija otra.",
            "Eligió 3 opciones. Puede elegir hasta 2.",
            "Escribió 101 caracteres. El máximo es 100.",
        ]
    );
    assert_eq!(page.texts("textarea[name=better]"), ["Más <autobuses>"]);
    assert_eq!(page.texts("textarea[name=best]"), ["ñ".repeat(101)]);
    assert_eq!(
        page.attributes("input[name=use][checked]", "value"),
        ["text", "email", "app"]
    );
    assert_eq!(
        page.attributes("input[name=school][checked]", "value"),
        ["oak"]
    );
    assert!(stored(&app).is_empty());
}

#[test]
fn every_link_in_the_summary_goes_to_a_question() {
    let page = open()
        .post("/s/family", &[("welcome", "9"), ("best", &"x".repeat(101))])
        .expect(422);
    for href in page.attributes(".summary a", "href") {
        assert_eq!(page.texts(&href).len(), 1, "{href}");
    }
}

#[test]
fn a_required_question_without_an_answer_is_asked_again() {
    let app = open();
    let page = app.post("/s/family", &[("best", "All of it")]).expect(422);
    assert_eq!(page.texts(".fault-text"), ["Please choose one."]);
    assert!(stored(&app).is_empty());
}

#[test]
fn an_unknown_field_is_reported_and_nothing_is_stored() {
    let app = open();
    let page = app
        .post("/s/family", &[("change", "buses"), ("role", "admin")])
        .expect(422);
    assert!(page.texts(".summary li")[0].contains("“role”"));
    assert_eq!(
        page.attributes("input[name=change][checked]", "value"),
        ["buses"]
    );
    assert!(stored(&app).is_empty());
}

#[test]
fn a_form_that_is_too_large_or_not_text_stores_nothing() {
    let app = open_with(|config| config.form_limit = 1000);
    let long = "x".repeat(2000);
    app.post("/s/family", &[("change", "buses"), ("best", &long)])
        .expect(413);
    let broken = app.browser().post_bytes(
        "/s/family",
        "application/x-www-form-urlencoded",
        b"change=buses&best=%ff%fe",
    );
    broken.expect(400);
    assert!(stored(&app).is_empty());
}

#[test]
fn a_response_to_an_older_revision_is_stored_under_that_revision() {
    let app = open();
    app.publish_survey(&family().replace("School meals", "Meals at school"));
    app.post("/s/family", &[("_revision", "1"), ("change", "food")])
        .expect(303);
    app.post("/s/family", &[("_revision", "2"), ("change", "food")])
        .expect(303);
    app.post("/s/family", FOOD).expect(303);
    assert_eq!(
        stored(&app)
            .iter()
            .map(|row| row.revision)
            .collect::<Vec<_>>(),
        [1, 2, 2]
    );
}

#[test]
fn an_unknown_revision_is_refused_and_the_current_one_shown() {
    let app = open();
    for revision in ["2", "0", "-1", "x", "99999999999"] {
        let page = app
            .post("/s/family", &[("_revision", revision), ("change", "food")])
            .expect(422);
        assert_eq!(
            page.attributes("input[name=change][checked]", "value"),
            ["food"]
        );
        assert!(
            page.form("form")
                .contains(&("_revision".to_owned(), "1".to_owned()))
        );
    }
    assert!(stored(&app).is_empty());
}

#[test]
fn a_response_after_closing_is_shown_for_copying_and_not_stored() {
    let app = open();
    let phone = app.phone("family");
    close_for_good(&app);
    let page = phone
        .post(
            "/s/family",
            &[("change", "buses"), ("welcome", "4"), ("best", "The <bus>")],
        )
        .expect(410);
    assert_eq!(
        page.texts(".received dd"),
        ["4 out of 5", "Buses that come on time", "The <bus>"]
    );
    // This includes answers that aren't valid.
    let page = phone
        .post("/s/family", &[("best", &"x".repeat(101))])
        .expect(410);
    assert_eq!(page.texts(".received dd"), ["x".repeat(101)]);
    assert!(stored(&app).is_empty());
}

#[test]
fn a_response_stored_before_closing_is_still_acknowledged_afterward() {
    let app = open();
    let phone = app.browser();
    let first = send(&phone, "k", BUSES).expect(303);
    let first = receipt(&phone, &first);
    close_for_good(&app);
    let again = send(&phone, "k", BUSES).expect(303);
    assert_eq!(receipt(&phone, &again), first);
    send(&phone, "k", FOOD).expect(410);
}

#[test]
fn a_node_that_does_not_know_of_the_closing_yet_stores_nothing() {
    let app = open();
    let other = app.start_another_node();
    other.get("/s/family").expect(200);
    close_for_good(&app);
    other.post("/s/family", BUSES).expect(410);
    assert!(stored(&app).is_empty());
}

#[test]
fn one_submission_that_reaches_two_nodes_at_once_is_stored_once() {
    let app = open();
    let nodes = [app.start_another_node(), app.start_another_node()];
    for round in 0..20 {
        let key = format!("key {round}");
        std::thread::scope(|scope| {
            for node in nodes.iter().chain(&nodes) {
                let key = &key;
                scope.spawn(move || send(&node.browser(), key, BUSES).expect(303));
            }
        });
    }
    assert_eq!(statuses(&app), [Status::Counted; 20]);
}

#[test]
fn responses_sent_to_two_nodes_at_once_are_all_counted_by_both() {
    let app = open();
    let nodes = [app.start_another_node(), app.start_another_node()];
    let answered = AtomicBool::new(false);
    let [first, second] = std::thread::scope(|threads| {
        let counting = [app.place().connect(), app.place().connect()].map(|database| {
            let answered = &answered;
            threads.spawn(move || {
                let mut index = Index::default();
                loop {
                    let last = answered.load(Ordering::Acquire);
                    follow(&mut index, &database);
                    // Everyone who counts already has the comment from the same form.
                    let said = index.comments(&CommentFacet::Intent(Intent::Need));
                    assert_eq!(said.len(), index.everyone().len());
                    if last {
                        return index;
                    }
                }
            })
        });
        std::thread::scope(|writing| {
            for phone in 0..8 {
                let node = &nodes[phone % 2];
                writing.spawn(move || {
                    for turn in 0..10 {
                        let key = format!("phone {phone} turn {turn}");
                        let fields = [("change", "buses"), ("better", "More buses")];
                        send(&node.browser(), &key, &fields).expect(303);
                    }
                });
            }
        });
        answered.store(true, Ordering::Release);
        counting.map(|index| index.join().unwrap())
    });
    assert_eq!(first.everyone().len(), 80);
    assert_eq!(first.seen(), second.seen());
    let anew = recounted(app.database());
    assert_eq!(first.canonical(), anew.canonical());
    assert_eq!(second.canonical(), anew.canonical());
}

#[test]
fn a_form_from_another_site_is_refused() {
    let app = open();
    app.browser()
        .with_header("sec-fetch-site", "cross-site")
        .post("/s/family", BUSES)
        .expect(403);
    app.browser()
        .without_header("sec-fetch-site")
        .post("/s/family", BUSES)
        .expect(303);
    assert_eq!(stored(&app).len(), 1);
}
