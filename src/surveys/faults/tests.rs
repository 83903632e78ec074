//! What is wrong with a document.

use super::*;
use crate::db::Json;
use crate::district::{Group, GroupId};
use crate::surveys::samples::{both, document};

fn reasons(change: impl FnOnce(&mut Document)) -> Vec<String> {
    let mut document = document();
    change(&mut document);
    document.faults().iter().map(Fault::to_string).collect()
}

#[test]
fn the_sample_has_no_fault() {
    assert_eq!(reasons(|_| ()), Vec::<String>::new());
}

#[test]
fn everything_wrong_is_named_at_once() {
    let found = reasons(|document| {
        "Family Survey".clone_into(&mut document.slug);
        document.title = LocalisedText::default();
        document.items[1].choices.truncate(1);
        document.items[2].asks = None;
    });
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found[0].contains("“Family Survey”"));
    assert!(found[1].contains("no title"));
    assert!(found[2].starts_with("first: it needs at least two choices"));
    assert!(found[3].starts_with("first: at_most"));
    assert!(found[4].starts_with("best: say what it asks for"));
}

#[test]
fn keys_are_unique_among_questions_and_among_the_choices_of_one() {
    let found = reasons(|document| {
        document.items[1].choices[1].key = "buses".to_owned();
        document.items[2].key = "first".to_owned();
    });
    assert_eq!(
        found,
        [
            "first: two choices have the key “buses”",
            "first: two questions have this key"
        ]
    );
}

#[test]
fn a_setting_of_another_kind_is_a_fault_rather_than_ignored() {
    let found = reasons(|document| {
        document.items[0].max_length = Some(10);
        document.items[2].several = true;
    });
    assert_eq!(
        found,
        [
            "welcome: max_length is for questions of the kind text",
            "best: several is for questions of the kind school"
        ]
    );
}

#[test]
fn a_scale_has_two_to_eleven_points_and_two_labelled_ends() {
    let scale = |from, to| {
        reasons(move |document| {
            (document.items[0].from, document.items[0].to) = (Some(from), Some(to));
        })
    };
    assert!(scale(0, 10).is_empty() && scale(1, 2).is_empty());
    assert_eq!(
        (scale(0, 11).len(), scale(3, 3).len(), scale(5, 1).len()),
        (1, 1, 1)
    );
    assert_eq!(scale(i64::MIN, i64::MAX).len(), 1);
    assert_eq!(
        reasons(|document| document.items[0].high = LocalisedText::default()).len(),
        1
    );
}

#[test]
fn a_group_that_the_district_does_not_have_is_named() {
    let group = Group {
        id: GroupId::new(),
        key: "staff".to_owned(),
        name: Json(both("Staff", "Personal")),
        position: 0,
    };
    let places = Places {
        groups: vec![group],
        schools: Vec::new(),
    };
    let found = document().faults_in(&places);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].to_string(), "the district has no group “families”");
}

#[test]
fn a_language_that_lacks_words_is_listed_with_each_of_them() {
    let mut document = document();
    document.items[1].choices[0].label = LocalisedText::one("en", "Buses");
    document.items[2].label = both("What goes well?", "  ");
    let missing = vec![
        "first: choice buses".to_owned(),
        "best: question".to_owned(),
    ];
    assert_eq!(document.missing_words(), [("es".to_owned(), missing)]);
    assert_eq!(document.complete_languages(), ["en"]);
    assert_eq!(document.faults(), []);
}

#[test]
fn what_no_page_can_show_is_a_fault() {
    assert_eq!(
        reasons(|document| document.title = both("A\u{0}b", "A")).len(),
        1
    );
    assert!(reasons(|document| document.title = both("Two\nlines", "A")).is_empty());
}

#[test]
fn languages_are_tags_each_named_once() {
    let tags = |tags: &[&str]| {
        reasons(|document| {
            document.languages = tags.iter().map(|tag| (*tag).to_owned()).collect();
        })
    };
    assert!(tags(&["en", "zh-Hant", "pt-BR"]).is_empty());
    assert_eq!(
        (
            tags(&[]).len(),
            tags(&["en", "en"]).len(),
            tags(&["English!"]).len()
        ),
        (1, 1, 1)
    );
}
