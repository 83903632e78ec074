//! What a person should look at before a comment goes further: somebody's safety, and what tells who somebody is.

use chorus::accounts::Role;

use crate::support::{DESK, Reply, TestApp, said};

/// The tags of each comment of a page, by its words.
fn tags(page: &Reply, words: &str) -> Vec<String> {
    let lines = page.texts(".ledger > li");
    let at = lines.iter().position(|line| line.contains(words)).unwrap();
    page.texts(&format!(".ledger > li:nth-child({}) .tag", at + 1))
}

#[test]
fn a_comment_that_may_speak_of_somebody_s_safety_is_shown_to_staff_first() {
    let app = TestApp::asking();
    app.hear(&[
        said(1, "families", "My son says he wants to die"),
        said(1, "staff", "The lunches are to die for"),
    ]);
    let planner = app.planner_with_codebook();
    let home = planner.get("/desk").expect(200);
    assert!(
        home.text()
            .contains("1 comment says that someone may need help: read it today."),
        "{}",
        home.text()
    );
    let flagged = format!("{DESK}/comments?state=may-need-help");
    assert!(home.attributes("a", "href").contains(&flagged));
    let page = planner.get(&flagged).expect(200);
    assert_eq!(page.texts("h1"), ["1 comment from 1 voice"]);
    assert_eq!(tags(&page, "My son"), ["Someone may need help: self-harm"]);
    assert!(page.text().contains("“wants to die”"), "{}", page.text());
    let all = planner.get(&format!("{DESK}/comments")).expect(200);
    assert_eq!(tags(&all, "to die for"), Vec::<String>::new());
    // Whoever may not read comments learns nothing of it.
    let viewer = app.sign_in_as(Role::Viewer).get("/desk").expect(200);
    assert!(!viewer.text().contains("may need help"));
    // A comment that comes later is found when it comes.
    app.hear(&[said(1, "students", "a kid brought a gun")]);
    let page = planner.get(&flagged).expect(200);
    assert_eq!(page.texts("h1"), ["2 comments from 2 voices"]);
}

#[test]
fn what_may_tell_who_somebody_is_stands_beside_the_button_that_releases() {
    let app = TestApp::asking();
    app.hear(&[
        said(1, "families", "ask ana reyes or call 270-555-0143"),
        said(1, "staff", "More buses on Monday"),
    ]);
    let planner = app.planner_with_codebook();
    let page = planner.get(&format!("{DESK}/comments")).expect(200);
    assert_eq!(
        tags(&page, "ask ana"),
        ["May contain a name", "May contain a phone number"]
    );
    assert!(page.text().contains("“ana reyes”") && page.text().contains("“270-555-0143”"));
    assert_eq!(tags(&page, "More buses"), Vec::<String>::new());
}
