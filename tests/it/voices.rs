//! The public site: from a goal to the voices behind it and back, without signing in, in every language.

use chorus::accounts::Role;

use crate::support::{Browser, DESK, Reply, Said, TestApp, said, survey, whole_round};

const GOAL: &str = "/plan/vision-2031/goals/goal-1";

/// A published round.
fn published() -> TestApp {
    let (app, planner) = whole_round();
    planner.publish();
    app
}

/// Follows the first link in the page's main part that contains this text.
#[track_caller]
fn follow(browser: &Browser, page: &Reply, to: &str) -> (String, Reply) {
    let links = page.attributes("main a[href]", "href");
    let found = links.iter().find(|link| link.contains(to));
    let link = found.unwrap_or_else(|| panic!("no link to {to} among {links:?}"));
    (link.clone(), browser.get(link).expect(200))
}

#[test]
fn a_reader_can_go_from_a_goal_to_its_priority_a_theme_a_comment_and_back() {
    let app = published();
    for language in ["en", "es"] {
        let reader = app.browser().in_language(language);
        let plan = reader.get("/plan").expect(200);
        let (_, goal) = follow(&reader, &plan, "/goals/");
        let (_, priority) = follow(&reader, &goal, "/priorities/");
        let (_, theme) = follow(&reader, &priority, "/themes/");
        let (_, comment) = follow(&reader, &theme, "/comments/");
        assert!(
            !comment.texts("blockquote mark").is_empty(),
            "matched words are highlighted"
        );
        // Back from the comment: to its theme, the priority, and the goal.
        let (_, theme) = follow(&reader, &comment, "/themes/");
        let (_, priority) = follow(&reader, &theme, "/priorities/");
        let (address, goal) = follow(&reader, &priority, "/goals/");
        assert_eq!(address, GOAL);
        follow(&reader, &comment, "/goals/");
        follow(&reader, &goal, "/comments/");
        let title = if language == "en" {
            "Buses arrive on time"
        } else {
            "Autobuses puntuales"
        };
        assert_eq!(goal.texts("h1"), [title]);
    }
}

#[test]
fn a_priority_shows_both_scores_its_groups_and_forum_tables() {
    let app = published();
    let page = app.get("/plan/vision-2031/priorities/on-time").expect(200);
    // 7 + 1 of 16 families, 9 of 16 students, and none of 8 staff. Eight staff are too few for their own row, so they
    // join the smallest group. 17 of 40 is 43%; families and students weigh equally: (50 + 56.25) / 2 = 53%.
    assert_eq!(
        page.texts("section[aria-labelledby=weighed] tr"),
        [
            "Every voice counts the same 17 of 40 people 43%",
            "Every group counts the same average of the groups’ percentages 53%"
        ]
    );
    assert_eq!(
        page.texts("section[aria-labelledby=groups] tbody tr"),
        [
            "Students 9 of 16 56%",
            "Other groups (Families, School staff) 8 of 24 33%"
        ]
    );
    assert!(
        page.texts("section[aria-labelledby=other-evidence]")[0].contains("1 forum table"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("Decided on Mon, Oct 5, 2026"));
    assert!(page.text().contains("Many named it."));
    assert_eq!(
        page.texts(".code")[0].len(),
        64,
        "the evidence's fingerprint"
    );
}

#[test]
fn small_numbers_are_not_published() {
    let app = TestApp::asking();
    app.hear(&[
        said(30, "families", "The bus is late"),
        said(17, "students", "Better food"),
        said(3, "students", "A bus stop"),
        said(12, "staff", "Quiet"),
    ]);
    let (planner, _) = app.ready_to_publish();
    planner.publish();
    let page = app.get("/heard/vision-2031/themes/buses").expect(200);
    let rows = page.texts("section[aria-labelledby=need] tbody tr");
    // Three of twenty students are few. All thirty families mentioned it, which says something about each of them.
    assert_eq!(rows[0], "Everyone 33 of 62 people 53%");
    assert!(
        rows.contains(&"Families hidden to protect people".to_owned()),
        "{rows:?}"
    );
    assert!(rows.contains(&"Students 5 or fewer".to_owned()), "{rows:?}");
    for page in app.public_pages("en").values() {
        assert!(!page.text().contains("3 of 20"));
    }
}

#[test]
fn every_public_page_is_in_spanish_for_spanish_readers() {
    let app = published();
    let pages = app.public_pages("es-MX");
    assert!(pages.len() >= 14, "{:?}", pages.keys());
    for (path, page) in &pages {
        assert_eq!(page.attributes("html", "lang"), ["es"], "{path}");
        // What people wrote in another language is marked; everything else is in Spanish.
        for english in [
            "Every child arrives",
            "Buses arrive on time",
            "What should be better?",
            "The board said so",
            "Families",
            "What we heard",
        ] {
            assert!(!page.text().contains(english), "{path}: {english}");
        }
    }
    let quotes = pages["/heard/vision-2031/themes/buses"].attributes("blockquote[lang]", "lang");
    assert_eq!(
        quotes,
        ["en"],
        "a comment in the page's language needs no language tag"
    );
    let plan = pages["/plan"].text();
    assert!(plan.contains("Cada niño llega.") && plan.contains("Visión y prioridades"));
    assert!(
        pages[GOAL]
            .text()
            .contains("Parte de los autobuses a menos de cinco minutos")
    );
}

#[test]
fn stage_two_shows_the_priorities_in_order_and_the_plan_s_statements() {
    let (app, planner) = whole_round();
    let mission = [
        ("kind", "mission"),
        ("text.en", "We teach."),
        ("evidence", "teachers-who-stay"),
    ];
    planner
        .post(&format!("{DESK}/plan/statements"), &mission)
        .expect(303);
    planner.publish();
    let plan = app.get("/plan").expect(200);
    let stage = plan.texts("ol.stages li").remove(0);
    assert!(
        stage.starts_with("2. Vision and priorities") && stage.contains("We’re here"),
        "{stage}"
    );
    for target in plan.attributes("ol.stages li:first-child ul a", "href") {
        assert_eq!(plan.texts(&target).len(), 1, "{target} is on the page");
    }
    assert_eq!(
        plan.attributes("ol.stages ul a", "href"),
        ["#vision", "#priorities", "#mission"]
    );
    assert_eq!(plan.texts("ol.ranked h3"), ["On time", "Teachers who stay"]);
    let evidence = plan.attributes("section[aria-labelledby=mission] a", "href");
    assert_eq!(evidence, ["/plan/vision-2031/priorities/teachers-who-stay"]);
    app.advance(chrono::TimeDelta::days(60));
    let later = app.get("/plan").texts("ol.stages li").remove(0);
    assert!(later.contains("Done"), "{later}");
}

#[test]
fn whatever_people_write_is_shown_as_plain_text() {
    let app = TestApp::asking();
    app.hear(&[said(
        12,
        "families",
        "<script>alert('bus')</script> & <b>more</b>",
    )]);
    let planner = app.planner_with_codebook();
    let priority = planner.add_priority("<i>On time</i>", &["buses"]);
    planner.decide(&priority);
    for (theme, outcome) in [
        ("buses", "priority"),
        ("teaching", "not-now"),
        ("arts", "not-now"),
    ] {
        planner.say_outcome(theme, outcome);
    }
    planner.release(&app.comments_with("alert")[0]);
    planner.publish();
    for (path, page) in app.public_pages("en") {
        assert!(
            page.attributes("main script", "src").is_empty()
                && page.texts("main script, main i, blockquote b").is_empty(),
            "{path}"
        );
        assert!(!page.body().contains("<script>alert"), "{path}");
    }
    let theme = app.get("/heard/vision-2031/themes/buses").expect(200);
    assert_eq!(
        theme.texts("blockquote"),
        ["<script>alert('bus')</script> & <b>more</b>"]
    );
}

#[test]
fn anyone_can_read_what_is_published_and_nothing_from_the_desk() {
    let app = published();
    let pages = app.public_pages("en");
    for path in ["/", "/heard", "/plan", "/s/voices", "/r", "/sign-in", GOAL] {
        assert!(
            pages.contains_key(path),
            "{path} is not reached from the first page"
        );
    }
    for kind in [
        "/heard/vision-2031/themes/",
        "/heard/vision-2031/comments/",
        "/plan/vision-2031/priorities/",
    ] {
        assert!(pages.keys().any(|path| path.starts_with(kind)), "{kind}");
    }
    assert!(pages.keys().all(|path| !path.starts_with("/desk")));
    for (path, page) in &pages {
        for unreleased in [
            "Warm rooms",
            "Quiet",
            "Teachers need time",
            "A bus at night",
        ] {
            assert!(!page.text().contains(unreleased), "{path}: {unreleased}");
        }
    }
}

#[test]
fn before_anything_is_published_the_pages_say_what_they_will_show() {
    let app = TestApp::asking();
    for path in ["/heard", "/plan", "/heard/vision-2031", "/plan/vision-2031"] {
        let page = app.get(path).expect(200);
        assert!(page.text().contains("Vision 2031"), "{path}");
    }
    let home = app.get("/").expect(200);
    assert_eq!(home.attributes("main .card a", "href"), ["/s/voices"]);
    let empty = TestApp::start();
    for path in ["/", "/heard", "/plan"] {
        empty.get(path).expect(200);
    }
}

#[test]
fn an_unknown_address_is_not_found() {
    let app = published();
    for path in [
        "/heard/no-such-round",
        "/plan/no-such-round",
        "/heard/vision-2031/themes/no-such-theme",
        "/heard/vision-2031/comments/no-such-comment",
        "/plan/vision-2031/priorities/no-such-priority",
        "/plan/vision-2031/goals/goal-2",
        "/plan/vision-2031/goals",
    ] {
        app.get(path).expect(404);
    }
    // A comment that wasn't released looks the same as one that doesn't exist.
    let comment = app.comments_with("Warm rooms").remove(0);
    app.get(&format!("/heard/vision-2031/comments/{}", comment.id))
        .expect(404);
}

#[test]
fn the_home_page_shows_open_surveys_what_was_heard_and_the_top_priorities() {
    let app = published();
    let home = app.get("/").expect(200);
    assert_eq!(
        home.attributes("section[aria-labelledby=surveys] a", "href"),
        ["/s/voices"]
    );
    let heard = home.texts("section[aria-labelledby=heard] tbody tr");
    assert!(
        heard[0].starts_with("Buses Priority 1 17 of 40 people 43%"),
        "{heard:?}"
    );
    assert_eq!(
        home.texts("section[aria-labelledby=first] h3"),
        ["On time", "Teachers who stay"]
    );
    app.close_survey("voices");
    let links = app.get("/").attributes("a", "href");
    assert!(
        !links.contains(&"/s/voices".to_owned()),
        "a closed survey is not offered"
    );
}

#[test]
fn rounds_are_kept_apart() {
    let (app, planner) = whole_round();
    planner.publish();
    let other = chorus::district::DistrictFile::parse(
        "[[rounds]]\nslug = \"next\"\ntitle = { en = \"Next\" }\nplace = { en = \"Here\" }\nstarts_on = \"2027-01-01\"\ncurrent = true",
    );
    let (actor, other) = (app.operator(), other.unwrap());
    app.write(move |db| chorus::district::import(db, &actor, &other));
    assert!(app.get("/plan").expect(200).text().contains("Next"));
    assert!(!app.get("/plan").text().contains("On time"));
    // Older publications can still be found, even though the new round has nothing yet.
    for room in ["/heard", "/plan"] {
        let links = app.get(room).attributes("main a", "href");
        assert!(links.contains(&format!("{room}/vision-2031")), "{links:?}");
    }
    assert!(
        app.get("/plan/vision-2031")
            .expect(200)
            .text()
            .contains("On time")
    );
    let planner = app.sign_in_as(Role::Planner);
    let themes = planner.get("/desk/rounds/next/themes").expect(200);
    assert!(themes.text().contains("No themes yet"));
    assert_eq!(
        planner.get("/desk/rounds/next/comments").texts("h1"),
        ["0 comments from 0 voices"]
    );
}

#[test]
fn surveys_with_different_units_are_never_added_up() {
    let app = TestApp::asking();
    app.hear(&[
        Said {
            people: 15,
            group: "families",
            better: "The bus is late",
            best: "",
        },
        said(6, "staff", "More buses"),
        said(9, "staff", "Quiet"),
    ]);
    let households = survey("households", &["better"])
        .replace("\"person\"", "\"household\"")
        .replace("What matters?", "Households");
    app.publish_survey(&households);
    for at in 0..12 {
        let phone = app.phone("households");
        let words = if at < 6 {
            "A bus stop near us"
        } else {
            "Better food"
        };
        phone
            .post("/s/households", &[("better", words)])
            .expect(303);
    }
    let planner = app.planner_with_codebook();
    let priority = planner.add_priority("On time", &["buses"]);
    planner.decide(&priority);
    for (theme, outcome) in [
        ("buses", "priority"),
        ("teaching", "not-now"),
        ("arts", "not-now"),
    ] {
        planner.say_outcome(theme, outcome);
    }
    planner.publish();
    let page = app.get("/plan/vision-2031/priorities/on-time").expect(200);
    // Across sources the unit is voices; each source is also listed with its own unit.
    assert!(page.text().contains("27 of 42 voices"), "{}", page.text());
    assert_eq!(
        page.texts("section[aria-labelledby=sources] tr"),
        [
            "Households 6 of 12 households 50%",
            "What matters? 21 of 30 people 70%",
        ]
    );
    let basis = page.texts("aside.basis").remove(0);
    assert!(
        basis.contains("30 people answered") && basis.contains("12 households answered"),
        "{basis}"
    );
}
