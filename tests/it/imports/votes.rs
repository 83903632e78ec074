//! Votes from another tool on statements that were imported before.

use std::collections::BTreeMap;

use chorus::schema::{comments, votes};
use diesel::prelude::*;

use super::{import, place};
use crate::support::{Outcome, Place};

const STATEMENTS: &str = "ID,Say\n10,Earlier buses\n11,Fresh food\n12,More art\n";
const MAP: &str = "id = \"ID\"\n[answers]\nsay = \"Say\"\n";

fn with_statements() -> Place {
    let place = place();
    import(&place, STATEMENTS, MAP, &[]).expect_success();
    place
}

fn vote(place: &Place, file: impl AsRef<[u8]>, options: &[&str]) -> Outcome {
    let file = place.file("votes.csv", file);
    place.run(&[&["import", "votes", &file, "--survey", "staff"], options].concat())
}

/// The votes by statement and voter.
fn cast(place: &Place) -> BTreeMap<(String, String), i32> {
    let rows: Vec<(String, String, i32)> = place
        .connect()
        .read(|db| {
            Ok(votes::table
                .inner_join(comments::table)
                .select((comments::label, votes::voter, votes::value))
                .load(db)?)
        })
        .unwrap();
    rows.into_iter()
        .map(|(statement, voter, value)| ((statement, voter), value))
        .collect()
}

fn expected(votes: &[(&str, &str, i32)]) -> BTreeMap<(String, String), i32> {
    let votes = votes.iter();
    votes
        .map(|(statement, voter, value)| (((*statement).to_owned(), (*voter).to_owned()), *value))
        .collect()
}

#[test]
fn votes_are_imported_from_long_and_wide_files_alike() {
    let long = "statement,voter,value,note\n10,1,1,x\n11,1,-1,\n10,2,0,\n12,3,1.0,\n";
    let wide = "participant;group;10;11;12\r\n1;a;1;-1;\r\n2;b;0;;\r\n3;;;;1\r\n4;;;;\r\n";
    let votes = expected(&[
        ("10", "1", 1),
        ("11", "1", -1),
        ("10", "2", 0),
        ("12", "3", 1),
    ]);
    for (file, told) in [
        (long, "4 rows, 0 of them bad, 4 votes by 3 voters"),
        (wide, "4 rows, 0 of them bad, 4 votes by 3 voters"),
    ] {
        let place = with_statements();
        let before = place.contents();
        let outcome = vote(&place, file, &["--dry-run"]).expect_success();
        assert!(
            outcome.output.contains(told)
                && outcome.output.ends_with(
                    "4 votes are new, 0 changed; this was a dry run, and nothing was written\n"
                ),
            "{}",
            outcome.output
        );
        assert_eq!(place.contents(), before);
        vote(&place, file, &[]).expect_success();
        assert_eq!(cast(&place), votes);
        let before = place.contents();
        let outcome = vote(&place, file, &[]).expect_success();
        assert!(
            outcome.output.ends_with("0 votes are new, 0 changed\n"),
            "{}",
            outcome.output
        );
        assert_eq!(place.contents(), before);
    }
}

#[test]
fn a_changed_vote_replaces_the_earlier_one() {
    let place = with_statements();
    vote(&place, "voter,statement,value\n1,10,1\n2,10,1\n", &[]).expect_success();
    let outcome = vote(&place, "voter,statement,value\n1,10,-1\n1,11,1\n", &[]).expect_success();
    assert!(
        outcome.output.ends_with("1 vote is new, 1 changed\n"),
        "{}",
        outcome.output
    );
    assert_eq!(
        cast(&place),
        expected(&[("10", "1", -1), ("10", "2", 1), ("11", "1", 1)])
    );
}

#[test]
fn bad_votes_are_reported_by_line_and_votes_are_imported_all_or_none() {
    let place = with_statements();
    let before = place.contents();
    let long =
        "voter,statement,value\n1,10,1\n1,99,1\n1,11,yes\n,11,1\n2,11,\n1,10,-1\n1,10,1\n3,10\n";
    let outcome = vote(&place, long, &[]);
    assert!(
        outcome
            .expect_failure()
            .contains("nothing was imported, because 6 rows are bad")
    );
    let listed: Vec<&str> = outcome
        .output
        .lines()
        .filter(|line| line.starts_with("line "))
        .collect();
    assert_eq!(
        listed,
        [
            "line 3: the survey has no statement “99”",
            "line 4: “yes” is not a vote: use 1 for agree, -1 for disagree, 0 for pass",
            "line 5: its voter is empty",
            "line 6: its value is empty",
            "line 7: the same voter already has a vote on this statement on line 2",
            "line 9: it has 2 cells, but the header has 3",
        ]
    );
    let wide = "participant,10,11\n1,1,\n1,,1\n2,2,\n";
    let outcome = vote(&place, wide, &[]);
    assert!(outcome.expect_failure().contains("2 rows are bad"));
    assert!(
        outcome
            .output
            .contains("line 3: its participant is already on line 2"),
        "{}",
        outcome.output
    );
    assert_eq!(place.contents(), before);
    vote(&place, long, &["--skip-bad"]).expect_success();
    assert_eq!(cast(&place), expected(&[("10", "1", 1)]));
}

#[test]
fn two_spellings_of_an_address_are_one_voter_and_the_address_is_not_stored() {
    let place = with_statements();
    let outcome = vote(
        &place,
        "voter,statement,value\nana@home.example,10,1\nAna@Home.example,10,1\n",
        &[],
    )
    .expect_success();
    assert!(
        outcome.output.contains("1 vote by 1 voter"),
        "{}",
        outcome.output
    );
    let outcome = vote(
        &place,
        "voter,statement,value\nana@home.example,10,1\nANA@home.example,10,-1\n",
        &[],
    );
    outcome.expect_failure();
    assert!(
        outcome
            .output
            .contains("line 3: the same voter already has a vote on this statement on line 2"),
        "{}",
        outcome.output
    );
    assert!(
        !place
            .contents()
            .join("")
            .to_lowercase()
            .contains("home.example")
    );
}

#[test]
fn votes_need_statements_with_ids_and_the_right_columns() {
    let place = place();
    let fault = |file: &str| vote(&place, file, &[]).expect_failure().to_owned();
    assert!(
        fault("voter,statement,value\n1,10,1\n")
            .contains("the survey has no imported statements with ids")
    );
    import(&place, STATEMENTS, MAP, &[]).expect_success();
    let before = place.contents();
    assert!(fault("voter,statement\n1,10\n").contains(
        "it needs either the columns voter, statement, and value, or a column participant"
    ));
    assert!(
        fault("participant,20,21\n1,1,1\n")
            .contains("none of its columns matches the id of a statement in this survey")
    );
    assert!(fault("participant,10,10\n1,1,1\n").contains("there are two columns “10”"));
    assert!(fault("").contains("the file is empty"));
    assert_eq!(place.contents(), before);
    // Answers to two questions have the same row id, so `--item` says which one the votes are on.
    let both = "id = \"ID\"\n[answers]\nsay = \"Say\"\n";
    import(&place, "ID,Say\n20,Warm rooms\n", both, &[]).expect_success();
    let outcome = vote(
        &place,
        "voter,statement,value\n1,20,1\n",
        &["--item", "say"],
    )
    .expect_success();
    assert!(
        outcome.output.ends_with("1 vote is new, 0 changed\n"),
        "{}",
        outcome.output
    );
    assert!(
        vote(
            &place,
            "voter,statement,value\n1,20,1\n",
            &["--item", "said"]
        )
        .expect_failure()
        .contains("no imported statements")
    );
}
