//! Who is asked, and what they are told about it before the first question.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::item::is_false;
use crate::db::text_enum;
use crate::localised::LocalisedText;

text_enum! {
    /// Who answers.
    #[derive(Default)]
    Audience {
        /// People who answer for themselves.
        #[default]
        Adults = "adults",
        /// Students: their drafts stay in the tab, and the page says where help is.
        Students = "students",
    }
}

/// What a receipt opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptUse {
    /// There is none.
    Nothing,
    /// That the answer arrived, and nothing of what it says.
    Arrival,
    /// The answer.
    Answer,
}

/// What a survey says about itself. The page has standard text for what is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Who answers.
    #[serde(default, skip_serializing_if = "Audience::is_adults")]
    pub audience: Audience,
    /// For students: whether they get a receipt, which says that the answer arrived and shows nothing of it. Everybody
    /// else always gets one.
    #[serde(default, skip_serializing_if = "is_false")]
    pub receipts: bool,
    /// How many minutes it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// What the answers are for.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub purpose: LocalisedText,
    /// Who reads them.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub readers: LocalisedText,
    /// Where help is for somebody who needs it now.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub support: LocalisedText,
    /// Where a sheet of paper is handed in, and until when.
    #[serde(default, skip_serializing_if = "LocalisedText::is_empty")]
    pub hand_in: LocalisedText,
}

impl Audience {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    fn is_adults(&self) -> bool {
        *self == Self::Adults
    }
}

impl About {
    /// Whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Its wordings, by name.
    pub(super) fn wordings(&self) -> [(&'static str, &LocalisedText); 4] {
        [
            ("purpose", &self.purpose),
            ("readers", &self.readers),
            ("support", &self.support),
            ("hand_in", &self.hand_in),
        ]
    }

    /// In the order of [`About::wordings`].
    pub(super) fn wordings_mut(&mut self) -> [&mut LocalisedText; 4] {
        [
            &mut self.purpose,
            &mut self.readers,
            &mut self.support,
            &mut self.hand_in,
        ]
    }
}

/// How many seconds people need for a question that asks for words, and for any other.
const SECONDS: (usize, usize) = (45, 10);

impl Document {
    /// Whether students answer.
    pub fn is_for_students(&self) -> bool {
        self.about.audience == Audience::Students
    }

    /// What a receipt of it opens.
    pub fn receipt_use(&self) -> ReceiptUse {
        match (self.about.audience, self.about.receipts) {
            (Audience::Adults, _) => ReceiptUse::Answer,
            (Audience::Students, true) => ReceiptUse::Arrival,
            (Audience::Students, false) => ReceiptUse::Nothing,
        }
    }

    /// How many minutes it takes: what the district says, else an estimate from its questions; at least one.
    pub fn minutes(&self) -> u32 {
        let words = self.open_items().count();
        let seconds = words * SECONDS.0 + (self.items.len() - words) * SECONDS.1;
        let estimate = u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX);
        self.about.minutes.unwrap_or(estimate).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::samples::document;

    #[test]
    fn students_get_a_receipt_only_where_it_is_asked_for_and_then_it_shows_nothing() {
        let mut document = document();
        assert_eq!(document.receipt_use(), ReceiptUse::Answer);
        document.about.audience = Audience::Students;
        assert_eq!(document.receipt_use(), ReceiptUse::Nothing);
        document.about.receipts = true;
        assert_eq!(document.receipt_use(), ReceiptUse::Arrival);
    }

    #[test]
    fn minutes_are_what_the_district_says_or_an_estimate() {
        let mut document = document();
        // Two to tap at ten seconds, one to write at 45: 65 seconds.
        assert_eq!(document.minutes(), 2);
        document.about.minutes = Some(7);
        assert_eq!(document.minutes(), 7);
        document.about.minutes = None;
        document.items.clear();
        assert_eq!(document.minutes(), 1);
    }
}
