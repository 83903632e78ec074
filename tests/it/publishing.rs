//! Publishing: only once everything is complete, under a person's name, frozen until the next publication, and
//! reversible.

use std::collections::BTreeMap;

use chorus::accounts::Role;
use chorus::district::DistrictFile;
use chorus::schema::editions;
use diesel::prelude::*;

use crate::support::{Browser, CODEBOOK, DESK, TestApp, fixture, said, whole_round};

const PUBLISH: &str = "/desk/rounds/vision-2031/publish";
const TICKED: [(&str, &str); 2] = [("sure", "yes"), ("languages", "yes")];

fn published(app: &TestApp) -> Vec<i32> {
    app.read(|db| {
        let numbers = editions::table.order(editions::number);
        Ok(numbers.select(editions::number).load(db)?)
    })
}

/// The text of the published pages, by path.
fn public(app: &TestApp) -> BTreeMap<String, Vec<String>> {
    let pages = app.public_pages("en").into_iter();
    pages
        .filter(|(path, _)| path == "/" || path.starts_with("/heard") || path.starts_with("/plan"))
        .map(|(path, page)| (path, page.texts("main")))
        .collect()
}

/// The pages that differ between two readings.
fn changed(
    before: &BTreeMap<String, Vec<String>>,
    now: &BTreeMap<String, Vec<String>>,
) -> Vec<String> {
    let paths = before.keys().chain(now.keys());
    let mut changed: Vec<String> = paths
        .filter(|path| before.get(*path) != now.get(*path))
        .cloned()
        .collect();
    changed.dedup();
    changed
}

/// What the page says is missing; checks that nothing can be published meanwhile.
#[track_caller]
fn missing(app: &TestApp, planner: &Browser) -> Vec<String> {
    let before = published(app);
    let refused = planner.post(PUBLISH, &TICKED).expect(422);
    assert!(refused.text().contains("Nothing was published"));
    assert_eq!(published(app), before);
    planner
        .get(PUBLISH)
        .expect(200)
        .texts("section[aria-labelledby=missing] li")
}

#[test]
fn nothing_is_published_while_anything_is_missing_and_the_page_says_what() {
    let app = TestApp::asking();
    app.hear(&[said(12, "families", "The bus is late")]);
    let planner = app.sign_in_as(Role::Planner);
    assert_eq!(missing(&app, &planner), ["This round has no codebook yet."]);
    let planner = app.planner_with_codebook();
    planner.say_outcome("buses", "priority");
    planner.say_outcome("teaching", "not-now");
    assert_eq!(
        missing(&app, &planner),
        [
            "The outcome of the theme “Buses” is “Priority,” but no priority includes it.",
            "The theme “Arts” has no outcome yet.",
        ]
    );
    let priority = planner.add_priority("On time", &["buses", "teaching"]);
    planner.say_outcome("arts", "not-ours");
    assert_eq!(
        missing(&app, &planner),
        [
            "A priority includes the theme “Teaching”, but its outcome is not “Priority.”",
            "The priority “On time” has no reason yet.",
            "The priority “On time” is not decided yet.",
        ]
    );
    planner.decide(&priority);
    planner
        .fill(&priority, "form.panel", &[("theme", "buses")])
        .expect(303);
    assert_eq!(
        missing(&app, &planner),
        [
            "The themes of the priority “On time” have changed since its decision. Decide on it again."
        ]
    );
    planner.decide(&priority);
    let links = planner
        .get(PUBLISH)
        .attributes("section[aria-labelledby=missing] a", "href");
    assert_eq!(links.len(), 0, "nothing is missing anymore");
    planner.publish();
    assert_eq!(published(&app), [1]);
}

#[test]
fn a_priority_with_a_theme_that_left_the_codebook_is_not_published() {
    let (app, planner) = whole_round();
    let without = CODEBOOK.split("[[themes]]\nkey = \"arts\"").next().unwrap();
    let path = format!("{DESK}/codebook");
    planner
        .fill(&path, "main form", &[("toml", without)])
        .expect(303);
    assert_eq!(
        missing(&app, &planner),
        [
            "The priority “Teachers who stay” includes the theme “arts”, which the codebook no longer has."
        ]
    );
}

#[test]
fn the_publisher_must_confirm_a_review_and_every_page_shows_their_name_and_the_date() {
    let (app, planner) = whole_round();
    let refused = planner.post(PUBLISH, &[("languages", "yes")]).expect(422);
    assert!(
        refused
            .text()
            .contains("Check this box after you review the preview.")
    );
    assert_eq!(published(&app), [] as [i32; 0]);
    planner.publish();
    let line = app.audit_lines();
    let line = line
        .iter()
        .find(|line| line.0 == "snapshot.published")
        .unwrap();
    assert!(line.1.is_some(), "a person published it");
    let page = planner.get(PUBLISH).expect(200);
    assert!(page.text().contains("Nothing new to publish"));
    assert!(
        page.texts("section[aria-labelledby=before] li")[0]
            .starts_with("Edition 1 Public now Mon, Oct 5, 2026")
    );
    for (path, page) in app.public_pages("en") {
        if path.starts_with("/heard") || path.starts_with("/plan") {
            let basis = page.texts("aside.basis").join(" ");
            assert!(
                basis.contains("Base. 40 people answered (What matters?, Sun, Sep 20, 2026"),
                "{path}: {basis}"
            );
            assert!(
                basis.contains("Date. Published by Ana Reyes on Mon, Oct 5, 2026, at 10:00"),
                "{path}"
            );
            assert!(
                basis.contains("Method. A theme is a list of words")
                    && basis.contains("We combine groups of fewer than 10."),
                "{path}"
            );
            assert!(
                basis.contains("Counted with version 1 of our list of words."),
                "{path}"
            );
        }
    }
}

#[test]
fn base_date_and_method_are_also_printed() {
    let sheet = TestApp::start()
        .get("/")
        .attributes("link[rel=stylesheet]", "href");
    let app = TestApp::start();
    let css = app.get(&sheet[0]).expect(200);
    let print = css.body().split("@media print").nth(1).unwrap();
    let hidden: String = print
        .split('}')
        .filter(|rule| rule.contains("display: none"))
        .collect();
    assert!(!hidden.is_empty(), "printing hides the navigation");
    for kept in [".basis", ".gauge", "aside", "blockquote", ".stages", "main"] {
        assert!(!hidden.contains(kept), "{kept} is left away in print");
    }
}

#[test]
fn later_changes_are_invisible_until_they_are_published() {
    let (app, planner) = whole_round();
    planner.publish();
    let before = public(&app);
    app.advance(chrono::TimeDelta::hours(1));
    // Change responses, a rule, an outcome, the order, the plan's texts, a goal, a release, and the district's names.
    app.hear(&[said(20, "community", "No bus at night")]);
    planner
        .fill(
            &format!("{DESK}/themes/buses"),
            "form.panel",
            &[("any.en", "bus\nbuses\nrooms"), ("name", "Buses and rooms")],
        )
        .expect(303);
    planner.say_outcome("arts", "priority");
    let list = planner.get(&format!("{DESK}/priorities")).expect(200);
    let last = list
        .attributes("form.order input[name=priority]", "value")
        .remove(1);
    planner
        .post(
            &format!("{DESK}/priorities/order"),
            &[("priority", &last), ("move", "up")],
        )
        .expect(303);
    let why = [("why.en", "We changed our mind.")];
    planner
        .fill(&format!("{DESK}/priorities/on-time"), "form.panel", &why)
        .expect(303);
    planner
        .post(&format!("{DESK}/priorities/on-time/decide"), &[])
        .expect(303);
    planner
        .fill(
            &format!("{DESK}/plan"),
            "form:has(textarea[name='text.en'])",
            &[("text.en", "Every child reads.")],
        )
        .expect(303);
    planner
        .fill(
            &format!("{DESK}/plan"),
            "form:has(input[name=target][value='95%'])",
            &[("target", "99%")],
        )
        .expect(303);
    planner.release(&app.comments_with("Teachers need time")[0]);
    let renamed =
        fixture("riverside/district.toml").replace("School staff", "Everyone who works here");
    let (actor, renamed) = (app.operator(), DistrictFile::parse(&renamed).unwrap());
    app.write(move |db| chorus::district::import(db, &actor, &renamed));
    assert_eq!(changed(&before, &public(&app)), [] as [&str; 0]);
    let page = planner.get(PUBLISH).expect(200);
    assert_eq!(
        page.texts("section[aria-labelledby=changes] li"),
        [
            "“What matters?”: 60 answered (was 40).",
            "1 more comment.",
            "Counted with codebook version 2 (was 1).",
            "Theme counts changed.",
            "Changed theme: “Buses and rooms”.",
            "Changed priority: “On time”.",
            "The order of the priorities changed.",
            "Changed goal: “Buses arrive on time”.",
            "Vision, mission, principles, or theory of action changed.",
        ]
    );
    planner.publish();
    let plan = app.get("/plan").expect(200);
    let order = plan.texts("ol.ranked h3");
    assert_eq!(order, ["Teachers who stay", "On time"]);
    assert!(
        plan.text().contains("Every child reads.") && plan.text().contains("We changed our mind.")
    );
    assert!(app.get("/heard").text().contains("Buses and rooms"));
    assert!(
        app.get("/plan/vision-2031/goals/goal-1")
            .text()
            .contains("99%")
    );
}

#[test]
fn after_a_snapshot_is_unpublished_the_one_before_it_is_shown() {
    let (app, planner) = whole_round();
    let other_node = app.start_another_node();
    planner.publish();
    let first = public(&app);
    planner
        .fill(
            &format!("{DESK}/plan"),
            "form:has(textarea[name='text.en'])",
            &[("text.en", "Every child reads.")],
        )
        .expect(303);
    planner.publish();
    assert!(
        other_node
            .get("/plan")
            .text()
            .contains("Every child reads.")
    );
    let unpublish = || {
        let page = planner.get(PUBLISH).expect(200);
        let status = page.attributes("form[action$='/unpublish']", "action");
        planner.post(&status[0], &[])
    };
    unpublish().expect(303);
    assert_eq!(changed(&first, &public(&other_node)), [] as [&str; 0]);
    unpublish().expect(303);
    assert!(
        other_node
            .get("/plan")
            .expect(200)
            .text()
            .contains("Vision 2031")
    );
    assert!(!other_node.get("/plan").text().contains("Every child"));
    other_node.get("/plan/vision-2031/goals/goal-1").expect(404);
    other_node
        .get("/heard/vision-2031/themes/buses")
        .expect(404);
    assert_eq!(app.times_done("snapshot.taken-back"), 2);
    assert_eq!(published(&app), [1, 2], "the record stays");
    planner.publish();
    assert_eq!(published(&app), [1, 2, 3]);
}

#[test]
fn two_planners_who_publish_at_once_get_two_numbers() {
    let (app, ana) = whole_round();
    let ben = app.sign_in_as(Role::Planner);
    for _ in 0..3 {
        std::thread::scope(|scope| {
            scope.spawn(|| ana.publish());
            scope.spawn(|| ben.publish());
        });
    }
    assert_eq!(published(&app), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn missing_translations_are_listed_acknowledged_and_marked() {
    let (app, planner) = whole_round();
    let principle = [("kind", "principles"), ("text.en", "We listen first.")];
    planner
        .post(&format!("{DESK}/plan/statements"), &principle)
        .expect(303);
    let page = planner.get(PUBLISH).expect(200);
    let lacking = page.texts(".news.waiting li");
    assert!(
        lacking.contains(
            &"Statement (2, principles): not in Español. Readers will see: We listen first."
                .to_owned()
        ),
        "{lacking:?}"
    );
    let refused = planner.post(PUBLISH, &[("sure", "yes")]).expect(422);
    assert!(
        refused
            .text()
            .contains("Check the box to publish without these translations, or add them first.")
    );
    assert_eq!(published(&app), [] as [i32; 0]);
    planner.publish();
    let plan = app.browser().in_language("es").get("/plan").expect(200);
    assert_eq!(
        plan.texts("section[aria-labelledby=principles] [lang=en]"),
        ["We listen first."]
    );
    assert!(
        !plan
            .texts("main [lang=en]")
            .contains(&"Every child arrives.".to_owned())
    );
}

#[test]
fn the_preview_shows_what_would_be_published_and_only_planners_see_it() {
    let (app, planner) = whole_round();
    let preview = format!("{PUBLISH}/preview");
    let pages = planner.crawl(
        &preview,
        &[&format!("{preview}/heard"), &format!("{preview}/plan")],
    );
    let previewed: BTreeMap<String, Vec<String>> = pages
        .iter()
        .filter_map(|(path, page)| {
            let rest = path.strip_prefix(&preview)?;
            assert!(
                page.text().contains("nobody but planners")
                    || !page.texts(".news.waiting").is_empty(),
                "{path}"
            );
            let (room, leaf) = rest[1..].split_once('/').unwrap_or((&rest[1..], ""));
            let public = format!("/{room}/vision-2031/{leaf}");
            Some((
                public.trim_end_matches('/').to_owned(),
                page.texts("main .wide"),
            ))
        })
        .collect();
    for path in [
        "/heard",
        "/plan/priorities/on-time",
        "/plan/goals/goal-1",
        "/heard/themes/buses",
    ] {
        app.get(&format!("{preview}{path}")).expect(303);
        app.sign_in_as(Role::Coder)
            .get(&format!("{preview}{path}"))
            .expect(403);
    }
    assert_eq!(published(&app), [] as [i32; 0]);
    planner.publish();
    assert!(previewed.len() >= 10, "{:?}", previewed.keys());
    for (path, mut seen) in previewed {
        let shown = app.get(&path).expect(200).texts("main .wide");
        seen.retain(|part| shown.contains(part));
        // The preview only adds its notice, and only the public site has the list of rounds.
        assert!(seen.len() >= shown.len(), "{path}");
    }
}

#[test]
fn a_snapshot_that_was_tampered_with_is_not_shown() {
    let (app, planner) = whole_round();
    planner.publish();
    app.write(|db| {
        let content: String = editions::table.select(editions::content).first(db)?;
        let forged = content.replace("Every child arrives.", "Nobody arrives.");
        assert_ne!(forged, content);
        diesel::update(editions::table)
            .set(editions::content.eq(forged))
            .execute(db)?;
        Ok(())
    });
    let page = app.get("/plan").expect(500);
    assert!(!page.text().contains("Nobody arrives."));
}
