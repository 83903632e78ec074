//! What handlers, commands and the worker share. It knows no feature: `server` puts the features around it.

use std::path::Path;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Address, Database, Db, Schema};
use crate::error::{Error, Result};
use crate::mail::Mailer;
use crate::secret::Secret;
use crate::web::Renderer;
use crate::web::assets::Assets;
use crate::web::languages::Languages;
use crate::web::limits::Limits;

/// What one running program is made of.
pub struct App {
    /// The database.
    pub database: Database,
    /// The templates.
    pub pages: Renderer,
    /// The words.
    pub languages: Arc<Languages>,
    /// Our stylesheet and modules.
    pub assets: Arc<Assets>,
    /// What sends mails.
    pub mailer: Mailer,
    /// The time.
    pub clock: Clock,
    /// How often somebody may try.
    pub limits: Limits,
    /// What was set.
    pub config: Config,
    /// What links, receipts and cookies are made from.
    pub secret: Secret,
    /// The addresses from which a form may come.
    pub origins: Vec<String>,
}

impl App {
    /// Puts everything together: connects, migrates SQLite, refuses an old schema on PostgreSQL, reads the templates.
    pub fn start(config: Config, clock: Clock) -> Result<Self> {
        make_folder(&config.data)?;
        let secret = Secret::load(config.secret.as_deref(), &config.data)?;
        let database = open_database(&config)?;
        let languages = Arc::new(Languages::load()?);
        let assets = Arc::new(Assets::load());
        let pages = Renderer::load(&languages, Arc::clone(&assets))?;
        let limits = Limits::new(&config);
        let mailer = Mailer::of(&config)?;
        let origins = origins(&config);
        Ok(Self {
            database,
            pages,
            languages,
            assets,
            mailer,
            clock,
            limits,
            config,
            secret,
            origins,
        })
    }

    /// Runs queries on a reader.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.database.read_later(work).await
    }

    /// Runs a transaction; it is committed if `work` succeeds, before this returns.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.database.write_later(work).await
    }
}

/// Opens the database and sees to its schema, for the server and for commands.
pub fn open_database(config: &Config) -> Result<Database> {
    let database = connect(config)?;
    check_schema(&database)?;
    Ok(database)
}

/// Connects to the database, whatever its schema is; a file is made if it is missing.
pub fn connect(config: &Config) -> Result<Database> {
    make_room(config)?;
    Database::connect(&config.address()?, config.readers)
}

/// Runs the steps of the schema that are missing and returns their names.
pub fn migrate(config: &Config) -> Result<Vec<String>> {
    make_room(config)?;
    Database::connect(&config.address()?, 1)?.migrate()
}

/// The folder of a database that is a file, made if it is missing. On PostgreSQL a command needs no folder.
fn make_room(config: &Config) -> Result<()> {
    match config.address()? {
        Address::Sqlite(path) => path.parent().map_or(Ok(()), make_folder),
        Address::Postgres(_) => Ok(()),
    }
}

fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Error::Invalid(format!("cannot write {}: {error}", folder.display())))
}

/// `serve` migrates SQLite by itself; on PostgreSQL other nodes may still run the old program, so a person decides.
fn check_schema(database: &Database) -> Result<()> {
    match database.address() {
        Address::Sqlite(_) => database.migrate().map(drop),
        Address::Postgres(_) => match database.read(crate::db::schema_state)? {
            Schema::Current => Ok(()),
            behind @ Schema::Behind(_) => Err(Error::Invalid(format!(
                "the database's schema is {behind}: run `chorus migrate` once, then start again"
            ))),
        },
    }
}

/// The configured addresses as browsers write them into `Origin`.
fn origins(config: &Config) -> Vec<String> {
    let parsed = config
        .base_url
        .iter()
        .filter_map(|address| url::Url::parse(address).ok());
    parsed
        .map(|address| address.origin().ascii_serialization())
        .collect()
}
