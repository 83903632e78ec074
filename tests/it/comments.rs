//! The comment list at the desk, and which comments the public may read: who released them, and until when.

use chorus::accounts::Role;
use chorus::comments::{ReleasedFile, Status};

use crate::support::{Browser, DESK, Reply, Said, TestApp, said};

const HEARD: &str = "/heard/vision-2031";

fn ledger(browser: &Browser, query: &str) -> Reply {
    browser.get(&format!("{DESK}/comments{query}")).expect(200)
}

/// The comments that a page of the list shows.
fn words(page: &Reply) -> Vec<String> {
    let mut words = page.texts(".ledger .voice");
    words.sort_unstable();
    words
}

/// The text of every public page of the round that could show a comment.
fn public_pages(app: &TestApp, comment: &str) -> Vec<String> {
    let paths = [
        "/".to_owned(),
        HEARD.to_owned(),
        format!("{HEARD}/themes/buses"),
        "/plan/vision-2031/priorities/on-time".to_owned(),
        "/plan/vision-2031".to_owned(),
        format!("{HEARD}/comments/{comment}"),
    ];
    let texts = paths.iter().map(|path| app.get(path).text());
    texts.collect()
}

#[test]
fn responses_statements_and_notes_are_in_one_list_with_source_and_group() {
    let app = TestApp::asking();
    app.hear(&[Said {
        people: 1,
        group: "staff",
        better: "More buses please",
        best: "Kind teachers",
    }]);
    app.hear_tables(
        "[[tables]]\nnumber = 1\npresent = 6\n[[tables.notes]]\nprompt = \"missing\"\ntext = \"A bus at night\"\nspeaks_for = 4\nlanguage = \"en\"\n",
    );
    let planner = app.planner_with_codebook();
    let page = ledger(&planner, "");
    assert_eq!(
        words(&page),
        ["A bus at night", "Kind teachers", "More buses please"]
    );
    assert_eq!(page.texts("h1"), ["3 comments from 1 voice"]);
    let lines = page.texts(".ledger li");
    let line = |words: &str| lines.iter().find(|line| line.contains(words)).unwrap();
    assert!(
        line("More buses").contains("What matters?") && line("More buses").contains("School staff")
    );
    assert!(line("More buses").contains("Needs") && line("Kind teachers").contains("Strengths"));
    assert!(line("A bus at night").contains("Forum table"));
    assert!(line("A bus at night").contains("speaks for 4"));
    assert!(lines.iter().all(|line| line.contains("Not public")));
}

#[test]
fn comments_can_be_filtered_by_theme_intent_words_group_source_and_status() {
    let app = TestApp::asking();
    app.hear(&[
        Said {
            people: 1,
            group: "staff",
            better: "More buses",
            best: "Our teacher",
        },
        said(2, "families", "The bus is late"),
        said(1, "", "n/a"),
    ]);
    let planner = app.planner_with_codebook();
    planner.release(&app.comments_with("More buses")[0]);
    for (query, expected) in [
        ("", 5),
        ("?theme=buses", 3),
        ("?theme=_none", 0),
        ("?theme=_nothing", 1),
        ("?intent=strength", 1),
        ("?words=buses", 1),
        ("?words=late+bus", 2),
        ("?group=families", 2),
        ("?group=families&group=staff&theme=buses", 3),
        ("?source=note", 0),
        ("?source=import&intent=need", 4),
        ("?state=released", 1),
        ("?state=not-released&theme=buses", 2),
    ] {
        assert_eq!(words(&ledger(&planner, query)).len(), expected, "{query}");
    }
    let marked = ledger(&planner, "?theme=buses&words=late").texts(".ledger mark");
    assert_eq!(marked, ["bus", "bus"]);
}

#[test]
fn nothing_is_public_until_a_named_planner_releases_it() {
    let app = TestApp::asking();
    app.hear(&[
        said(12, "families", "The bus is late"),
        said(1, "staff", "Warm buses"),
    ]);
    let planner = app.ready_to_publish().0;
    planner.publish();
    let comment = app.comments_with("Warm buses").remove(0);
    app.get(&format!("{HEARD}/comments/{}", comment.id))
        .expect(404);
    for text in public_pages(&app, comment.id.as_str()) {
        assert!(!text.contains("Warm buses") && !text.contains("The bus is late"));
    }
    planner.release(&comment);
    app.get(&format!("{HEARD}/comments/{}", comment.id))
        .expect(404);
    planner.publish();
    let page = app
        .get(&format!("{HEARD}/comments/{}", comment.id))
        .expect(200);
    assert_eq!(page.texts("blockquote"), ["Warm buses"]);
    assert!(
        !page.text().contains("School staff"),
        "nothing reveals who said it"
    );
    let line = ledger(&planner, "?state=released")
        .texts(".ledger li")
        .remove(0);
    assert!(line.contains("Released by Ana Reyes"), "{line}");
    let lines = app.audit_lines();
    let (_, account, subject) = lines
        .iter()
        .find(|line| line.0 == "comment.released")
        .unwrap();
    assert!(account.is_some() && *subject == comment.id.to_string());
}

#[test]
fn a_comment_that_is_no_longer_released_leaves_public_pages_at_once_and_still_counts() {
    let app = TestApp::asking();
    app.hear(&[
        said(12, "families", "The bus is late"),
        said(1, "staff", "Warm buses"),
        said(8, "staff", "Warm rooms"),
    ]);
    let other_node = app.start_another_node();
    let planner = app.ready_to_publish().0;
    let comment = app.comments_with("Warm buses").remove(0);
    planner.release(&comment);
    planner.release(&app.comments_with("The bus is late")[0]);
    planner.publish();
    for node in [&app, &other_node] {
        let shown = public_pages(node, comment.id.as_str());
        assert!(shown[2].contains("Warm buses") && shown[3].contains("Warm buses"));
        assert!(shown[2].contains("13 of 21 people"), "{}", shown[2]);
    }
    let back = planner.post(&format!("{DESK}/comments/{}/undo-release", comment.id), &[]);
    let said = planner.get(back.expect(303).location()).text();
    assert!(said.contains("The comment is no longer on the public pages."));
    for node in [&app, &other_node] {
        let shown = public_pages(node, comment.id.as_str());
        assert!(shown.iter().all(|text| !text.contains("Warm buses")));
        assert!(shown[2].contains("The bus is late") && shown[2].contains("13 of 21 people"));
        node.get(&format!("{HEARD}/comments/{}", comment.id))
            .expect(404);
    }
    assert_eq!(app.times_done("comment.taken-back"), 1);
}

#[test]
fn a_comment_leaves_the_public_pages_when_its_author_withdraws_it() {
    let app = TestApp::asking();
    app.hear(&[said(12, "families", "The bus is late")]);
    let phone = app.phone("voices");
    let fields = [("who", "staff"), ("better", "Warm buses")];
    let thanks = phone.post("/s/voices", &fields).expect(303);
    let code = phone.get(thanks.location()).texts(".receipt").remove(0);
    let planner = app.ready_to_publish().0;
    let comment = app.comments_with("Warm buses").remove(0);
    planner.release(&comment);
    planner.publish();
    assert!(public_pages(&app, comment.id.as_str())[2].contains("Warm buses"));
    phone
        .post("/r/withdraw", &[("code", &code), ("sure", "yes")])
        .expect(303);
    assert_eq!(app.comments_with("Warm buses")[0].status, Status::Withdrawn);
    for text in public_pages(&app, comment.id.as_str()) {
        assert!(!text.contains("Warm buses"), "{text}");
    }
}

#[test]
fn releasing_twice_is_the_same_as_once() {
    let app = TestApp::asking();
    app.hear(&[said(1, "staff", "Warm buses")]);
    let planner = app.sign_in_as(Role::Planner);
    let comment = app.comments_with("Warm buses").remove(0);
    planner.release(&comment);
    app.sign_in_as(Role::Planner).release(&comment);
    assert_eq!(app.times_done("comment.released"), 1);
    for _ in 0..2 {
        planner
            .post(&format!("{DESK}/comments/{}/undo-release", comment.id), &[])
            .expect(303);
    }
    assert_eq!(app.times_done("comment.taken-back"), 1);
    assert_eq!(app.comments_with("Warm buses")[0].released_by, None);
}

#[test]
fn a_comment_can_only_be_released_in_its_own_round() {
    let app = TestApp::asking();
    app.hear(&[said(1, "staff", "Warm buses")]);
    let other = chorus::district::DistrictFile::parse(
        "[[rounds]]\nslug = \"next\"\ntitle = { en = \"Next\" }\nplace = { en = \"Here\" }\nstarts_on = \"2027-01-01\"",
    );
    let (actor, other) = (app.operator(), other.unwrap());
    app.write(move |db| chorus::district::import(db, &actor, &other));
    let planner = app.sign_in_as(Role::Planner);
    let comment = app.comments_with("Warm buses").remove(0);
    for act in ["release", "undo-release"] {
        let path = format!("/desk/rounds/next/comments/{}/{act}", comment.id);
        planner.post(&path, &[]).expect(404);
    }
    assert_eq!(app.times_done("comment.released"), 0);
}

#[test]
fn a_comment_that_was_set_aside_is_kept_and_marked_and_cannot_be_released() {
    let app = TestApp::asking();
    app.hear_rows(&[
        ["p1", "staff", "en", "Mia never does her work", "", "yes"],
        ["p1", "staff", "en", "Mia again", "", "yes"],
        ["p2", "staff", "en", "Tom is rude", "Warm rooms", "yes"],
        ["p3", "staff", "en", "Warm buses", "", ""],
    ]);
    let planner = app.planner_with_codebook();
    assert_eq!(words(&ledger(&planner, "")), ["Warm buses"]);
    let aside = ledger(&planner, "?state=set-aside&theme=buses");
    assert_eq!(aside.texts("h1"), ["4 comments from 2 voices"]);
    assert_eq!(words(&aside).len(), 4);
    assert!(aside.text().contains("Names a child"));
    assert!(
        aside
            .attributes("form", "action")
            .iter()
            .all(|action| !action.contains("release"))
    );
    let comment = app.comments_with("Mia again").remove(0);
    let refused = planner.post(&format!("{DESK}/comments/{}/release", comment.id), &[]);
    assert!(refused.expect(409).text().contains("no longer counts"));
    let label = &comment.label;
    let file = format!("survey = \"voices\"\nitem = \"better\"\ncomments = [\"{label}\"]");
    let (actor, file) = (app.operator(), ReleasedFile::parse(&file).unwrap());
    let refused = app
        .database()
        .write(move |db| chorus::comments::import(db, &actor, &file));
    assert!(refused.unwrap_err().to_string().contains("is not counted"));
}

#[test]
fn seeing_who_said_what_is_audited_and_a_coder_only_sees_the_words() {
    let app = TestApp::asking();
    app.hear(&[said(2, "staff", "Warm buses")]);
    let planner = app.planner_with_codebook();
    let coder = app.sign_in_as(Role::Coder);
    for page in ["comments", "themes/buses"] {
        let before = app.times_done("rows.opened");
        let seen = coder
            .get(&format!("{DESK}/{page}"))
            .expect(200)
            .texts(".ledger li");
        assert!(seen[0].contains("Warm buses") && !seen[0].contains("School staff"));
        assert_eq!(app.times_done("rows.opened"), before);
        let seen = planner
            .get(&format!("{DESK}/{page}"))
            .expect(200)
            .texts(".ledger li");
        assert!(seen[0].contains("School staff"));
        assert_eq!(app.times_done("rows.opened"), before + 1);
    }
}
