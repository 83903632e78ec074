//! The parts of a forum, and the rules for its seats.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::db::{Json, text_enum, text_id};
use crate::error::{Error, Result};
use crate::keys::{ForumId, RoundId, TableId};
use crate::localized::LocalizedText;
use crate::schema::{forum_tables, forums, sign_ups};
use crate::surveys::Intent;

text_id! {
    /// Identifies a sign-up.
    SignUpId,
}

text_enum! {
    /// The status of a sign-up.
    SignUpStatus {
        /// Has seats.
        Seated = "seated",
        /// Is on the waiting list.
        Waiting = "waiting",
        /// Was canceled. The name and the email address are deleted.
        Canceled = "cancelled",
    }
}

text_enum! {
    /// What someone needs in order to come.
    Need {
        /// Child care.
        ChildCare = "child-care",
        /// An interpreter.
        Interpreter = "interpreter",
        /// Step-free access or a wheelchair space.
        Access = "access",
    }
}

/// A prompt for a forum's tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// Stable across forums and rounds.
    pub key: String,
    /// What it asks about.
    #[serde(alias = "asks")]
    pub intent: Intent,
    /// The question.
    pub label: LocalizedText,
}

/// A forum.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = forums)]
pub struct Forum {
    /// The forum's ID.
    pub id: ForumId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// The slug in URLs.
    pub slug: String,
    /// Its title.
    pub title: Json<LocalizedText>,
    /// What happens there.
    pub about: Json<LocalizedText>,
    /// The location, the same in every language.
    pub place: String,
    /// When it starts, in the district's time zone.
    pub starts_at: NaiveDateTime,
    /// When it ends, in the district's time zone.
    pub ends_at: NaiveDateTime,
    /// How many people there's room for.
    pub seats: i32,
    /// The languages spoken there.
    pub languages: Json<Vec<String>>,
    /// The prompts for its tables, in order.
    pub prompts: Json<Vec<Prompt>>,
}

/// Whether a forum is upcoming, in progress or over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Moment {
    /// It's upcoming and takes sign-ups.
    Ahead,
    /// It's in progress.
    On,
    /// It's over.
    Over,
}

impl Forum {
    /// Where the forum stands at a time in the district's time zone.
    pub fn moment(&self, now: NaiveDateTime) -> Moment {
        if now < self.starts_at {
            Moment::Ahead
        } else if now < self.ends_at {
            Moment::On
        } else {
            Moment::Over
        }
    }

    /// The prompt with a key.
    pub fn prompt(&self, key: &str) -> Option<&Prompt> {
        self.prompts.iter().find(|prompt| prompt.key == key)
    }

    /// Checks that every prompt with notes is still there with the same intent. A changed meaning needs a new key.
    pub(super) fn keeps(&self, in_use: &BTreeSet<(String, Intent)>) -> Result<()> {
        for (key, intent) in in_use {
            match self.prompt(key) {
                Some(prompt) if prompt.intent == *intent => {}
                Some(_) => {
                    return Err(Error::Conflict(format!(
                        "The question “{key}” already has notes and asks about “{intent}.” To ask about something else, add a question with a new key."
                    )));
                }
                None => {
                    return Err(Error::Conflict(format!(
                        "The question “{key}” already has notes, so you can’t remove it."
                    )));
                }
            }
        }
        Ok(())
    }
}

/// A person who wants to come, and their party.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_ups)]
pub struct SignUp {
    /// The sign-up's ID.
    pub id: SignUpId,
    /// The forum.
    pub forum_id: ForumId,
    /// The digest of the form's submission key. A form that arrives twice is one sign-up.
    pub submission: String,
    /// The person's name.
    pub name: String,
    /// The email address, in lower case.
    pub email: String,
    /// How many people are coming.
    pub party: i32,
    /// Their preferred language, out of those spoken there.
    pub language: String,
    /// What they need.
    pub needs: Json<Vec<Need>>,
    /// Whether they have seats.
    pub status: SignUpStatus,
    /// Their place in the order of sign-ups, from 1.
    pub position: i64,
}

/// A table at a forum.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = forum_tables)]
pub struct Table {
    /// The table's ID.
    pub id: TableId,
    /// The forum.
    pub forum_id: ForumId,
    /// The number on its sign.
    pub table_number: i32,
    /// How many people sit there.
    pub present: i32,
    /// Its position in the sequence of changes.
    pub number: i64,
}

/// Who gets seats from the waiting list: in the order they signed up, everyone whose whole party fits.
pub(super) fn who_moves_up(free: i64, waiting: &[SignUp]) -> Vec<SignUpId> {
    let mut free = free;
    let seated = waiting.iter().filter(|sign_up| {
        let fits = i64::from(sign_up.party) <= free;
        if fits {
            free -= i64::from(sign_up.party);
        }
        fits
    });
    seated.map(|sign_up| sign_up.id.clone()).collect()
}

/// The time of a forum, in the district's time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct When {
    starts_at: NaiveDateTime,
    ends_at: NaiveDateTime,
    same_day: bool,
}

impl When {
    pub(super) fn of(forum: &Forum) -> Self {
        Self {
            starts_at: forum.starts_at,
            ends_at: forum.ends_at,
            same_day: forum.starts_at.date() == forum.ends_at.date(),
        }
    }

    /// A Tuesday evening, for page samples.
    pub(super) fn sample() -> Self {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 8).unwrap_or_default();
        Self {
            starts_at: day.and_hms_opt(18, 0, 0).unwrap_or_default(),
            ends_at: day.and_hms_opt(19, 30, 0).unwrap_or_default(),
            same_day: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(parties: &[i32]) -> Vec<SignUp> {
        let sign_up = |(position, party): (i64, &i32)| SignUp {
            id: SignUpId::from(format!("{position}")),
            forum_id: ForumId::new(),
            submission: String::new(),
            name: "Ana".into(),
            email: "ana@example.org".into(),
            party: *party,
            language: "en".into(),
            needs: Json(vec![]),
            status: SignUpStatus::Waiting,
            position,
        };
        (1..).zip(parties).map(sign_up).collect()
    }

    fn moved_up(free: i64, parties: &[i32]) -> Vec<String> {
        who_moves_up(free, &waiting(parties))
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn the_first_parties_that_fit_move_up_and_no_seat_is_given_twice() {
        assert_eq!(moved_up(3, &[2, 2, 1]), ["1", "3"]);
        assert_eq!(moved_up(1, &[2, 2]), Vec::<String>::new());
        assert_eq!(moved_up(-4, &[1]), Vec::<String>::new());
    }
}
