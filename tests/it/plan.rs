//! The plan at the desk: five stages with dates, its texts, and goals drafted from priorities.

mod translation;

use chorus::district::DistrictFile;
use chorus::plan::{Goal, Stage, Statement};
use chorus::schema::{goals, stages, statements};
use diesel::prelude::*;

use crate::support::{Browser, DESK, Reply, TestApp, said};

const PLAN: &str = "/desk/rounds/vision-2031/plan";

/// A round with two priorities, and its planner.
fn with_priorities() -> (TestApp, Browser) {
    let app = TestApp::asking();
    app.hear(&[
        said(12, "families", "The bus is late"),
        said(12, "staff", "A music teacher"),
    ]);
    let planner = app.planner_with_codebook();
    planner.add_priority("On time", &["buses"]);
    planner.add_priority("Teachers who stay", &["teaching"]);
    (app, planner)
}

fn saved_stages(app: &TestApp) -> Vec<Stage> {
    app.read(|db| Ok(stages::table.order(stages::stage).load(db)?))
}

fn saved_statements(app: &TestApp) -> Vec<Statement> {
    app.read(|db| {
        Ok(statements::table
            .order((statements::kind, statements::position))
            .load(db)?)
    })
}

fn saved_goals(app: &TestApp) -> Vec<Goal> {
    app.read(|db| Ok(goals::table.order(goals::position).load(db)?))
}

const GOAL: [(&str, &str); 7] = [
    ("priority", "on-time"),
    ("title.en", "Buses arrive on time"),
    ("title.es", "Autobuses puntuales"),
    ("measure.en", "Share of buses within five minutes"),
    ("baseline", "81%"),
    ("target", "95%"),
    ("year", "2029"),
];

fn draft_goal(planner: &Browser, with: &[(&str, &str)]) -> Reply {
    planner.fill(PLAN, "#new-goal form", with)
}

fn value(form: &[(String, String)], field: &str) -> String {
    let found = form.iter().find(|(name, _)| name == field);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

#[test]
fn the_dates_of_the_five_stages_can_be_changed_and_removed() {
    let (app, planner) = with_priorities();
    let form = "form[action$='/plan/stages']";
    let names = planner.get(PLAN).expect(200).texts("table.broad tbody th");
    assert_eq!(names.len(), 5);
    assert_eq!(names[1], "2. Vision, goals, priorities");
    let days = [
        ("starts_on.1", "2026-08-01"),
        ("ends_on.1", "2026-08-31"),
        ("starts_on.2", "2026-09-01"),
        ("ends_on.2", "2026-10-31"),
        ("title.2.es", "Visión y prioridades"),
        ("title.2.en", "Vision and priorities"),
    ];
    planner.fill(PLAN, form, &days).expect(303);
    let moved = [
        ("ends_on.2", "2026-11-15"),
        ("starts_on.1", ""),
        ("ends_on.1", ""),
    ];
    planner.fill(PLAN, form, &moved).expect(303);
    let stages = saved_stages(&app);
    assert_eq!(stages.len(), 1);
    assert_eq!(
        (stages[0].stage, stages[0].ends_on.to_string()),
        (2, "2026-11-15".to_owned())
    );
    assert_eq!(stages[0].title.get("es").0, "Visión y prioridades");
    assert_eq!(
        (
            app.times_done("stage.saved"),
            app.times_done("stage.deleted")
        ),
        (3, 1)
    );
}

#[test]
fn invalid_stage_dates_come_back_as_they_were_typed() {
    let (app, planner) = with_priorities();
    let form = "form[action$='/plan/stages']";
    let days = [
        ("starts_on.1", "2026-08-31"),
        ("ends_on.1", "2026-08-01"),
        ("starts_on.2", "in autumn"),
        ("starts_on.3", "2027-01-01"),
        ("ends_on.3", "2027-02-01"),
    ];
    let again = planner.fill(PLAN, form, &days).expect(422);
    assert_eq!(
        again.texts(".summary li"),
        [
            "Stage 1 ends before it starts.",
            "Stage 2 needs a start date and an end date, such as 2026-09-01."
        ]
    );
    let typed = again.form(form);
    for (field, text) in days {
        assert_eq!(value(&typed, field), text);
    }
    assert!(saved_stages(&app).is_empty());
}

#[test]
fn plan_statements_are_written_in_every_language_and_cite_priorities() {
    let (app, planner) = with_priorities();
    let vision = [
        ("kind", "vision"),
        ("text.en", "Every child arrives."),
        ("text.es", "Todos llegan."),
        ("evidence", "on-time"),
        ("evidence", "no-such-priority"),
    ];
    planner
        .post(&format!("{PLAN}/statements"), &vision)
        .expect(303);
    for words in ["We listen.", "We tell."] {
        let principle = [("kind", "principles"), ("text.en", words)];
        planner
            .post(&format!("{PLAN}/statements"), &principle)
            .expect(303);
    }
    let saved = saved_statements(&app);
    assert_eq!(
        saved
            .iter()
            .map(|it| it.text.get("en").0)
            .collect::<Vec<_>>(),
        ["We listen.", "We tell.", "Every child arrives."]
    );
    assert_eq!(saved[2].evidence.0, ["on-time"]);
    let page = planner.get(PLAN).expect(200);
    let id = saved[2].id.to_string();
    assert_eq!(
        page.texts("section[aria-labelledby=vision] details.more summary")
            .len(),
        0,
        "there is only one vision"
    );
    let form = format!("form:has(input[value='{id}'])");
    let changed = [
        ("text.en", "Every child arrives, and reads."),
        ("evidence", "teachers-who-stay"),
    ];
    planner.fill(PLAN, &form, &changed).expect(303);
    let saved = saved_statements(&app);
    assert_eq!(saved[2].text.get("es").0, "Todos llegan.");
    assert_eq!(saved[2].evidence.0, ["teachers-who-stay"]);
    planner
        .post(&format!("{PLAN}/statements/{id}/delete"), &[])
        .expect(303);
    planner
        .post(&format!("{PLAN}/statements/{id}/delete"), &[])
        .expect(303);
    assert_eq!(
        (
            saved_statements(&app).len(),
            app.times_done("statement.deleted")
        ),
        (2, 1)
    );
}

#[test]
fn missing_text_is_asked_for_and_checked_boxes_stay_checked() {
    let (app, planner) = with_priorities();
    let empty = [
        ("kind", "mission"),
        ("text.en", " "),
        ("evidence", "teachers-who-stay"),
    ];
    let again = planner
        .post(&format!("{PLAN}/statements"), &empty)
        .expect(422);
    assert!(
        again
            .text()
            .contains("Write the statement in at least one language.")
    );
    let ticked = again.attributes("section[aria-labelledby=mission] input[checked]", "value");
    assert_eq!(ticked, ["teachers-who-stay"]);
    assert_eq!(
        again
            .attributes("section[aria-labelledby=vision] input[checked]", "value")
            .len(),
        0
    );
    assert!(saved_statements(&app).is_empty());
}

#[test]
fn a_goal_is_drafted_from_a_priority_and_measured() {
    let (app, planner) = with_priorities();
    let priority = planner
        .get(&format!("{DESK}/priorities/teachers-who-stay"))
        .expect(200);
    let link = priority
        .attributes("a.onward[href*='/plan']", "href")
        .remove(0);
    assert_eq!(link, format!("{PLAN}?priority=teachers-who-stay#new-goal"));
    let page = planner.get(link.split('#').next().unwrap()).expect(200);
    assert_eq!(
        value(&page.form("#new-goal form"), "priority"),
        "teachers-who-stay"
    );
    draft_goal(&planner, &GOAL).expect(303);
    let goal = saved_goals(&app).remove(0);
    assert_eq!(
        (
            goal.key.as_str(),
            goal.baseline.as_str(),
            goal.target.as_str(),
            goal.target_year
        ),
        ("goal-1", "81%", "95%", 2029)
    );
    let form = format!("form:has(input[value='{}'])", goal.id);
    planner
        .fill(
            PLAN,
            &form,
            &[("target", "97%"), ("priority", "teachers-who-stay")],
        )
        .expect(303);
    let changed = saved_goals(&app);
    assert_eq!(
        (changed.len(), changed[0].target.as_str(), &changed[0].id),
        (1, "97%", &goal.id)
    );
    assert_ne!(changed[0].priority_id, goal.priority_id);
    planner
        .post(&format!("{PLAN}/goals/{}/delete", goal.id), &[])
        .expect(303);
    assert!(saved_goals(&app).is_empty());
    assert_eq!(
        (app.times_done("goal.saved"), app.times_done("goal.deleted")),
        (2, 1)
    );
}

#[test]
fn an_incomplete_goal_comes_back_as_it_was_typed() {
    let (app, planner) = with_priorities();
    let typed = [
        ("priority", "teachers-who-stay"),
        ("title.en", "Teachers stay"),
        ("title.es", ""),
        ("measure.en", "Share who stay five years"),
        ("baseline", "71%"),
        ("target", ""),
        ("year", "soon"),
    ];
    let again = draft_goal(&planner, &typed).expect(422);
    assert_eq!(
        again.texts(".summary li"),
        [
            "Enter the target with its unit.",
            "Enter the target year, such as 2029."
        ]
    );
    let form = again.form("#new-goal form");
    for (field, text) in typed {
        assert_eq!(value(&form, field), text, "{field}");
    }
    assert!(!again.texts("section[aria-labelledby=vision]")[0].contains("Teachers stay"));
    let mut unknown = GOAL;
    unknown[0].1 = "no-such-priority";
    let again = draft_goal(&planner, &unknown).expect(422);
    assert!(again.text().contains("Choose a priority for the goal."));
    assert_eq!(value(&again.form("#new-goal form"), "target"), "95%");
    assert!(saved_goals(&app).is_empty());
}

#[test]
fn one_round_s_pages_cannot_change_another_round_s_plan() {
    let (app, planner) = with_priorities();
    draft_goal(&planner, &GOAL).expect(303);
    let vision = [("kind", "vision"), ("text.en", "Every child arrives.")];
    planner
        .post(&format!("{PLAN}/statements"), &vision)
        .expect(303);
    let other = DistrictFile::parse(
        "[[rounds]]\nslug = \"next\"\ntitle = { en = \"Next\" }\nplace = { en = \"Here\" }\nstarts_on = \"2027-01-01\"",
    );
    let (actor, other) = (app.operator(), other.unwrap());
    app.write(move |db| chorus::district::import(db, &actor, &other));
    let (goal, statement) = (
        saved_goals(&app).remove(0),
        saved_statements(&app).remove(0),
    );
    for path in [
        format!("goals/{}", goal.id),
        format!("statements/{}", statement.id),
    ] {
        planner
            .post(&format!("/desk/rounds/next/plan/{path}/delete"), &[])
            .expect(303);
    }
    let id = statement.id.to_string();
    let stolen = [
        ("kind", "vision"),
        ("id", id.as_str()),
        ("text.en", "Mine."),
    ];
    planner
        .post("/desk/rounds/next/plan/statements", &stolen)
        .expect(303);
    assert_eq!(saved_goals(&app), [goal]);
    assert!(saved_statements(&app).contains(&statement));
}

#[test]
fn the_plan_lists_the_priorities_in_their_order() {
    let (_app, planner) = with_priorities();
    let listed = || {
        planner
            .get(PLAN)
            .expect(200)
            .texts("section[aria-labelledby=priorities] ol a")
    };
    assert_eq!(listed(), ["On time", "Teachers who stay"]);
    let list = planner.get(&format!("{DESK}/priorities")).expect(200);
    let last = list
        .attributes("form.order input[name=priority]", "value")
        .remove(1);
    let up = [("priority", last.as_str()), ("move", "up")];
    planner
        .post(&format!("{DESK}/priorities/order"), &up)
        .expect(303);
    assert_eq!(listed(), ["Teachers who stay", "On time"]);
}
