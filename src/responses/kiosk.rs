//! A phone or tablet that stands in a hall, where one person answers after the other: its link is signed by us, made at the
//! desk, good through a day, and derived, so that it is never stored.
//!
//! A survey that takes one answer from each person whom it invites has no kiosk, since a kiosk cannot tell who stands in
//! front of it. There are no such surveys yet; [`may_stand`] is where it will be asked.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use crate::secret::{Secret, TokenKind};
use crate::surveys::{State, Survey, SurveyId};

/// What the token is signed for.
const PURPOSE: &str = "kiosk";
/// For how many days a link is good at the most.
pub(super) const MOST_DAYS: i64 = 60;

/// Where somebody answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Place {
    /// On a phone, or a computer, of their own.
    #[default]
    Own,
    /// On one that stands in a hall.
    Kiosk,
}

impl Place {
    /// The address of a survey's questions here.
    pub(super) fn address(self, slug: &str) -> Address<'_> {
        Address(slug, self)
    }
}

/// The path of a survey's questions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address<'a>(&'a str, Place);

impl fmt::Display for Address<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Place::Own => write!(formatter, "/s/{}", self.0),
            Place::Kiosk => write!(formatter, "/s/{}/kiosk", self.0),
        }
    }
}

/// Whether a survey may be answered at a kiosk: while it is open.
pub(super) fn may_stand(survey: &Survey) -> bool {
    survey.state == State::Open
}

/// The token of a link that is good through a day.
pub(super) fn token(secret: &Secret, survey: &SurveyId, last: NaiveDate) -> String {
    TokenKind::new(PURPOSE, &[survey.as_str()]).sign(secret, &last.to_string())
}

/// The last day of a token of ours that is still good.
pub(super) fn read(
    secret: &Secret,
    survey: &SurveyId,
    token: &str,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let day = TokenKind::new(PURPOSE, &[survey.as_str()]).open(secret, token)?;
    let last: NaiveDate = day.parse().ok()?;
    (today <= last).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(digit: &str) -> Secret {
        Secret::load(Some(&digit.repeat(64)), std::path::Path::new("")).unwrap()
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, day).unwrap()
    }

    #[test]
    fn only_our_own_link_opens_this_survey_and_only_through_its_day() {
        let (ours, survey) = (secret("1"), SurveyId::new());
        let link = token(&ours, &survey, day(12));
        assert_eq!(read(&ours, &survey, &link, day(5)), Some(day(12)));
        assert_eq!(read(&ours, &survey, &link, day(12)), Some(day(12)));
        assert_eq!(read(&ours, &survey, &link, day(13)), None);
        assert_eq!(read(&secret("2"), &survey, &link, day(5)), None);
        assert_eq!(read(&ours, &SurveyId::new(), &link, day(5)), None);
        let longer = link.replace("2026-10-12", "2026-10-30");
        for other in ["", ".", "2026-10-12", "2026-10-12.", &longer] {
            assert_eq!(read(&ours, &survey, other, day(5)), None, "{other}");
        }
    }
}
