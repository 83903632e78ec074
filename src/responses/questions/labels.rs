//! The labels that people read for keys.

use serde::Serialize;

use super::AnswerForm;
use crate::localized::Wording;
use crate::surveys::{Item, ItemKind, NO, NOT_APPLICABLE, OTHER, YES};
use crate::web::languages::own_name;

/// The label of a choice: the district's, or one of Chorus's own as a Fluent message ID.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Label {
    /// The district's text, or a name.
    Words(Wording),
    /// Chorus's own.
    Ours(&'static str),
}

impl AnswerForm<'_> {
    /// The label of an item's key. The key itself if it's unknown.
    pub(super) fn label(&self, item: &Item, key: &str) -> Label {
        let known = match item.kind {
            _ if key == OTHER && item.has_other() => Some(item.other.wording(self.language)),
            _ if key == NOT_APPLICABLE && !item.not_applicable.is_empty() => {
                Some(item.not_applicable.wording(self.language))
            }
            ItemKind::YesNo if key == YES => return Label::Ours("answer-yes"),
            ItemKind::YesNo if key == NO => return Label::Ours("answer-no"),
            ItemKind::Consent if key == YES => return Label::Ours("answer-agree"),
            ItemKind::Group => self
                .places
                .groups
                .iter()
                .find(|group| group.key == key)
                .map(|group| group.name.wording(self.language)),
            ItemKind::School => self
                .places
                .schools
                .iter()
                .find(|school| school.key == key)
                .map(|school| school.name.wording(self.language)),
            ItemKind::Language => Some(Wording {
                text: own_name(key).to_owned(),
                lang: (key != self.language).then(|| key.to_owned()),
            }),
            _ => item
                .choices
                .iter()
                .find(|choice| choice.key == key)
                .map(|choice| choice.label.wording(self.language)),
        };
        Label::Words(known.unwrap_or_else(|| plain(key)))
    }
}

/// A text that is the same in every language.
pub(super) fn plain(text: &str) -> Wording {
    Wording {
        text: text.to_owned(),
        lang: None,
    }
}
