//! Importing files from other tools: good rows become responses, bad rows are reported, and nothing is left half done.

mod interrupted;
mod reading;
mod rows;
mod sheets;
mod votes;

use chorus::schema::{batches, comments, responses};
use diesel::prelude::*;

use crate::support::{Outcome, Place, fixture_path};

const SURVEY: &str = r#"
slug = "staff"
languages = ["en", "es"]
unit = "person"
title = { en = "What matters?", es = "¿Qué importa?" }
[[items]]
key = "pick"
kind = "single"
required = true
label = { en = "Pick one", es = "Elija" }
[[items.choices]]
key = "buses"
label = { en = "School buses", es = "Autobuses" }
[[items.choices]]
key = "food"
label = { en = "School meals", es = "Comidas" }
[[items]]
key = "some"
kind = "multiple"
at_most = 2
label = { en = "Pick some", es = "Elija algunos" }
[[items.choices]]
key = "arts"
label = { en = "Music, art, and sports", es = "Música, arte y deporte" }
[[items.choices]]
key = "trades"
label = { en = "Trades", es = "Oficios" }
[[items.choices]]
key = "languages"
label = { en = "Languages", es = "Idiomas" }
[[items]]
key = "rate"
kind = "scale"
from = 1
to = 5
low = { en = "bad", es = "mal" }
high = { en = "good", es = "bien" }
label = { en = "How is it?", es = "¿Cómo está?" }
[[items]]
key = "say"
kind = "text"
intent = "need"
max_length = 40
label = { en = "What should change?", es = "¿Qué debe cambiar?" }
"#;

/// A map for files with the columns ID, Pick, Some, Rate, and Say.
const MAP: &str = r#"
id = "ID"
[answers]
pick = "Pick"
some = "Some"
rate = "Rate"
say = "Say"
"#;

/// A district with an open staff survey.
fn place() -> Place {
    let place = Place::riverside();
    place.publish_survey(&place.file("staff.toml", SURVEY));
    place
}

/// Imports a file with this map and these options.
fn import(place: &Place, file: impl AsRef<[u8]>, map: &str, options: &[&str]) -> Outcome {
    let file = place.file("answers.csv", file);
    let map = place.file("map.toml", map);
    let command = [
        "import",
        "responses",
        &file,
        "--survey",
        "staff",
        "--map",
        &map,
    ];
    place.run(&[&command, options].concat())
}

/// How many responses and comments are in live batches.
fn counted(place: &Place) -> (i64, i64) {
    let database = place.connect();
    let counts = database.read(|db| {
        let live = batches::table
            .filter(batches::number.gt(0))
            .select(batches::id.nullable());
        let responses = responses::table
            .filter(responses::batch_id.eq_any(live))
            .count();
        let comments = comments::table
            .filter(comments::batch_id.eq_any(live))
            .count();
        Ok((responses.get_result(db)?, comments.get_result(db)?))
    });
    counts.unwrap()
}

const GOOD: &str =
    "ID,Pick,Some,Rate,Say\n1,buses,,4,Earlier buses\n2,food,arts;trades,,\n3,food,,5,Fresh food\n";
const WITH_BAD_ROWS: &str = "ID,Pick,Some,Rate,Say\n\
    1,buses,,4,Earlier buses\n\
    2,trains,,9,x\n\
    3,food,,3\n\
    4,,,,\n\
    5,food,,5,Fresh food\n\
    5,food,,5,again\n";

#[test]
fn a_file_with_bad_rows_is_refused_and_each_row_is_reported_with_line_and_reason() {
    let place = place();
    let before = place.contents();
    let outcome = import(&place, WITH_BAD_ROWS, MAP, &[]);
    let reason = outcome.expect_failure();
    assert!(
        reason.contains("nothing was imported, because 4 rows are bad: fix the file, or import only the good rows with --skip-bad"),
        "{reason}"
    );
    let listed: Vec<&str> = outcome
        .output
        .lines()
        .filter(|line| line.starts_with("line "))
        .collect();
    assert_eq!(
        listed,
        [
            "line 3: “trains” is not a choice of “pick”; the answer to “rate” is not a whole number from 1 to 5",
            "line 4: it has 4 cells, but the header has 5",
            "line 5: it has no answers",
            "line 7: its id “5” is already on line 6",
        ]
    );
    assert_eq!(place.contents(), before);
}

#[test]
fn good_rows_are_imported_if_bad_ones_may_be_skipped() {
    let place = place();
    let outcome = import(&place, WITH_BAD_ROWS, MAP, &["--skip-bad"]).expect_success();
    assert!(
        outcome.output.contains("line 4: it has 4 cells"),
        "{}",
        outcome.output
    );
    assert!(
        outcome.output.ends_with("2 responses added\n"),
        "{}",
        outcome.output
    );
    assert_eq!(counted(&place), (2, 2));
    // The corrected file adds the rows that were bad and nothing else.
    let mended = WITH_BAD_ROWS
        .replace("trains,,9", "buses,,2")
        .replace("3,food,,3", "3,food,,3,");
    let mended = mended
        .replace("4,,,,\n", "")
        .replace("5,food,,5,again\n", "");
    let outcome = import(&place, mended, MAP, &[]).expect_success();
    assert!(
        outcome
            .output
            .contains("2 rows were already imported with the same answers"),
        "{}",
        outcome.output
    );
    assert!(
        outcome.output.ends_with("2 responses added\n"),
        "{}",
        outcome.output
    );
    assert_eq!(counted(&place), (4, 3));
}

#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let place = place();
    let before = place.contents();
    let outcome = import(&place, GOOD, MAP, &["--dry-run"]).expect_success();
    assert!(
        outcome
            .output
            .contains("3 good rows by 3 people, 2 comments, 0 set aside")
            && outcome
                .output
                .contains("3 responses would be added; this was a dry run"),
        "{}",
        outcome.output
    );
    let outcome = import(&place, WITH_BAD_ROWS, MAP, &["--dry-run"]);
    assert!(
        outcome
            .expect_failure()
            .contains("nothing would be imported, because 4 rows are bad")
    );
    let outcome = import(&place, WITH_BAD_ROWS, MAP, &["--dry-run", "--skip-bad"]).expect_success();
    assert!(
        outcome.output.contains("2 responses would be added"),
        "{}",
        outcome.output
    );
    assert_eq!(place.contents(), before);
    import(&place, GOOD, MAP, &[]).expect_success();
    let outcome = import(&place, WITH_BAD_ROWS, MAP, &["--dry-run", "--skip-bad"]).expect_success();
    assert!(
        outcome
            .output
            .contains("1 row was already imported with the same answers")
            && outcome.output.contains("1 response would be added"),
        "{}",
        outcome.output
    );
}

#[test]
fn importing_the_same_file_twice_under_any_name_adds_nothing() {
    let place = place();
    import(&place, GOOD, MAP, &[]).expect_success();
    let before = place.contents();
    let outcome = import(&place, GOOD, MAP, &[]).expect_success();
    assert!(
        outcome
            .output
            .contains("3 rows were already imported with the same answers")
            && outcome.output.ends_with("0 responses added\n"),
        "{}",
        outcome.output
    );
    let copy = place.file("copy.csv", GOOD);
    let map = place.file("map.toml", MAP);
    place
        .run(&[
            "import",
            "responses",
            &copy,
            "--survey",
            "staff",
            "--map",
            &map,
        ])
        .expect_success();
    assert_eq!(place.contents(), before);
}

#[test]
fn a_row_that_is_already_stored_with_different_answers_is_left_alone_and_reported() {
    let place = place();
    import(&place, GOOD, MAP, &[]).expect_success();
    let before = place.contents();
    let outcome = import(
        &place,
        GOOD.replace("Earlier buses", "Later buses"),
        MAP,
        &[],
    )
    .expect_success();
    assert!(
        outcome
            .output
            .contains("1 row was already imported with different answers and not changed: 1\n"),
        "{}",
        outcome.output
    );
    assert_eq!(place.contents(), before);
}

#[test]
fn without_an_id_a_row_is_identified_by_its_file_and_line() {
    let place = place();
    let map = "[answers]\nsay = \"Say\"\n";
    // The same words twice are two people, but importing the same file twice adds nothing.
    let file = "Say\nbuses\nbuses\n";
    for added in [2, 0] {
        let outcome = import(&place, file, map, &[]).expect_success();
        assert!(
            outcome
                .output
                .ends_with(&format!("{added} responses added\n")),
            "{}",
            outcome.output
        );
    }
    assert_eq!(counted(&place), (2, 2));
    let digest = chorus::secret::digest(file);
    let known = |line: u32| format!("\"{digest}:{line}\"");
    let contents = place.contents().join("\n");
    assert!(
        contents.contains(&known(2))
            && contents.contains(&known(3))
            && !contents.contains(&known(4))
    );
    // A changed file counts as a different one, and the output says so.
    let outcome = import(&place, "Say\nbuses\n", map, &[]).expect_success();
    assert!(
        outcome
            .output
            .contains("importing a changed file adds its rows again"),
        "{}",
        outcome.output
    );
    assert_eq!(counted(&place), (3, 3));
}

#[test]
fn a_long_import_reports_its_progress() {
    let place = place();
    let rows: Vec<String> = (0..1200).map(|row| format!("{row},buses,,3,\n")).collect();
    let file = format!("ID,Pick,Some,Rate,Say\n{}", rows.concat());
    let outcome = import(&place, &file, MAP, &[]).expect_success();
    let told = |stage: &str| -> Vec<&str> {
        let lines = outcome
            .errors
            .lines()
            .filter_map(|line| line.strip_prefix(stage));
        lines.map(|line| line.split('%').next().unwrap()).collect()
    };
    assert_eq!(told("checking: "), ["25", "50", "75"]);
    // How many rows go into a slice depends on the speed of the machine.
    let loading = told("loading: ");
    assert!(loading.len() <= 4, "{loading:?}");
    assert!(
        outcome.errors.ends_with("loading: 100%, 1200 rows\n"),
        "{}",
        outcome.errors
    );
}

#[test]
fn a_report_lists_every_bad_row_and_never_overwrites_an_input_file() {
    let place = place();
    let rows: Vec<String> = (0..60)
        .map(|row| format!("{row},=trains{row},,,\n"))
        .collect();
    let file = format!("ID,Pick,Some,Rate,Say\n{}", rows.concat());
    let report = place.folder().join("bad.csv");
    let outcome = import(&place, &file, MAP, &["--report", report.to_str().unwrap()]);
    assert!(outcome.expect_failure().contains("60 rows are bad"));
    assert_eq!(
        outcome
            .output
            .lines()
            .filter(|line| line.starts_with("line "))
            .count(),
        50
    );
    assert!(
        outcome
            .output
            .contains("and 10 more bad rows, all of them in the report"),
        "{}",
        outcome.output
    );
    let mut written = csv::Reader::from_path(&report).unwrap();
    let written: Vec<(u64, String)> = written.deserialize().map(Result::unwrap).collect();
    assert_eq!(written.len(), 60);
    assert_eq!(
        written[59],
        (61, "“=trains59” is not a choice of “pick”".to_owned())
    );
    let own = place.folder().join("answers.csv");
    let outcome = import(&place, &file, MAP, &["--report", own.to_str().unwrap()]);
    assert!(
        outcome
            .expect_failure()
            .contains("is a file that the import reads")
    );
    assert_eq!(std::fs::read_to_string(own).unwrap(), file);
}

#[test]
fn an_import_needs_a_district_and_a_published_survey() {
    let place = Place::migrated();
    let before = place.contents();
    let fault = || import(&place, GOOD, MAP, &[]).expect_failure().to_owned();
    assert!(fault().contains("there is no district yet: run `chorus import district` first"));
    assert_eq!(place.contents(), before);
    let district = fixture_path("riverside/district.toml");
    place
        .run(&["import", "district", &district])
        .expect_success();
    assert!(fault().contains("there is no survey “staff”: run `chorus import survey` first"));
    let survey = place.file("staff.toml", SURVEY);
    let arguments = ["import", "survey", &survey, "--round", "vision-2031"];
    place.run(&arguments).expect_success();
    assert!(fault().contains("the survey “staff” is not published"));
    // A closed survey takes no responses from its page, but a file can still be imported.
    place
        .run(&[&arguments[..], &["--publish", "--close"]].concat())
        .expect_success();
    import(&place, GOOD, MAP, &[]).expect_success();
    assert_eq!(counted(&place), (3, 2));
}
