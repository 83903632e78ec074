//! Who was asked a question, as its table may say.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use super::protection::SplitSets;
use crate::surveys::{Document, ItemKind};
use crate::tally::disclosure::is_few;

/// The questions that only some people saw because of what they answered. How many saw one is how many answered so, so
/// its base would reveal what the other question's table hides. What somebody saw because of their group or school isn't
/// one of them: how many people are in a class is no secret.
pub(super) fn because_of_answers(document: &Document) -> BTreeSet<&str> {
    let (mut found, mut section) = (BTreeSet::new(), false);
    for item in &document.items {
        let tests = item.show_if.iter().flat_map(|rule| rule.tests());
        let own = tests.filter_map(|test| test.field()).any(|field| {
            let asked = document.item_of_field(field).map(|(item, _)| item.kind);
            !matches!(asked, Some(ItemKind::Group | ItemKind::School))
        });
        if item.kind == ItemKind::Section {
            section = own;
        } else if own || section {
            found.insert(item.key.as_str());
        }
    }
    found
}

/// The people who were asked. Where all but one to four of a class were, also those: the difference of the two sizes would
/// say who wasn't asked. They count among those who didn't answer.
pub(super) fn asked_of(
    asked: &RoaringBitmap,
    people: &RoaringBitmap,
    splits: &[SplitSets],
) -> RoaringBitmap {
    let mut asked = asked & people;
    let classes = || {
        let of_splits = splits.iter().flat_map(|split| &split.sets);
        std::iter::once(people).chain(of_splits)
    };
    while let Some(class) = classes().find(|class| is_few((*class - &asked).len())) {
        asked |= class & people;
    }
    asked
}
