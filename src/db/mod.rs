//! The database: one enum over SQLite and PostgreSQL, one writer, a pool of readers.
//!
//! Stores are written once against [`Db`]. On SQLite a thread owns the only connection that writes; on PostgreSQL the
//! pool writes too, and the same thread still gathers answers into group commits.

mod address;
mod changes;
mod connection;
mod enums;
mod ids;
mod json;
mod migrations;
mod paging;
mod writer;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::pg::PgConnection;
use diesel::r2d2::R2D2Connection;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, RunQueryDsl};

pub use address::Address;
pub use changes::{last_change, take_changes};
pub(crate) use enums::text_enum;
pub(crate) use ids::text_id;
pub use json::Json;
pub use migrations::{Schema, bring_to, schema_state, steps_known, steps_run};
pub use paging::{PAGE_SIZE, Paging};

use crate::error::{Error, Result, is_busy};
pub use writer::Grouped;
use writer::Writer;

pub use connection::{Db, MultiBackend};

/// Runs the same body on the connection inside a [`Db`]: the way out for what does not compile through both at once
/// (a batch insert, `on_conflict`, `union`).
macro_rules! each {
    ($db:expr, |$connection:ident| $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite($connection) => $body,
            $crate::db::Db::Postgres($connection) => $body,
        }
    };
}
pub(crate) use each;

/// Adds rows to a table, each engine in its fast way: SQLite one by one with a statement that stays prepared, PostgreSQL
/// by `COPY`, which reads any number of rows without a plan for each.
macro_rules! insert_rows {
    ($db:expr, $table:expr, $rows:expr) => {
        match $db {
            $crate::db::Db::Sqlite(connection) => $rows.iter().try_for_each(|row| {
                diesel::insert_into($table)
                    .values(row)
                    .execute(connection)
                    .map(drop)
            }),
            // Nothing to add is no reason for a journey.
            $crate::db::Db::Postgres(_) if $rows.is_empty() => Ok(()),
            $crate::db::Db::Postgres(connection) => diesel::copy_from($table)
                .from_insertable($rows)
                .execute(connection)
                .map(drop),
        }
    };
}
pub(crate) use insert_rows;

/// Runs `body` for each row of a query as it arrives, holding one row at a time on either engine: libpq would otherwise
/// read all of them first.
macro_rules! each_row {
    ($db:expr, $query:expr, |$row:ident: $type:ty| $body:block) => {
        match $db {
            $crate::db::Db::Sqlite(connection) => {
                for row in diesel::RunQueryDsl::load_iter::<$type, _>($query, connection)? {
                    let $row = row?;
                    $body
                }
            }
            $crate::db::Db::Postgres(connection) => {
                for row in diesel::RunQueryDsl::load_iter::<$type, diesel::pg::PgRowByRowLoadingMode>(
                    $query, connection,
                )? {
                    let $row = row?;
                    $body
                }
            }
        }
    };
}
pub(crate) use each_row;

/// Whether the engine refused a row because one with the same unique key is there.
pub fn is_duplicate(error: &DieselError) -> bool {
    matches!(
        error,
        DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)
    )
}

/// Runs `work` in a transaction that takes the write lock at once: diesel's own `transaction` is deferred, and under
/// load most deferred read-then-write transactions fail on SQLite with "database is locked".
pub fn in_transaction<T, E: From<DieselError>>(
    db: &mut Db,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    begin(db)?;
    match work(db) {
        Ok(value) => {
            <Db as Connection>::TransactionManager::commit_transaction(db)?;
            Ok(value)
        }
        Err(error) => {
            <Db as Connection>::TransactionManager::rollback_transaction(db)?;
            Err(error)
        }
    }
}

/// Runs queries that all see the same moment of the database.
pub fn snapshot<T>(
    db: &mut Db,
    work: impl FnOnce(&mut Db) -> Result<T, DieselError>,
) -> Result<T, DieselError> {
    match db {
        // On SQLite a deferred transaction is a snapshot from its first read on.
        Db::Sqlite(connection) => AnsiTransactionManager::begin_transaction(connection)?,
        Db::Postgres(connection) => AnsiTransactionManager::begin_transaction_sql(
            connection,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        )?,
    }
    let outcome = work(db);
    <Db as Connection>::TransactionManager::rollback_transaction(db)?;
    outcome
}

fn begin(db: &mut Db) -> Result<(), DieselError> {
    match db {
        Db::Sqlite(connection) => {
            AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE")
        }
        Db::Postgres(connection) => AnsiTransactionManager::begin_transaction(connection),
    }
}

/// Where a connection is used: a reader cannot write on SQLite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
}

/// Makes connections for the pool of readers.
#[derive(Debug)]
struct Manager {
    address: Address,
    purpose: Purpose,
}

impl r2d2::ManageConnection for Manager {
    type Connection = Db;
    type Error = Error;

    fn connect(&self) -> Result<Db> {
        open(&self.address, self.purpose)
    }

    fn is_valid(&self, db: &mut Db) -> Result<()> {
        db.ping().map_err(Error::from)
    }

    fn has_broken(&self, db: &mut Db) -> bool {
        std::thread::panicking() || db.is_broken()
    }
}

/// Opens one connection and sets it up.
fn open(address: &Address, purpose: Purpose) -> Result<Db> {
    match address {
        Address::Sqlite(path) => {
            let connection = SqliteConnection::establish(&path.to_string_lossy())
                .map_err(|error| Error::bug(format!("cannot open {address}: {error}")))?;
            let mut db = Db::Sqlite(connection);
            let guard = if purpose == Purpose::Read {
                " PRAGMA query_only = ON;"
            } else {
                ""
            };
            let settings = format!(
                "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;{guard}"
            );
            diesel::connection::SimpleConnection::batch_execute(&mut db, &settings).map_err(
                |error| match error {
                    busy if is_busy(&busy) => Error::Busy,
                    other => Error::bug(format!("cannot open {address}: {other}")),
                },
            )?;
            Ok(db)
        }
        Address::Postgres(url) => {
            let connection = PgConnection::establish(url).map_err(|error| {
                // The address may hold a password, and libpq's message may repeat it.
                Error::bug(format!(
                    "cannot open {address}: {}",
                    address.without_password(&error.to_string())
                ))
            })?;
            let mut db = Db::Postgres(connection);
            diesel::sql_query("SET TIME ZONE 'UTC'").execute(&mut db)?;
            Ok(db)
        }
    }
}

/// The database of one running program.
#[derive(Clone)]
pub struct Database {
    address: Address,
    readers: r2d2::Pool<Manager>,
    writer: Writer,
    writes: Arc<AtomicU64>,
}

impl Database {
    /// Connects: a pool of `readers` connections and the writer's thread.
    pub fn connect(address: &Address, readers: u32) -> Result<Self> {
        // First, because it fails at once where the pool would try again for a while.
        let writer = Writer::start(address.clone())?;
        let pool = r2d2::Pool::builder()
            .max_size(readers.max(1))
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(5))
            .test_on_check_out(matches!(address, Address::Postgres(_)))
            .error_handler(Box::new(r2d2::LoggingErrorHandler))
            .build(Manager {
                address: address.clone(),
                purpose: if matches!(address, Address::Sqlite(_)) {
                    Purpose::Read
                } else {
                    Purpose::Write
                },
            })
            .map_err(|error| Error::bug(format!("cannot open {address}: {error}")))?;
        Ok(Self {
            address: address.clone(),
            readers: pool,
            writer,
            writes: Arc::default(),
        })
    }

    /// Runs the steps of the schema that are missing and returns their names.
    pub fn migrate(&self) -> Result<Vec<String>> {
        // On a connection of its own: a step may need a setting that no transaction allows.
        migrations::migrate(&mut open(&self.address, Purpose::Write)?)
    }

    /// Where the database is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// How many transactions of its own this program has run, answers aside. As long as the number stays, what this
    /// program read before is only as old as what other programs have written since.
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Acquire)
    }

    /// Runs queries on a reader and waits for them; for threads that may block.
    pub fn read<T>(&self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let mut db = self.readers.get().map_err(|_| Error::Busy)?;
        work(&mut db)
    }

    /// Runs `work` in a transaction of its own and waits for its commit; for threads that may block.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let outcome = match self.address {
            Address::Sqlite(_) => self
                .writer
                .alone(work)?
                .blocking_recv()
                .map_err(|_| Error::Busy)?,
            Address::Postgres(_) => {
                let mut db = self.readers.get().map_err(|_| Error::Busy)?;
                in_transaction(&mut db, work)
            }
        };
        self.writes.fetch_add(1, Ordering::AcqRel);
        outcome
    }

    /// As [`Database::read`], from a handler.
    pub async fn read_later<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let this = self.clone();
        blocking(move || this.read(work)).await
    }

    /// As [`Database::write`], from a handler. A client that disconnects changes nothing: the work goes on.
    pub async fn write_later<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        match self.address {
            Address::Sqlite(_) => {
                let outcome = self.writer.alone(work)?.await.map_err(|_| Error::Busy)?;
                self.writes.fetch_add(1, Ordering::AcqRel);
                outcome
            }
            Address::Postgres(_) => {
                let this = self.clone();
                blocking(move || this.write(work)).await
            }
        }
    }

    /// Does `work` in a transaction that it shares with what of its kind is queued beside it, and answers after the
    /// commit with what came of this one.
    pub async fn write_grouped<G: Grouped>(&self, work: G) -> Result<G::Outcome> {
        self.writer.grouped(work)?.await.map_err(|_| Error::Busy)?
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    actix_web::web::block(work).await.map_err(|_| Error::Busy)?
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;
    use diesel::sql_types::Text;

    #[derive(diesel::QueryableByName)]
    struct Built {
        #[diesel(sql_type = Text)]
        with: String,
    }

    // `.cargo/config.toml` asks for this and says why.
    #[test]
    fn each_connection_to_sqlite_keeps_to_its_own_pages() {
        let mut connection = diesel::SqliteConnection::establish(":memory:").unwrap();
        let built: Vec<Built> =
            diesel::sql_query("SELECT compile_options AS \"with\" FROM pragma_compile_options")
                .load(&mut connection)
                .unwrap();
        assert!(built.iter().any(|option| option.with == "THREADSAFE=1"));
        assert!(
            !built
                .iter()
                .any(|option| option.with == "ENABLE_MEMORY_MANAGEMENT")
        );
    }
}
