//! Database rows for surveys and their revisions.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::corrections::{Correction, corrections};
use super::document::Document;
use super::faults::Fault;
use super::given::DistrictText;
use crate::accounts::{AccountId, Reach, Scope};
use crate::db::{Json, text_enum, text_id};
use crate::district::{District, Group, RoundId, School};
use crate::schema::{revisions, surveys};

text_id! {
    /// Identifies a survey.
    SurveyId,
    /// Identifies a revision.
    RevisionId,
}

text_enum! {
    /// The state of a survey.
    State {
        /// Being written.
        Draft = "draft",
        /// Taking responses.
        Open = "open",
        /// Takes no more responses.
        Closed = "closed",
    }
}

/// A survey with its working document. People see the latest revision, not this document.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = surveys)]
pub struct Survey {
    /// The survey's ID.
    pub id: SurveyId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// The slug in URLs.
    pub slug: String,
    /// The survey's state.
    pub state: State,
    /// The working document.
    pub document: Json<Document>,
    /// The number of the latest revision. 0 if it was never published.
    pub revision: i32,
    /// When it was created, in UTC.
    pub created_at: NaiveDateTime,
    /// When it was first published.
    pub opened_at: Option<NaiveDateTime>,
    /// When it was closed.
    pub closed_at: Option<NaiveDateTime>,
}

/// The district, and its lists of groups and schools that questions offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The district.
    pub district: Option<District>,
    /// The groups, in order.
    pub groups: Vec<Group>,
    /// The schools, in order.
    pub schools: Vec<School>,
}

impl Survey {
    /// Checks whether a new document can replace the working document, and returns the reasons if it can't. `published`
    /// is what people see, if anything is published.
    pub fn may_become(
        &self,
        document: &Document,
        published: Option<&Document>,
        places: &Places,
    ) -> Result<(), Vec<Fault>> {
        if self.state == State::Closed {
            return Err(vec![Fault::of_survey(
                "this survey is closed: to ask again, make a copy",
            )]);
        }
        let mut faults = document.faults_in(places);
        if let Some(Err(changed)) = published.map(|published| corrections(published, document)) {
            faults.extend(changed);
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// What publishing would correct in what people see. Empty the first time. Returns the reasons if the survey can't
    /// be published.
    pub fn next_revision(
        &self,
        published: Option<&Document>,
        places: &Places,
    ) -> Result<Vec<Correction>, Vec<Fault>> {
        self.may_become(&self.document, published, places)?;
        let missing = self
            .document
            .wordless(&DistrictText::of(&self.document, places));
        if !missing.is_empty() {
            return Err(missing);
        }
        published.map_or(Ok(Vec::new()), |published| {
            corrections(published, &self.document)
        })
    }
}

/// A published document. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = revisions)]
pub struct Revision {
    /// The revision's ID.
    pub id: RevisionId,
    /// The survey it belongs to.
    pub survey_id: SurveyId,
    /// Counted from 1.
    pub number: i32,
    /// What people see.
    pub document: Json<Document>,
    /// What it corrected in the previous revision.
    pub corrections: Json<Vec<Correction>>,
    /// Who published it. `None` for the command line.
    pub published_by: Option<AccountId>,
    /// When it was published, in UTC.
    pub published_at: NaiveDateTime,
}

/// Whether a viewer can see a round's surveys and their settings. A grant for one school covers every round, because
/// schools are surveyed together; its counts are narrowed to the school elsewhere. A grant for one forum covers none.
pub fn may_see(reach: &Reach, round: &RoundId) -> bool {
    let of_school = reach
        .only_schools()
        .is_some_and(|schools| !schools.is_empty());
    of_school || reach.covers(&Scope::Round(round.clone()))
}
