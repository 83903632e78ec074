use proptest::prelude::*;

use super::*;

fn postings<Text: AsRef<str>>(texts: &[Text]) -> (Postings, Vec<u32>) {
    let mut postings = Postings::default();
    for (ordinal, text) in (0..).zip(texts) {
        postings.insert(ordinal, Language::ENGLISH, text.as_ref());
    }
    (postings, (0..u32::try_from(texts.len()).unwrap()).collect())
}

/// Comments about three topics. Each has three of its topic's seven words: 35 comments per topic, one after another,
/// all repeated three times.
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
fn topics_with_different_words_become_different_themes() {
    let texts = three_things();
    let (postings, ordinals) = postings(&texts);
    let suggestion = suggest(&postings, &ordinals, Grain::Usual, true);
    let strongest = |place: usize| suggestion.comments[place][0];
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
fn suggestions_only_cover_comments_without_a_theme() {
    let texts = three_things();
    let (postings, ordinals) = postings(&texts);
    let covered: roaring::RoaringBitmap = ordinals
        .iter()
        .copied()
        .filter(|ordinal| ordinal % 105 < 35)
        .collect();
    let limits = Limits {
        covered: covered.clone(),
        ..Limits::default()
    };
    let found = suggest_within(&postings, &ordinals, &limits, Grain::Usual, true);
    assert_eq!(found.comments.len(), texts.len());
    for (ordinal, themes) in (0..).zip(&found.comments) {
        assert_eq!(themes.is_empty(), covered.contains(ordinal), "{ordinal}");
    }
    assert!((found.coverage - 1.0).abs() < 1e-9, "{}", found.coverage);
    let words = |theme: &SuggestedTheme| theme.terms.iter().any(|(_, term)| term == "bus");
    assert!(!found.themes.iter().any(words), "{:?}", found.themes);
    // Suggestions for the rest are the same as if there were no other comments.
    let rest: Vec<String> = texts
        .iter()
        .zip(0..)
        .filter(|(_, ordinal)| !covered.contains(*ordinal))
        .map(|(text, _)| text.clone())
        .collect();
    let (rest, all) = self::postings(&rest);
    assert_eq!(
        suggest(&rest, &all, Grain::Usual, true).themes,
        found.themes
    );
}

#[test]
fn words_of_the_prompt_and_place_names_do_not_become_themes() {
    let texts: Vec<String> = three_things()
        .iter()
        .map(|text| format!("Bowling Green schools should have {text} on the green"))
        .collect();
    let (postings, ordinals) = postings(&texts);
    let limits = Limits {
        suppressed: Suppressed::new(
            vec!["What should our school's milk be?".to_owned()],
            vec!["Bowling Green".to_owned(), "Nowhere Hill".to_owned()],
        ),
        ..Limits::default()
    };
    let found = suggest_within(&postings, &ordinals, &limits, Grain::Usual, false);
    let terms: Vec<&str> = found
        .themes
        .iter()
        .flat_map(|theme| theme.terms.iter().map(|(_, term)| term.as_str()))
        .collect();
    assert!(
        terms.contains(&"bus") && terms.contains(&"lunch"),
        "{terms:?}"
    );
    for word in ["milk", "school", "bowling"] {
        assert!(
            !terms.iter().any(|term| term.contains(word)),
            "{word} in {terms:?}"
        );
    }
    let all: roaring::RoaringBitmap = ordinals.iter().copied().collect();
    let told = limits.suppressed.left_out(&postings, &all);
    let told: Vec<(&str, u64)> = told
        .iter()
        .map(|it| (it.term.as_str(), it.comments))
        .collect();
    // Milk is one of seven words, and each comment of its topic has three of them: 15 of 35, three times.
    assert_eq!(
        told,
        [("\"bowling green\"", 315), ("school", 315), ("milk", 45)]
    );
}

#[test]
fn fifty_comments_are_too_few_and_get_at_most_six_themes() {
    let texts: Vec<String> = three_things().into_iter().step_by(2).take(50).collect();
    let (postings, ordinals) = postings(&texts);
    let suggestion = suggest(&postings, &ordinals, Grain::More, false);
    assert!(suggestion.too_few && suggestion.themes.len() <= 6);
    assert!(suggestion.themes.iter().all(|theme| theme.comments >= 3));
}

/// What 896 people said should change in Bowling Green.
fn statements() -> Vec<String> {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/bowling-green/comments.csv"
    );
    let mut reader = csv::Reader::from_path(file).unwrap();
    let headers = reader.headers().unwrap().clone();
    let column = headers.iter().position(|name| name == "comment-body");
    let texts = reader
        .records()
        .map(|row| row.unwrap()[column.unwrap()].to_owned());
    texts.collect()
}

#[test]
fn the_grain_sets_how_many_themes_are_suggested() {
    let (postings, ordinals) = postings(&statements());
    let many = |grain| suggest(&postings, &ordinals, grain, false).themes.len();
    let (fewer, usual, more) = (many(Grain::Fewer), many(Grain::Usual), many(Grain::More));
    assert!(fewer < usual && usual < more, "{fewer}, {usual}, {more}");
}

#[test]
fn without_comments_nothing_is_suggested() {
    let (postings, _) = postings::<&str>(&[]);
    let suggestion = suggest(&postings, &[], Grain::Usual, true);
    assert!(suggestion.themes.is_empty() && suggestion.comments.is_empty());
}

/// The suggested themes of each text, in a form that doesn't depend on order.
fn by_text(texts: &[String], suggestion: &Suggestion) -> Vec<(String, Vec<u32>)> {
    let mut all: Vec<_> = texts
        .iter()
        .cloned()
        .zip(suggestion.comments.clone())
        .collect();
    all.sort();
    all
}

#[test]
fn the_number_of_threads_does_not_change_suggestions() {
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
    fn the_order_of_comments_does_not_change_themes(texts in Just(three_things()).prop_shuffle()) {
        let first = three_things();
        let (a, b) = (postings(&first), postings(&texts));
        let before = suggest(&a.0, &a.1, Grain::Usual, false);
        let after = suggest(&b.0, &b.1, Grain::Usual, false);
        prop_assert_eq!(&before.themes, &after.themes);
        prop_assert_eq!(by_text(&first, &before), by_text(&texts, &after));
    }

    #[test]
    fn any_comments_are_grouped_without_panicking(texts in prop::collection::vec(".{0,40}", 0..40)) {
        let (postings, ordinals) = postings(&texts);
        let suggestion = suggest(&postings, &ordinals, Grain::More, true);
        prop_assert_eq!(suggestion.comments.len(), texts.len());
        prop_assert!(suggestion.themes.iter().all(|theme| theme.comments >= 3 && !theme.terms.is_empty()));
    }
}
