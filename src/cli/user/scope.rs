//! Where a role applies, as people write it: `district`, `school:oak`, `round:vision-2031`, `forum:oak-evening`.

use crate::accounts::Scope;
use crate::cli::location::round;
use crate::db::Db;
use crate::district;
use crate::error::{Error, Result};
use crate::forums;

/// The scope for text such as `school:oak`, `round:vision-2031`, or `district`.
pub(super) fn find(db: &mut Db, text: &str) -> Result<Scope> {
    match text.split_once(':') {
        None if text == "district" => Ok(Scope::District),
        Some(("school", key)) => {
            let keys: Vec<String> = district::schools(db)?
                .into_iter()
                .map(|school| school.key)
                .collect();
            if keys.iter().any(|known| known == key) {
                Ok(Scope::School(key.to_owned()))
            } else {
                Err(Error::Invalid(format!(
                    "there is no school “{key}”; there are: {}",
                    keys.join(", ")
                )))
            }
        }
        Some(("forum" | "session", slug)) => {
            let forums = forums::list(db)?;
            let slugs: Vec<&str> = forums.iter().map(|forum| forum.slug.as_str()).collect();
            let found = forums.iter().find(|forum| forum.slug == slug);
            found
                .map(|forum| Scope::Forum(forum.id.clone()))
                .ok_or_else(|| {
                    Error::Invalid(format!(
                        "there is no forum “{slug}”; there are: {}",
                        slugs.join(", ")
                    ))
                })
        }
        Some(("round", slug)) => Ok(Scope::Round(round(db, slug)?.id)),
        _ => Err(Error::Invalid(format!(
            "“{text}” is not a scope: use district, school:KEY, round:SLUG, or forum:SLUG"
        ))),
    }
}

/// How a scope is written.
pub(super) fn text(db: &mut Db, scope: &Scope) -> Result<String> {
    Ok(match scope {
        Scope::District => "district".to_owned(),
        Scope::School(key) => format!("school:{key}"),
        Scope::Round(id) => {
            let rounds = district::rounds(db)?;
            let found = rounds.iter().find(|round| round.id == *id);
            format!("round:{}", found.map_or("?", |round| &round.slug))
        }
        Scope::Forum(id) => {
            let forums = forums::list(db)?;
            let found = forums.iter().find(|forum| forum.id == *id);
            format!("forum:{}", found.map_or("?", |forum| &forum.slug))
        }
    })
}
