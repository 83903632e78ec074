//! A person of the team as pages show them, and the roles and scopes to choose from.

use serde::Serialize;

use crate::accounts::{Account, Grant, Role};
use crate::team::scopes::{ScopeChoice, Scopes};

/// A person with their grants.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Person {
    id: String,
    name: String,
    email: String,
    disabled: bool,
    grants: Vec<GrantLine>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct GrantLine {
    id: String,
    role: Role,
    scope: String,
}

/// The roles and scopes to choose from.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Choices {
    roles: Vec<RoleChoice>,
    scopes: Vec<ScopeChoice>,
}

#[derive(Clone, Debug, Serialize)]
struct RoleChoice {
    role: Role,
    does: &'static str,
}

impl Person {
    pub(super) fn of(account: &Account, scopes: &Scopes) -> Self {
        let line = |grant: &Grant| GrantLine {
            id: grant.id.to_string(),
            role: grant.role,
            scope: scopes.name(&grant.scope),
        };
        Self {
            id: account.id.to_string(),
            name: account.name.clone(),
            email: account.email.clone(),
            disabled: account.disabled,
            grants: account.grants.iter().map(line).collect(),
        }
    }

    pub(super) fn sample(disabled: bool) -> Self {
        Self {
            id: "a".to_owned(),
            name: "Ana Reyes".to_owned(),
            email: "ana@riverside.example".to_owned(),
            disabled,
            grants: if disabled {
                vec![]
            } else {
                vec![GrantLine {
                    id: "g".to_owned(),
                    role: Role::Admin,
                    scope: "Whole district".to_owned(),
                }]
            },
        }
    }
}

impl Choices {
    pub(super) fn of(scopes: &Scopes) -> Self {
        let roles = Role::ALL.iter().map(|role| RoleChoice {
            role: *role,
            does: does(*role),
        });
        Self {
            roles: roles.collect(),
            scopes: scopes.choices(),
        }
    }
}

/// A role's purpose, in a few words.
fn does(role: Role) -> &'static str {
    match role {
        Role::Admin => "everything, including the team",
        Role::Planner => "surveys, themes, priorities, plan",
        Role::Facilitator => "forum tables and notes",
        Role::Clerk => "paper responses and walk-ins",
        Role::Coder => "themes in comments",
        Role::Viewer => "counts only",
    }
}
