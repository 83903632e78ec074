//! Validates the rules that decide who sees a question.

use super::Faults;
use crate::surveys::document::Document;
use crate::surveys::item::{Item, NOT_APPLICABLE};
use crate::surveys::kind::ItemKind;
use crate::surveys::model::Places;
use crate::surveys::rule::Rule;

/// How deep rules can be nested.
const DEPTH: usize = 6;

impl Faults {
    /// The problems of a document's rules on their own.
    pub(super) fn rules(&mut self, document: &Document) {
        for (place, item) in document.items.iter().enumerate() {
            let Some(rule) = &item.show_if else {
                continue;
            };
            self.within(&item.key);
            self.note(rule.is_hollow(), || {
                "an and or an or in its show_if is empty: list at least one rule".to_owned()
            });
            self.note(rule.depth() > DEPTH, || {
                format!("its show_if nests more than {DEPTH} rules: make it simpler")
            });
            self.note(rule.plain().is_none() && item.when.is_empty(), || {
                "its show_if is too complex to explain automatically: say in when who should answer"
                    .to_owned()
            });
            for test in rule.tests() {
                self.test(document, place, test);
            }
        }
    }

    fn test(&mut self, document: &Document, place: usize, test: &Rule) {
        let field = test.field().unwrap_or_default();
        let earlier = document.items.get(..place).unwrap_or_default();
        let Some((item, part)) = asked(document, field) else {
            return self.note(true, || {
                format!("its show_if uses “{field}”, which no question answers")
            });
        };
        self.note(!earlier.iter().any(|one| one.key == item.key), || {
            format!("its show_if uses “{field}”, which comes later: move one of them")
        });
        let scale = item.is_scale() && (item.kind == ItemKind::Scale || part.is_some());
        let chosen = one_is_chosen(item, part);
        let (fits, what, those) = match test {
            Rule::Equals { .. } => (chosen, "equals", "with one choice"),
            Rule::Includes { .. } => (
                part.is_none() && (item.takes_several() || item.kind == ItemKind::Ranking),
                "includes",
                "with several choices",
            ),
            Rule::AtLeast { .. } => (
                scale
                    || item.kind == ItemKind::Number
                    || item.kind == ItemKind::ConstantSum && part.is_some(),
                "at_least",
                "with a number as the answer",
            ),
            _ => (true, "", ""),
        };
        self.note(!fits, || {
            format!("{what} works only for questions {those}, and “{field}” is not one")
        });
        let in_a_list = !matches!(item.kind, ItemKind::Group | ItemKind::School);
        if let (Some(value), true, true) = (value_of(test), fits, in_a_list) {
            self.note(!offers(item, &Places::default(), value), || {
                format!("its show_if expects “{value}”, which “{field}” does not offer")
            });
        }
    }

    /// Groups and schools that rules refer to but the district doesn't have.
    pub(super) fn unknown_places(&mut self, document: &Document, places: &Places) {
        for item in &document.items {
            self.within(&item.key);
            for test in item.show_if.iter().flat_map(Rule::tests) {
                let asked = test.field().and_then(|field| document.item(field));
                let of_places =
                    asked.filter(|asked| matches!(asked.kind, ItemKind::Group | ItemKind::School));
                if let (Some(asked), Some(value)) = (of_places, value_of(test)) {
                    self.note(!offers(asked, places, value), || {
                        format!(
                            "its show_if expects “{value}”, which “{}” does not offer",
                            asked.key
                        )
                    });
                }
            }
        }
    }
}

/// The item that a rule's field refers to: a question, a matrix row, a choice in a points question, or the text of an
/// "other" choice. A rule can't test the rank of a choice in a ranking, only whether it's ranked.
fn asked<'a>(document: &'a Document, field: &'a str) -> Option<(&'a Item, Option<&'a str>)> {
    let whole = || {
        document
            .questions()
            .find(|item| item.key == field)
            .map(|item| (item, None))
    };
    let of_field = document.item_of_field(field);
    of_field
        .filter(|(item, _)| item.kind != ItemKind::Ranking)
        .or_else(whole)
}

fn one_is_chosen(item: &Item, part: Option<&str>) -> bool {
    match item.kind {
        ItemKind::Single
        | ItemKind::Scale
        | ItemKind::YesNo
        | ItemKind::Consent
        | ItemKind::Group => part.is_none(),
        ItemKind::School | ItemKind::Grade | ItemKind::Language => part.is_none() && !item.several,
        ItemKind::Matrix => part.is_some(),
        _ => false,
    }
}

fn value_of(test: &Rule) -> Option<&str> {
    match test {
        Rule::Equals { value, .. } | Rule::Includes { value, .. } => Some(value),
        _ => None,
    }
}

fn offers(item: &Item, places: &Places, value: &str) -> bool {
    match value.parse() {
        // An invalid scale can have a huge range, so don't list its points here.
        Ok(point) if item.is_scale() => item.ends().contains(&point),
        _ if item.is_scale() => value == NOT_APPLICABLE && !item.not_applicable.is_empty(),
        _ if item.kind == ItemKind::Ranking => {
            item.choices.iter().any(|choice| choice.key == value)
        }
        _ => item.offered(places).iter().any(|key| key == value),
    }
}
