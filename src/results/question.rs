//! The closed questions of a survey, each with what could be answered.

use crate::localised::Wording;
use crate::surveys::{Item, ItemKind, Places};
use crate::web::languages::FALLBACK;

/// A closed question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    /// Its key.
    pub(super) key: String,
    /// As it is asked.
    pub(super) label: Wording,
    /// Which kind.
    pub(super) kind: ItemKind,
    /// Whether one answer is all that could be given, so that its choices share people out.
    pub(super) shares: bool,
    /// What could be answered, in the order in which it is offered.
    pub(super) choices: Vec<Choice>,
    /// What the ends of a scale are called; empty for other kinds.
    pub(super) low: Wording,
    /// See `low`.
    pub(super) high: Wording,
}

/// Something that could be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// The key that answers hold: of a choice, a group or a school, or a number.
    pub(super) key: String,
    /// What people read.
    pub(super) label: Wording,
}

impl Question {
    /// The question of an item; none for one that asks for words. Groups and schools are those of `places`.
    pub(super) fn of(item: &Item, places: &Places) -> Option<Self> {
        let named = |key: &str, name: &str| Choice {
            key: key.to_owned(),
            label: Wording {
                text: name.to_owned(),
                lang: None,
            },
        };
        let choices = match item.kind {
            ItemKind::Single | ItemKind::Multiple => item
                .choices
                .iter()
                .map(|choice| Choice {
                    key: choice.key.clone(),
                    label: choice.label.wording(FALLBACK),
                })
                .collect(),
            ItemKind::Scale => item
                .ends()
                .map(|point| point.to_string())
                .map(|point| named(&point, &point))
                .collect(),
            ItemKind::Group => places
                .groups
                .iter()
                .filter(|group| item.only.is_empty() || item.only.contains(&group.key))
                .map(|group| Choice {
                    key: group.key.clone(),
                    label: group.name.wording(FALLBACK),
                })
                .collect(),
            ItemKind::School => places
                .schools
                .iter()
                .map(|school| named(&school.key, &school.name))
                .collect(),
            _ => return None,
        };
        Some(Self {
            key: item.key.clone(),
            label: item.label.wording(FALLBACK),
            kind: item.kind,
            shares: match item.kind {
                ItemKind::Multiple => false,
                ItemKind::School => !item.several,
                _ => true,
            },
            choices,
            low: item.low.wording(FALLBACK),
            high: item.high.wording(FALLBACK),
        })
    }

    /// Whether its choices have an order of their own, such as the points of a scale.
    pub(super) fn is_ordered(&self) -> bool {
        !matches!(self.kind, ItemKind::Single | ItemKind::Multiple)
    }
}
