//! Priorities: weighed by size and by groups equally, put in order, decided on evidence that stays as it was.

use chorus::accounts::Role;
use chorus::priorities::Decision;
use chorus::responses::{VotesImport, import_votes};
use chorus::schema::{decisions, priorities};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::support::{Browser, DESK, Reply, TestApp, said};

const LIST: &str = "/desk/rounds/vision-2031/priorities";

/// Twenty of the families were asked and eight named buses; six of twelve of the staff; three of four neighbors.
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

/// The shares that a priority's line on the list shows: by size, equally.
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

fn decided(app: &TestApp) -> Vec<Decision> {
    app.read(|db| {
        let all = decisions::table.order((decisions::decided_at, decisions::id));
        Ok(all.load(db)?)
    })
}

fn sha256(text: impl AsRef<[u8]>) -> String {
    let bytes = Sha256::digest(text.as_ref());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first remark that holds some words is voted on: so many agree, disagree, pass.
fn vote(app: &TestApp, words: &str, agree: usize, disagree: usize, pass: usize) {
    let label = app.remarks_with(words).remove(0).label;
    let votes = [("1", agree), ("-1", disagree), ("0", pass)];
    let votes = votes
        .into_iter()
        .flat_map(|(value, times)| std::iter::repeat_n(value, times));
    let mut file = "voter,statement,value\n".to_owned();
    for (voter, value) in votes.enumerate() {
        file.push_str(&format!("voter {voter},{label},{value}\n"));
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
fn both_scores_are_those_of_the_example_worked_out_by_hand() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("On time", &["buses"]);
    // By size (8 + 6 + 3) / (20 + 12 + 4) = 17/36 = 47.2 %. Equally (8/20 + 6/12) / 2 = 45 %: four neighbors are too few
    // to weigh as a group.
    assert_eq!(shares(&planner, "On time"), ["47 %", "45 %"]);
    let page = planner.get(&path).expect(200);
    assert_eq!(
        page.texts("table.bars tbody tr"),
        [
            "Families 8 of 20 40 %",
            "School staff 6 of 12 50 %",
            "Others 3 of 4 75 %"
        ]
    );
    // Six more without a group make the others ten: (3 + 6) / 10 weighs as a third share. (40 + 50 + 90) / 3 = 60 %.
    app.hear(&[said(6, "", "No bus at all")]);
    assert_eq!(shares(&planner, "On time"), ["55 %", "60 %"]);
    let page = planner.get(&path).expect(200);
    assert_eq!(page.texts("table.bars tbody tr")[2], "Others 9 of 10 90 %");
}

#[test]
fn the_people_of_a_priority_are_a_union_and_nobody_counts_twice() {
    let app = TestApp::asking();
    app.hear(&[
        said(5, "families", "The bus is late and the music teacher left"),
        said(5, "families", "Warm rooms"),
    ]);
    app.hear_rows(&[
        // One person in two groups, with two remarks, counts once, in the first of the district's groups.
        ["p1", "staff", "en", "More buses", "", ""],
        ["p1", "families", "en", "More teachers", "", ""],
    ]);
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("All of it", &["buses", "teaching", "arts"]);
    let page = planner.get(&path).expect(200);
    assert!(
        page.text()
            .contains("6 of 11 voices named it (55 % by size"),
        "{}",
        page.text()
    );
    assert_eq!(page.texts("table.bars tbody tr"), ["Families 6 of 11 55 %"]);
}

#[test]
fn votes_stand_beside_with_the_lower_end_of_their_interval_and_are_never_added() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("On time", &["buses"]);
    let before = shares(&planner, "On time");
    vote(&app, "A bus at night", 9, 1, 5);
    vote(&app, "Warm rooms", 20, 0, 0);
    assert_eq!(shares(&planner, "On time"), before);
    let page = planner.get(&path).expect(200);
    // 9 of 10: the 95 % Wilson interval begins at 59.58 % (statsmodels); what surely holds is never rounded up.
    assert!(
        page.text()
            .contains("9 of 10 votes agree 90 % at least 59 %"),
        "{}",
        page.text()
    );
}

#[test]
fn tables_stand_beside_and_are_never_added() {
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
        text.contains("in 18 remarks; beside them at least 4 people at 1 table"),
        "{text}"
    );
}

#[test]
fn priorities_stand_in_an_order_by_hand_or_by_either_score() {
    let app = TestApp::asking();
    // Families outnumber the staff, who all speak of teachers.
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
    // By size 30/50 against 10/50; equally (75 + 0)/2 against (0 + 100)/2.
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
fn why_is_said_in_words_of_every_language() {
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
fn deciding_freezes_counts_codebook_remarks_and_digests() {
    let app = heard();
    let planner = app.planner_with_codebook();
    planner.decide(&planner.add_priority("On time", &["buses"]));
    let decision = decided(&app).remove(0);
    let evidence = &decision.evidence.0;
    assert_eq!(evidence.codebook, 1);
    assert_eq!((evidence.score.named, evidence.score.asked), (17, 36));
    let mut ids: Vec<String> = ["The bus is late", "More buses", "A bus at night"]
        .iter()
        .flat_map(|words| app.remarks_with(words))
        .map(|remark| remark.id.to_string())
        .collect();
    ids.sort_unstable();
    assert_eq!(
        evidence
            .remarks
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ids
    );
    // Each remark's id and the digest of its words, one on each line.
    let mut lines = String::new();
    for id in &ids {
        let text = app
            .remarks_with("")
            .into_iter()
            .find(|remark| remark.id.as_str() == id);
        lines.push_str(&format!("{id} {}\n", sha256(text.unwrap().text)));
    }
    assert_eq!(evidence.remarks_digest, sha256(lines));
    let stored: String = app.read(|db| {
        let column = diesel::dsl::sql::<diesel::sql_types::Text>("evidence");
        Ok(decisions::table.select(column).first(db)?)
    });
    assert_eq!(decision.digest, sha256(stored));
    let account = app.audit_lines();
    let line = account
        .iter()
        .find(|line| line.0 == "priority.decided")
        .unwrap();
    assert_eq!(line.1, decision.decided_by.map(|id| id.to_string()));
}

#[test]
fn what_was_decided_stays_and_the_page_says_what_has_moved_since() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("On time", &["buses"]);
    planner.decide(&path);
    let before = decided(&app);
    let page = planner.get(&path).expect(200);
    assert!(page.text().contains("Nothing has moved since."));
    app.advance(chrono::TimeDelta::hours(1));
    app.hear(&[
        said(4, "staff", "Buses in the rain"),
        said(1, "staff", "Quiet"),
    ]);
    let rule = format!("{DESK}/themes/buses");
    planner
        .fill(&rule, "form.panel", &[("any.en", "bus\nbuses\nrooms")])
        .expect(303);
    vote(&app, "A bus at night", 9, 1, 0);
    let page = planner.get(&path).expect(200);
    assert_eq!(
        page.texts("#decision ~ ul li"),
        [
            "The codebook is at version 2; it was decided on version 1.",
            "39 of 41 voices name it now; it was 17 of 36.",
            "22 remarks more than it was decided on.",
            "9 of 10 votes agree now; it was 0 of 0.",
        ]
    );
    let text = page.text();
    assert!(
        text.contains("on 17 of 36 voices and 17 remarks, with codebook version 1"),
        "{text}"
    );
    assert!(
        planner
            .get(LIST)
            .text()
            .contains("decided; numbers have moved since")
    );
    assert_eq!(decided(&app), before);
    planner.post(&format!("{path}/decide"), &[]).expect(303);
    let after = decided(&app);
    assert_eq!(after.len(), 2, "both stay on record");
    assert_eq!(
        (after[0].evidence.clone(), after[0].digest.clone()),
        (before[0].evidence.clone(), before[0].digest.clone())
    );
    assert!(after[0].taken_back_at.is_some() && after[1].taken_back_at.is_none());
    assert!(
        planner
            .get(&path)
            .text()
            .contains("Nothing has moved since.")
    );
}

#[test]
fn a_decision_is_taken_back_and_a_decided_priority_is_not_deleted() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = planner.add_priority("On time", &["buses"]);
    planner.decide(&path);
    let refused = planner.post(&format!("{path}/delete"), &[]).expect(409);
    assert!(refused.text().contains("This priority was decided"));
    planner.post(&format!("{path}/take-back"), &[]).expect(303);
    assert!(planner.get(&path).text().contains("Not decided yet"));
    planner.post(&format!("{path}/take-back"), &[]).expect(404);
    assert_eq!(decided(&app).len(), 1, "the record stays");
    planner.post(&format!("{path}/delete"), &[]).expect(409);
    let draft = planner.add_priority("Teachers", &["teaching"]);
    planner.post(&format!("{draft}/delete"), &[]).expect(303);
    planner.get(&draft).expect(404);
}

#[test]
fn a_priority_without_title_or_theme_comes_back_with_what_was_typed() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let again = planner
        .post(LIST, &[("title.es", "Puntuales"), ("title.en", " ")])
        .expect(422);
    assert_eq!(again.texts(".summary li").len(), 1);
    assert!(again.text().contains("tick at least one theme"));
    let form = again.form("form[action$='/priorities']");
    assert!(form.contains(&("title.es".to_owned(), "Puntuales".to_owned())));
    let again = planner
        .post(LIST, &[("theme", "buses"), ("theme", "gone")])
        .expect(422);
    assert!(again.text().contains("Please give it a title."));
    assert!(
        again
            .text()
            .contains("The codebook has no theme “gone” any more.")
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
fn two_priorities_of_one_title_have_two_addresses() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let first = planner.add_priority("On time", &["buses"]);
    let second = planner.add_priority("On time", &["teaching"]);
    assert!(first.ends_with("/on-time") && second.ends_with("/on-time-2"));
    let arabic = planner.post(LIST, &[("title.ar", "في الوقت"), ("theme", "buses")]);
    assert!(arabic.expect(303).location().ends_with("/priority"));
}

#[test]
fn an_outcome_needs_its_reason_and_nothing_that_was_typed_is_lost() {
    let app = heard();
    let planner = app.planner_with_codebook();
    let path = format!("{LIST}/outcomes");
    assert!(planner.get(LIST).text().contains("New priority"));
    planner.add_priority("On time", &["buses"]);
    assert!(
        planner
            .get(LIST)
            .text()
            .contains("3 themes have no outcome yet")
    );
    let typed = [
        ("theme", "arts"),
        ("outcome", "not-ours"),
        ("reason.en", " "),
    ];
    let again = planner.post(&path, &typed).expect(422);
    assert!(again.text().contains("Please say why"));
    let typed = [
        ("theme", "arts"),
        ("outcome", "maybe"),
        ("reason.es", "Es de la ciudad."),
    ];
    let again = planner.post(&path, &typed).expect(422);
    assert!(again.text().contains("Please choose what came of it."));
    assert!(again.body().contains("Es de la ciudad."));
    assert_eq!(app.times_done("theme.outcome"), 0);
    let gone = [
        ("theme", "gone"),
        ("outcome", "not-ours"),
        ("reason.en", "Why not."),
    ];
    assert!(
        planner
            .post(&path, &gone)
            .expect(409)
            .text()
            .contains("does not have this theme any more")
    );
    planner.say_outcome("arts", "not-ours");
    planner.say_outcome("arts", "under-way");
    let tags = planner.get(&path).expect(200).texts("h2 .tag");
    assert_eq!(
        (tags, app.times_done("theme.outcome")),
        (vec!["Under way".to_owned()], 2)
    );
    assert!(
        planner
            .get(LIST)
            .text()
            .contains("2 themes have no outcome yet")
    );
}

#[test]
fn a_planner_of_one_round_works_in_that_round_alone() {
    let app = heard();
    app.planner_with_codebook();
    let round = app
        .read(|db| Ok(chorus::district::round_by_slug(db, "vision-2031")?))
        .id;
    let planner = app.sign_in_within(Role::Planner, chorus::accounts::Scope::Round(round));
    let path = planner.add_priority("On time", &["buses"]);
    planner.decide(&path);
    let ledger = planner.get(&format!("{DESK}/remarks")).expect(200);
    assert!(ledger.text().contains("School staff") && ledger.text().contains("Release"));
    planner.get("/desk/rounds/another/priorities").expect(403);
    planner.get("/desk/team").expect(403);
}
