//! The schema, step by step: the same names for both engines.

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

/// Compares the database's schema with the program's.
pub fn schema_state(db: &mut Db) -> Result<Schema> {
    let missing = match db {
        Db::Sqlite(connection) => connection
            .pending_migrations(SQLITE)
            .map(|steps| steps.len()),
        Db::Postgres(connection) => connection
            .pending_migrations(POSTGRES)
            .map(|steps| steps.len()),
    };
    match missing.map_err(|error| Error::bug(format!("reading the schema: {error}")))? {
        0 => Ok(Schema::Current),
        steps => Ok(Schema::Behind(steps)),
    }
}
