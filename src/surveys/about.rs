//! Who the audience is, and what people are told about the survey before the first question.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::item::is_false;
use crate::db::text_enum;
use crate::localized::LocalizedText;

text_enum! {
    /// Who takes the survey.
    #[derive(Default)]
    Audience {
        /// Adults, who answer for themselves.
        #[default]
        Adults = "adults",
        /// Students. Their drafts stay in the browser tab, and the page says where to get help.
        Students = "students",
    }
}

/// What a receipt shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptUse {
    /// There is no receipt.
    Nothing,
    /// That the response arrived, but nothing it says.
    Arrival,
    /// The whole response.
    Answer,
}

/// What a survey says about itself. If a text is missing, the page uses a standard text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Who takes the survey.
    #[serde(default, skip_serializing_if = "Audience::is_adults")]
    pub audience: Audience,
    /// For students: whether they get a receipt, which confirms that the response arrived but doesn't show it. Everyone
    /// else always gets one.
    #[serde(default, skip_serializing_if = "is_false")]
    pub receipts: bool,
    /// How many minutes the survey takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// What the responses are used for.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub purpose: LocalizedText,
    /// Who reads the responses.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub readers: LocalizedText,
    /// Where to get help right now.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub support: LocalizedText,
    /// Where to hand in a paper form, and by when.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub hand_in: LocalizedText,
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
    /// Whether nothing is set.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The texts, by name.
    pub(super) fn wordings(&self) -> [(&'static str, &LocalizedText); 4] {
        [
            ("purpose", &self.purpose),
            ("readers", &self.readers),
            ("support", &self.support),
            ("hand_in", &self.hand_in),
        ]
    }

    /// The texts in the order of [`About::wordings`].
    pub(super) fn wordings_mut(&mut self) -> [&mut LocalizedText; 4] {
        [
            &mut self.purpose,
            &mut self.readers,
            &mut self.support,
            &mut self.hand_in,
        ]
    }
}

/// How many seconds a person needs for a question with a text answer, and for any other question.
const SECONDS: (usize, usize) = (45, 10);

impl Document {
    /// Whether the audience is students.
    pub fn is_for_students(&self) -> bool {
        self.about.audience == Audience::Students
    }

    /// What a receipt for this survey shows.
    pub fn receipt_use(&self) -> ReceiptUse {
        match (self.about.audience, self.about.receipts) {
            (Audience::Adults, _) => ReceiptUse::Answer,
            (Audience::Students, true) => ReceiptUse::Arrival,
            (Audience::Students, false) => ReceiptUse::Nothing,
        }
    }

    /// How many minutes the survey takes: the district's number or, without one, an estimate from the questions. At
    /// least 1.
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
    fn students_get_a_receipt_only_if_the_survey_allows_it_and_without_their_answers() {
        let mut document = document();
        assert_eq!(document.receipt_use(), ReceiptUse::Answer);
        document.about.audience = Audience::Students;
        assert_eq!(document.receipt_use(), ReceiptUse::Nothing);
        document.about.receipts = true;
        assert_eq!(document.receipt_use(), ReceiptUse::Arrival);
    }

    #[test]
    fn minutes_come_from_the_district_or_an_estimate() {
        let mut document = document();
        // Two questions to tap at 10 seconds each and one to write at 45 make 65 seconds.
        assert_eq!(document.minutes(), 2);
        document.about.minutes = Some(7);
        assert_eq!(document.minutes(), 7);
        document.about.minutes = None;
        document.items.clear();
        assert_eq!(document.minutes(), 1);
    }
}
