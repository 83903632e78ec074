//! The scopes that a grant can have, with names that people know.

use diesel::QueryResult;
use serde::Serialize;

use crate::accounts::{Scope, ScopeKind};
use crate::db::Db;
use crate::{district, forums};

/// Every scope with its name.
#[derive(Clone, Debug, Default)]
pub(super) struct Scopes(Vec<(Scope, String)>);

/// A scope as a form option.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ScopeChoice {
    value: String,
    name: String,
}

impl Scopes {
    /// The district and its rounds, forums, and schools.
    pub(super) fn read(db: &mut Db) -> QueryResult<Self> {
        let mut scopes = vec![(Scope::District, "Whole district".to_owned())];
        let rounds = district::rounds(db)?;
        scopes.extend(rounds.into_iter().map(|round| {
            let name = format!("Round: {}", round.title.wording("en").text);
            (Scope::Round(round.id), name)
        }));
        let forums = forums::list(db)?;
        scopes.extend(forums.into_iter().map(|forum| {
            let name = format!("Forum: {}", forum.title.wording("en").text);
            (Scope::Forum(forum.id), name)
        }));
        let schools = district::schools(db)?;
        scopes.extend(schools.into_iter().map(|school| {
            let name = format!("School: {}", school.name.wording("en").text);
            (Scope::School(school.key), name)
        }));
        Ok(Self(scopes))
    }

    /// A scope's name, or its kind and key if what it names is gone.
    pub(super) fn name(&self, scope: &Scope) -> String {
        let known = self.0.iter().find(|(known, _)| known == scope);
        known.map_or_else(
            || {
                let (kind, id) = scope.columns();
                format!("{kind} {id}").trim().to_owned()
            },
            |(_, name)| name.clone(),
        )
    }

    /// The scope for a form value.
    pub(super) fn parse(&self, text: &str) -> Option<Scope> {
        let (kind, id) = text.split_once(':')?;
        let scope = Scope::from_columns(ScopeKind::parse(kind)?, id.to_owned());
        self.0
            .iter()
            .any(|(known, _)| *known == scope)
            .then_some(scope)
    }

    /// The form options.
    pub(super) fn choices(&self) -> Vec<ScopeChoice> {
        let choice = |(scope, name): &(Scope, String)| {
            let (kind, id) = scope.columns();
            ScopeChoice {
                value: format!("{kind}:{id}"),
                name: name.clone(),
            }
        };
        self.0.iter().map(choice).collect()
    }
}
