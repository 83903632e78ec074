//! Priorities: scored by size and with groups weighed equally, and put in order.

mod decisions;

use std::fmt::Write;

use chorus::accounts::Role;
use chorus::responses::{VotesImport, import_votes};
use chorus::schema::priorities;
use diesel::prelude::*;

use crate::support::{Browser, DESK, Reply, TestApp, said};

const LIST: &str = "/desk/rounds/vision-2031/priorities";

/// Of twenty families asked, eight named buses; of twelve staff, six; of four neighbors, three.
fn heard() -> TestApp {
    let app = TestApp::asking();
    app.hear(&[
        said(8, "families", "The bus is late"),
        said(12, "families", "Warm rooms"),
        said(6, "staff", "More buses"),
        said(6, "staff", "Warm rooms"),
        said(3, "community", "A bus at night"),
        said(1, "community", ""),
    ]);
    app
}

/// A priority's shares in the list: by size, then with groups weighed equally.
fn shares(planner: &Browser, title: &str) -> Vec<String> {
    let page = planner.get(LIST).expect(200);
    let rows = page.texts("table.multiples tbody tr");
    let at = rows.iter().position(|row| row.contains(title)).unwrap();
    let mut shares = page.texts(&format!(
        "table.multiples tbody tr:nth-child({}) .share",
        at + 1
    ));
    shares.truncate(2);
    shares
}

fn titles(page: &Reply) -> Vec<String> {
    page.texts("table.multiples tbody th a")
}

/// Adds votes on the first comment with these words: this many agree, disagree, and pass.
fn vote(app: &TestApp, words: &str, agree: usize, disagree: usize, pass: usize) {
    let label = app.comments_with(words).remove(0).label;
    let votes = [("1", agree), ("-1", disagree), ("0", pass)];
    let votes = votes
        .into_iter()
        .flat_map(|(value, times)| std::iter::repeat_n(value, times));
    let mut file = "voter,statement,value\n".to_owned();
    for (voter, value) in votes.enumerate() {
        writeln!(file, "voter {voter},{label},{value}").unwrap();
    }
    let path = app.place().folder().join("votes.csv");
    std::fs::write(&path, file).unwrap();
    let import = VotesImport {
        file: path,
        survey: "voices".to_owned(),
        item: Some("better".to_owned()),
        dry_run: false,
        skip_bad: false,
    };
    let report = import_votes(app.database(), &app.operator(), &import, &mut ()).unwrap();
    assert_eq!(report.bad, 0);
}

#[test]
fn both_scores_match_an_example_worked_out_by_hand() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("On time", &["buses"]);
    // By size: (8 + 6 + 3) / (20 + 12 + 4) = 17/36 = 47.2%. Equally: (8/20 + 6/12) / 2 = 45%, because four neighbors
    // are too few to weigh as a group.
    assert_eq!(shares(&planner, "On time"), ["47%", "45%"]);
    let page = planner.get(&path).expect(200);
    assert_eq!(
        page.texts("table.bars tbody tr"),
        [
            "Families 8 of 20 40%",
            "School staff 6 of 12 50%",
            "No group given 3 of 4 75%"
        ]
    );
    // Six more without a group make ten others: (3 + 6) / 10 is a third share. (40 + 50 + 90) / 3 = 60%.
    app.hear(&[said(6, "", "No bus at all")]);
    assert_eq!(shares(&planner, "On time"), ["55%", "60%"]);
    let page = planner.get(&path).expect(200);
    assert_eq!(
        page.texts("table.bars tbody tr")[2],
        "No group given 9 of 10 90%"
    );
}

#[test]
fn nobody_counts_twice_in_a_priority_with_several_themes() {
    let app = TestApp::asking();
    app.hear(&[
        said(5, "families", "The bus is late and the music teacher left"),
        said(5, "families", "Warm rooms"),
    ]);
    app.hear_rows(&[
        // One person in two groups with two comments counts once, in whichever group the district lists first.
        ["p1", "staff", "en", "More buses", "", ""],
        ["p1", "families", "en", "More teachers", "", ""],
    ]);
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("All of it", &["buses", "teaching", "arts"]);
    let page = planner.get(&path).expect(200);
    assert!(
        page.text()
            .contains("6 of 11 voices mentioned it (55% by size"),
        "{}",
        page.text()
    );
    assert_eq!(page.texts("table.bars tbody tr"), ["Families 6 of 11 55%"]);
}

#[test]
fn votes_are_shown_separately_with_the_lower_end_of_their_interval() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("On time", &["buses"]);
    let before = shares(&planner, "On time");
    vote(&app, "A bus at night", 9, 1, 5);
    vote(&app, "Warm rooms", 20, 0, 0);
    assert_eq!(shares(&planner, "On time"), before);
    let page = planner.get(&path).expect(200);
    // 9 of 10: the 95% Wilson interval starts at 59.58% (statsmodels). A lower bound is rounded down.
    assert!(
        page.text()
            .contains("9 of 10 votes agree 90% 95% confidence interval: at least 59% agree"),
        "{}",
        page.text()
    );
}

#[test]
fn tables_are_shown_separately_and_never_added() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("On time", &["buses"]);
    let before = shares(&planner, "On time");
    app.hear_tables(
        "[[tables]]\nnumber = 1\npresent = 6\n[[tables.notes]]\nprompt = \"missing\"\ntext = \"A late bus\"\nspeaks_for = 4\nlanguage = \"en\"\n",
    );
    assert_eq!(shares(&planner, "On time"), before);
    let text = planner.get(&path).expect(200).text();
    assert!(
        text.contains("in 18 comments, and at least 4 people at 1 forum table"),
        "{text}"
    );
}

#[test]
fn priorities_are_ordered_by_hand_or_by_either_score() {
    let app = TestApp::asking();
    // There are more families than staff, but all staff mention teachers.
    app.hear(&[
        said(30, "families", "The bus is late"),
        said(10, "families", "Warm rooms"),
        said(10, "staff", "Teachers need time"),
    ]);
    let planner = app.planner_with_codebook();
    planner.add_priority("Teachers who stay", &["teaching"]);
    planner.add_priority("On time", &["buses"]);
    let by = |order: &str| titles(&planner.get(&format!("{LIST}?order={order}")).expect(200));
    assert_eq!(by("hand"), ["Teachers who stay", "On time"]);
    // By size: 30/50 against 10/50. Equally: (75 + 0)/2 against (0 + 100)/2.
    assert_eq!(by("size"), ["On time", "Teachers who stay"]);
    assert_eq!(by("equally"), ["Teachers who stay", "On time"]);
    let adopted = planner.post(&format!("{LIST}/order"), &[("adopt", "size")]);
    adopted.expect(303);
    assert_eq!(by("hand"), ["On time", "Teachers who stay"]);
    let page = planner.get(LIST).expect(200);
    let last = page
        .attributes("form.order input[name=priority]", "value")
        .remove(1);
    planner
        .post(
            &format!("{LIST}/order"),
            &[("priority", &last), ("move", "up")],
        )
        .expect(303);
    assert_eq!(by("hand"), ["Teachers who stay", "On time"]);
    assert_eq!(app.times_done("priorities.ordered"), 2);
}

#[test]
fn the_reason_for_a_priority_can_be_written_in_every_language() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("On time", &["buses"]);
    let words = [
        ("why.en", "Many are late."),
        ("why.es", "Muchos llegan tarde."),
    ];
    planner.fill(&path, "form.panel", &words).expect(303);
    let form = planner.get(&path).expect(200).form("form.panel");
    for (field, text) in words {
        assert!(form.contains(&(field.to_owned(), text.to_owned())));
    }
    assert!(form.contains(&("theme".to_owned(), "buses".to_owned())));
}

#[test]
fn a_priority_without_a_title_or_theme_comes_back_as_it_was_typed() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let again = planner
        .post(LIST, &[("title.es", "Puntuales"), ("title.en", " ")])
        .expect(422);
    assert_eq!(again.texts(".summary li").len(), 1);
    assert!(again.text().contains("Choose at least one theme"));
    let form = again.form("form[action$='/priorities']");
    assert!(form.contains(&("title.es".to_owned(), "Puntuales".to_owned())));
    let again = planner
        .post(LIST, &[("theme", "buses"), ("theme", "gone")])
        .expect(422);
    assert!(again.text().contains("Enter a title."));
    assert!(
        again
            .text()
            .contains("The codebook no longer has the theme “gone”.")
    );
    assert_eq!(
        again.attributes("input[name=theme][checked]", "value"),
        ["buses"]
    );
    let path = planner.add_priority("On time", &["buses"]);
    let emptied = [
        ("title.en", ""),
        ("title.es", ""),
        ("why.en", "Because."),
        ("theme", "arts"),
    ];
    let again = planner.fill(&path, "form.panel", &emptied).expect(422);
    assert!(
        again
            .form("form.panel")
            .contains(&("why.en".to_owned(), "Because.".to_owned()))
    );
    assert_eq!(
        again.attributes("input[name=theme][checked]", "value"),
        ["arts"]
    );
    assert!(planner.get(&path).text().contains("1. On time"));
    let saved: i64 = app.read(|db| Ok(priorities::table.count().get_result(db)?));
    assert_eq!(saved, 1);
}

#[test]
fn two_priorities_with_the_same_title_have_different_addresses() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let first = planner.add_priority("On time", &["buses"]);
    let second = planner.add_priority("On time", &["teaching"]);
    assert!(first.ends_with("/on-time") && second.ends_with("/on-time-2"));
    let arabic = planner.post(LIST, &[("title.ar", "…!"), ("theme", "buses")]);
    assert!(arabic.expect(303).location().ends_with("/priority"));
}

#[test]
fn a_planner_for_one_round_works_only_in_that_round() {
    let app = heard();
    app.planner_with_codebook();
    let round = app
        .read(|db| Ok(chorus::district::round_by_slug(db, "vision-2031")?))
        .id;
    let planner = app.sign_in_within(Role::Planner, chorus::accounts::Scope::Round(round));
    let path = planner.add_priority("On time", &["buses"]);
    planner.decide(&path);
    let ledger = planner.get(&format!("{DESK}/comments")).expect(200);
    assert!(ledger.text().contains("School staff") && ledger.text().contains("Release"));
    planner.get("/desk/rounds/another/plan").expect(403);
    planner.get("/desk/team").expect(403);
}
