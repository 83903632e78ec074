//! Results for schools: a planner releases closed surveys, and school staff read them as one edition.

use chorus::accounts::{Role, Scope};

use crate::results::world::{Sheet, World};
use crate::support::{Browser, DESK, Reply, TestApp, said};

const SMALL: &str = "/desk/rounds/vision-2031/schools/small";

fn close(planner: &Browser) {
    planner
        .fill("/desk/surveys/small/close", "main form", &[])
        .expect(303);
}

fn release(planner: &Browser) {
    let path = format!("{DESK}/schools/release");
    planner
        .fill(&path, "main form[action$=release]", &[("sure", "yes")])
        .expect(303);
}

/// The small survey, closed and released.
fn released() -> World {
    let world = World::new();
    let planner = world.planner();
    close(&planner);
    release(&planner);
    world
}

fn principal(world: &World, school: &str) -> Browser {
    let scope = Scope::School(school.to_owned());
    world.app.sign_in_within(Role::Viewer, scope)
}

fn rows(page: &Reply, section: &str) -> Vec<String> {
    page.texts(&format!("section[aria-labelledby={section}] tbody tr"))
}

#[test]
fn while_a_survey_is_open_there_is_nothing_to_release_and_nothing_to_read() {
    let world = World::new();
    let planner = world.planner();
    let draft = planner.get(&format!("{DESK}/schools/release")).expect(200);
    assert_eq!(draft.texts("h1")[0], "Nothing to release yet");
    assert!(
        draft
            .text()
            .contains("Still open, and so not in this edition")
    );
    assert!(draft.texts("main form").is_empty());
    let viewer = world.viewer();
    let page = viewer.get(&format!("{DESK}/schools")).expect(200);
    assert_eq!(page.texts("h1")[0], "No results for schools yet");
    // Participation alone, in steps of five: 53 people, of them 36 families, 8 students, 9 staff, 7 of those at Oak.
    let page = viewer.get("/desk/surveys/small").expect(200);
    assert_eq!(page.texts("#so-far")[0], "At least 50 have answered so far");
    let so_far = page
        .texts("section[aria-labelledby=so-far] tbody tr")
        .join(", ");
    for line in [
        "Families 35+",
        "Students 5+",
        "School staff 5+",
        "Oak Elementary 35+",
        "Riverside High under 5",
    ] {
        assert!(so_far.contains(line), "{line}: {so_far}");
    }
    for role in [Role::Coder, Role::Planner] {
        let page = world
            .app
            .sign_in_as(role)
            .get("/desk/surveys/small")
            .expect(200);
        assert!(page.texts("#so-far").is_empty());
    }
    viewer.get(SMALL).expect(404);
    viewer.get("/desk/surveys/small/results").expect(403);
    viewer.get("/desk/surveys/small/results.csv").expect(403);
}

#[test]
fn a_viewer_reads_a_closed_survey_by_group_and_by_school_once_a_planner_released_it() {
    let world = released();
    let viewer = world.viewer();
    let home = viewer.get(&format!("{DESK}/schools")).expect(200);
    assert!(
        home.text().contains("53 people answered."),
        "{}",
        home.text()
    );
    let page = viewer.get(SMALL).expect(200);
    assert_eq!(
        rows(&page, "took-part"),
        [
            "Families 36 of 53 68%",
            "Students 8 of 53 15%",
            "School staff 9 of 53 17%"
        ]
    );
    // Two of staff named no school; they're counted with the smallest school.
    let page = viewer.get(&format!("{SMALL}?by=school")).expect(200);
    assert_eq!(
        rows(&page, "took-part"),
        [
            "Oak Elementary 37 of 53 70%",
            "Maple Hill Elementary 16 of 53 30%",
            "Cottonwood Middle + No school given 10 of 53 19%"
        ]
    );
}

#[test]
fn small_counts_and_those_that_would_reveal_them_are_hidden() {
    let world = released();
    let viewer = world.viewer();
    let sheet = Sheet::of(
        &viewer
            .get(&format!("{SMALL}/results.csv?by=group"))
            .expect(200),
    );
    let count = |answer: &str, people: &str| sheet.count("welcome", answer, people);
    assert_eq!(count("5", "_everyone"), "20 of 53");
    assert_eq!(count("5", "families"), "20 of 36");
    // All eight students gave the same answer, which says something about each of them.
    assert_eq!(count("1", "students"), "hidden to protect people of 8");
    // Seven of nine: the two others would be known.
    assert_eq!(count("3", "staff"), "hidden to protect people of 9");
    assert_eq!(count("_empty", "staff"), "hidden to protect people of 9");
}

#[test]
fn a_principal_reads_about_her_own_school_next_to_the_district() {
    let world = released();
    let page = principal(&world, "maple-hill").get(SMALL).expect(200);
    assert_eq!(
        rows(&page, "took-part"),
        ["Maple Hill Elementary 16 of 53 30%"]
    );
    let heads = page.texts("#q-welcome ~ .scroll thead th");
    assert_eq!(
        heads,
        [
            "Point",
            "Everyone 53 people asked",
            "Maple Hill Elementary 16 people asked"
        ]
    );
    for other in ["Oak Elementary", "Cottonwood"] {
        let tables = page.texts("main thead, main tbody th").join(" ");
        assert!(
            !tables.contains(other) || tables.matches(other).count() == 1,
            "{tables}"
        );
    }
    // Her survey asked too few people at this school.
    let page = principal(&world, "riverbend").get(SMALL).expect(200);
    assert!(page.text().contains("Too few people named your school"));
}

#[test]
fn who_may_not_read_them_gets_no_page() {
    let world = released();
    for role in [Role::Coder, Role::Clerk, Role::Facilitator] {
        world.app.sign_in_as(role).get(SMALL).expect(403);
    }
    let elsewhere = Scope::Round("another-round".to_owned().into());
    let viewer = world.app.sign_in_within(Role::Viewer, elsewhere);
    viewer.get(SMALL).expect(403);
    world
        .viewer()
        .get(&format!("{DESK}/schools/release"))
        .expect(403);
}

#[test]
fn releasing_asks_whether_somebody_looked_and_says_what_is_hidden() {
    let world = World::new();
    let planner = world.planner();
    close(&planner);
    let path = format!("{DESK}/schools/release");
    let refused = planner
        .fill(&path, "main form[action$=release]", &[])
        .expect(422);
    assert!(
        refused
            .text()
            .contains("Check this box after you check the preview.")
    );
    assert!(
        refused
            .text()
            .contains("Counted together Cottonwood Middle + No school given")
    );
    assert!(
        refused.text().contains("1 question without counts")
            || refused.text().contains("counts are five or fewer")
    );
    world.viewer().get(SMALL).expect(404);
}

#[test]
fn a_planner_previews_what_schools_will_read() {
    let world = World::new();
    let planner = world.planner();
    let path = format!("{DESK}/schools/release");
    planner.get(&format!("{path}/small")).expect(404);
    close(&planner);
    let draft = planner.get(&path).expect(200);
    let link = draft.attributes("section[aria-labelledby=contents] td a", "href");
    assert_eq!(link, [format!("{path}/small")]);
    let preview = planner.get(&link[0]).expect(200);
    let rows_before = rows(&preview, "answers");
    assert!(!rows_before.is_empty());
    release(&planner);
    assert_eq!(
        rows(&world.viewer().get(SMALL).expect(200), "answers"),
        rows_before
    );
}

#[test]
fn an_edition_stays_as_it_is_until_the_next_one_and_can_be_taken_back() {
    let world = released();
    let planner = world.planner();
    let before = world
        .viewer()
        .get(&format!("{SMALL}/results.csv"))
        .expect(200)
        .body()
        .to_owned();
    release(&planner);
    let page = planner.get(&format!("{DESK}/schools/release")).expect(200);
    assert_eq!(
        page.texts("section[aria-labelledby=editions] h3"),
        ["Edition 2 Schools can see this", "Edition 1"]
    );
    assert_eq!(
        world
            .viewer()
            .get(&format!("{SMALL}/results.csv"))
            .expect(200)
            .body(),
        before
    );
    for number in [2, 1] {
        let page = planner.get(&format!("{DESK}/schools/release")).expect(200);
        let path = format!("{DESK}/schools/release");
        let button = "form[action*=take-back]";
        planner.send_form(&path, &page, button, &[]).expect(303);
        assert_eq!(
            world.viewer().get(SMALL).status,
            if number == 2 { 200 } else { 404 }
        );
    }
    let log = world
        .app
        .sign_in_as(Role::Admin)
        .get("/desk/audit")
        .expect(200)
        .text();
    assert!(
        log.contains("results released for schools")
            && log.contains("results for schools taken back"),
        "{log}"
    );
}

#[test]
fn the_same_release_form_twice_makes_one_edition() {
    let world = World::new();
    let planner = world.planner();
    close(&planner);
    let path = format!("{DESK}/schools/release");
    let form = planner.get(&path).expect(200);
    for _ in 0..2 {
        planner
            .send_form(
                &path,
                &form,
                "main form[action$=release]",
                &[("sure", "yes")],
            )
            .expect(303);
    }
    let page = planner.get(&path).expect(200);
    assert_eq!(page.texts("section[aria-labelledby=editions] h3").len(), 1);
}

#[test]
fn themes_are_counted_among_those_who_were_asked() {
    let app = TestApp::asking();
    app.hear(&[
        said(30, "families", "The bus is late"),
        said(22, "families", "Warm rooms"),
        said(17, "students", "Better food"),
        said(13, "students", "A bus stop"),
    ]);
    let planner = app.planner_with_codebook();
    planner
        .fill("/desk/surveys/voices/close", "main form", &[])
        .expect(303);
    let path = format!("{DESK}/schools/release");
    planner
        .fill(&path, "main form[action$=release]", &[("sure", "yes")])
        .expect(303);
    let viewer = app.sign_in_as(Role::Viewer);
    let page = viewer.get(&format!("{DESK}/schools/voices")).expect(200);
    let rows = page.texts("section[aria-labelledby=wrote] tbody tr");
    let buses = rows
        .iter()
        .find(|row| row.contains("43 of 82"))
        .unwrap_or_else(|| panic!("{rows:?}"));
    assert!(
        buses.contains("30 of 52") && buses.contains("13 of 30"),
        "{buses}"
    );
}
