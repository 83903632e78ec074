//! A shared phone or tablet in a hall where people respond one after another. Staff create its link at the desk. The
//! link is signed, valid through a given day, and derived, so it's never stored.
//!
//! A survey that takes one response from each invited person can't have a kiosk, because a kiosk can't tell who is
//! using it. There are no such surveys yet; [`may_run`] is the place to check.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use crate::secret::{Secret, TokenKind};
use crate::surveys::{State, Survey, SurveyId};

/// The purpose that the token is signed for.
const PURPOSE: &str = "kiosk";
/// The most days that a link can be valid.
pub(super) const MOST_DAYS: i64 = 60;

/// The kind of device that somebody responds on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum DeviceKind {
    /// On their own phone or computer.
    #[default]
    Own,
    /// On a shared one in a hall.
    Kiosk,
}

impl DeviceKind {
    /// The URL of a survey's questions on this kind of device.
    pub(super) fn address(self, slug: &str) -> Address<'_> {
        Address(slug, self)
    }
}

/// The path of a survey's questions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address<'a>(&'a str, DeviceKind);

impl fmt::Display for Address<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            DeviceKind::Own => write!(formatter, "/s/{}", self.0),
            DeviceKind::Kiosk => write!(formatter, "/s/{}/kiosk", self.0),
        }
    }
}

/// Whether a survey can have a kiosk: only while it's open.
pub(super) fn may_run(survey: &Survey) -> bool {
    survey.state == State::Open
}

/// The token of a link that is valid through a day.
pub(super) fn token(secret: &Secret, survey: &SurveyId, last: NaiveDate) -> String {
    TokenKind::new(PURPOSE, &[survey.as_str()]).sign(secret, &last.to_string())
}

/// The last valid day of a signed token. `None` if the token is invalid or expired.
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
    fn only_a_link_we_signed_opens_this_survey_through_its_last_day() {
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
