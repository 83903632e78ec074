//! How the desk shows an answer: the label of a key.

use super::item::{Item, NOT_APPLICABLE, OTHER, YES};
use super::kind::ItemKind;
use super::model::Places;
use crate::localized::{LocalizedText, Wording};
use crate::web::languages::{FALLBACK, own_name};

impl Item {
    /// The label, at the desk, of a key that can be chosen: one from [`Item::offered`] or one of the item's own
    /// choices. If the key is unknown here, returns the key itself.
    pub fn reads(&self, key: &str, places: &Places) -> Wording {
        let plain = |text: &str| Wording {
            text: text.to_owned(),
            lang: None,
        };
        let localized = |text: &LocalizedText| text.wording(FALLBACK);
        let own = || self.choices.iter().find(|choice| choice.key == key);
        match self.kind {
            _ if key == OTHER && self.has_other() => localized(&self.other),
            _ if key == NOT_APPLICABLE && !self.not_applicable.is_empty() => {
                localized(&self.not_applicable)
            }
            _ if self.is_scale() => plain(key),
            ItemKind::YesNo | ItemKind::Consent => plain(if key == YES { "Yes" } else { "No" }),
            ItemKind::Group => {
                let group = places.groups.iter().find(|group| group.key == key);
                group.map_or_else(|| plain(key), |group| localized(&group.name))
            }
            ItemKind::School => {
                let school = places.schools.iter().find(|school| school.key == key);
                school.map_or_else(|| plain(key), |school| localized(&school.name))
            }
            ItemKind::Language => plain(own_name(key)),
            _ => own().map_or_else(|| plain(key), |choice| localized(&choice.label)),
        }
    }
}
