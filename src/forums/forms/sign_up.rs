//! The form for a seat: parsing and validation.

use crate::accounts::normalize_email;
use crate::error::{Error, Result};
use crate::forums::model::{Need, SignUp};
use crate::web::form::{Fields, FormState};

/// The largest party under one name.
pub(in crate::forums) const LARGEST_PARTY: i32 = 8;
/// The most characters in a name.
const LONGEST_NAME: usize = 100;

/// A sign-up form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUpDraft {
    /// The person's name.
    pub name: String,
    /// The email address, in lower case.
    pub email: String,
    /// How many people are coming.
    pub party: i32,
    /// Their preferred language.
    pub language: String,
    /// What they need, without duplicates.
    pub needs: Vec<Need>,
}

impl SignUpDraft {
    /// Parses the form. If it's invalid, returns the form with the Fluent message ID of each error.
    pub fn parse(fields: &Fields, languages: &[String]) -> Result<Result<Self, FormState>> {
        let mut form = FormState::typed(fields);
        let name = fields.get("name").to_owned();
        if name.is_empty() {
            form.fault("name", "forum-name-missing");
        } else if name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
            form.fault("name", "forum-name-too-long");
        }
        let email = normalize_email(fields.get("email"));
        if email.is_none() {
            form.fault("email", "forum-email-wrong");
        }
        let party = fields.get("party").parse().unwrap_or(0);
        if !(1..=LARGEST_PARTY).contains(&party) {
            form.fault("party", "forum-party-wrong");
        }
        let language = fields.get("language").to_owned();
        if !languages.contains(&language) {
            form.fault("language", "forum-language-wrong");
        }
        let needs = fields.all("needs").map(Need::parse);
        let mut needs: Vec<Need> = needs.collect::<Option<_>>().ok_or_else(|| {
            Error::BadRequest("The form asks for help that we don’t offer.".to_owned())
        })?;
        needs.sort_unstable();
        needs.dedup();
        let Some(email) = email.filter(|_| form.is_right()) else {
            return Ok(Err(form));
        };
        Ok(Ok(Self {
            name,
            email,
            party,
            language,
            needs,
        }))
    }

    /// Whether a sign-up has the same content.
    pub fn says_the_same_as(&self, other: &SignUp) -> bool {
        self.name == other.name
            && self.email == other.email
            && self.party == other.party
            && self.language == other.language
            && self.needs == other.needs.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(body: &str) -> Result<Result<SignUpDraft, FormState>> {
        SignUpDraft::parse(
            &Fields::parse(body.as_bytes()).unwrap(),
            &["en".into(), "es".into()],
        )
    }

    #[test]
    fn all_faults_are_reported_at_once() {
        let form = parse("name=+&email=ana&party=9&language=fr")
            .unwrap()
            .unwrap_err();
        let faulty: Vec<&str> = form.faults.keys().map(String::as_str).collect();
        assert_eq!(faulty, ["email", "language", "name", "party"]);
    }

    #[test]
    fn an_email_address_is_stored_in_lowercase_and_each_need_once() {
        let draft = parse(
            "name=Ana&email=Ana@Example.org&party=2&language=es&needs=interpreter&needs=child-care&needs=interpreter",
        );
        let draft = draft.unwrap().unwrap();
        assert_eq!(
            (draft.email.as_str(), draft.needs),
            ("ana@example.org", vec![Need::ChildCare, Need::Interpreter])
        );
    }

    #[test]
    fn a_need_that_is_not_offered_is_refused() {
        assert!(matches!(
            parse("name=Ana&email=a@example.org&party=1&language=en&needs=helicopter"),
            Err(Error::BadRequest(_))
        ));
    }
}
