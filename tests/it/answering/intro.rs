//! What people read before the first question.

use super::*;

/// The page of a survey with these texts.
fn page_with(texts: &str) -> Reply {
    let app = TestApp::riverside();
    app.publish_survey(&(family() + texts));
    app.get("/s/family").expect(200)
}

#[test]
fn by_default_the_page_says_who_asks_why_how_long_it_takes_who_reads_it_and_which_law_applies() {
    let page = page_with("");
    let text = page.text();
    for said in [
        "Riverside Unified Schools wants to hear from you.",
        // Four questions to tap and two to write: 4 × 10 + 2 × 45 = 130 seconds.
        "This takes about 3 minutes.",
        "shapes the plan for our schools",
        "District staff read every response.",
        "Public records law applies",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn the_district_s_own_text_replaces_our_default_text() {
    let page = page_with(
        r#"
[intro]
en = "We ask you."
es = "Le preguntamos."
[about]
minutes = 1
purpose = { en = "For the new bus lines.", es = "Para las rutas." }
readers = { en = "Two people in the bus office.", es = "Dos personas." }
"#,
    );
    let text = page.text();
    for said in [
        "We ask you.",
        "about one minute",
        "For the new bus lines.",
        "Two people in the bus office.",
        "Public records law",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    for ours in ["shapes the plan", "District staff read"] {
        assert!(!text.contains(ours), "{ours}");
    }
}

#[test]
fn details_are_folded_so_that_the_first_question_is_near() {
    let page = page_with("");
    assert_eq!(
        page.texts("details.about summary"),
        ["Who’s asking, and who reads it"]
    );
    assert!(page.texts("details.about p").len() >= 3);
    // A form that comes back starts with what's wrong.
    let app = open();
    assert!(
        app.post("/s/family", &[])
            .expect(422)
            .texts("details.about")
            .is_empty()
    );
}
