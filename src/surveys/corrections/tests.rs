//! What can change while a survey is open, and what is refused.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::surveys::document::Unit;
use crate::surveys::item::Choice;
use crate::surveys::kind::{Intent, ItemKind};
use crate::surveys::samples::{both, document};

fn changed(change: impl FnOnce(&mut Document)) -> Result<Vec<Correction>, Vec<Fault>> {
    let mut after = document();
    change(&mut after);
    corrections(&document(), &after)
}

fn refused(change: impl FnOnce(&mut Document)) -> String {
    let faults = changed(change).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].to_string()
}

fn correction(part: &str, language: Option<&str>, before: &str, after: &str) -> Correction {
    Correction {
        part: part.to_owned(),
        language: language.map(str::to_owned),
        before: before.to_owned(),
        after: after.to_owned(),
    }
}

fn item(key: &str) -> Item {
    let mut item = document().items.remove(2);
    key.clone_into(&mut item.key);
    item.label = both(&format!("{key}?"), &format!("¿{key}?"));
    item
}

#[test]
fn a_changed_text_is_listed_before_and_after_in_its_language() {
    let found = changed(|after| after.items[2].label = both("What goes well?", "¿Qué está bien?"));
    let expected = correction(
        "best: question",
        Some("es"),
        "¿Qué va bien?",
        "¿Qué está bien?",
    );
    assert_eq!(found, Ok(vec![expected]));
}

#[test]
fn a_removed_help_text_is_listed() {
    let mut before = document();
    before.items[0].help = both("Think of the door.", "Piense en la puerta.");
    let found = corrections(&before, &document()).unwrap();
    assert_eq!(
        found[0],
        correction("welcome: help", Some("en"), "Think of the door.", "")
    );
    assert_eq!(found.len(), 2);
}

#[test]
fn new_questions_and_choices_can_be_added_anywhere() {
    let found = changed(|after| {
        after.items.insert(0, item("hope"));
        let choice = Choice {
            key: "sports".to_owned(),
            label: both("Sports", "Deportes"),
        };
        after.items[2].choices.insert(1, choice);
    });
    let expected = [
        correction("hope: question", Some("en"), "", "hope?"),
        correction("hope: question", Some("es"), "", "¿hope?"),
        correction("first: choice sports", Some("en"), "", "Sports"),
        correction("first: choice sports", Some("es"), "", "Deportes"),
    ];
    assert_eq!(found, Ok(expected.to_vec()));
}

#[test]
fn a_new_language_lists_every_text_in_it() {
    let mut before = document();
    before.languages.pop();
    let found = corrections(&before, &document()).unwrap();
    assert_eq!(found[0], correction("languages", None, "en", "en, es"));
    // Title, intro, three questions, two ends, and three choices, counted in the sample.
    assert_eq!(found.len() - 1, 10);
    let added = |correction: &Correction| {
        correction.language.as_deref() == Some("es") && correction.before.is_empty()
    };
    assert!(found[1..].iter().all(added));
}

#[test]
fn loosening_a_limit_is_not_a_change_of_meaning() {
    let found = changed(|after| {
        after.items[2].required = false;
        after.items[2].max_length = None;
    });
    let expected = [
        correction("best: required", None, "yes", "no"),
        correction("best: max_length", None, "500", "2000"),
    ];
    assert_eq!(found, Ok(expected.to_vec()));
}

#[test]
fn a_change_of_meaning_is_refused_with_instructions() {
    assert!(refused(|after| drop(after.items.remove(2))).contains("put it back"));
    assert!(refused(|after| after.items[2].intent = Some(Intent::Need)).contains("its own key"));
    assert!(refused(|after| after.items[0].to = Some(7)).contains("scale"));
    assert!(
        refused(|after| after.items[0].kind = ItemKind::Single)
            .contains("its kind changed from scale to single")
    );
    assert!(refused(|after| after.items[1].at_most = Some(3)).contains("how many"));
    assert!(refused(|after| after.items[2].max_length = Some(100)).contains("500"));
    assert!(refused(|after| after.items[0].required = true).contains("required"));
    let choice = refused(|after| drop(after.items[1].choices.remove(0)));
    assert!(
        choice.starts_with("first: the choice “buses” was removed"),
        "{choice}"
    );
}

#[test]
fn changing_a_key_counts_as_removing_the_question() {
    assert!(refused(|after| "better".clone_into(&mut after.items[2].key)).starts_with("best: "));
}

#[test]
fn the_address_unit_group_and_languages_cannot_change() {
    assert!(refused(|after| "parents".clone_into(&mut after.slug)).contains("“family”"));
    assert!(refused(|after| after.unit = Unit::Household).contains("person"));
    assert!(refused(|after| after.group = None).contains("group"));
    assert!(refused(|after| drop(after.languages.pop())).contains("“es”"));
}

#[test]
fn choices_reordered_without_their_keys_are_detected() {
    let faults = changed(|after| {
        let choices = &mut after.items[1].choices;
        let (buses, arts) = (choices[0].label.clone(), choices[1].label.clone());
        (choices[0].label, choices[1].label) = (arts, buses);
    })
    .unwrap_err();
    assert_eq!(faults.len(), 2);
    assert!(
        faults[0]
            .reason
            .starts_with("“buses” has the text of “arts”"),
        "{faults:?}"
    );
}

#[test]
fn a_scale_reversed_by_swapping_its_labels_is_detected() {
    let faults = changed(|after| {
        let item = &mut after.items[0];
        std::mem::swap(&mut item.low, &mut item.high);
    });
    assert_eq!(faults.unwrap_err().len(), 2);
}

#[test]
fn reordered_questions_and_choices_are_refused() {
    assert!(refused(|after| after.items.swap(0, 1)).contains("order"));
    assert!(refused(|after| after.items[1].choices.swap(0, 2)).contains("order"));
}

#[test]
fn a_group_question_may_add_groups_but_not_remove_any() {
    let with = |only: &[&str]| {
        let mut document = document();
        document.group = None;
        let mut group = item("who");
        (group.kind, group.intent, group.max_length) = (ItemKind::Group, None, None);
        group.only = only.iter().map(|key| (*key).to_owned()).collect();
        document.items.push(group);
        document
    };
    let (some, more, all) = (with(&["staff"]), with(&["families", "staff"]), with(&[]));
    assert_eq!(
        corrections(&some, &more),
        Ok(vec![correction(
            "who: only",
            None,
            "staff",
            "families, staff"
        )])
    );
    assert_eq!(
        corrections(&some, &all),
        Ok(vec![correction("who: only", None, "staff", "all")])
    );
    assert!(corrections(&more, &some).is_err());
    assert!(corrections(&all, &more).is_err());
}

/// Documents with the same meaning as the sample: new wording and additions.
fn rewordings() -> impl Strategy<Value = (Document, usize)> {
    let words = proptest::collection::vec(proptest::option::of("[a-zäñ ]{1,12}"), 16);
    let added = proptest::collection::vec(any::<Index>(), 0..3);
    (words, added).prop_map(|(words, added)| {
        let mut after = document();
        let mut count = 0;
        let mut places: Vec<&mut LocalizedText> = vec![&mut after.title, &mut after.intro];
        for item in &mut after.items {
            places.push(&mut item.label);
            places.extend(item.choices.iter_mut().map(|choice| &mut choice.label));
        }
        for (number, (text, new)) in places.into_iter().zip(words).enumerate() {
            if let Some(new) = new {
                // The number keeps one text from becoming the same as another.
                text.0.insert("en".to_owned(), format!("{number} {new}"));
                count += 1;
            }
        }
        for (number, place) in added.iter().enumerate() {
            after.items.insert(
                place.index(after.items.len() + 1),
                item(&format!("new-{number}")),
            );
            count += 2;
        }
        (after, count)
    })
}

proptest! {
    #[test]
    fn exactly_the_changed_texts_are_listed((after, count) in rewordings()) {
        let found = corrections(&document(), &after).unwrap();
        prop_assert_eq!(found.len(), count);
        for one in &found {
            prop_assert_ne!(&one.before, &one.after);
        }
    }

    #[test]
    fn a_document_compared_with_itself_has_no_corrections(document in crate::surveys::samples::documents()) {
        // Arbitrary documents can have two items with the same key, but revisions can't.
        prop_assume!(document.faults().iter().all(|fault| !fault.reason.contains("have the key") && !fault.reason.contains("have this key")));
        prop_assert_eq!(corrections(&document, &document), Ok(Vec::new()));
    }

    #[test]
    fn removing_any_question_is_refused((after, _) in rewordings(), which in any::<Index>()) {
        let mut after = after;
        let old: Vec<usize> = after.items.iter().enumerate().filter(|(_, item)| !item.key.starts_with("new-")).map(|(place, _)| place).collect();
        after.items.remove(*which.get(&old));
        prop_assert!(corrections(&document(), &after).is_err());
    }

    #[test]
    fn any_two_documents_are_compared_without_panicking(before in crate::surveys::samples::documents(), after in crate::surveys::samples::documents()) {
        let _ = corrections(&before, &after);
    }
}

/// Changes one item of the example that has every kind of question.
fn kinds(key: &str, change: impl FnOnce(&mut Item)) -> Result<Vec<Correction>, Vec<Fault>> {
    let example = include_str!("../../../fixtures/kinds/survey.toml");
    let before = crate::surveys::parse_document(example).unwrap();
    let mut after = before.clone();
    change(after.items.iter_mut().find(|item| item.key == key).unwrap());
    corrections(&before, &after)
}

#[track_caller]
fn refused_kind(key: &str, change: impl FnOnce(&mut Item)) -> String {
    let faults = kinds(key, change).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].to_string()
}

#[test]
fn changes_to_rows_choices_or_bounds_that_alter_answers_are_refused() {
    let none = LocalizedText::default;
    assert!(
        refused_kind("feel", |item| drop(item.rows.remove(0)))
            .contains("the row “teachers” was removed")
    );
    assert!(
        refused_kind("feel", |item| item.rows.swap(0, 1)).contains("rows are in a different order")
    );
    assert!(refused_kind("feel", |item| item.to = Some(7)).contains("the ends of its scale"));
    assert!(
        refused_kind("feel", |item| item.not_applicable = none())
            .contains("not_applicable was removed")
    );
    assert!(refused_kind("why", |item| item.other = none()).contains("other was removed"));
    assert!(refused_kind("share", |item| item.total = Some(20)).contains("points"));
    assert!(refused_kind("order", |item| item.at_most = Some(3)).contains("how many"));
    assert!(refused_kind("minutes", |item| item.to = Some(90)).contains("only widen"));
    assert!(refused_kind("home", |item| drop(item.only.pop())).contains("language"));
    assert!(refused_kind("grades", |item| item.several = false).contains("several"));
}

#[test]
fn rows_and_choices_can_be_added_and_bounds_widened() {
    let row = Choice {
        key: "principal".to_owned(),
        label: both("By the principal", "La dirección"),
    };
    let found = kinds("feel", |item| item.rows.push(row)).unwrap();
    let expected = [
        correction("feel: row principal", Some("en"), "", "By the principal"),
        correction("feel: row principal", Some("es"), "", "La dirección"),
    ];
    assert_eq!(found, expected);
    let found = kinds("minutes", |item| item.to = Some(240)).unwrap();
    assert_eq!(
        found,
        [correction("minutes: bounds", None, "0 to 180", "0 to 240")]
    );
    let found = kinds("agreed", |item| {
        item.not_applicable = both("Not for me", "No me toca");
    })
    .unwrap();
    assert_eq!(found.len(), 2);
}

#[test]
fn the_labels_of_a_scale_s_points_can_be_changed() {
    let found = kinds("sure", |item| {
        item.choices[1].label = both("Rather sure", "Más o menos seguro");
    })
    .unwrap();
    assert_eq!(
        found[0],
        correction("sure: choice 2", Some("en"), "Somewhat sure", "Rather sure")
    );
    let found = kinds("sure", |item| {
        item.choices.clear();
        (item.low, item.high) = (both("Not sure", "Nada seguro"), both("Sure", "Seguro"));
    });
    assert!(found.is_ok(), "{found:?}");
}

#[test]
fn who_is_asked_a_question_cannot_change() {
    assert!(
        refused_kind("minutes", |item| item.show_if = None)
            .contains("different people would be asked")
    );
    let section = kinds("second-part", |item| item.show_if = None).unwrap_err();
    // Every question of the section, from the text to the points, counted in the file.
    assert_eq!(section.len(), 8, "{section:?}");
}

#[test]
fn sections_without_a_rule_can_be_added_and_removed() {
    let example = include_str!("../../../fixtures/kinds/survey.toml");
    let before = crate::surveys::parse_document(example).unwrap();
    let mut after = before.clone();
    let section = after.items.remove(0);
    assert!(corrections(&before, &after).is_ok());
    after.items.insert(
        3,
        Item {
            key: "added".to_owned(),
            ..section
        },
    );
    let found = corrections(&before, &after).unwrap();
    assert!(
        found.iter().any(|one| one.part == "added: heading"),
        "{found:?}"
    );
}
