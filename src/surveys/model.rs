//! Rows of surveys and their revisions.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::corrections::{Correction, corrections};
use super::document::Document;
use super::faults::Fault;
use super::given::Given;
use crate::accounts::{AccountId, Reach, Scope};
use crate::db::{Json, text_enum, text_id};
use crate::district::{District, Group, RoundId, School};
use crate::schema::{revisions, surveys};

text_id! {
    /// Names a survey.
    SurveyId,
    /// Names a revision.
    RevisionId,
}

text_enum! {
    /// A survey's life.
    State {
        /// Being written.
        Draft = "draft",
        /// Taking answers.
        Open = "open",
        /// Takes no more.
        Closed = "closed",
    }
}

/// A survey, with the document that is being written; what people see is the latest revision.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = surveys)]
pub struct Survey {
    /// Names it.
    pub id: SurveyId,
    /// The round that it belongs to.
    pub round_id: RoundId,
    /// In addresses.
    pub slug: String,
    /// Its life.
    pub state: State,
    /// As it is being written.
    pub document: Json<Document>,
    /// The number of the latest revision; 0 before it was ever published.
    pub revision: i32,
    /// When it was made, in UTC.
    pub created_at: NaiveDateTime,
    /// When it was first published.
    pub opened_at: Option<NaiveDateTime>,
    /// When it was closed.
    pub closed_at: Option<NaiveDateTime>,
}

/// The district, and its lists that group and school items offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Who asks.
    pub district: Option<District>,
    /// The groups, in their order.
    pub groups: Vec<Group>,
    /// The schools, in their order.
    pub schools: Vec<School>,
}

impl Survey {
    /// Whether a new document may take the place of the one that is being written; otherwise why not. `published` is
    /// what people see, once they see anything.
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

    /// What publishing would correct in what people see; nothing at the first time. Otherwise why it cannot be
    /// published.
    pub fn next_revision(
        &self,
        published: Option<&Document>,
        places: &Places,
    ) -> Result<Vec<Correction>, Vec<Fault>> {
        self.may_become(&self.document, published, places)?;
        let missing = self.document.wordless(&Given::of(&self.document, places));
        if !missing.is_empty() {
            return Err(missing);
        }
        published.map_or(Ok(Vec::new()), |published| {
            corrections(published, &self.document)
        })
    }
}

/// A document as it was published; never changed.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = revisions)]
pub struct Revision {
    /// Names it.
    pub id: RevisionId,
    /// Whose.
    pub survey_id: SurveyId,
    /// From 1.
    pub number: i32,
    /// What people see.
    pub document: Json<Document>,
    /// What it corrected in the one before.
    pub corrections: Json<Vec<Correction>>,
    /// Who published it; none for the command line.
    pub published_by: Option<AccountId>,
    /// When, in UTC.
    pub published_at: NaiveDateTime,
}

/// Whether somebody may see the surveys of a round and their settings. A grant for one school sees those of every
/// round, because schools are asked together; what it counts is narrowed to the school elsewhere. A grant for one forum
/// sees none.
pub fn may_see(reach: &Reach, round: &RoundId) -> bool {
    let of_school = reach
        .only_schools()
        .is_some_and(|schools| !schools.is_empty());
    of_school || reach.covers(&Scope::Round(round.clone()))
}
