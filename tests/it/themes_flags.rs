//! Flags on comments that a person should check: someone may need help, or someone could be identified.

use chorus::accounts::Role;

use crate::support::{DESK, Reply, TestApp, said};

/// The tags of the comment with these words.
fn tags(page: &Reply, words: &str) -> Vec<String> {
    let lines = page.texts(".ledger > li");
    let at = lines.iter().position(|line| line.contains(words)).unwrap();
    page.texts(&format!(".ledger > li:nth-child({}) .tag", at + 1))
}

#[test]
fn a_comment_that_may_be_about_someone_s_safety_is_shown_to_staff_first() {
    let app = TestApp::asking();
    app.hear(&[
        said(1, "families", "My son says he wants to die"),
        said(1, "staff", "The lunches are to die for"),
    ]);
    let planner = app.planner_with_codebook();
    let home = planner.get("/desk").expect(200);
    assert!(
        home.text().contains("Read 1 comment Someone may need help"),
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
    // A viewer, who can't read comments, sees no sign of it.
    let viewer = app.sign_in_as(Role::Viewer).get("/desk").expect(200);
    assert!(!viewer.text().contains("may need help"));
    // Later comments are flagged as they arrive.
    app.hear(&[said(1, "students", "a kid brought a gun")]);
    let page = planner.get(&flagged).expect(200);
    assert_eq!(page.texts("h1"), ["2 comments from 2 voices"]);
}

#[test]
fn details_that_may_identify_someone_are_listed_next_to_the_release_button() {
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
