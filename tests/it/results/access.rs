//! Who sees live counts at the desk: planners all, coders none by who people are, everyone else none.

use chorus::accounts::{Role, Scope};
use chorus::district::{self, DistrictFile};
use chorus::priorities::{self, Priority, PriorityId};
use chorus::themes::{self, parse_codebook};

use super::world::{RESULTS, World};
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

#[test]
fn a_viewer_sees_no_live_count() {
    let world = with_themes();
    let viewer = world.viewer();
    for closed in [
        "comments",
        "themes",
        "themes/buses",
        "keywords",
        "codebook",
        "codebook.toml",
        "priorities",
        "priorities/ride",
        "priorities/outcomes",
    ] {
        viewer.get(&format!("{ROUND}/{closed}")).expect(403);
    }
    for closed in [RESULTS, "/desk/surveys/small/results.csv"] {
        viewer.get(closed).expect(403);
    }
    viewer
        .post(
            &format!("{ROUND}/priorities"),
            &[("title.en", "Mine"), ("theme", "buses")],
        )
        .expect(403);
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
    assert_eq!(ledger.texts("h1"), ["2 comments from 2 voices"]);
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
        assert_eq!(theme.texts(".tally dd")[..2], ["2", "2"], "{of_whom}");
    }
    // What a comment itself shows is still available as a filter.
    let spanish = coder
        .get(&format!("{ROUND}/comments?language=es&theme=buses"))
        .expect(200);
    assert_eq!(spanish.texts("h1"), ["10 comments from 10 voices"]);
    // Words and themes are counted, but not by who used them.
    let words = coder
        .get(&format!("{ROUND}/keywords?group=staff"))
        .expect(200);
    let heads = words.texts("main thead th");
    assert_eq!(heads, ["Word", "Comments", "Voices"]);
    assert!(words.text().contains("Part of this address was left out"));
    let themes = coder
        .get(&format!("{ROUND}/themes?group=staff"))
        .expect(200);
    let rows = themes.texts("main tbody tr");
    assert!(
        rows.iter().any(|row| row.starts_with("Pool 2 of 27")),
        "{rows:?}"
    );
    assert!(themes.text().contains("Part of this address was left out"));
    assert_eq!(themes.attributes("main tbody th a", "href").len(), 3);
}

fn within(world: &World, role: Role, scope: Scope) -> Browser {
    world.app.sign_in_within(role, scope)
}

#[test]
fn a_planner_of_one_school_sees_no_live_count() {
    let world = with_themes();
    let principal = within(&world, Role::Planner, Scope::School("oak".to_owned()));
    principal.get(RESULTS).expect(404);
    principal.get(&format!("{ROUND}/themes")).expect(403);
    principal.get(&format!("{ROUND}/priorities")).expect(403);
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
    let of_here = within(&world, Role::Planner, Scope::Round(here));
    let of_other = within(&world, Role::Planner, Scope::Round(round));
    for page in [RESULTS, "/desk/surveys/small/results.csv"] {
        of_here.get(page).expect(200);
        of_other.get(page).expect(404);
    }
    for room in ["themes", "keywords", "priorities"] {
        of_here.get(&format!("{ROUND}/{room}")).expect(200);
        of_other.get(&format!("{ROUND}/{room}")).expect(403);
    }
}
