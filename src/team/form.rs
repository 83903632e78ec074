//! Parses and checks the form that adds a team member.

use crate::accounts::{Role, Scope, ScopeKind, normalize_email};
use crate::web::form::{Fields, FormState};

/// The maximum length of a name, in characters.
const LONGEST_NAME: usize = 100;

/// A person to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewMember {
    /// The email address, in lowercase.
    pub(super) email: String,
    /// The name shown to the team.
    pub(super) name: String,
    /// The role.
    pub(super) role: Role,
    /// The scope.
    pub(super) scope: Scope,
}

/// Parses the form. `known` finds the scope for a form value.
pub(super) fn parse_member(
    fields: &Fields,
    known: impl Fn(&str) -> Option<Scope>,
) -> Result<NewMember, FormState> {
    let mut form = FormState::typed(fields);
    let name = fields.get("name").to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        form.fault("name", "Enter a name of at most 100 characters.");
    }
    let email = normalize_email(fields.get("email"));
    if email.is_none() {
        form.fault(
            "email",
            "Enter an email address such as name@district.example.",
        );
    }
    let grant = grant_of(fields, known, &mut form);
    match (email, grant) {
        (Some(email), Some((role, scope))) if form.is_right() => Ok(NewMember {
            email,
            name,
            role,
            scope,
        }),
        _ => Err(form),
    }
}

/// Parses a role and a scope that are allowed together.
pub(super) fn grant_of(
    fields: &Fields,
    known: impl Fn(&str) -> Option<Scope>,
    form: &mut FormState,
) -> Option<(Role, Scope)> {
    let role = Role::parse(fields.get("role"));
    if role.is_none() {
        form.fault("role", "Choose a role.");
    }
    let scope = known(fields.get("scope"));
    if scope.is_none() {
        form.fault("scope", "Choose where the role applies.");
    }
    let (role, scope) = (role?, scope?);
    let (kind, _) = scope.columns();
    if let Some(reason) = misfit(role, kind) {
        form.fault("scope", reason);
        return None;
    }
    Some((role, scope))
}

/// Why a role can't have a kind of scope, or `None` if it can.
fn misfit(role: Role, kind: ScopeKind) -> Option<&'static str> {
    use ScopeKind::{District, Forum, Round, School};
    let (fits, reason): (&[ScopeKind], _) = match role {
        Role::Admin => (&[District], "An admin’s role covers the whole district."),
        Role::Planner => (
            &[District, Round],
            "A planner’s role covers the whole district or a round.",
        ),
        Role::Facilitator => (
            &[District, Round, Forum],
            "A facilitator’s role covers the whole district, a round, or a forum.",
        ),
        Role::Clerk => (
            &[District, Round, Forum, School],
            "A clerk’s role can cover the whole district, a round, a forum, or a school.",
        ),
        Role::Coder => (
            &[District, Round],
            "A coder’s role covers the whole district or a round.",
        ),
        Role::Viewer => (
            &[District, Round, School],
            "A viewer’s role covers the whole district, a round, or a school.",
        ),
    };
    (!fits.contains(&kind)).then_some(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(fields: &[(&str, &str)]) -> Result<NewMember, Vec<String>> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let known = |text: &str| match text {
            "district:" => Some(Scope::District),
            "school:oak" => Some(Scope::School("oak".into())),
            _ => None,
        };
        parse_member(&Fields(fields.iter().map(own).collect()), known)
            .map_err(|form| form.faults.into_keys().collect())
    }

    #[test]
    fn a_principal_can_be_a_viewer_of_a_school_but_not_an_admin_of_it() {
        let her = [
            ("name", "Mei Lin"),
            ("email", "Mei@Oak.example"),
            ("scope", "school:oak"),
        ];
        let member = parse(&[&her[..], &[("role", "viewer")]].concat()).unwrap();
        assert_eq!(
            (member.email.as_str(), member.scope),
            ("mei@oak.example", Scope::School("oak".into()))
        );
        assert_eq!(
            parse(&[&her[..], &[("role", "admin")]].concat()),
            Err(vec!["scope".to_owned()])
        );
    }

    #[test]
    fn all_faults_are_reported_at_once() {
        assert_eq!(
            parse(&[("email", "mei"), ("role", "boss"), ("scope", "school:elm")]),
            Err(vec![
                "email".into(),
                "name".into(),
                "role".into(),
                "scope".into()
            ])
        );
    }
}
