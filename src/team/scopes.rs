//! The scopes that a grant can have, by the names people know them by.

use diesel::QueryResult;
use serde::Serialize;

use crate::accounts::{Scope, ScopeKind};
use crate::db::Db;
use crate::{district, forums};

/// Every scope there is, with its name.
#[derive(Clone, Debug, Default)]
pub(super) struct Scopes(Vec<(Scope, String)>);

/// One scope as a form offers it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ScopeChoice {
    value: String,
    name: String,
}

impl Scopes {
    /// The whole district, its rounds, forums and schools.
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
            let name = format!("School: {}", school.name);
            (Scope::School(school.key), name)
        }));
        Ok(Self(scopes))
    }

    /// A scope's name; its bare key where what it named is gone.
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

    /// The scope that a form's value names.
    pub(super) fn parse(&self, text: &str) -> Option<Scope> {
        let (kind, id) = text.split_once(':')?;
        let scope = Scope::from_columns(ScopeKind::parse(kind)?, id.to_owned());
        self.0
            .iter()
            .any(|(known, _)| *known == scope)
            .then_some(scope)
    }

    /// What a form offers.
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
