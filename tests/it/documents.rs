//! Documents as files: every example loads with the command documented for it, errors are in plain words, and a refused
//! document changes nothing.

use std::collections::BTreeSet;

use chorus::comments::ReleasedFile;
use chorus::config::Config;
use chorus::district::DistrictFile;
use chorus::forums::ForumFile;
use chorus::plan::PlanFile;
use chorus::priorities::DecisionsFile;
use chorus::responses::MapFile;
use chorus::{surveys, themes};
use proptest::prelude::*;

use crate::support::{Outcome, Place, fixture, fixture_path};

/// The files in the table of `fixtures/README.md`.
fn documented() -> BTreeSet<String> {
    let readme = fixture("README.md");
    let table = readme
        .split_once("| format | read by | example |")
        .unwrap()
        .1;
    let examples = table.lines().filter_map(|line| line.split('|').nth(3));
    let names = examples.flat_map(|cell| {
        cell.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    names.collect()
}

/// Riverside with everything up to its codebook.
fn riverside() -> Place {
    let place = Place::migrated();
    place.add_admin("ana@riverside.example");
    for arguments in [
        "import district riverside/district.toml",
        "import survey riverside/survey.toml --round vision-2031 --publish",
        "import responses riverside/responses.csv --survey family --map riverside/map.toml",
        "import codebook riverside/codebook.toml --round vision-2031",
    ] {
        run(&place, arguments).expect_success();
    }
    place
}

/// Runs a command; words with a slash are files in `fixtures`.
fn run(place: &Place, arguments: &str) -> Outcome {
    let arguments: Vec<String> = arguments
        .split(' ')
        .map(|word| {
            if word.contains('/') || word == "chorus.toml" {
                fixture_path(word)
            } else {
                word.to_owned()
            }
        })
        .collect();
    place.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A command for every example that [`riverside`] doesn't load, with part of its output.
const EXAMPLES: [(&str, &str); 16] = [
    (
        "import survey kinds/survey.toml --round vision-2031",
        "”: draft.",
    ),
    (
        "import translation kinds/arabic.csv --survey kinds --language ar --machine-draft",
        "48 texts applied; 0 still missing, 0 from an original that has changed.",
    ),
    (
        "import votes riverside/votes.csv --survey family --item hope",
        "9 votes are new, 0 changed",
    ),
    (
        "import forum riverside/forum.toml --round vision-2031",
        "Imported the forum.",
    ),
    (
        "import forum riverside/forum-next.toml --round vision-2031",
        "Imported the forum.",
    ),
    (
        "import released riverside/released.toml --as ana@riverside.example",
        "comments were released.",
    ),
    (
        "import decisions riverside/decisions.toml --round vision-2031 --as ana@riverside.example",
        "Imported the decisions; priorities: 5.",
    ),
    (
        "import plan riverside/plan.toml --round vision-2031",
        "Imported the plan.",
    ),
    ("import district bowling-green/round.toml", "rounds 2."),
    (
        "import survey bowling-green/survey.toml --round bowling-green-2018 --publish --close",
        "”: closed.",
    ),
    (
        "import responses bowling-green/comments.csv --survey better-place --map bowling-green/map.toml",
        "896 responses added",
    ),
    (
        "import released bowling-green/released.toml --as ana@riverside.example",
        "comments were released.",
    ),
    // A dry run reads and checks every row; the demo's own test also writes them.
    (
        "import votes bowling-green/participants-votes.csv --survey better-place --dry-run",
        "2031 rows, 0 of them bad",
    ),
    (
        "themes keywords keywords/decide-madrid.csv --text text --lang es --top 3",
        "120 rows",
    ),
    (
        "migrate --config chorus.toml",
        "The schema is already up to date.",
    ),
    (
        "import codebook dictionaries/transport.yml --round vision-2031",
        "version 2; themes: 5.",
    ),
];

#[test]
fn every_documented_example_loads_with_its_command() {
    let place = riverside();
    let exported = place
        .folder()
        .join("family.csv")
        .into_os_string()
        .into_string()
        .unwrap();
    place
        .run(&[
            "export",
            "responses",
            "--survey",
            "family",
            "--out",
            &exported,
        ])
        .expect_success();
    for (command, told) in EXAMPLES {
        let outcome = run(&place, command).expect_success();
        assert!(
            outcome.output.contains(told),
            "{command}: {}",
            outcome.output
        );
    }
    let again = [
        "import",
        "responses",
        &exported,
        "--survey",
        "family",
        "--map",
        &fixture_path("riverside/export-map.toml"),
    ];
    let outcome = place.run(&again).expect_success();
    assert!(
        outcome
            .output
            .contains("420 rows were already imported with the same answers"),
        "{}",
        outcome.output
    );
    let used = EXAMPLES
        .iter()
        .flat_map(|(command, _)| command.split(' '))
        .filter(|word| word.contains('/') || *word == "chorus.toml");
    let mut used: BTreeSet<String> = used.map(str::to_owned).collect();
    used.extend(
        [
            "district.toml",
            "survey.toml",
            "responses.csv",
            "map.toml",
            "codebook.toml",
            "export-map.toml",
        ]
        .map(|name| format!("riverside/{name}")),
    );
    used.remove("bowling-green/survey.toml");
    assert_eq!(documented(), used);
}

#[test]
fn loading_the_same_documents_again_changes_only_what_it_says() {
    let place = riverside();
    run(
        &place,
        "import forum riverside/forum.toml --round vision-2031",
    )
    .expect_success();
    let without_audit = || {
        let rows = place.contents().into_iter();
        // The change counter moves on, and the audit records the import.
        rows.filter(|line| {
            !line.contains(".imported") && !line.starts_with("[1,") && !line.contains("\"rows\"")
        })
        .collect::<Vec<_>>()
    };
    let before = without_audit();
    for command in [
        "import survey riverside/survey.toml --round vision-2031",
        "import forum riverside/forum.toml --round vision-2031",
        "import responses riverside/responses.csv --survey family --map riverside/map.toml",
    ] {
        run(&place, command).expect_success();
        assert_eq!(without_audit(), before, "{command}");
    }
}

/// A document that must be refused: its kind, its text, the command's options, and part of the error.
type Refused<'a> = (&'a str, String, &'a str, &'a str);

fn check(place: &Place, cases: &[Refused<'_>]) {
    let before = place.contents();
    for (kind, text, options, told) in cases {
        let file = place.file("document.toml", text);
        let options = options.split(' ').filter(|word| !word.is_empty());
        let arguments: Vec<&str> = ["import", kind, &file].into_iter().chain(options).collect();
        let outcome = place.run(&arguments);
        let reason = outcome.expect_failure();
        assert!(reason.contains(told), "{arguments:?}: {reason}");
        assert_eq!(place.contents(), before, "{arguments:?}");
    }
}

/// An example with the first occurrence of one text replaced by another.
fn changed(name: &str, from: &str, to: &str) -> String {
    let text = fixture(&format!("riverside/{name}.toml"));
    assert!(text.contains(from), "{name} has no {from}");
    text.replacen(from, to, 1)
}

/// Like [`changed`], but replaces the last occurrence, so that everything before it is valid.
fn changed_at_the_end(name: &str, from: &str, to: &str) -> String {
    let text = fixture(&format!("riverside/{name}.toml"));
    let (head, tail) = text.rsplit_once(from).unwrap();
    format!("{head}{to}{tail}")
}

#[test]
fn a_document_that_does_not_fit_the_stored_data_is_refused_completely() {
    let place = riverside();
    run(&place, "import district bowling-green/round.toml").expect_success();
    run(
        &place,
        "import forum riverside/forum.toml --round vision-2031",
    )
    .expect_success();
    let whole = |name: &str| fixture(&format!("riverside/{name}.toml"));
    let (here, by) = ("--round vision-2031", "--as ana@riverside.example");
    let other = "--round bowling-green-2018";
    let (here_by, other_by) = (format!("{here} {by}"), format!("{other} {by}"));
    check(
        &place,
        &[
            (
                "decisions",
                changed_at_the_end("decisions", "theme = \"", "theme = \"un"),
                &here_by,
                "the codebook has no theme “un",
            ),
            (
                "decisions",
                whole("decisions"),
                &other_by,
                "the round has no codebook yet",
            ),
            (
                "decisions",
                whole("decisions"),
                "--round vision-2031 --as ben@riverside.example",
                "ben@riverside.example has no account",
            ),
            (
                "released",
                changed_at_the_end("released", "  \"", "  \"9"),
                by,
                "family: no comment “9",
            ),
            (
                "released",
                changed("released", "\"family\"", "\"staff\""),
                by,
                "there is no survey “staff”",
            ),
            (
                "plan",
                changed_at_the_end("plan", "priority = \"", "priority = \"un"),
                here,
                "the round has no priority “",
            ),
            (
                "plan",
                whole("plan"),
                "--round vision-2032",
                "there is no round “vision-2032”; there are: vision-2031, bowling-green-2018",
            ),
            (
                "survey",
                whole("survey"),
                other,
                "another round already has a survey at the address “family”: choose another address",
            ),
            ("forum", whole("forum"), other, "belongs to another round"),
        ],
    );
}

#[test]
fn a_document_with_a_mistake_is_refused_in_plain_words() {
    let place = riverside();
    let (here, by) = ("--round vision-2031", "--as ana@riverside.example");
    let one_question = "survey = \"family\"\nitm = \"hope\"\ncomments = []\n";
    check(
        &place,
        &[
            (
                "survey",
                changed("survey", "key = \"welcome\"", "key = \"news\""),
                here,
                "two questions have this key: give each its own",
            ),
            (
                "survey",
                changed("survey", "kind = \"scale\"", "kind = \"scales\""),
                here,
                "“scales” is not known here",
            ),
            (
                "forum",
                changed("forum", "slug = \"", "slug = \"new\" #"),
                here,
                "“new” cannot be a forum's address",
            ),
            (
                "district",
                changed("district", "America/Chicago", "Chicago"),
                "",
                "“Chicago” is not a time zone",
            ),
            (
                "district",
                changed("district", "name = { en = \"", "name = { en = \"\\u0000"),
                "",
                "U+0000",
            ),
            (
                "codebook",
                changed("codebook", "any = [", "any = [\"two words\", "),
                here,
                "needs quotation marks",
            ),
            (
                "codebook",
                changed("codebook", "[themes.rules", "[themes.ruels"),
                here,
                "“ruels” is not known here",
            ),
            (
                "released",
                one_question.to_owned(),
                by,
                "line 2: “itm” is not known here",
            ),
            (
                "plan",
                changed("plan", "year = ", "year = 20."),
                here,
                "use a whole number, not 20.",
            ),
            (
                "decisions",
                changed("decisions", "outcome = \"", "outcome = \"un"),
                "--round vision-2031 --as ana@riverside.example",
                "“un",
            ),
        ],
    );
}

/// Reads a document, drops it, and returns the error if there is one.
type Reader = fn(&str) -> Result<(), String>;

fn told<T>(read: chorus::error::Result<T>) -> Result<(), String> {
    read.map(drop).map_err(|error| error.to_string())
}

const READERS: [(&str, Reader); 11] = [
    ("dictionaries/transport.yml", |text| {
        told(themes::files::exchange::quanteda::read(text, &[]))
    }),
    ("riverside/district.toml", |text| {
        told(DistrictFile::parse(text))
    }),
    ("riverside/survey.toml", |text| {
        surveys::parse_document(text).map(|document| drop(document.faults()))
    }),
    ("riverside/map.toml", |text| told(MapFile::parse(text))),
    ("riverside/codebook.toml", |text| {
        told(themes::parse_codebook(text))
    }),
    ("riverside/forum.toml", |text| told(ForumFile::parse(text))),
    ("riverside/released.toml", |text| {
        told(ReleasedFile::parse(text))
    }),
    ("bowling-green/released.toml", |text| {
        told(ReleasedFile::parse(text))
    }),
    ("riverside/decisions.toml", |text| {
        told(DecisionsFile::parse(text))
    }),
    ("riverside/plan.toml", |text| told(PlanFile::parse(text))),
    ("chorus.toml", |text| told(Config::read(text, &[]))),
];

/// Text as people and broken files put it into a document.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        r#"[a-z0-9"'=\[\]{}#\\\n.,-]{0,40}"#,
        Just("\\u0000".to_owned()),
        (0..100_000_i64).prop_map(|number| number.to_string()),
        Just("[".repeat(5000)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_document_reader_panic(text in typed()) {
        for (_, read) in READERS {
            let _ = read(&text);
        }
    }

    /// Replaces part of an example with other text.
    #[test]
    fn no_mistake_in_a_document_makes_its_reader_panic(which in 0..READERS.len(), from in 0.0..1.0_f64, length in 0..200_usize, typed in typed()) {
        let (name, read) = READERS[which];
        let example = fixture(name);
        prop_assert_eq!(read(&example), Ok(()));
        let letters: Vec<char> = example.chars().collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short file")]
        let from = (from * letters.len() as f64) as usize;
        let upto = (from + length).min(letters.len());
        let text: String = letters[..from].iter().copied().chain(typed.chars()).chain(letters[upto..].iter().copied()).collect();
        if let Err(reason) = read(&text) {
            prop_assert!(!reason.is_empty());
        }
    }
}
