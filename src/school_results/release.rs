//! A draft of an edition: what a planner reviews before it's frozen under their name.

use chrono::NaiveDateTime;

use super::build::{Report, build};
use super::content::SchoolEdition;
use super::material::gather;
use crate::db::Db;
use crate::district::Round;
use crate::error::Result;
use crate::themes::Index;

/// What would be released now.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The content.
    pub edition: SchoolEdition,
    /// What is hidden in it, and why.
    pub report: Report,
    /// The titles of the surveys that are still open and so not in it.
    pub open: Vec<String>,
}

/// Counts the closed surveys of a round, under the name of the person who would release the edition.
pub fn draft(
    index: &Index,
    db: &mut Db,
    by: &str,
    at: NaiveDateTime,
    round: &Round,
) -> Result<Draft> {
    let material = gather(index, db, by, at, round)?;
    let (edition, report) = build(index, &material);
    Ok(Draft {
        edition,
        report,
        open: material.open,
    })
}
