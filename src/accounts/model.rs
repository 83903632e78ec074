//! Accounts and grants: a role, and how far it reaches.

use std::collections::BTreeSet;

use crate::db::{text_enum, text_id};
use crate::keys::{AccountId, ForumId, RoundId};

text_id! {
    /// Names a grant.
    GrantId,
}

text_enum! {
    /// What somebody does here.
    Role {
        /// Runs the installation and the team, and may do all that the others may.
        Admin = "admin",
        /// Asks, listens, decides and publishes.
        Planner = "planner",
        /// Runs a forum: its tables and notes.
        Facilitator = "facilitator",
        /// Types in paper answers and adds walk-ins.
        Clerk = "clerk",
        /// Reads comments and codes them.
        Coder = "coder",
        /// Sees counts behind the gate.
        Viewer = "viewer",
    }
}

text_enum! {
    /// What a grant reaches.
    ScopeKind {
        /// Everything.
        District = "district",
        /// One school's counts.
        School = "school",
        /// One round.
        Round = "round",
        /// One forum, focus group or interview.
        Forum = "forum",
    }
}

/// What a grant reaches, with which one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Everything.
    District,
    /// The school of this key.
    School(String),
    /// The round of this id.
    Round(RoundId),
    /// The forum of this id.
    Forum(ForumId),
}

impl Scope {
    /// The two columns that hold it.
    pub fn columns(&self) -> (ScopeKind, &str) {
        match self {
            Self::District => (ScopeKind::District, ""),
            Self::School(key) => (ScopeKind::School, key),
            Self::Round(id) => (ScopeKind::Round, id.as_str()),
            Self::Forum(id) => (ScopeKind::Forum, id.as_str()),
        }
    }

    /// The scope in two columns.
    pub fn from_columns(kind: ScopeKind, id: String) -> Self {
        match kind {
            ScopeKind::District => Self::District,
            ScopeKind::School => Self::School(id),
            ScopeKind::Round => Self::Round(id.into()),
            ScopeKind::Forum => Self::Forum(id.into()),
        }
    }
}

/// A role and what it reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Names the grant.
    pub id: GrantId,
    /// What its holder does.
    pub role: Role,
    /// Where.
    pub scope: Scope,
}

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Names the account.
    pub id: AccountId,
    /// In lower case.
    pub email: String,
    /// As the team knows them.
    pub name: String,
    /// Whether signing in is off.
    pub disabled: bool,
    /// What they may do.
    pub grants: Vec<Grant>,
}

impl Account {
    /// What the grants of these roles reach; an admin's always count.
    pub fn reach(&self, roles: &[Role]) -> Reach {
        let grants = self
            .grants
            .iter()
            .filter(|grant| grant.role == Role::Admin || roles.contains(&grant.role));
        Reach(grants.map(|grant| grant.scope.clone()).collect())
    }
}

/// How far somebody's grants reach for one permission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach(BTreeSet<Scope>);

impl Reach {
    /// Whether a scope lies within.
    pub fn covers(&self, scope: &Scope) -> bool {
        self.0.contains(&Scope::District) || self.0.contains(scope)
    }

    /// Whether there is any grant at all.
    pub fn reaches_anything(&self) -> bool {
        !self.0.is_empty()
    }

    /// The schools that counts are narrowed to; none where the whole district, or a round, is in reach.
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

/// An address as it is stored and compared: without spaces around it, in lower case; none if it cannot be one.
pub fn normalise_email(text: &str) -> Option<String> {
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
    fn an_admin_reaches_what_no_role_was_named_for() {
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
    fn a_facilitator_of_one_forum_reaches_only_that() {
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
    fn a_principal_sees_her_school_alone() {
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
    fn addresses_are_compared_without_case() {
        assert_eq!(
            normalise_email(" Ana@School.Example ").as_deref(),
            Some("ana@school.example")
        );
        assert_eq!(normalise_email("ana"), None);
    }
}
