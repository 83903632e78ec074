use proptest::prelude::*;

use super::*;

fn postings<Text: AsRef<str>>(texts: &[Text]) -> (Postings, Vec<u32>) {
    let mut postings = Postings::default();
    for (ordinal, text) in (0..).zip(texts) {
        postings.insert(ordinal, Language::ENGLISH, text.as_ref());
    }
    (postings, (0..u32::try_from(texts.len()).unwrap()).collect())
}

/// Remarks about three things, each said with any three of the thing's seven words: 35 remarks a
/// thing, one after another; and all of it three times.
pub(in crate::themes) fn three_things() -> Vec<String> {
    let things = [
        ["bus", "driver", "late", "route", "stop", "crowded", "seat"],
        [
            "lunch",
            "fruit",
            "hot",
            "menu",
            "vegetables",
            "kitchen",
            "milk",
        ],
        [
            "reading", "tutor", "math", "homework", "grade", "library", "book",
        ],
    ];
    let mut said = Vec::new();
    for words in things {
        for first in 0..7 {
            for second in first + 1..7 {
                for third in second + 1..7 {
                    said.push(format!(
                        "the {} and the {}, with {}",
                        words[first], words[second], words[third]
                    ));
                }
            }
        }
    }
    [said.clone(), said.clone(), said].concat()
}

#[test]
fn what_is_said_in_different_words_becomes_different_themes() {
    let texts = three_things();
    let (postings, ordinals) = postings(&texts);
    let suggestion = suggest(&postings, &ordinals, Grain::Usual, true);
    let strongest = |place: usize| suggestion.remarks[place][0];
    assert!(suggestion.coverage > 0.99 && !suggestion.too_few);
    for first in [0, 35, 70] {
        let theme = strongest(first);
        assert!((first..first + 35).all(|place| strongest(place) == theme));
    }
    assert!(strongest(0) != strongest(35) && strongest(35) != strongest(70));
    assert_eq!(suggestion.themes.len(), 3, "{:?}", suggestion.themes);
    assert!(
        suggestion
            .themes
            .iter()
            .all(|theme| theme.stability > Some(0.5))
    );
}

#[test]
fn fifty_remarks_are_too_few_and_get_six_themes_at_most() {
    let texts: Vec<String> = three_things().into_iter().step_by(2).take(50).collect();
    let (postings, ordinals) = postings(&texts);
    let suggestion = suggest(&postings, &ordinals, Grain::More, false);
    assert!(suggestion.too_few && suggestion.themes.len() <= 6);
    assert!(suggestion.themes.iter().all(|theme| theme.remarks >= 3));
}

#[test]
fn of_nothing_nothing_is_suggested() {
    let (postings, _) = postings::<&str>(&[]);
    let suggestion = suggest(&postings, &[], Grain::Usual, true);
    assert!(suggestion.themes.is_empty() && suggestion.remarks.is_empty());
}

/// What a suggestion says of each text, whatever its place.
fn by_text(texts: &[String], suggestion: &Suggestion) -> Vec<(String, Vec<u32>)> {
    let mut all: Vec<_> = texts
        .iter()
        .cloned()
        .zip(suggestion.remarks.clone())
        .collect();
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
        let (postings, ordinals) = postings(&texts);
        let suggestion = suggest(&postings, &ordinals, Grain::More, true);
        prop_assert_eq!(suggestion.remarks.len(), texts.len());
        prop_assert!(suggestion.themes.iter().all(|theme| theme.remarks >= 3 && !theme.terms.is_empty()));
    }
}
