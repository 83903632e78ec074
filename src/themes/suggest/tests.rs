use proptest::prelude::*;

use super::*;

fn postings(texts: &[&str]) -> (Postings, Vec<u32>) {
    let mut postings = Postings::default();
    for (ordinal, text) in (0..).zip(texts) {
        postings.insert(ordinal, Language::ENGLISH, text);
    }
    (postings, (0..u32::try_from(texts.len()).unwrap()).collect())
}

/// Remarks about three things, each said in words of its own.
fn three_things() -> Vec<&'static str> {
    let buses = [
        "late buses and a crowded bus stop",
        "the bus driver is late every morning",
        "crowded bus, late bus, no bus stop shelter",
        "bus stop without a shelter",
        "our bus driver leaves the bus stop early",
    ];
    let meals = [
        "school lunch should have fresh fruit",
        "fresh fruit and hot lunch for children",
        "hot lunch is cold, no fresh vegetables",
        "more fresh vegetables at lunch",
        "lunch menu needs fruit and vegetables",
    ];
    let reading = [
        "reading tutors for grade three",
        "children need reading help and tutors",
        "tutors after class for reading and math",
        "math tutors and reading help",
        "reading and math homework help",
    ];
    [buses, meals, reading].concat().repeat(14)
}

#[test]
fn what_is_said_in_different_words_becomes_different_themes() {
    let texts = three_things();
    let (postings, ordinals) = postings(&texts);
    let suggestion = suggest(&postings, &ordinals, Grain::Usual, true);
    let strongest = |place: usize| suggestion.remarks[place][0];
    assert!(suggestion.coverage > 0.99 && !suggestion.too_few);
    for first in [0, 5, 10] {
        let theme = strongest(first);
        assert!((first..first + 5).all(|place| strongest(place) == theme));
    }
    assert!(strongest(0) != strongest(5) && strongest(5) != strongest(10));
    let names: Vec<&str> = suggestion
        .themes
        .iter()
        .map(|theme| theme.name.as_str())
        .collect();
    assert!(names.iter().any(|name| name.contains("bus")), "{names:?}");
    assert!(
        suggestion
            .themes
            .iter()
            .all(|theme| theme.stability > Some(0.5))
    );
}

#[test]
fn fifty_remarks_are_too_few_and_get_six_themes_at_most() {
    let texts: Vec<&str> = three_things().into_iter().take(50).collect();
    let (postings, ordinals) = postings(&texts);
    let suggestion = suggest(&postings, &ordinals, Grain::More, false);
    assert!(suggestion.too_few && suggestion.themes.len() <= 6);
    assert!(suggestion.themes.iter().all(|theme| theme.remarks >= 3));
}

#[test]
fn of_nothing_nothing_is_suggested() {
    let (postings, _) = postings(&[]);
    let suggestion = suggest(&postings, &[], Grain::Usual, true);
    assert!(suggestion.themes.is_empty() && suggestion.remarks.is_empty());
}

/// What a suggestion says of each text, whatever its place.
fn by_text(texts: &[&str], suggestion: &Suggestion) -> Vec<(String, Vec<u32>)> {
    let themes = texts.iter().map(|text| (*text).to_owned());
    let mut all: Vec<_> = themes.zip(suggestion.remarks.clone()).collect();
    all.sort();
    all
}

#[test]
fn one_thread_and_eight_suggest_the_same_to_the_letter() {
    let texts = three_things();
    let (postings, ordinals) = postings(&texts);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap()
            .install(|| suggest(&postings, &ordinals, Grain::Usual, true))
    };
    assert_eq!(with(1), with(2));
    assert_eq!(with(1), with(8));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_remarks_changes_no_theme(texts in Just(three_things()).prop_shuffle()) {
        let first = three_things();
        let (a, b) = (postings(&first), postings(&texts));
        let before = suggest(&a.0, &a.1, Grain::Usual, false);
        let after = suggest(&b.0, &b.1, Grain::Usual, false);
        prop_assert_eq!(&before.themes, &after.themes);
        prop_assert_eq!(by_text(&first, &before), by_text(&texts, &after));
    }

    #[test]
    fn nothing_written_makes_it_panic(texts in prop::collection::vec(".{0,40}", 0..40)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (postings, ordinals) = postings(&texts);
        let suggestion = suggest(&postings, &ordinals, Grain::More, true);
        prop_assert_eq!(suggestion.remarks.len(), texts.len());
        prop_assert!(suggestion.themes.iter().all(|theme| theme.remarks >= 3 && !theme.terms.is_empty()));
    }
}
