//! Schema migrations. Both engines use the same names.

use diesel::backend::Backend;
use diesel::migration::{self, Migration, MigrationSource};
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sqlite::{Sqlite, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Db, each};
use crate::error::{Error, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// How the database's schema compares with the one this program expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// The database is up to date.
    Current,
    /// The number of migrations that the database lacks.
    Behind(usize),
}

impl std::fmt::Display for Schema {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Current => formatter.write_str("up to date"),
            Self::Behind(1) => formatter.write_str("1 step behind this program"),
            Self::Behind(steps) => write!(formatter, "{steps} steps behind this program"),
        }
    }
}

/// Runs the pending migrations and returns their names.
pub(super) fn migrate(db: &mut Db) -> Result<Vec<String>> {
    let names = match db {
        Db::Sqlite(connection) => connection.run_pending_migrations(SQLITE),
        Db::Postgres(connection) => connection.run_pending_migrations(POSTGRES),
    };
    names
        .map(|steps| steps.iter().map(ToString::to_string).collect())
        .map_err(|error| Error::bug(format!("migrating: {error}")))
}

/// Migrates the schema to exactly the first `count` migrations: runs the missing ones in order and reverts later ones,
/// newest first. Runs in the caller's transaction.
pub fn bring_to(db: &mut Db, count: usize) -> Result<()> {
    each!(db, |connection| bring_connection_to(connection, count))
        .map_err(|error| Error::bug(format!("migrating: {error}")))
}

fn bring_connection_to<C: Steps>(connection: &mut C, count: usize) -> migration::Result<()> {
    let steps = sorted::<C::Backend>(&C::STEPS)?;
    let (kept, later) = steps.split_at(count.min(steps.len()));
    // This call also creates the library's migrations table if it doesn't exist.
    let run = connection.applied_migrations()?;
    for step in later.iter().rev() {
        if run.contains(&step.name().version()) {
            connection.revert_migration(step.as_ref())?;
        }
    }
    for step in kept {
        if !run.contains(&step.name().version()) {
            connection.run_migration(step.as_ref())?;
        }
    }
    Ok(())
}

/// A connection with the migrations of its engine.
trait Steps: MigrationHarness<Self::Backend> + Connection {
    const STEPS: EmbeddedMigrations;
}

impl Steps for SqliteConnection {
    const STEPS: EmbeddedMigrations = SQLITE;
}

impl Steps for PgConnection {
    const STEPS: EmbeddedMigrations = POSTGRES;
}

/// Compares the database's schema with the program's, read-only. The library's own check first creates its table, which
/// a reader connection can't do.
pub fn schema_state(db: &mut Db) -> Result<Schema> {
    let known = steps_known(db)?;
    let run = steps_run(db)?;
    match known.iter().filter(|step| !run.contains(step)).count() {
        0 => Ok(Schema::Current),
        steps => Ok(Schema::Behind(steps)),
    }
}

/// The versions of this program's migrations, in order.
pub fn steps_known(db: &Db) -> Result<Vec<String>> {
    let known = match db {
        Db::Sqlite(_) => versions::<Sqlite>(&SQLITE),
        Db::Postgres(_) => versions::<Pg>(&POSTGRES),
    };
    known.map_err(|error| Error::bug(format!("reading the schema: {error}")))
}

fn versions<B: Backend>(source: &EmbeddedMigrations) -> migration::Result<Vec<String>> {
    let steps = sorted::<B>(source)?;
    Ok(steps
        .iter()
        .map(|step| step.name().version().to_string())
        .collect())
}

fn sorted<B: Backend>(
    source: &EmbeddedMigrations,
) -> migration::Result<Vec<Box<dyn Migration<B>>>> {
    let mut steps = MigrationSource::<B>::migrations(source)?;
    steps.sort_by_key(|step| step.name().version().as_owned());
    Ok(steps)
}

/// The versions of the migrations that the database has run, in order. Empty for a new database.
pub fn steps_run(db: &mut Db) -> QueryResult<Vec<String>> {
    let query = match db {
        Db::Sqlite(_) => {
            "SELECT count(*) AS count FROM sqlite_schema WHERE name = '__diesel_schema_migrations'"
        }
        Db::Postgres(_) => {
            "SELECT count(*) AS count FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = '__diesel_schema_migrations'"
        }
    };
    if sql_query(query).get_result::<Tables>(db)?.count == 0 {
        return Ok(Vec::new());
    }
    __diesel_schema_migrations::table
        .order(__diesel_schema_migrations::version)
        .select(__diesel_schema_migrations::version)
        .load(db)
}

#[derive(QueryableByName)]
struct Tables {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    count: i64,
}

diesel::table! {
    /// The library's table of completed migrations.
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}
