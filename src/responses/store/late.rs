//! Responses that phones delivered after closing, and the planner's decision about them.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::audit::{self, Actor};
use crate::comments::Status;
use crate::db::{Db, take_changes, text_enum};
use crate::keys::ResponseId;
use crate::schema::{comments, late_responses, responses};
use crate::surveys::SurveyId;

/// The status reason of comments that were left out.
const REASON: &str = "It arrived after the survey closed.";

text_enum! {
    /// A planner's decision about late responses. It covers all of a survey's late responses, because picking some
    /// would mean picking what they say.
    LateVerdict {
        /// Count them like all the rest.
        Include = "take-in",
        /// Don't count them.
        Exclude = "leave-out",
    }
}

impl LateVerdict {
    fn status(self) -> Status {
        match self {
            Self::Include => Status::Counted,
            Self::Exclude => Status::SetAside,
        }
    }

    fn action(self) -> &'static str {
        match self {
            Self::Include => "survey.late-taken-in",
            Self::Exclude => "survey.late-left-out",
        }
    }
}

/// How many late responses a survey has, by decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LateCounts {
    /// Not decided yet.
    pub waiting: u64,
    /// Counted.
    pub included: u64,
    /// Not counted.
    pub excluded: u64,
    /// The day the first one arrived, in the district's time zone.
    pub first_day: Option<NaiveDate>,
    /// The day the last one arrived.
    pub last_day: Option<NaiveDate>,
}

/// Records that responses came late, whatever is decided about them.
pub(super) fn mark(db: &mut Db, late: &[ResponseId]) -> QueryResult<()> {
    late.iter().try_for_each(|id| {
        diesel::insert_into(late_responses::table)
            .values(late_responses::response_id.eq(id))
            .execute(db)
            .map(drop)
    })
}

/// The late responses of a survey.
pub fn late_counts(db: &mut Db, survey: &SurveyId) -> QueryResult<LateCounts> {
    let rows: Vec<(Status, NaiveDate)> = late_responses::table
        .inner_join(responses::table)
        .filter(responses::survey_id.eq(survey))
        .select((responses::status, responses::day))
        .load(db)?;
    let count = |status| rows.iter().filter(|(found, _)| *found == status).count();
    let shown = |status| u64::try_from(count(status)).unwrap_or(0);
    Ok(LateCounts {
        waiting: shown(Status::Late),
        included: shown(Status::Counted),
        excluded: shown(Status::SetAside),
        first_day: rows.iter().map(|(_, day)| *day).min(),
        last_day: rows.iter().map(|(_, day)| *day).max(),
    })
}

/// Counts all late responses of a survey or leaves them all out, including those with an earlier decision. Returns how
/// many changed. Comments that were set aside for another reason stay set aside.
pub fn decide_late(
    db: &mut Db,
    actor: &Actor,
    survey: &SurveyId,
    verdict: LateVerdict,
) -> QueryResult<usize> {
    let number = take_changes(db, 1)?;
    let to = verdict.status();
    let moved = [Status::Late, Status::Counted, Status::SetAside];
    let ids: Vec<ResponseId> = late_responses::table
        .inner_join(responses::table)
        .filter(
            responses::survey_id
                .eq(survey)
                .and(responses::status.eq_any(moved))
                .and(responses::status.ne(to)),
        )
        .order(responses::id)
        .select(responses::id)
        .load(db)?;
    if ids.is_empty() {
        return Ok(0);
    }
    diesel::update(responses::table.filter(responses::id.eq_any(&ids)))
        .set((responses::status.eq(to), responses::number.eq(number)))
        .execute(db)?;
    let reason = if verdict == LateVerdict::Exclude {
        REASON
    } else {
        ""
    };
    let of_theirs = comments::response_id.eq_any(&ids);
    let by_us = comments::status
        .eq(Status::SetAside)
        .and(comments::status_reason.eq(REASON));
    let free = comments::status.eq_any([Status::Late, Status::Counted]);
    diesel::update(comments::table.filter(of_theirs.and(free.or(by_us))))
        .set((
            comments::status.eq(to),
            comments::status_reason.eq(reason),
            comments::number.eq(number),
        ))
        .execute(db)?;
    let detail = json!({ "answers": ids.len() });
    audit::record(
        db,
        actor,
        verdict.action(),
        "survey",
        survey.as_str(),
        &detail,
    )?;
    Ok(ids.len())
}
