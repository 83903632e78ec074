//! Accounts and grants. A grant is a role and a scope.

use std::collections::BTreeSet;

use crate::db::{text_enum, text_id};
use crate::keys::{AccountId, ForumId, RoundId};

text_id! {
    /// The id of a grant.
    GrantId,
}

text_enum! {
    /// A person's role.
    Role {
        /// Runs the installation and the team, and has every permission.
        Admin = "admin",
        /// Runs surveys and forums, makes decisions, and publishes.
        Planner = "planner",
        /// Runs a forum: its tables and notes.
        Facilitator = "facilitator",
        /// Enters paper responses and adds walk-ins.
        Clerk = "clerk",
        /// Reads comments and codes them.
        Coder = "coder",
        /// Sees counts, with small cells hidden to protect people.
        Viewer = "viewer",
    }
}

text_enum! {
    /// The kind of scope.
    ScopeKind {
        /// Everything.
        District = "district",
        /// Only the counts of one school.
        School = "school",
        /// One round.
        Round = "round",
        /// One forum, focus group, or interview.
        Forum = "forum",
    }
}

/// What a grant applies to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Everything.
    District,
    /// The school with this key.
    School(String),
    /// The round with this id.
    Round(RoundId),
    /// The forum with this id.
    Forum(ForumId),
}

impl Scope {
    /// The scope as its two database columns.
    pub fn columns(&self) -> (ScopeKind, &str) {
        match self {
            Self::District => (ScopeKind::District, ""),
            Self::School(key) => (ScopeKind::School, key),
            Self::Round(id) => (ScopeKind::Round, id.as_str()),
            Self::Forum(id) => (ScopeKind::Forum, id.as_str()),
        }
    }

    /// The scope from its two database columns.
    pub fn from_columns(kind: ScopeKind, id: String) -> Self {
        match kind {
            ScopeKind::District => Self::District,
            ScopeKind::School => Self::School(id),
            ScopeKind::Round => Self::Round(id.into()),
            ScopeKind::Forum => Self::Forum(id.into()),
        }
    }
}

/// A role with its scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The id of the grant.
    pub id: GrantId,
    /// The role.
    pub role: Role,
    /// The scope.
    pub scope: Scope,
}

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The id of the account.
    pub id: AccountId,
    /// The email address, in lowercase.
    pub email: String,
    /// The name shown to the team.
    pub name: String,
    /// Whether sign-in is disabled.
    pub disabled: bool,
    /// The account's roles and scopes.
    pub grants: Vec<Grant>,
}

impl Account {
    /// The scopes of the account's grants with these roles. Admin grants are always included.
    pub fn reach(&self, roles: &[Role]) -> Reach {
        let grants = self
            .grants
            .iter()
            .filter(|grant| grant.role == Role::Admin || roles.contains(&grant.role));
        Reach(grants.map(|grant| grant.scope.clone()).collect())
    }
}

/// The scopes for which an account has a permission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach(BTreeSet<Scope>);

impl Reach {
    /// Whether the reach includes a scope.
    pub fn covers(&self, scope: &Scope) -> bool {
        self.0.contains(&Scope::District) || self.0.contains(scope)
    }

    /// Whether there are any grants.
    pub fn reaches_anything(&self) -> bool {
        !self.0.is_empty()
    }

    /// The schools that counts are limited to, or `None` if the reach includes the district or a round.
    pub fn only_schools(&self) -> Option<BTreeSet<&str>> {
        if self
            .0
            .iter()
            .any(|scope| matches!(scope, Scope::District | Scope::Round(_)))
        {
            return None;
        }
        let schools = self.0.iter().filter_map(|scope| {
            if let Scope::School(key) = scope {
                Some(key.as_str())
            } else {
                None
            }
        });
        Some(schools.collect())
    }
}

/// The email address as stored and compared: trimmed and in lowercase. `None` if it isn't valid.
pub fn normalize_email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    email.parse::<lettre::Address>().ok().map(|_| email)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(grants: &[(Role, Scope)]) -> Account {
        let grants = grants
            .iter()
            .map(|(role, scope)| Grant {
                id: GrantId::new(),
                role: *role,
                scope: scope.clone(),
            })
            .collect();
        Account {
            id: AccountId::new(),
            email: "a@b.example".into(),
            name: "A".into(),
            disabled: false,
            grants,
        }
    }

    #[test]
    fn only_admins_have_access_where_no_role_is_listed() {
        assert!(
            account(&[(Role::Admin, Scope::District)])
                .reach(&[])
                .covers(&Scope::District)
        );
        assert!(
            !account(&[(Role::Planner, Scope::District)])
                .reach(&[])
                .covers(&Scope::District)
        );
    }

    #[test]
    fn a_facilitator_only_has_access_to_their_own_forum() {
        let (mine, other) = (ForumId::new(), ForumId::new());
        let reach =
            account(&[(Role::Facilitator, Scope::Forum(mine.clone()))]).reach(&[Role::Facilitator]);
        assert!(
            reach.covers(&Scope::Forum(mine))
                && !reach.covers(&Scope::Forum(other))
                && !reach.covers(&Scope::District)
        );
    }

    #[test]
    fn a_principal_only_sees_their_school() {
        let principal = account(&[(Role::Viewer, Scope::School("oak".into()))]);
        assert_eq!(
            principal.reach(&[Role::Viewer]).only_schools(),
            Some(BTreeSet::from(["oak"]))
        );
        let planner = account(&[
            (Role::Planner, Scope::District),
            (Role::Viewer, Scope::School("oak".into())),
        ]);
        assert_eq!(
            planner.reach(&[Role::Planner, Role::Viewer]).only_schools(),
            None
        );
    }

    #[test]
    fn email_addresses_are_trimmed_lowercased_and_checked() {
        assert_eq!(
            normalize_email(" Ana@School.Example ").as_deref(),
            Some("ana@school.example")
        );
        assert_eq!(normalize_email("ana"), None);
    }
}
