//! Exports and backups keep each response's channel.

use chorus::responses::{ExportFormat, export_responses};

use super::*;
use crate::support::{Place, fixture, fixture_path};

/// One response from a phone and two sheets, the first of which was corrected.
fn mixed() -> TestApp {
    let app = TestApp::riverside();
    app.publish_survey(&fixture("riverside/survey.toml"));
    app.post("/s/family", &[("who", "staff"), ("first", "buses")])
        .expect(303);
    let clerk = app.sign_in_as(Role::Clerk);
    let fields = [
        ("name", "Lincoln, box 2"),
        ("code", "es.1"),
        ("channel", "paper"),
    ];
    let batch = start_batch_with(&clerk, &fields)
        .expect(303)
        .location()
        .to_owned();
    type_in(&clerk, &batch, &[("who", "*"), ("welcome", "3")]).expect(303);
    type_in(&clerk, &batch, &[("who", "1"), ("hope", "Más música")]).expect(303);
    clerk
        .fill(
            &format!("{batch}/sheets/1"),
            "form.entries",
            &[("welcome", "4")],
        )
        .expect(303);
    app
}

fn exported(app: &TestApp) -> Vec<BTreeMap<String, String>> {
    let mut out = Vec::new();
    export_responses(
        app.database(),
        &app.operator(),
        "family",
        ExportFormat::Csv,
        &mut out,
    )
    .unwrap();
    let mut rows = csv::Reader::from_reader(&out[..]);
    rows.deserialize().map(Result::unwrap).collect()
}

use std::collections::BTreeMap;

#[test]
fn an_export_includes_channels_and_marks_that_are_not_answers() {
    let rows = exported(&mixed());
    assert_eq!(rows.len(), 3);
    let of = |sheet: &str| rows.iter().find(|row| row["_sheet"] == sheet).unwrap();
    let first = of("Lincoln, box 2 / 1");
    assert_eq!(
        (first["_channel"].as_str(), first["_language"].as_str()),
        ("paper", "es")
    );
    assert_eq!(
        (
            first["_marks"].as_str(),
            first["who"].as_str(),
            first["welcome"].as_str()
        ),
        ("who:two-marks", "", "4")
    );
    let second = of("Lincoln, box 2 / 2");
    assert_eq!(
        (second["_marks"].as_str(), second["hope"].as_str()),
        ("", "Más música")
    );
    assert_eq!(of("")["_channel"], "web");
}

#[test]
fn an_export_can_be_imported_elsewhere_with_its_channels() {
    let here = mixed();
    let command = [
        "export",
        "responses",
        "--survey",
        "family",
        "--format",
        "csv",
    ];
    let exported = here.place().run(&command).expect_success().output;
    let there = Place::riverside();
    there.publish_survey(&fixture_path("riverside/survey.toml"));
    let file = there.file("family.csv", &exported);
    let map = fixture_path("riverside/export-map.toml");
    let import = [
        "import",
        "responses",
        &file,
        "--survey",
        "family",
        "--map",
        &map,
    ];
    there.run(&import).expect_success();
    let back = there.run(&command).expect_success().output;
    let channels = |text: &str| {
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let rows = rows
            .deserialize::<BTreeMap<String, String>>()
            .map(Result::unwrap);
        let mut channels: Vec<(String, String)> = rows
            .map(|row| (row["_id"].clone(), row["_channel"].clone()))
            .collect();
        channels.sort();
        channels
    };
    assert_eq!(channels(&back), channels(&exported));
    assert!(exported.contains("\"paper\"") && exported.contains("\"web\""));
    // The original place already has all of these responses.
    let told = here.place().run(&[
        "import",
        "responses",
        &here.place().file("again.csv", &exported),
        "--survey",
        "family",
        "--map",
        &map,
    ]);
    assert!(
        told.expect_success()
            .output
            .ends_with("0 responses added\n")
    );
}

#[test]
fn a_backup_restores_batches_and_sheets() {
    let app = mixed();
    let backup = app.place().folder().join("backup.gz");
    let file = backup.to_str().unwrap();
    app.place().run(&["backup", file]).expect_success();
    let there = Place::empty();
    there.run(&["restore", file]).expect_success();
    let sheets = |lines: Vec<String>| {
        let of_paper = lines
            .into_iter()
            .filter(|line| line.contains("Lincoln") || line.contains("two-marks"));
        of_paper.collect::<Vec<_>>()
    };
    let before = sheets(app.place().contents());
    // The batch, and the corrected sheet with its tombstone.
    assert_eq!(before.len(), 3, "{before:?}");
    assert_eq!(sheets(there.contents()), before);
}
