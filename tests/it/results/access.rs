//! Disclosure control at the desk: what viewers, principals, and coders see, and that they can't work out the rest.

use chorus::accounts::{Role, Scope};
use chorus::district::{self, DistrictFile};
use chorus::priorities::{self, Priority, PriorityId};
use chorus::themes::{self, parse_codebook};

use super::world::{RESULTS, Sheet, World};
use crate::support::{Browser, fixture};

const ROUND: &str = "/desk/rounds/vision-2031";

const CODEBOOK: &str = r#"
note = "small"
[[themes]]
key = "buses"
name = { en = "Buses" }
definition = { en = "Buses." }
[themes.rules.en]
any = ["bus*"]
[themes.rules.es]
any = ["bus*"]
[[themes]]
key = "food"
name = { en = "Food" }
definition = { en = "Food." }
[themes.rules.en]
any = ["food"]
[[themes]]
key = "pool"
name = { en = "Pool" }
definition = { en = "Pool." }
[themes.rules.en]
any = ["pool"]
[themes.rules.es]
any = ["pool"]
"#;

/// The small world with themes and two priorities.
fn with_themes() -> World {
    let world = World::new();
    let actor = world.app.operator();
    world.app.write(move |db| {
        let round = district::round_by_slug(db, "vision-2031")?;
        themes::save_codebook(db, &actor, &round.id, &parse_codebook(CODEBOOK)?)?;
        for (position, (key, themes)) in [("ride", vec!["buses", "food"]), ("swim", vec!["pool"])]
            .into_iter()
            .enumerate()
        {
            let priority = Priority {
                id: PriorityId::new(),
                round_id: round.id.clone(),
                key: key.to_owned(),
                title: chorus::db::Json(chorus::localized::LocalizedText::one("en", key)),
                themes: chorus::db::Json(themes.into_iter().map(str::to_owned).collect()),
                why: chorus::db::Json::default(),
                position: i32::try_from(position).unwrap(),
            };
            priorities::save_priority(db, &actor, &priority)?;
        }
        Ok(())
    });
    world
}

fn number(sheet: &Sheet, question: &str, answer: &str, people: &str, name: &str) -> Option<u64> {
    sheet.cell(question, answer, people, name).parse().ok()
}

const NEWS: [&str; 3] = ["app", "paper", "_empty"];

/// Whether a number of people is small enough to identify someone.
fn few(size: u64) -> bool {
    (1..=4).contains(&size)
}

#[test]
fn a_viewer_cannot_see_or_subtract_to_small_counts_or_all_but_a_few() {
    let world = World::new();
    let (truth, seen) = (
        world.sheet(&world.planner(), ""),
        world.sheet(&world.viewer(), ""),
    );
    let people = seen.people("news");
    assert_eq!(people, ["_everyone", "families", "staff", "students"]);
    let mut hidden = 0;
    for question in ["school", "news", "first", "welcome"] {
        for (answer, column) in seen.answers(question) {
            let count = number(&seen, question, answer, column, "count");
            let base = number(&seen, question, answer, column, "base");
            hidden += usize::from(count.is_none());
            let Some(count) = count else { continue };
            assert_eq!(
                Some(count),
                number(&truth, question, answer, column, "count")
            );
            assert!(!few(count), "{question} {answer} {column}: {count}");
            if let Some(base) = base {
                assert!(
                    !few(base - count),
                    "{question} {answer} {column}: {count} of {base}"
                );
            }
        }
    }
    assert!(hidden > 0);
    // Two of the nine staff use the app. Their row and their column must each hide a second cell.
    let shown =
        |answer: &str, column: &str| number(&seen, "news", answer, column, "count").is_some();
    assert!(!shown("app", "staff"));
    for answer in NEWS {
        let gaps = people
            .iter()
            .filter(|column| !shown(answer, column))
            .count();
        assert_ne!(gaps, 1, "{answer}");
    }
    for column in &people {
        let gaps = NEWS.iter().filter(|answer| !shown(answer, column)).count();
        let base = number(&seen, "news", "app", column, "base");
        assert!(gaps != 1 || base.is_none(), "{column}");
    }
}

#[test]
fn what_one_view_hides_other_views_do_not_reveal() {
    let world = World::new();
    let viewer = world.viewer();
    let app = |query: &str, people: &str| {
        let sheet = world.sheet(&viewer, query);
        number(&sheet, "news", "app", people, "count")
    };
    // Two Spanish speakers use the app, 28 English speakers, and 30 people in total.
    assert_eq!(app("", "_everyone"), Some(30));
    assert_eq!(app("?language=es", "es"), None);
    assert_eq!(app("?language=en", "en"), None);
    assert_eq!(app("?language=en", "_everyone"), Some(30));
    // A planner may see rows, so they see both.
    let rows = |query: &str| {
        world
            .sheet(&world.planner(), query)
            .count("news", "app", "_everyone")
    };
    assert_eq!(
        (rows("?language=es"), rows("?language=en")),
        ("2 of 12".into(), "28 of 41".into())
    );
    let page = viewer.get(RESULTS).expect(200);
    let offers = page.texts(".pick li a");
    assert!(offers.contains(&"English 41".to_owned()), "{offers:?}");
}

#[test]
fn a_viewer_filters_by_one_value_at_a_time_and_never_by_answers() {
    let world = World::new();
    let viewer = world.viewer();
    for query in [
        "?group=families&language=en",
        "?group=families&group=staff",
        "?chose=news:app",
        "?empty=news",
        "?day=2026-09-14",
    ] {
        let page = viewer.get(&format!("{RESULTS}{query}")).expect(200);
        assert_eq!(page.texts("h1"), ["One filter at a time"], "{query}");
        assert!(page.texts("table").is_empty());
        viewer
            .get(&format!("/desk/surveys/small/results.csv{query}"))
            .expect(422);
    }
    let page = viewer.get(&format!("{RESULTS}?group=families")).expect(200);
    assert_eq!(page.texts("h1"), ["36 people answered"]);
    let heads = page.texts("section[aria-labelledby='q-news'] thead th");
    assert_eq!(
        heads[1..],
        ["Families 36 people asked", "Everyone 53 people asked"]
    );
    // A new filter value replaces the previous one.
    let with = page.attributes(".pick li a", "href");
    assert!(
        with.iter().all(|link| link.matches('=').count() == 1),
        "{with:?}"
    );
}

#[test]
fn a_viewer_cannot_read_comments_or_open_sets_of_people() {
    let world = with_themes();
    let viewer = world.viewer();
    for page in [
        RESULTS,
        &format!("{ROUND}/themes"),
        &format!("{ROUND}/keywords"),
        &format!("{ROUND}/priorities"),
    ] {
        let page = viewer.get(page).expect(200);
        assert!(
            page.attributes("main td a, main th a", "href").is_empty(),
            "{}",
            page.text()
        );
        assert!(
            page.attributes("main a[href*='/comments']", "href")
                .is_empty()
        );
        assert!(page.attributes("main form", "action").is_empty());
    }
    for closed in [
        "comments",
        "themes/buses",
        "codebook",
        "codebook.toml",
        "priorities/ride",
        "priorities/outcomes",
    ] {
        viewer.get(&format!("{ROUND}/{closed}")).expect(403);
    }
    viewer
        .post(
            &format!("{ROUND}/priorities"),
            &[("title.en", "Mine"), ("theme", "buses")],
        )
        .expect(403);
}

#[test]
fn a_viewer_sees_themes_words_and_priorities_as_counts_that_identify_nobody() {
    let world = with_themes();
    let viewer = world.viewer();
    let themes = viewer.get(&format!("{ROUND}/themes")).expect(200);
    assert_eq!(themes.texts("h1"), ["17 of 27 voices mentioned “Buses”"]);
    assert_eq!(
        themes.texts("main tbody tr"),
        [
            "Buses 17 of 27 63% 17 of 27 63% –",
            "Food 8 of 27 30% 8 of 27 30% –",
            "Pool hidden to protect people hidden to protect people –",
        ]
    );
    // Seven of nine staff named buses, so two didn't.
    let staff = viewer
        .get(&format!("{ROUND}/themes?group=staff"))
        .expect(200);
    assert!(
        staff
            .texts("main tbody td:nth-child(3)")
            .iter()
            .any(|cell| cell == "hidden to protect people")
    );
    let both = viewer
        .get(&format!("{ROUND}/themes?group=staff&intent=need"))
        .expect(200);
    assert_eq!(both.texts("h1"), ["Use one filter at a time"]);
    let words = viewer.get(&format!("{ROUND}/keywords")).expect(200);
    let listed = words.texts("main tbody th");
    assert!(listed.contains(&"food English".to_owned()), "{listed:?}");
    assert!(!words.text().contains("pool"));
    let narrowed = viewer
        .get(&format!("{ROUND}/keywords?words=pool"))
        .expect(200);
    assert!(narrowed.texts("table").is_empty());
    let priorities = viewer.get(&format!("{ROUND}/priorities")).expect(200);
    let rows = priorities.texts("main tbody tr");
    // 25 of all 53 people named either theme. But 27 wrote something, as the themes page says, so two of them named
    // neither.
    assert!(
        rows[0].starts_with(
            "1. ride Buses, Food; draft hidden to protect people 10 of 36 28% 8 of 8 100%"
        ),
        "{rows:?}"
    );
    assert!(
        rows[1].starts_with("2. swim Pool; draft hidden to protect people"),
        "{rows:?}"
    );
}

#[test]
fn a_planner_sees_every_count_of_the_same_pages() {
    let world = with_themes();
    let planner = world.planner();
    let themes = planner.get(&format!("{ROUND}/themes")).expect(200);
    assert!(
        themes
            .texts("main tbody tr")
            .iter()
            .any(|row| row.starts_with("Pool 2 of 27"))
    );
    let staff = planner
        .get(&format!("{ROUND}/themes?group=staff"))
        .expect(200);
    assert!(
        staff
            .texts("main tbody tr")
            .iter()
            .any(|row| row.starts_with("Buses 7 of 9"))
    );
    let words = planner.get(&format!("{ROUND}/keywords")).expect(200);
    assert!(words.text().contains("pool"));
}

#[test]
fn a_coder_reads_every_comment_without_learning_who_said_it() {
    let world = with_themes();
    let coder = world.app.sign_in_as(Role::Coder);
    let ledger = coder
        .get(&format!("{ROUND}/comments?words=pool"))
        .expect(200);
    assert_eq!(ledger.texts("h1"), ["2 comments"]);
    for of_whom in [
        "group=staff",
        "school=oak",
        "level=high",
        "day=2026-09-19",
        "chose=news:app",
        "empty=first",
        "channel=web",
    ] {
        let page = coder
            .get(&format!("{ROUND}/comments?{of_whom}"))
            .expect(200);
        assert_eq!(
            page.texts("h1"),
            ["27 comments from 27 voices"],
            "{of_whom}"
        );
        assert!(
            page.text().contains("Part of this address was left out"),
            "{of_whom}"
        );
        let theme = coder
            .get(&format!("{ROUND}/themes/pool?{of_whom}"))
            .expect(200);
        assert_eq!(
            theme.texts(".tally dd")[..2],
            ["hidden to protect people", "2"],
            "{of_whom}"
        );
    }
    // What a comment itself shows is still available as a filter.
    let spanish = coder
        .get(&format!("{ROUND}/comments?language=es&theme=buses"))
        .expect(200);
    assert_eq!(spanish.texts("h1"), ["10 comments from 10 voices"]);
    let words = coder.get(&format!("{ROUND}/keywords")).expect(200);
    let pool = words
        .texts("main tbody tr")
        .into_iter()
        .find(|row| row.starts_with("pool"))
        .unwrap();
    assert!(pool.contains("hidden to protect people"), "{pool}");
    let themes = coder.get(&format!("{ROUND}/themes")).expect(200);
    assert!(
        themes
            .texts("main tbody tr")
            .iter()
            .any(|row| row == "Pool hidden to protect people hidden to protect people –")
    );
    assert_eq!(themes.attributes("main tbody th a", "href").len(), 3);
}

fn within(world: &World, role: Role, scope: Scope) -> Browser {
    world.app.sign_in_within(role, scope)
}

#[test]
fn a_grant_for_one_school_only_counts_its_people_and_names_no_other_school() {
    let world = with_themes();
    for role in [Role::Viewer, Role::Planner] {
        let principal = within(&world, role, Scope::School("oak".to_owned()));
        let page = principal.get(RESULTS).expect(200);
        assert_eq!(page.texts("h1"), ["37 people answered"]);
        for other in ["Maple Hill", "Cottonwood", "Riverside High"] {
            assert!(!page.text().contains(other), "{other}");
        }
        let sheet = world.sheet(&principal, "");
        assert_eq!(sheet.count("news", "app", "_everyone"), "20 of 37");
        // Seven of the nine staff are at this school. Someone who knows the total would know about the other two.
        assert_eq!(
            sheet.cell("news", "app", "staff", "base"),
            "hidden to protect people"
        );
        let other = principal
            .get(&format!("{RESULTS}?school=maple-hill"))
            .expect(200);
        assert_eq!(other.texts("h1"), ["One filter at a time"]);
        let themes = principal.get(&format!("{ROUND}/themes")).expect(200);
        assert_eq!(themes.texts("h1"), ["17 of 17 voices mentioned “Buses”"]);
        principal.get(&format!("{ROUND}/priorities")).expect(403);
    }
}

#[test]
fn a_grant_for_one_round_opens_no_other() {
    let world = with_themes();
    let other = DistrictFile::parse(&fixture("bowling-green/round.toml")).unwrap();
    let actor = world.app.operator();
    let round = world.app.write(move |db| {
        district::import(db, &actor, &other)?;
        Ok(district::round_by_slug(db, "bowling-green-2018")?.id)
    });
    let here = world
        .app
        .read(|db| Ok(district::round_by_slug(db, "vision-2031")?.id));
    let of_here = within(&world, Role::Viewer, Scope::Round(here));
    let of_other = within(&world, Role::Viewer, Scope::Round(round));
    for page in [RESULTS, "/desk/surveys/small/results.csv"] {
        of_here.get(page).expect(200);
        of_other.get(page).expect(404);
    }
    for room in ["themes", "keywords", "priorities"] {
        of_here.get(&format!("{ROUND}/{room}")).expect(200);
        of_other.get(&format!("{ROUND}/{room}")).expect(403);
    }
}
