//! A backup written by the first version, when comments still had another name. Every later version restores it on both
//! databases and shows the same numbers. `fixtures/upgrade/README.md` describes the files.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chorus::db::{Schema, schema_state};
use chorus::district;
use chorus::priorities::{self, moved, weigh};
use chorus::schema::{comments, decisions, editions, rounds, votes};
use chorus::themes::{Coded, Coding, latest_codebook};
use diesel::prelude::*;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::{Place, TestApp};

/// Tables that were renamed: old name, new name.
const RENAMED: [(&str, &str); 3] = [
    ("remarks", "comments"),
    ("late_answers", "late_responses"),
    ("snapshots", "editions"),
];
/// The planner of the first version's demo: email and password.
const PLANNER: [&str; 2] = ["planner@riverside.example", "listen to riverside"];

fn file(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("fixtures/upgrade").join(name)
}

fn backup() -> String {
    file("first-version.backup").to_str().unwrap().to_owned()
}

/// How many rows each table had, as the first version counted them.
fn counted() -> BTreeMap<String, u64> {
    let text = std::fs::read_to_string(file("rows.json")).unwrap();
    let counted: Value = serde_json::from_str(&text).unwrap();
    serde_json::from_value(counted["rows"].clone()).unwrap()
}

/// The first version's backup without its votes, which are most of its rows. The votes table stays but is empty.
fn without_votes() -> Vec<u8> {
    static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let file = std::fs::File::open(file("first-version.backup")).unwrap();
        let mut small = GzEncoder::new(Vec::new(), Compression::fast());
        let mut table = String::new();
        for line in BufReader::new(GzDecoder::new(file)).lines() {
            let line = line.unwrap();
            if let Some(rest) = line.strip_prefix("{\"table\":\"") {
                rest.split('"').next().unwrap().clone_into(&mut table);
            }
            if table == "votes" && line.starts_with('[') {
                continue;
            }
            let line = line.replacen("\"votes\":225524", "\"votes\":0", 1);
            writeln!(small, "{line}").unwrap();
        }
        small.finish().unwrap()
    });
    SMALL.clone()
}

fn text_of(backup: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(backup).read_to_string(&mut text).unwrap();
    text
}

fn packed(text: &str) -> Vec<u8> {
    let mut file = GzEncoder::new(Vec::new(), Compression::fast());
    file.write_all(text.as_bytes()).unwrap();
    file.finish().unwrap()
}

/// How many rows each table has, as today's backup counts them.
fn rows(place: &Place) -> BTreeMap<String, u64> {
    let contents = place.contents();
    let last = contents.iter().find(|line| line.starts_with("{\"rows\""));
    let last: Value = serde_json::from_str(last.unwrap()).unwrap();
    serde_json::from_value(last["rows"].clone()).unwrap()
}

/// How many rows each table has now, under the first version's table names.
fn rows_by_old_names(place: &Place) -> BTreeMap<String, u64> {
    let mut rows = rows(place);
    for (then, now) in RENAMED {
        let count = rows.remove(now).unwrap();
        rows.insert(then.to_owned(), count);
    }
    rows
}

#[test]
fn the_first_version_s_backup_restores_with_the_same_numbers() {
    let place = Place::empty();
    let restored = place.run(&["restore", &backup()]).expect_success();
    // The sum of rows.json, without Diesel's own list of migrations.
    assert!(
        restored.output.contains("228847 rows of 25 tables")
            && restored.output.contains("Chorus 0.1.0 wrote it"),
        "{}",
        restored.output
    );
    std::fs::copy(file("secret.key"), place.folder().join("secret.key")).unwrap();
    let mut expected = counted();
    // Diesel's own list of migrations isn't part of a backup.
    expected.remove("__diesel_schema_migrations");
    let now = rows_by_old_names(&place);
    for (table, count) in &expected {
        assert_eq!(now.get(table), Some(count), "{table}");
    }

    let app = TestApp::start_on(place);
    assert_eq!(app.read(schema_state), Schema::Current);
    comments_and_votes(&app);
    schools(&app);
    public_pages(&app);
    evidence(&app);
    sign_in(&app);
    receipts(&app);
}

/// 702 written answers and 25 notes in Riverside; 896 statements with their votes in Bowling Green.
fn comments_and_votes(app: &TestApp) {
    let by_round: Vec<(String, i64)> = app.read(|db| {
        let rows = comments::table
            .inner_join(rounds::table)
            .group_by(rounds::slug)
            .select((rounds::slug, diesel::dsl::count_star()))
            .order(rounds::slug)
            .load(db)?;
        Ok(rows)
    });
    let expected = [("bowling-green-2018", 896), ("vision-2031", 727)];
    assert_eq!(by_round, expected.map(|(slug, n)| (slug.to_owned(), n)));
    let by_value: Vec<(i32, i64)> = app.read(|db| {
        let rows = votes::table
            .group_by(votes::value)
            .select((votes::value, diesel::dsl::count_star()))
            .order(votes::value)
            .load(db)?;
        Ok(rows)
    });
    assert_eq!(by_value, [(-1, 38647), (0, 77125), (1, 109_752)]);
}

/// The names of schools, which were the same in every language, still are.
fn schools(app: &TestApp) {
    let schools = app.read(|db| Ok(district::schools(db)?));
    let names = |language: &str| -> Vec<(String, String)> {
        let named = schools.iter().map(|school| {
            let name = school.name.said(language).unwrap_or_default();
            (school.key.clone(), name.to_owned())
        });
        named.collect()
    };
    // As the backup has them.
    let expected = [
        ("oak", "Oak Elementary"),
        ("maple-hill", "Maple Hill Elementary"),
        ("lakeview", "Lakeview Elementary"),
        ("prairie-bend", "Prairie Bend School"),
        ("cottonwood", "Cottonwood Middle"),
        ("north-fork", "North Fork Middle"),
        ("riverside-high", "Riverside High"),
        ("bluestem-high", "Bluestem High"),
    ];
    let expected = expected.map(|(key, name)| (key.to_owned(), name.to_owned()));
    assert_eq!(names("en"), expected);
    assert_eq!(names("es"), expected);
    assert_eq!(schools[0].name.said("ar"), None);
}

/// What was published stays the same, word for word: every snapshot matches its digest, and the pages show its numbers.
fn public_pages(app: &TestApp) {
    let published: Vec<(String, String, String)> = app.read(|db| {
        let rows = editions::table
            .inner_join(rounds::table)
            .select((rounds::slug, editions::content, editions::digest))
            .order(rounds::slug)
            .load(db)?;
        Ok(rows)
    });
    assert_eq!(published.len(), 2);
    for (round, content, digest) in &published {
        assert_eq!(&sha256(content), digest, "{round}");
        let content: Value = serde_json::from_str(content).unwrap();
        let heard = app.get(&format!("/heard/{round}")).expect(200);
        let answered = content["sources"][0]["answered"].to_string();
        let expected = if round == "vision-2031" { "420" } else { "281" };
        assert_eq!(answered, expected);
        assert!(has_number(&heard.text(), &answered), "{}", heard.text());
        for asked in content["asked"].as_array().unwrap() {
            // Only the top themes, which have the largest numbers; reading all theme pages takes minutes.
            for row in asked["rows"].as_array().unwrap().iter().take(5) {
                let (theme, all) = (row["theme"].as_str().unwrap(), &row["all"]["exact"]);
                let page = app
                    .get(&format!("/heard/{round}/themes/{theme}"))
                    .expect(200);
                if all.is_number() {
                    let all = all.to_string();
                    assert!(
                        has_number(&page.text(), &all),
                        "{theme}: {all} in {}",
                        page.text()
                    );
                }
            }
        }
        let priorities = content["priorities"].as_array().unwrap();
        assert_eq!(priorities.len(), 5);
        for priority in priorities {
            let (key, decision) = (priority["key"].as_str().unwrap(), &priority["decision"]);
            let page = app
                .get(&format!("/plan/{round}/priorities/{key}"))
                .expect(200);
            for number in [&decision["all"]["exact"], &decision["asked"]] {
                assert!(
                    has_number(&page.text(), &number.to_string()),
                    "{key}: {number}"
                );
            }
            assert_eq!(page.texts(".code"), [decision["digest"].as_str().unwrap()]);
        }
        app.get(&format!("/plan/{round}")).expect(200);
    }
    app.get("/f/did-we-hear-you").expect(200);
}

/// Every decision's evidence is unchanged and readable, and the same rows still produce it today.
fn evidence(app: &TestApp) {
    let stored: Vec<(String, String)> = app.read(|db| {
        let rows = decisions::table.select((
            diesel::dsl::sql::<diesel::sql_types::Text>("evidence"),
            decisions::digest,
        ));
        Ok(rows.load(db)?)
    });
    assert_eq!(stored.len(), 10);
    for (evidence, digest) in &stored {
        assert_eq!(&sha256(evidence), digest);
    }
    let live = app.live();
    let compared = app.read(|db| {
        live.view(db, |index, db| {
            let mut compared = 0;
            for slug in ["vision-2031", "bowling-green-2018"] {
                let round = district::round_by_slug(db, slug)?;
                let coding = Coding::of(latest_codebook(db, &round.id)?.unwrap())?;
                let coded: Coded = coding.apply(index, &round.id);
                for priority in priorities::in_round(db, &round.id)? {
                    let decided = priorities::current_decision(db, &priority.id)?.unwrap();
                    let themes = &priority.themes.0;
                    let now = weigh(index, db, &round.id, &coding, &coded, themes)?;
                    assert_eq!(moved(&decided.evidence.0, &now), Vec::<String>::new());
                    assert_eq!(decided.evidence.0.comments, now.comments);
                    assert!(decided.evidence.0.score.named > 0);
                    compared += 1;
                }
            }
            Ok(compared)
        })
    });
    assert_eq!(compared, 10);
}

fn sign_in(app: &TestApp) {
    let planner = app.browser();
    planner.sign_in(PLANNER[0], PLANNER[1]).expect(303);
    for page in ["/themes", "/comments", "/priorities", "/plan"] {
        planner
            .get(&format!("/desk/rounds/vision-2031{page}"))
            .expect(200);
    }
}

/// The first version would have given this receipt for this key. It's the HMAC-SHA-256 of the key under the secret,
/// computed with Python's `hmac`.
fn receipts(app: &TestApp) {
    let phone = app.browser();
    let answer = [
        ("_submission", "a phone that was here before"),
        ("who", "staff"),
        ("hope", "Warm rooms"),
    ];
    let sent = phone.post("/s/family", &answer).expect(303);
    let code = phone.get(sent.location()).expect(200).texts(".receipt");
    assert_eq!(code, ["QSJA-E9RM-5VQG-WY3Z"]);
    let opened = app.browser().post("/r", &[("code", &code[0])]).expect(200);
    assert!(opened.text().contains("Warm rooms"), "{}", opened.text());
}

fn sha256(text: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(text))
}

/// Whether a text contains this number, and not only as part of a longer one.
fn has_number(text: &str, number: &str) -> bool {
    let plain = text.replace(',', "");
    plain
        .split(|letter: char| !letter.is_ascii_digit())
        .any(|found| found == number)
}

#[test]
fn an_older_backup_restores_into_an_empty_database_with_the_current_schema() {
    let place = Place::migrated();
    let steps = place.connect().read(schema_state).unwrap();
    let path = place.file("older.gz", without_votes());
    place.run(&["restore", &path]).expect_success();
    assert_eq!(place.connect().read(schema_state).unwrap(), steps);
    let now = rows(&place);
    assert_eq!((now["comments"], now["responses"]), (1623, 1316));
    // The backup it writes is in today's format.
    let again = place.folder().join("again.gz");
    place
        .run(&["backup", again.to_str().unwrap()])
        .expect_success();
    let head = text_of(&std::fs::read(&again).unwrap());
    let head: Value = serde_json::from_str(head.lines().next().unwrap()).unwrap();
    assert_eq!(head["program"], env!("CARGO_PKG_VERSION"));
    let there = Place::empty();
    let restored = there
        .run(&["restore", again.to_str().unwrap()])
        .expect_success();
    assert!(!restored.output.contains("wrote it"), "{}", restored.output);
    assert_eq!(there.contents(), place.contents());
}

#[test]
fn a_damaged_older_backup_changes_neither_rows_nor_schema() {
    let whole = text_of(&without_votes());
    let row = whole
        .lines()
        .find(|line| line.starts_with('[') && line.contains("\"oak\""))
        .unwrap();
    let cases = [
        whole[..whole.len() / 2].to_owned(),
        // The same school twice.
        whole.replacen(row, &format!("{row}\n{row}"), 1),
        // Matches the old schema except for the table name, which is today's.
        whole.replacen("\"table\":\"remarks\"", "\"table\":\"comments\"", 1),
    ];
    for text in cases {
        for place in [Place::empty(), Place::migrated()] {
            let before = place.connect().read(schema_state).unwrap();
            let path = place.file("damaged.gz", packed(&text));
            let refused = place.run(&["restore", &path]);
            assert!(
                refused.expect_failure().ends_with("nothing was restored"),
                "{}",
                refused.errors
            );
            assert_eq!(place.connect().read(schema_state).unwrap(), before);
        }
    }
}

#[test]
fn a_backup_of_a_newer_version_is_refused_in_plain_words() {
    let text = text_of(&without_votes());
    let newer = text
        .replacen("\"0009\"]", "\"0009\",\"0010\",\"9999\"]", 1)
        .replacen("\"program\":\"0.1.0\"", "\"program\":\"7.0.0\"", 1);
    let place = Place::migrated();
    let before = place.contents();
    let path = place.file("newer.gz", packed(&newer));
    let refused = place.run(&["restore", &path]);
    assert_eq!(
        refused.expect_failure(),
        format!(
            "{path}: a newer version of Chorus wrote this backup (7.0.0, schema step 9999); this is version {}. \
             Restore it with that version or a later one",
            env!("CARGO_PKG_VERSION")
        )
    );
    assert_eq!(place.contents(), before);
}
