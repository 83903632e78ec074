//! What handlers, commands, and the worker share. It doesn't know about features; `server` wires those in.

use std::path::Path;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Address, Database, Db, Schema};
use crate::error::{Error, Result};
use crate::files::private;
use crate::mail::Mailer;
use crate::secret::Secret;
use crate::web::Renderer;
use crate::web::assets::Assets;
use crate::web::languages::Languages;
use crate::web::limits::Limits;

/// The state shared by one running program.
pub struct App {
    /// The database.
    pub database: Database,
    /// The page templates.
    pub pages: Renderer,
    /// The translated strings of the interface.
    pub languages: Arc<Languages>,
    /// Our stylesheets and scripts.
    pub assets: Arc<Assets>,
    /// Sends emails.
    pub mailer: Mailer,
    /// The source of the current time.
    pub clock: Clock,
    /// Rate limits.
    pub limits: Limits,
    /// The configuration.
    pub config: Config,
    /// The key from which links, receipts, and cookies are derived.
    pub secret: Secret,
    /// The origins that forms may be sent from.
    pub origins: Vec<String>,
}

impl App {
    /// Builds the shared state: connects to the database, migrates SQLite, and loads the templates. Fails if a
    /// PostgreSQL schema is out of date.
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

    /// Runs queries on a reader connection.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.database.read_later(work).await
    }

    /// Runs `work` in a transaction and waits for the commit. Rolls back if `work` fails.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.database.write_later(work).await
    }

    /// Like [`App::write`], for work that erases something from a table for good.
    pub async fn erase<T: Send + 'static>(
        &self,
        table: &'static str,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.database.erase_later(table, work).await
    }
}

/// Opens the database and checks its schema, for the server and for commands. SQLite is migrated; an outdated
/// PostgreSQL schema is an error.
pub fn open_database(config: &Config) -> Result<Database> {
    let database = connect(config)?;
    check_schema(&database)?;
    Ok(database)
}

/// Connects to the database without checking its schema. Creates the SQLite file if it doesn't exist.
pub fn connect(config: &Config) -> Result<Database> {
    make_room(config)?;
    Database::connect(&config.address()?, config.readers)
}

/// Runs the pending migrations and returns their names.
pub fn migrate(config: &Config) -> Result<Vec<String>> {
    make_room(config)?;
    Database::connect(&config.address()?, 1)?.migrate()
}

/// Creates the folder of a SQLite file. PostgreSQL doesn't need one.
fn make_room(config: &Config) -> Result<()> {
    match config.address()? {
        Address::Sqlite(path) => path.parent().map_or(Ok(()), make_folder),
        Address::Postgres(_) => Ok(()),
    }
}

fn make_folder(folder: &Path) -> Result<()> {
    private::make_folder(folder)
        .map_err(|error| Error::Invalid(format!("cannot write {}: {error}", folder.display())))
}

/// Migrates SQLite. On PostgreSQL, other nodes may still run the old version, so an operator has to migrate.
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

/// The configured addresses in the form that browsers send in `Origin`.
fn origins(config: &Config) -> Vec<String> {
    let parsed = config
        .base_url
        .iter()
        .filter_map(|address| url::Url::parse(address).ok());
    parsed
        .map(|address| address.origin().ascii_serialization())
        .collect()
}
