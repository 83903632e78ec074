//! What every new survey needs, whether written or copied: a round, a free slug and validation.

use super::edit::taken;
use crate::accounts::{Viewer, permission};
use crate::db::Db;
use crate::district::RoundId;
use crate::error::Result;
use crate::surveys::document::Document;
use crate::surveys::faults::Fault;
use crate::surveys::model::may_see;
use crate::surveys::store;
use crate::web::form::Fields;

/// The round that a new survey most likely belongs to.
pub(super) fn current(viewer: &Viewer<permission::Surveys>) -> Option<String> {
    let mut rounds = viewer.visit.rounds.iter();
    let current = rounds.find(|round| round.is_current);
    current.map(|round| round.slug.clone())
}

/// The round that a form names, if the viewer's grants cover it.
pub(super) fn round_of(
    viewer: &Viewer<permission::Surveys>,
    fields: &Fields,
) -> std::result::Result<RoundId, Fault> {
    let slug = fields.get("round");
    let round = viewer.visit.rounds.iter().find(|round| round.slug == slug);
    round
        .filter(|round| may_see(&viewer.reach(), &round.id))
        .map(|round| round.id.clone())
        .ok_or_else(|| Fault::of_survey("choose the round that the survey belongs to"))
}

/// What's wrong with the document of a new survey.
pub(super) fn new_faults(db: &mut Db, document: &Document) -> Result<Vec<Fault>> {
    let mut faults = document.faults_in(&store::places(db)?);
    faults.extend(taken(db, &document.slug)?);
    Ok(faults)
}

/// The slug for a copy: the same slug with the next free number.
pub(super) fn free_slug(db: &mut Db, slug: &str) -> Result<String> {
    let taken = store::slugs(db)?;
    Ok(next_slug(slug, |slug| taken.iter().any(|one| one == slug)))
}

/// The longest stem that leaves room for a number.
const STEM: usize = 56;

fn next_slug(slug: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = slug
        .rsplit_once('-')
        .filter(|(stem, number)| !stem.is_empty() && number.parse::<u32>().is_ok());
    let stem = numbered.map_or(slug, |(stem, _)| stem);
    let stem = stem.get(..STEM).unwrap_or(stem);
    let mut number = 2;
    loop {
        let slug = format!("{stem}-{number}");
        if !taken(&slug) {
            return slug;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_takes_the_next_free_number() {
        let taken = |slug: &str| ["family", "family-2"].contains(&slug);
        assert_eq!(next_slug("family", taken), "family-3");
        assert_eq!(next_slug("family-2", taken), "family-3");
        assert_eq!(next_slug("staff", taken), "staff-2");
        let longest = "a".repeat(64);
        assert!(crate::keys::is_key(&next_slug(&longest, |_| false)));
    }
}
