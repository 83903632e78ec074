//! Survey results: counts by group, the comments and people behind each number, and suppression.

mod access;
mod kinds;
mod queries;
mod riverside;
pub(crate) mod world;

use chorus::accounts::Role;

use self::world::{Sheet, World, small};

#[test]
fn every_answer_is_counted_by_group_out_of_those_who_were_asked() {
    let world = World::new();
    let sheet = world.sheet(&world.planner(), "");
    let counts = |question, answer| {
        ["_everyone", "families", "students", "staff"]
            .map(|people| sheet.count(question, answer, people))
    };
    assert_eq!(
        counts("news", "app"),
        ["30 of 53", "20 of 36", "8 of 8", "2 of 9"]
    );
    assert_eq!(
        counts("news", "paper"),
        ["17 of 53", "10 of 36", "0 of 8", "7 of 9"]
    );
    assert_eq!(
        counts("news", "_empty"),
        ["6 of 53", "6 of 36", "0 of 8", "0 of 9"]
    );
    assert_eq!(
        counts("first", "buses"),
        ["37 of 53", "30 of 36", "0 of 8", "7 of 9"]
    );
    assert_eq!(
        counts("first", "arts"),
        ["16 of 53", "16 of 36", "0 of 8", "0 of 9"]
    );
    assert_eq!(
        counts("first", "_empty"),
        ["2 of 53", "0 of 36", "0 of 8", "2 of 9"]
    );
    assert_eq!(
        counts("welcome", "5"),
        ["20 of 53", "20 of 36", "0 of 8", "0 of 9"]
    );
    assert_eq!(
        counts("welcome", "1"),
        ["8 of 53", "0 of 36", "8 of 8", "0 of 9"]
    );
    assert_eq!(sheet.count("who", "staff", "_everyone"), "9 of 53");
    assert_eq!(
        counts("better", "_wrote"),
        ["27 of 53", "10 of 36", "8 of 8", "9 of 9"]
    );
}

#[test]
fn the_page_and_the_sheet_agree_and_every_share_has_its_base() {
    let world = World::new();
    let planner = world.planner();
    let page = planner.get(world::RESULTS).expect(200);
    assert_eq!(page.texts("h1"), ["53 people answered"]);
    let news = page.texts("section[aria-labelledby='q-news'] tbody tr:first-child td");
    assert_eq!(news.len(), 4, "everyone and three groups");
    assert!(
        news[0].starts_with("30 of 53 ") && news[0].ends_with("57%"),
        "{news:?}"
    );
    assert!(
        news[1].starts_with("20 of 36 ") && news[1].ends_with("56%"),
        "{news:?}"
    );
    let lead = page.texts("section[aria-labelledby='q-news'] .lead");
    assert_eq!(lead, ["The app: 30 of 53 people (57%)"]);
    let lead = page.texts("section[aria-labelledby='q-welcome'] .lead");
    assert_eq!(lead, ["30 of 53 people (57%) said 4–5"]);
    let text = page.text();
    assert!(text.contains("has no response rate"), "{text}");
    // On request, choices are listed in the order of the survey.
    let food = "section[aria-labelledby='q-first'] tbody tr:nth-child(3) th";
    assert_eq!(page.texts(food), ["Food"]);
    let as_asked = planner.get(&format!("{}?order=asked", world::RESULTS));
    let first = "section[aria-labelledby='q-first'] tbody tr:first-child th";
    assert_eq!(as_asked.texts(first), ["=Arts"]);
}

#[test]
fn a_scale_has_bars_and_a_table() {
    let world = World::new();
    let page = world.planner().get(world::RESULTS).expect(200);
    let of = |part: &str| {
        page.texts(&format!(
            "section[aria-labelledby='q-welcome'] .likert tbody {part}"
        ))
    };
    assert_eq!(
        of("th")[..2],
        ["Everyone 53 people asked", "Families 36 people asked"]
    );
    assert_eq!(of("td > .poles")[..2], ["14 26%30 57%", "6 17%30 83%"]);
    // 8, 6, 7, 10, and 20 of 53; 6, 10, and 20 of 36.
    assert_eq!(
        of("tr:nth-child(1) text"),
        ["15%", "11%", "13%", "19%", "38%"]
    );
    assert_eq!(of("tr:nth-child(2) text"), ["17%", "28%", "56%"]);
    let drawn = page.attributes("section[aria-labelledby='q-welcome'] .likert rect", "width");
    // Families use points 2, 4, and 5; students 1; staff 3; everyone all five.
    assert_eq!(drawn.len(), 3 + 1 + 1 + 5);
    let rows = page.texts("section[aria-labelledby='q-welcome'] .multiples tbody th");
    assert_eq!(rows, ["1 Not at all", "2", "3", "4", "5 Very", "Skipped"]);
}

#[test]
fn somebody_at_two_schools_is_in_both_rows_and_counts_once_in_everyone() {
    let world = World::new();
    let sheet = world.sheet(&world.planner(), "");
    assert_eq!(sheet.count("school", "oak", "_everyone"), "37 of 53");
    assert_eq!(sheet.count("school", "maple-hill", "_everyone"), "16 of 53");
    assert_eq!(sheet.count("school", "cottonwood", "_everyone"), "8 of 53");
    assert_eq!(sheet.count("school", "_empty", "_everyone"), "2 of 53");
    let either = world.sheet(&world.planner(), "?school=oak&school=maple-hill");
    assert_eq!(either.count("news", "app", "_everyone"), "20 of 43");
}

#[test]
fn filters_in_the_address_apply_to_every_count() {
    let world = World::new();
    let planner = world.planner();
    for (query, news) in [
        ("?group=families", "20 of 36"),
        ("?group=families&school=oak", "20 of 30"),
        ("?school=maple-hill", "0 of 16"),
        ("?level=middle", "8 of 8"),
        ("?language=es", "2 of 12"),
        ("?channel=import", "30 of 53"),
        ("?day=2026-09-14", "20 of 20"),
        ("?day=2026-09-14&day=2026-09-18", "20 of 27"),
        ("?chose=first:buses", "20 of 37"),
        ("?chose=welcome:4&chose=welcome:5", "20 of 30"),
        ("?chose=first:buses&chose=welcome:3", "0 of 7"),
        ("?empty=news", "0 of 6"),
        ("?empty=school&language=es", "2 of 2"),
        ("?source=note&survey=another", "30 of 53"),
    ] {
        let sheet = world.sheet(&planner, query);
        assert_eq!(sheet.count("news", "app", "_everyone"), news, "{query}");
    }
    let page = planner.get(&format!(
        "{}?group=families&chose=news:paper",
        world::RESULTS
    ));
    assert_eq!(page.texts("h1"), ["10 people answered"]);
    let chips = page.texts(".chip.on");
    assert_eq!(chips[0], "Families, remove this filter");
    assert_eq!(chips[1], "How do you get news? Paper, remove this filter");
    let away = page.attributes(".chip.on", "href");
    assert_eq!(away, ["?chose=news%3Apaper", "?group=families"]);
    assert!(
        page.text()
            .contains("Narrowed to: Families; How do you get news? Paper.")
    );
}

#[test]
fn every_number_links_to_a_page_with_exactly_that_many_people() {
    let world = World::new();
    let planner = world.planner();
    for start in [
        "",
        "?school=oak",
        "?chose=first:buses&group=families&group=staff",
    ] {
        let page = planner
            .get(&format!("{}{start}", world::RESULTS))
            .expect(200);
        let numbers = "section[aria-labelledby^='q-'] .of > a:first-child, .likert td a, .side-by-side .of > a";
        let (counts, links) = (page.texts(numbers), page.attributes(numbers, "href"));
        assert!(counts.len() > 20, "{start}: {counts:?}");
        for (count, link) in counts.iter().zip(&links) {
            let behind = planner
                .get(&format!("{}{link}", world::RESULTS))
                .expect(200);
            assert_eq!(
                behind.texts("h1"),
                [format!("{count} people answered")],
                "{start} {link}"
            );
        }
    }
}

#[test]
fn what_people_wrote_is_one_link_away_from_their_count() {
    let world = World::new();
    let planner = world.planner();
    let page = planner.get(world::RESULTS).expect(200);
    let comments = page.attributes("section[aria-labelledby='q-news'] .wrote", "href");
    let of_staff = comments
        .iter()
        .find(|link| link.contains("group=staff") && link.contains("chose=news%3Apaper"))
        .unwrap();
    let ledger = planner.get(of_staff).expect(200);
    assert_eq!(ledger.texts("h1"), ["7 comments from 7 voices"]);
    let open = "section[aria-labelledby='wrote'] tbody tr";
    assert_eq!(
        page.texts(&format!("{open} .ways a")),
        ["Comments", "Words"]
    );
    let ways = page.attributes(&format!("{open} .ways a"), "href");
    assert_eq!(
        planner.get(&ways[0]).expect(200).texts("h1"),
        ["27 comments from 27 voices"]
    );
    let words = planner.get(&ways[1]).expect(200);
    assert!(
        words.texts("tbody th")[0].starts_with("buses"),
        "{}",
        words.text()
    );
    let by_group = page.attributes(&format!("{open} .of a"), "href");
    assert_eq!(
        planner.get(&by_group[1]).expect(200).texts("h1"),
        ["10 comments from 10 voices"]
    );
}

#[test]
fn the_sheet_is_safe_for_spreadsheets() {
    let world = World::new();
    let planner = world.planner();
    let answer = planner.get("/desk/surveys/small/results.csv").expect(200);
    assert_eq!(
        answer.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    let named = answer.header("content-disposition").unwrap();
    assert!(named.contains("small-results.csv"), "{named}");
    // One choice is called "=Arts".
    assert!(answer.body().contains("\"'=Arts\""), "{}", answer.body());
    let sheet = Sheet::of(&answer);
    assert_eq!(sheet.cell("news", "app", "families", "share_percent"), "56");
}

#[test]
fn a_page_without_responses_says_what_it_will_show() {
    let world = World::new();
    let planner = world.planner();
    world.app.publish_survey(&small("empty"));
    let page = planner.get("/desk/surveys/empty/results").expect(200);
    assert_eq!(page.texts("h1"), ["Nobody has answered yet"]);
    assert_eq!(page.attributes(".empty .button", "href"), ["/s/empty"]);
    world.app.draft_survey(&small("draft"));
    let page = planner.get("/desk/surveys/draft/results").expect(200);
    assert_eq!(page.texts("h1"), ["Not published yet"]);
    let nobody = planner
        .get(&format!("{}?language=fr", world::RESULTS))
        .expect(200);
    assert_eq!(nobody.texts("h1"), ["Nobody matches these filters"]);
    planner
        .get("/desk/surveys/no-such-survey/results")
        .expect(404);
    planner
        .get("/desk/surveys/no-such-survey/results.csv")
        .expect(404);
}

#[test]
fn the_survey_links_to_its_results_for_those_who_may_see_counts() {
    let world = World::new();
    let buttons = |role| {
        let page = world
            .app
            .sign_in_as(role)
            .get("/desk/surveys/small")
            .expect(200);
        page.attributes(".head .button", "href")
    };
    let results = "/desk/surveys/small/results".to_owned();
    assert!(buttons(Role::Planner).contains(&results));
    assert!(!buttons(Role::Viewer).contains(&results));
    assert!(!buttons(Role::Clerk).contains(&results));
    world
        .app
        .sign_in_as(Role::Clerk)
        .get(world::RESULTS)
        .expect(403);
    world
        .app
        .sign_in_as(Role::Facilitator)
        .get(world::RESULTS)
        .expect(403);
}
