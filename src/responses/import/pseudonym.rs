//! The name that a person of a file is stored under.

use crate::secret::digest;
use crate::surveys::SurveyId;

/// A name that identifies a person. An email address becomes a digest that is only valid for one survey.
pub(super) fn pseudonym(survey: &SurveyId, name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    if !name.contains('@') {
        return Some(name.to_owned());
    }
    let digest = digest(format!("{survey}\n{}", name.to_lowercase()));
    Some(digest.get(..32).unwrap_or(&digest).to_owned())
}
