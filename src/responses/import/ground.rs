//! What an import needs: the published survey and the district's lists.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::db::Db;
use crate::district::{self, LocalTime, RoundId};
use crate::error::{Error, Result};
use crate::surveys::{self, Document, Places, SurveyId};

/// The survey that a file belongs to, and what its cells are validated against.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The survey.
    pub survey: SurveyId,
    /// Its round.
    pub round: RoundId,
    /// The number of the published revision.
    pub revision: i32,
    /// The published document.
    pub document: Document,
    /// The district's groups and schools.
    pub places: Places,
    /// The district's time zone.
    pub zone: Tz,
    /// Today in that time zone, for a file without dates.
    pub today: NaiveDate,
}

impl Ground {
    /// Reads the survey with a slug. It must have been published, because only then is the meaning of its keys fixed.
    pub fn read(db: &mut Db, now: NaiveDateTime, slug: &str) -> Result<Self> {
        let Some(district) = district::current(db)? else {
            return Err(Error::Invalid(
                "there is no district yet: run `chorus import district` first".to_owned(),
            ));
        };
        let survey = surveys::by_slug(db, slug).map_err(|error| match error {
            diesel::result::Error::NotFound => Error::Invalid(format!(
                "there is no survey “{slug}”: run `chorus import survey` first"
            )),
            other => other.into(),
        })?;
        let Some(revision) = surveys::latest_revision(db, &survey.id)? else {
            return Err(Error::Invalid(format!(
                "the survey “{slug}” is not published, so its questions may still change: publish it first"
            )));
        };
        Ok(Self {
            survey: survey.id,
            round: survey.round_id,
            revision: revision.number,
            document: revision.document.0,
            places: surveys::places(db)?,
            zone: district.zone(),
            today: LocalTime::of(Some(&district)).day(now),
        })
    }
}
