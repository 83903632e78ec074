//! The schema, step by step: the same names for both engines.

use diesel::backend::Backend;
use diesel::migration::{self, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Db;
use crate::error::{Error, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// How the schema in a database compares with the one this program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// They are the same.
    Current,
    /// So many steps are missing in the database.
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

/// Runs the steps that are missing and returns their names.
pub(super) fn migrate(db: &mut Db) -> Result<Vec<String>> {
    let names = match db {
        Db::Sqlite(connection) => connection.run_pending_migrations(SQLITE),
        Db::Postgres(connection) => connection.run_pending_migrations(POSTGRES),
    };
    names
        .map(|steps| steps.iter().map(ToString::to_string).collect())
        .map_err(|error| Error::bug(format!("migrating: {error}")))
}

/// Compares the database's schema with the program's. Only reads: the library's own comparison first makes its table
/// where there is none, which a reader cannot.
pub fn schema_state(db: &mut Db) -> Result<Schema> {
    let known = match db {
        Db::Sqlite(_) => versions::<Sqlite>(&SQLITE),
        Db::Postgres(_) => versions::<Pg>(&POSTGRES),
    };
    let known = known.map_err(|error| Error::bug(format!("reading the schema: {error}")))?;
    let run = steps_run(db)?;
    match known.iter().filter(|step| !run.contains(step)).count() {
        0 => Ok(Schema::Current),
        steps => Ok(Schema::Behind(steps)),
    }
}

fn versions<B: Backend>(source: &EmbeddedMigrations) -> migration::Result<Vec<String>> {
    let steps = MigrationSource::<B>::migrations(source)?;
    Ok(steps
        .iter()
        .map(|step| step.name().version().to_string())
        .collect())
}

/// The versions of the steps that the database has been through, in their order; none for one that was just made.
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
    /// Where the library notes which steps have been run.
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}
