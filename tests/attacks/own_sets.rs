//! Somebody who writes the rules makes a set for each comment and looks up whose it is.

use chorus::accounts::Role;

use crate::support::{CODEBOOK, DESK, TestApp, said};

/// One comment of a teacher has the word *tambourine*; a rule can find it alone.
fn district() -> TestApp {
    let app = TestApp::asking();
    app.hear(&[
        said(12, "families", "The bus is late"),
        said(9, "students", "The bus is full"),
        said(8, "staff", "A bus stop"),
        said(1, "staff", "A tambourine"),
    ]);
    app
}

#[test]
fn a_coder_who_adds_a_word_to_a_theme_does_not_learn_whose_comment_it_finds() {
    let app = district();
    let coder = app.sign_in_as(Role::Coder);
    let path = format!("{DESK}/codebook");
    let longer = CODEBOOK.replace(r#""buses","#, r#""buses", "tambourine","#);
    let mut seen = Vec::new();
    for codebook in [CODEBOOK, &longer] {
        coder
            .fill(&path, "main form", &[("toml", codebook)])
            .expect(303);
        let mut pages = Vec::new();
        for by in [
            "",
            "group=staff",
            "group=families",
            "school=oak",
            "level=high",
            "channel=import",
        ] {
            for page in ["themes", "themes/buses", "keywords", "comments"] {
                let page = coder.get(&format!("{DESK}/{page}?{by}")).expect(200);
                pages.push(page.texts("main table, main .ledger li, main .news"));
            }
        }
        seen.push(pages);
    }
    // Whatever the address asks for, no table and no comment says who somebody is.
    for pages in &seen {
        for text in pages.iter().flatten() {
            for group in ["School staff", "Families", "Oak"] {
                assert!(!text.contains(group), "{group}: {text}");
            }
        }
        assert!(
            pages[4]
                .join(" ")
                .contains("Part of this address was left out"),
            "{:?}",
            pages[4]
        );
    }
    for closed in ["priorities", "priorities/buses"] {
        coder.get(&format!("{DESK}/{closed}")).expect(403);
    }
    for closed in ["results", "results.csv", "results?group=staff"] {
        coder
            .get(&format!("/desk/surveys/voices/{closed}"))
            .expect(403);
    }
}

#[test]
fn an_account_that_codes_and_views_is_held_to_what_a_coder_may_see() {
    let app = district();
    app.planner_with_codebook();
    let both = app.sign_in_with(&[Role::Coder, Role::Viewer]);
    let themes = both.get(&format!("{DESK}/themes?group=staff")).expect(200);
    assert!(themes.text().contains("Part of this address was left out"));
    assert!(!themes.text().contains("School staff"));
    for closed in [
        "/desk/surveys/voices/results",
        "/desk/surveys/voices/results.csv",
    ] {
        assert!(both.get(closed).status >= 403, "{closed}");
    }
    both.get(&format!("{DESK}/priorities")).expect(403);
}
