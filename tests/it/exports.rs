//! Exports are files that any spreadsheet and any other Chorus can read.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::{Place, TestApp, fixture, fixture_path};

/// Riverside with its survey open.
fn with_survey() -> Place {
    let place = Place::riverside();
    place.publish_survey(&fixture_path("riverside/survey.toml"));
    place
}

/// Riverside with its 420 responses.
fn riverside() -> Place {
    let place = with_survey();
    let responses = [
        "import",
        "responses",
        &fixture_path("riverside/responses.csv"),
        "--survey",
        "family",
        "--map",
        &fixture_path("riverside/map.toml"),
    ];
    place.run(&responses).expect_success();
    place
}

fn export(place: &Place, format: &str) -> String {
    let arguments = [
        "export",
        "responses",
        "--survey",
        "family",
        "--format",
        format,
    ];
    place.run(&arguments).expect_success().output
}

/// Imports an export with its documented map; returns the output.
fn bring_in(place: &Place, exported: &str) -> String {
    let file = place.file("family.csv", exported);
    let arguments = [
        "import",
        "responses",
        &file,
        "--survey",
        "family",
        "--map",
        &fixture_path("riverside/export-map.toml"),
    ];
    place.run(&arguments).expect_success().output
}

fn sorted(exported: &str) -> Vec<String> {
    let mut rows = csv::ReaderBuilder::new().from_reader(exported.as_bytes());
    let mut rows: Vec<String> = rows
        .records()
        .map(|row| row.unwrap().iter().collect::<Vec<_>>().join("|"))
        .collect();
    rows.sort();
    rows
}

/// A district with one response from a phone for each of these texts.
fn answered(words: &[&str]) -> TestApp {
    let app = TestApp::riverside();
    app.publish_survey(&fixture("riverside/survey.toml"));
    for said in words {
        let phone = app.phone("family");
        let fields = [
            ("who", "staff"),
            ("school", "oak"),
            ("school", "bluestem-high"),
            ("first", "buses"),
            ("welcome", "4"),
            ("hope", said),
        ];
        phone.post("/s/family", &fields).expect(303);
    }
    app
}

#[test]
fn an_export_gives_the_same_data_elsewhere_and_adds_nothing_where_it_came_from() {
    let here = riverside();
    let exported = export(&here, "csv");
    assert_eq!(sorted(&exported).len(), 420);
    let told = bring_in(&here, &exported);
    assert!(
        told.contains("420 rows were already imported with the same answers")
            && told.ends_with("0 responses added\n"),
        "{told}"
    );
    let there = with_survey();
    let told = bring_in(&there, &exported);
    assert!(told.ends_with("420 responses added\n"), "{told}");
    assert_eq!(sorted(&export(&there, "csv")), sorted(&exported));
}

#[test]
fn responses_from_our_own_pages_are_imported_once() {
    let app = answered(&["Warm rooms", "Two\r\nlines; \"quoted\"", "later, please\r"]);
    let exported = export(app.place(), "csv");
    let told = bring_in(app.place(), &exported);
    assert!(
        told.contains("3 rows were already imported with the same answers")
            && told.ends_with("0 responses added\n"),
        "{told}"
    );
    let there = with_survey();
    bring_in(&there, &exported);
    assert_eq!(sorted(&export(&there, "csv")), sorted(&exported));
}

#[test]
fn no_exported_cell_is_a_formula_and_each_is_imported_as_it_was_written() {
    let words = [
        "=HYPERLINK(\"http://evil.example\")",
        "+1 for buses",
        "-5 degrees",
        "@home",
        "'=quoted",
        "＝wide",
        "plain = safe",
    ];
    let app = answered(&words);
    let exported = export(app.place(), "csv");
    let mut rows = csv::Reader::from_reader(exported.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let hope = headers.iter().position(|name| name == "hope").unwrap();
    for row in rows.records().map(Result::unwrap) {
        assert!(
            row.iter()
                .all(|cell| !cell.starts_with(['=', '+', '-', '@', '＝'])),
            "{row:?}"
        );
    }
    // Programs read JSON, and they have no formulas, so texts are unchanged there.
    let lines = export(app.place(), "jsonl");
    let mut said: Vec<String> = lines
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["hope"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let mut expected = words.to_vec();
    said.sort();
    expected.sort_unstable();
    assert_eq!(said, expected);
    let there = with_survey();
    bring_in(&there, &exported);
    let again = export(&there, "csv");
    let column = |exported: &str| -> Vec<String> {
        let mut rows = csv::Reader::from_reader(exported.as_bytes());
        let mut cells: Vec<String> = rows
            .records()
            .map(|row| row.unwrap()[hope].to_owned())
            .collect();
        cells.sort();
        cells
    };
    assert_eq!(column(&again), column(&exported));
}

#[test]
fn an_exported_row_has_keys_and_the_response_s_details() {
    let app = answered(&["Warm rooms"]);
    let row: serde_json::Value = serde_json::from_str(export(app.place(), "jsonl").trim()).unwrap();
    let mut expected = serde_json::json!({
        "_person": null, "_day": "2026-10-05", "_language": "en", "_channel": "web", "_group": "staff",
        "_schools": ["oak", "bluestem-high"], "_status": "counted", "_revision": 1, "_sheet": null, "_marks": {},
        "who": "staff", "school": ["oak", "bluestem-high"], "first": ["buses"], "welcome": 4, "hope": "Warm rooms",
    });
    expected["_id"] = row["_id"].clone();
    assert_eq!(row, expected);
    let exported = export(app.place(), "csv");
    let header = exported.lines().next().unwrap();
    assert_eq!(
        header,
        "\"_id\",\"_person\",\"_day\",\"_language\",\"_channel\",\"_group\",\"_schools\",\"_status\",\"_revision\",\"_sheet\",\"_marks\",\"who\",\"school\",\"news\",\"first\",\"welcome\",\"way\",\"informed\",\"going-well\",\"be-better\",\"hope\""
    );
}

#[test]
fn an_export_omits_withdrawn_responses_and_marks_suspected_ones() {
    let app = answered(&["Warm rooms"]);
    let bot = app.browser();
    bot.get("/s/family").expect(200);
    let sent = bot
        .post(
            "/s/family",
            &[("who", "staff"), ("welcome", "1"), ("_more", "x")],
        )
        .expect(303);
    assert_eq!(
        export(app.place(), "jsonl")
            .lines()
            .filter(|line| line.contains("\"_status\":\"suspected\""))
            .count(),
        1
    );
    let code = bot
        .get(sent.location())
        .expect(200)
        .texts(".receipt")
        .remove(0);
    bot.post("/r/withdraw?lang=en", &[("code", &code), ("sure", "yes")]);
    let outcome = app
        .place()
        .run(&["export", "responses", "--survey", "family"])
        .expect_success();
    assert_eq!(sorted(&outcome.output).len(), 1);
    assert_eq!(
        outcome.errors,
        "1 response exported; 1 set aside or withdrawn was left out\n"
    );
}

#[test]
fn an_export_is_written_row_by_row_and_the_reader_may_stop_early() {
    let place = riverside();
    let mut command = place.command(&[
        "export",
        "responses",
        "--survey",
        "family",
        "--format",
        "jsonl",
    ]);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::with_capacity(1, child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    assert!(first.starts_with("{\"_id\":"));
    // A reader that only wants one row, such as `head -1`, closes the pipe. That isn't an error.
    let outcome = child.wait_with_output().unwrap();
    assert_eq!(
        (
            outcome.status.code(),
            String::from_utf8(outcome.stderr).unwrap()
        ),
        (Some(0), String::new())
    );
}

#[test]
fn an_exported_file_is_complete_or_missing_and_never_overwrites_another() {
    let place = riverside();
    let file = place.folder().join("out.csv");
    let file = file.to_str().unwrap();
    let arguments = ["export", "responses", "--survey", "family", "--out", file];
    place.run(&arguments).expect_success();
    let written = std::fs::read_to_string(file).unwrap();
    assert_eq!(sorted(&written), sorted(&export(&place, "csv")));
    let again = place.run(&arguments);
    assert!(
        again
            .expect_failure()
            .contains("out.csv already exists and was not replaced")
    );
    let nowhere = place.run(&[
        "export",
        "responses",
        "--survey",
        "families",
        "--out",
        &format!("{file}.no"),
    ]);
    assert_eq!(nowhere.expect_failure(), "there is no survey “families”");
    let left = |ending: &str| std::path::Path::new(&format!("{file}{ending}")).exists();
    assert!(!left(".no") && !left(".no.part") && !left(".part"));
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(file).unwrap().permissions(),
        );
        assert_eq!(
            mode & 0o777,
            0o600,
            "only the person who exported it can read the file"
        );
    }
}

#[test]
fn each_export_of_rows_is_audited() {
    let place = riverside();
    let lines = || {
        place
            .contents()
            .iter()
            .filter(|line| line.contains("responses.exported"))
            .count()
    };
    assert_eq!(lines(), 0);
    export(&place, "csv");
    export(&place, "jsonl");
    assert_eq!(lines(), 2);
}

#[test]
fn an_exported_survey_can_be_imported_again() {
    let here = riverside();
    let written = here
        .run(&["export", "survey", "family"])
        .expect_success()
        .output;
    let there = Place::riverside();
    let file = there.file("survey.toml", &written);
    there
        .run(&["import", "survey", &file, "--round", "vision-2031"])
        .expect_success();
    assert_eq!(
        there
            .run(&["export", "survey", "family"])
            .expect_success()
            .output,
        written
    );
    assert_eq!(
        here.run(&["export", "survey", "staff"]).expect_failure(),
        "there is no survey “staff”"
    );
}
