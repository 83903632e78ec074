//! Where a command finds its configuration and database.

use std::path::PathBuf;

use clap::Args;

use crate::accounts;
use crate::app;
use crate::audit::Actor;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Address, Database, Db};
use crate::district::{self, Round};
use crate::error::{Error, Result};
use crate::surveys::{self, Survey};

/// The options that every command takes. They override `CHORUS_*` variables, which override the file.
#[derive(Clone, Debug, Default, Args)]
pub struct Location {
    /// The data folder, which holds the SQLite database
    #[arg(long, global = true, value_name = "DIR", help_heading = "Location")]
    pub(super) data: Option<PathBuf>,
    /// Another database: `postgres://…` or `sqlite://PATH`. Use the variable `CHORUS_DATABASE_URL` to keep a password out of the process list
    #[arg(long, global = true, value_name = "URL", help_heading = "Location")]
    pub(super) database_url: Option<String>,
    /// The configuration file
    #[arg(long, global = true, value_name = "FILE", help_heading = "Location")]
    pub(super) config: Option<PathBuf>,
}

impl Location {
    /// The configuration with these options applied.
    pub(super) fn config(&self) -> Result<Config> {
        let mut config = Config::load(self.config.as_deref())?;
        if let Some(folder) = &self.data {
            config.data.clone_from(folder);
            config.database_url = None;
        }
        if let Some(address) = &self.database_url {
            config.database_url = Some(address.clone());
        }
        config.address()?;
        Ok(config)
    }

    /// The database. Creates a SQLite file if it doesn't exist.
    pub(super) fn database(&self) -> Result<Database> {
        app::open_database(&self.config()?)
    }

    /// The existing database. Fails if there isn't one, so that a mistyped folder doesn't create an empty database.
    pub(super) fn existing_database(&self) -> Result<Database> {
        let config = self.config()?;
        if let Address::Sqlite(path) = config.address()?
            && !path.is_file()
        {
            return Err(Error::Invalid(format!(
                "there is no database at {}: set --data to the folder that holds chorus.sqlite",
                path.display()
            )));
        }
        app::open_database(&config)
    }
}

/// The round with a slug. The error lists the existing rounds.
pub(super) fn round(db: &mut Db, slug: &str) -> Result<Round> {
    let rounds = district::rounds(db)?;
    let slugs: Vec<String> = rounds.iter().map(|round| round.slug.clone()).collect();
    rounds
        .into_iter()
        .find(|round| round.slug == slug)
        .ok_or_else(|| {
            Error::Invalid(match slugs.as_slice() {
                [] => "there are no rounds yet: run `chorus import district` first".to_owned(),
                _ => format!(
                    "there is no round “{slug}”; there are: {}",
                    slugs.join(", ")
                ),
            })
        })
}

/// The survey with a slug.
pub(super) fn survey(db: &mut Db, slug: &str) -> Result<Survey> {
    surveys::by_slug(db, slug).map_err(|error| match error {
        diesel::result::Error::NotFound => Error::Invalid(format!("there is no survey “{slug}”")),
        other => other.into(),
    })
}

/// An account as the actor. Releases and decisions are made in a person's name.
pub(super) fn actor_as(db: &mut Db, email: &str) -> Result<Actor> {
    let email = email.trim().to_lowercase();
    match accounts::by_email(db, &email)? {
        Some((account, _, false)) => Ok(Actor {
            account: Some(account),
            ..actor()
        }),
        _ => Err(Error::Invalid(format!(
            "{email} has no account that can sign in: add one with `chorus user add`"
        ))),
    }
}

/// The command line as the actor.
pub(super) fn actor() -> Actor {
    Actor {
        account: None,
        at: Clock::system().now(),
    }
}
