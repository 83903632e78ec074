//! The people behind an edition for schools, all read at the same moment.

use chrono::{NaiveDate, NaiveDateTime};
use roaring::RoaringBitmap;

use super::content::SchoolEdition;
use crate::db::Db;
use crate::district::{LocalTime, Round};
use crate::editions::{self, Audience};
use crate::error::Result;
use crate::surveys::{self, Document, Places, State};
use crate::tally::{Facet, Names};
use crate::themes::{Coded, Coding, Index, latest_codebook};
use crate::voices::Snapshot;

/// Everything that goes into an edition.
pub(super) struct Material {
    /// The name of the person who releases it.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// The number of the last change that is counted.
    pub change: i64,
    /// The latest codebook, the day it was saved, and the comments it codes.
    pub(super) coding: Option<(Coding, NaiveDate, Coded)>,
    /// The closed surveys.
    pub(super) surveys: Vec<ClosedSurvey>,
    /// The titles of surveys that are still open.
    pub open: Vec<String>,
    pub(super) places: Places,
    pub(super) names: Names,
    /// What was released for schools before, oldest first, also what was taken back.
    pub(super) earlier: Vec<SchoolEdition>,
    /// What was published before, which school staff read too.
    pub(super) public: Vec<Snapshot>,
}

/// A closed survey with its people.
pub(super) struct ClosedSurvey {
    pub(super) id: surveys::SurveyId,
    pub(super) slug: String,
    pub(super) revision: i32,
    pub(super) document: Document,
    pub(super) answered: RoaringBitmap,
    /// Each of them in one group; the empty key is for those without a group.
    pub(super) groups: Vec<(String, RoaringBitmap)>,
    /// Each of them at any number of schools; the empty key is for those without a school.
    pub(super) schools: Vec<(String, RoaringBitmap)>,
}

/// Reads everything that goes into an edition of a round.
pub(super) fn gather(
    index: &Index,
    db: &mut Db,
    by: &str,
    at: NaiveDateTime,
    round: &Round,
) -> Result<Material> {
    let places = surveys::places(db)?;
    let local_time = LocalTime::of(places.district.as_ref());
    let coding = latest_codebook(db, &round.id)?
        .map(|saved| {
            let day = local_time.day(saved.saved_at);
            let coding = Coding::of(saved)?;
            let coded = coding.apply(index, &round.id);
            Ok::<_, crate::error::Error>((coding, day, coded))
        })
        .transpose()?;
    let (mut closed, mut open) = (Vec::new(), Vec::new());
    for survey in surveys::in_round(db, &round.id)? {
        match survey.state {
            State::Draft => {}
            State::Open => open.push(survey.document.title.get("en").0.to_owned()),
            State::Closed => {
                let Some(revision) = surveys::latest_revision(db, &survey.id)? else {
                    continue;
                };
                let answered = index.tally.voices(&Facet::Survey(survey.id.clone()));
                let schools = places.schools.iter().map(|school| school.key.as_str());
                let groups = places.groups.iter().map(|group| group.key.as_str());
                closed.push(ClosedSurvey {
                    groups: index.tally.by_group(answered, groups),
                    schools: index.tally.by_school(answered, schools),
                    answered: answered.clone(),
                    id: survey.id,
                    slug: survey.slug,
                    revision: revision.number,
                    document: revision.document.0,
                });
            }
        }
    }
    Ok(Material {
        by: by.to_owned(),
        at,
        change: index.tally.seen(),
        coding,
        surveys: closed,
        open,
        names: Names::read(db, &round.id)?,
        places,
        earlier: editions::contents(db, &round.id, Audience::Schools)?,
        public: editions::contents(db, &round.id, Audience::Public)?,
    })
}
