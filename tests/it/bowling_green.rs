//! The whole product on real data: 896 statements from Bowling Green, from the file to the public pages, using the same
//! commands and pages as anyone else. The expected counts come from `tests/independent/`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chorus::comments::{Comment, CommentId, Status};
use chorus::responses::Response;
use chorus::schema::{comments, responses, votes};
use diesel::prelude::*;
use serde_json::Value;

use crate::support::{Browser, PASSWORD, Place, Reply, TestApp, fixture, fixture_path};

const ROUND: &str = "/desk/rounds/bowling-green-2018";
const EMAIL: &str = "ana@riverside.example";

fn file(name: &str) -> String {
    fixture_path(&format!("bowling-green/{name}"))
}

/// The report of an independent count over the same files.
fn counted(name: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("tests/independent").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The rows of the statements file, by column.
fn statements() -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(file("comments.csv")).unwrap();
    let rows = reader.deserialize();
    rows.map(Result::unwrap).collect()
}

/// Runs a command that must succeed; returns its output.
fn run(place: &Place, arguments: &[&str]) -> String {
    place.run(arguments).expect_success().output
}

/// Imports the round with its question, the statements, the codebook, the released comments, the decisions, and the
/// plan; nothing is published yet.
fn brought_in(with_votes: bool) -> (TestApp, Browser) {
    let place = Place::riverside();
    run(&place, &["import", "district", &file("round.toml")]);
    let add = [
        "user",
        "add",
        EMAIL,
        "--role",
        "planner",
        "--name",
        "Ana Reyes",
        "--password-stdin",
    ];
    place.run_with_input(&add, PASSWORD).expect_success();
    let (round, by) = (["--round", "bowling-green-2018"], ["--as", EMAIL]);
    let survey = file("survey.toml");
    run(
        &place,
        &[
            "import",
            "survey",
            &survey,
            round[0],
            round[1],
            "--publish",
            "--close",
        ],
    );
    bring_in_statements(&place);
    if with_votes {
        bring_in_votes(&place);
    }
    run(
        &place,
        &[
            "import",
            "codebook",
            &file("codebook.toml"),
            round[0],
            round[1],
        ],
    );
    let released = run(
        &place,
        &["import", "released", &file("released.toml"), by[0], by[1]],
    );
    assert!(
        released.contains(&format!(
            "{} comments were released",
            released_labels().len()
        )),
        "{released}"
    );
    let again = run(
        &place,
        &["import", "released", &file("released.toml"), by[0], by[1]],
    );
    assert!(again.contains("0 comments were released"), "{again}");
    let decisions = file("decisions.toml");
    run(
        &place,
        &[
            "import",
            "decisions",
            &decisions,
            round[0],
            round[1],
            by[0],
            by[1],
        ],
    );
    run(
        &place,
        &["import", "plan", &file("plan.toml"), round[0], round[1]],
    );
    let app = TestApp::start_on(place);
    let planner = app.browser();
    planner.sign_in(EMAIL, PASSWORD).expect(303);
    (app, planner)
}

/// Does a dry run, then imports the statements; importing the same file again adds nothing.
fn bring_in_statements(place: &Place) {
    let (comments, map) = (file("comments.csv"), file("map.toml"));
    let import = [
        "import",
        "responses",
        &comments,
        "--survey",
        "better-place",
        "--map",
        &map,
    ];
    let dry = run(place, &[&import[..], &["--dry-run"]].concat());
    let report = counted("bowling_green.json");
    let expected = format!(
        "{} good rows by {} people, {} comments, {} set aside",
        report["rows"], report["people"], report["rows"], report["set_aside"]
    );
    assert!(
        dry.contains(&expected) && dry.contains("nothing was written"),
        "{dry}"
    );
    assert!(
        dry.contains("unused columns: datetime, agrees, disagrees"),
        "{dry}"
    );
    let added = run(place, &import);
    assert!(
        added.contains(&expected) && added.contains("896 responses added"),
        "{added}"
    );
    let again = run(place, &import);
    assert!(
        again.contains("896 rows were already imported") && again.contains("0 responses added"),
        "{again}"
    );
}

fn bring_in_votes(place: &Place) {
    let matrix = file("participants-votes.csv");
    let votes = run(
        place,
        &["import", "votes", &matrix, "--survey", "better-place"],
    );
    let report = counted("bowling_green.json");
    let all = &report["votes"]["all"];
    let total: u64 = ["agree", "disagree", "pass"]
        .iter()
        .map(|kind| all[kind].as_u64().unwrap())
        .sum();
    assert!(
        votes.contains(&format!("{total} votes by {} voters", report["voters"])),
        "{votes}"
    );
}

/// The labels of the statements in the released file.
fn released_labels() -> BTreeSet<String> {
    let file: toml::Value = toml::from_str(&fixture("bowling-green/released.toml")).unwrap();
    let labels = file["comments"].as_array().unwrap().iter();
    labels
        .map(|label| label.as_str().unwrap().to_owned())
        .collect()
}

fn ledger(app: &TestApp) -> Vec<(Comment, Response)> {
    app.read(|db| {
        let rows = comments::table.inner_join(responses::table);
        Ok(rows
            .select((comments::all_columns, responses::all_columns))
            .load(db)?)
    })
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

/// A number as the English pages print it, with thousands separators.
fn grouped(number: u64) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", number / 1000, number % 1000),
    }
}

/// A share as a whole percentage.
fn rounded(share: &Value) -> String {
    format!("{:.0}", share.as_f64().unwrap() * 100.0)
}

#[test]
fn statements_votes_themes_and_priorities_match_the_independent_count() {
    let (app, planner) = brought_in(true);
    every_statement_is_in_the_ledger_as_its_file_says_it(&app);
    the_timestamp_is_the_truth_for_time(&app);
    the_matrix_is_the_truth_for_votes(&app);
    the_themes_catch_what_the_independent_count_catches(&app, &planner);
    what_was_set_aside_is_kept_and_marked(&planner);
    the_priorities_are_weighed_as_worked_out_apart(&planner);
    planner
        .post(
            &format!("{ROUND}/publish"),
            &[("sure", "yes"), ("languages", "yes")],
        )
        .expect(303);
    the_public_reads_the_same_numbers(&app);
}

fn every_statement_is_in_the_ledger_as_its_file_says_it(app: &TestApp) {
    let report = counted("bowling_green.json");
    let ledger = ledger(app);
    assert_eq!(ledger.len() as u64, number(&report["rows"]));
    let by_label: BTreeMap<&str, &(Comment, Response)> = ledger
        .iter()
        .map(|row| (row.0.label.as_str(), row))
        .collect();
    let released = released_labels();
    for row in statements() {
        let (comment, response) = by_label[row["comment-id"].as_str()];
        assert_eq!(comment.text, row["comment-body"]);
        assert_eq!(response.person, row["author-id"]);
        let is_aside = row["moderated"] == "-1";
        assert_eq!(comment.status == Status::SetAside, is_aside);
        assert_eq!(comment.status_reason.is_empty(), !is_aside);
        assert_eq!(
            comment.released_by.is_some(),
            released.contains(&row["comment-id"])
        );
    }
    let people = |is: &dyn Fn(&Comment) -> bool| {
        let rows = ledger.iter().filter(|(comment, _)| is(comment));
        rows.map(|(_, response)| &response.person)
            .collect::<BTreeSet<_>>()
            .len() as u64
    };
    let aside = |comment: &Comment| comment.status == Status::SetAside;
    assert_eq!(people(&|_| true), number(&report["people"]));
    assert_eq!(people(&aside), number(&report["set_aside_people"]));
    assert_eq!(
        people(&|comment| !aside(comment)),
        number(&report["counted_people"])
    );
}

fn the_timestamp_is_the_truth_for_time(app: &TestApp) {
    let mut days: BTreeMap<String, u64> = BTreeMap::new();
    for (_, response) in ledger(app) {
        *days.entry(response.day.to_string()).or_default() += 1;
    }
    let expected =
        counted("bowling_green.json")["comments_by_day"]["all"]["America/Chicago"].clone();
    assert_eq!(serde_json::to_value(days).unwrap(), expected);
}

fn the_matrix_is_the_truth_for_votes(app: &TestApp) {
    let labels: BTreeMap<CommentId, String> = ledger(app)
        .into_iter()
        .map(|(comment, _)| (comment.id, comment.label))
        .collect();
    let cast: Vec<(CommentId, i32, i64)> = app.read(|db| {
        let cast = votes::table.group_by((votes::comment_id, votes::value));
        let times = (votes::comment_id, votes::value, diesel::dsl::count_star());
        Ok(cast.select(times).load(db)?)
    });
    let report = counted("bowling_green.json");
    let mut found: BTreeMap<String, [i64; 3]> = statements()
        .into_iter()
        .map(|row| (row["comment-id"].clone(), [0; 3]))
        .collect();
    for (comment, value, times) in cast {
        let place = match value {
            1 => 0,
            -1 => 1,
            _ => 2,
        };
        found.get_mut(&labels[&comment]).unwrap()[place] = times;
    }
    let expected: BTreeMap<String, [i64; 3]> =
        serde_json::from_value(report["votes_by_statement"].clone()).unwrap();
    assert_eq!(found, expected);
    // In this many rows the file's own vote columns disagree with the votes. The import ignores those columns.
    let differing = statements().into_iter().filter(|row| {
        let cast = found[&row["comment-id"]];
        row["agrees"] != cast[0].to_string() || row["disagrees"] != cast[1].to_string()
    });
    assert_eq!(
        differing.count() as u64,
        number(&report["rows_where_votes_differ"]["either"])
    );
}

fn the_themes_catch_what_the_independent_count_catches(app: &TestApp, planner: &Browser) {
    let report = counted("bowling_green_themes.json");
    let page = planner.get(&format!("{ROUND}/themes")).expect(200);
    let (comments, covered) = (
        number(&report["counted_comments"]),
        number(&report["covered_comments"]),
    );
    let heading = format!("97% of {comments} comments have at least one theme");
    assert_eq!(covered * 100 / comments, 97);
    assert_eq!(page.texts("h1"), [heading]);
    let labels: BTreeMap<String, String> = ledger(app)
        .into_iter()
        .map(|(comment, _)| (comment.text, comment.label))
        .collect();
    for (key, theme) in report["themes"].as_object().unwrap() {
        let page = planner.get(&format!("{ROUND}/themes/{key}")).expect(200);
        let tally = page.texts("dl.tally dd");
        assert_eq!(
            tally[..2],
            [theme["people"].to_string(), theme["comments"].to_string()],
            "{key}"
        );
        let mut found = BTreeSet::new();
        for at in 1..=number(&theme["comments"]).div_ceil(50) {
            let page = planner
                .get(&format!("{ROUND}/comments?theme={key}&page={at}"))
                .expect(200);
            let voices = page.texts(".ledger .voice");
            assert!(
                page.texts(".ledger .voice mark").len() >= voices.len(),
                "{key}: words are marked"
            );
            found.extend(bodies(&page).iter().map(|body| labels[body].clone()));
        }
        let expected: BTreeSet<String> = serde_json::from_value(theme["ids"].clone()).unwrap();
        assert_eq!(found, expected, "{key}");
    }
}

/// The comments on a page of the comment list, with their original spaces.
fn bodies(page: &Reply) -> Vec<String> {
    page.raw_texts(".ledger .voice")
}

fn what_was_set_aside_is_kept_and_marked(planner: &Browser) {
    let report = counted("bowling_green.json");
    let page = planner
        .get(&format!("{ROUND}/comments?state=set-aside"))
        .expect(200);
    let heading = format!(
        "{} comments from {} voices",
        report["set_aside"], report["set_aside_people"]
    );
    assert_eq!(page.texts("h1"), [heading]);
    let lines = page.texts(".ledger li");
    assert_eq!(lines.len(), 50);
    assert!(
        lines
            .iter()
            .all(|line| line.contains("Set aside by the moderators of the conversation"))
    );
    let all = planner.get(&format!("{ROUND}/comments")).expect(200);
    let heading = format!(
        "{} comments from {} voices",
        report["counted_comments"], report["counted_people"]
    );
    assert_eq!(all.texts("h1"), [heading]);
}

fn the_priorities_are_weighed_as_worked_out_apart(planner: &Browser) {
    let report = counted("bowling_green_themes.json");
    for (key, priority) in report["priorities"].as_object().unwrap() {
        let page = planner
            .get(&format!("{ROUND}/priorities/{key}"))
            .expect(200)
            .text();
        let share = rounded(&priority["by_size"]);
        let weighed = format!(
            "{} of {} voices mentioned it ({share}% by size, {share}% with groups weighted equally), in {} comments",
            priority["people"], priority["asked"], priority["comments"]
        );
        assert!(page.contains(&weighed), "{key}: {weighed} is not on {page}");
        let cast: [u64; 3] = serde_json::from_value(priority["votes"].clone()).unwrap();
        let lower = (priority["wilson_lower"].as_f64().unwrap() * 100.0).to_string();
        let lower = lower.split('.').next().unwrap();
        let decided = grouped(cast[0] + cast[1]);
        assert!(
            page.contains(&format!("{} of {decided} votes agree", grouped(cast[0]))),
            "{key}: {page}"
        );
        assert!(
            page.contains(&format!("at least {lower}%")),
            "{key}: {lower}"
        );
        assert!(
            page.contains("Nothing has changed since."),
            "{key} was decided on these numbers"
        );
    }
}

fn the_public_reads_the_same_numbers(app: &TestApp) {
    let report = counted("bowling_green_themes.json");
    for (key, priority) in report["priorities"].as_object().unwrap() {
        let page = app
            .get(&format!("/plan/bowling-green-2018/priorities/{key}"))
            .expect(200)
            .text();
        let share = rounded(&priority["by_size"]);
        let named = format!(
            "{} of {} people {share}%",
            priority["people"], priority["asked"]
        );
        assert!(page.contains(&named), "{key}: {named} is not on {page}");
        let cast: [u64; 3] = serde_json::from_value(priority["votes"].clone()).unwrap();
        let decided = grouped(cast[0] + cast[1]);
        assert!(
            page.contains(&format!("{} of {decided} votes", grouped(cast[0]))),
            "{key}: {page}"
        );
    }
    let heard = app.get("/heard/bowling-green-2018").expect(200);
    let basis = heard.texts("aside.basis").remove(0);
    assert!(basis.contains("281 people answered"), "{basis}");
    assert!(
        basis.contains("Fri, Feb 2, 2018 to Mon, Feb 12, 2018"),
        "{basis}"
    );
    for key in ["traffic", "schools", "housing"] {
        let theme = &report["themes"][key];
        let page = app
            .get(&format!("/heard/bowling-green-2018/themes/{key}"))
            .expect(200)
            .text();
        assert!(
            page.contains(&format!("{} of 281 people", theme["people"])),
            "{key}: {page}"
        );
    }
}

#[test]
fn public_pages_show_only_released_comments_and_none_that_were_set_aside() {
    let (app, planner) = brought_in(false);
    planner
        .post(
            &format!("{ROUND}/publish"),
            &[("sure", "yes"), ("languages", "yes")],
        )
        .expect(303);
    let released = released_labels();
    let (mut public, mut others) = (BTreeMap::new(), Vec::new());
    for row in statements() {
        if released.contains(&row["comment-id"]) {
            assert_ne!(
                row["moderated"], "-1",
                "what was set aside is never released"
            );
            public.insert(plain(&row["comment-body"]), row["comment-id"].clone());
        } else {
            others.push((plain(&row["comment-body"]), row["moderated"] == "-1"));
        }
    }
    // Skip statements whose words are also part of a released one, since those are on the pages anyway.
    others.retain(|(body, _)| !public.keys().any(|released| released.contains(body)));
    let aside = others.iter().filter(|(_, is_aside)| *is_aside).count() as u64;
    assert!(
        aside >= number(&counted("bowling_green.json")["set_aside"]) - 3,
        "{aside}"
    );
    let mut quoted = BTreeSet::new();
    for language in ["en", "es"] {
        let pages = app.public_pages(language);
        assert!(pages.len() > 100, "{}", pages.len());
        for (path, page) in &pages {
            let text = page.text();
            for (body, is_aside) in &others {
                assert!(
                    !text.contains(body),
                    "{path} shows “{body}” (set aside: {is_aside})"
                );
            }
            for quote in page.texts("blockquote") {
                let label = public.get(&quote);
                quoted.insert(
                    label
                        .unwrap_or_else(|| panic!("{path} quotes “{quote}”"))
                        .clone(),
                );
            }
        }
    }
    assert_eq!(quoted, released, "each released statement can be read");
}

/// Text as a page shows it, with single spaces.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
