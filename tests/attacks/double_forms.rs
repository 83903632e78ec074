//! A form that is submitted twice, or ten times at once: a double click, a retry, or somebody who means it.

use chorus::accounts::Role;

use crate::support::{Browser, TestApp};

const ROUND: &str = "/desk/rounds/vision-2031";

/// The key in the form that posts to this address.
fn key_of(planner: &Browser, page: &str, form: &str) -> String {
    let fields = planner.get(page).expect(200).form(form);
    let key = fields.into_iter().find(|(name, _)| name == "_submission");
    key.unwrap().1
}

/// Posts the same form ten times at once and returns the statuses.
fn ten_times(planner: &Browser, path: &str, fields: &[(&str, &str)]) -> Vec<u16> {
    std::thread::scope(|scope| {
        let posts: Vec<_> = (0..10)
            .map(|_| scope.spawn(|| planner.post(path, fields).status))
            .collect();
        let statuses = posts.into_iter().map(|post| post.join().unwrap());
        statuses.collect()
    })
}

fn statements(app: &TestApp) -> usize {
    app.read(|db| {
        let round = chorus::district::round_by_slug(db, "vision-2031")?;
        Ok(chorus::plan::statements(db, &round.id)?.len())
    })
}

#[test]
fn a_statement_submitted_ten_times_at_once_is_one_statement() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let plan = format!("{ROUND}/plan");
    let add = format!("{plan}/statements");
    let form = "details.more form[action$='/plan/statements']";
    let key = key_of(&planner, &plan, form);
    let fields = [
        ("_submission", key.as_str()),
        ("kind", "principles"),
        ("text.en", "We listen first."),
    ];
    assert_eq!(ten_times(&planner, &add, &fields), [303; 10]);
    assert_eq!(statements(&app), 1);

    // Another rendering of the form adds another one.
    let other = key_of(&planner, &plan, form);
    assert_ne!(other, key);
    let fields = [("_submission", other.as_str()), fields[1], fields[2]];
    planner.post(&add, &fields).expect(303);
    assert_eq!(statements(&app), 2);
}

#[test]
fn a_key_that_somebody_makes_up_does_not_choose_the_id_of_a_row() {
    let app = TestApp::riverside();
    let planner = app.sign_in_as(Role::Planner);
    let fields = [
        ("_submission", "1234"),
        ("kind", "principles"),
        ("text.en", "We listen first."),
    ];
    planner
        .post(&format!("{ROUND}/plan/statements"), &fields)
        .expect(303);
    let id = app.read(|db| {
        let round = chorus::district::round_by_slug(db, "vision-2031")?;
        Ok(chorus::plan::statements(db, &round.id)?.remove(0).id)
    });
    assert!(!id.as_str().contains("1234") && id.as_str().len() == 36);
}
