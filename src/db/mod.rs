//! The database: one interface to SQLite and PostgreSQL, one writer, and a pool of readers.
//!
//! Store functions are written once against [`Db`]. On SQLite, one thread owns the only connection that writes. On
//! PostgreSQL, the pool also writes, but the same thread still batches responses into group commits.

mod address;
mod changes;
mod connection;
mod enums;
mod erasure;
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
use erasure::Erasures;
pub(crate) use ids::text_id;
pub use json::Json;
pub use migrations::{Schema, bring_to, schema_state, steps_known, steps_run};
pub use paging::{PAGE_SIZE, Paging};

use crate::error::{Error, Result, is_busy};
use crate::files::private;
pub use writer::Grouped;
use writer::Writer;

pub use connection::{Db, MultiBackend};

/// Runs the same code on the connection inside a [`Db`]. Use it for queries that don't compile against both engines at
/// once: batch inserts, `on_conflict`, and `union`.
macro_rules! each {
    ($db:expr, |$connection:ident| $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite($connection) => $body,
            $crate::db::Db::Postgres($connection) => $body,
        }
    };
}
pub(crate) use each;

/// Inserts rows with each engine's fast method: one by one with a prepared statement on SQLite, and `COPY` on
/// PostgreSQL, which takes any number of rows without planning each one.
macro_rules! insert_rows {
    ($db:expr, $table:expr, $rows:expr) => {
        match $db {
            $crate::db::Db::Sqlite(connection) => $rows.iter().try_for_each(|row| {
                diesel::insert_into($table)
                    .values(row)
                    .execute(connection)
                    .map(drop)
            }),
            // Skip the round trip if there's nothing to insert.
            $crate::db::Db::Postgres(_) if $rows.is_empty() => Ok(()),
            $crate::db::Db::Postgres(connection) => diesel::copy_from($table)
                .from_insertable($rows)
                .execute(connection)
                .map(drop),
        }
    };
}
pub(crate) use insert_rows;

/// Runs `body` for each row of a query as it arrives, with one row in memory at a time on either engine. By default,
/// libpq loads all rows first.
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

/// Whether the error is a violation of a unique key.
pub fn is_duplicate(error: &DieselError) -> bool {
    matches!(
        error,
        DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)
    )
}

/// Runs `work` in a transaction that takes the write lock at the start. Diesel's `transaction` is deferred; under load,
/// most deferred read-then-write transactions on SQLite fail with "database is locked".
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

/// Runs queries that all see the same snapshot of the database.
pub fn snapshot<T>(
    db: &mut Db,
    work: impl FnOnce(&mut Db) -> Result<T, DieselError>,
) -> Result<T, DieselError> {
    match db {
        // On SQLite, a deferred transaction is a snapshot from its first read on.
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

/// What a connection is used for. On SQLite, a reader can't write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
}

/// Creates connections for the reader pool.
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

/// Opens and configures a connection.
fn open(address: &Address, purpose: Purpose) -> Result<Db> {
    match address {
        Address::Sqlite(path) => {
            // SQLite gives its other files the same permissions.
            private::make_file(path)
                .map_err(|error| Error::bug(format!("cannot open {address}: {error}")))?;
            let connection = SqliteConnection::establish(&path.to_string_lossy())
                .map_err(|error| Error::bug(format!("cannot open {address}: {error}")))?;
            let mut db = Db::Sqlite(connection);
            let guard = if purpose == Purpose::Read {
                " PRAGMA query_only = ON;"
            } else {
                ""
            };
            let settings = format!(
                "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;{guard}"
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
                // The URL may contain a password, and libpq may repeat it in the message.
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

/// A running program's database.
#[derive(Clone)]
pub struct Database {
    address: Address,
    readers: r2d2::Pool<Manager>,
    writer: Writer,
    writes: Arc<AtomicU64>,
    erasures: Erasures,
}

impl Database {
    /// Opens a pool of `readers` connections and starts the writer thread.
    pub fn connect(address: &Address, readers: u32) -> Result<Self> {
        // Start the writer first: it fails right away, while the pool would keep retrying for a while.
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
            erasures: Erasures::default(),
        })
    }

    /// Runs the pending migrations and returns their names.
    pub fn migrate(&self) -> Result<Vec<String>> {
        // On a separate connection, because a migration may need a setting that can't change within a transaction.
        migrations::migrate(&mut open(&self.address, Purpose::Write)?)
    }

    /// The address of the database.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// How many separate transactions this process has run; group commits aren't counted. While the number stays the
    /// same, only other processes and group commits can have made earlier reads stale.
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Acquire)
    }

    /// Runs queries on a reader connection. Blocks.
    pub fn read<T>(&self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let mut db = self.readers.get().map_err(|_| Error::Busy)?;
        work(&mut db)
    }

    /// Runs `work` in its own transaction and waits for the commit. Blocks.
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

    /// Like [`Database::read`], for handlers.
    pub async fn read_later<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let this = self.clone();
        blocking(move || this.read(work)).await
    }

    /// Like [`Database::write`], for handlers. If the client disconnects, the work still completes.
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

    /// Runs `work` in a transaction shared with other queued work of the same type. Returns the outcome of this piece
    /// after the commit.
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

    // `.cargo/config.toml` sets this option and explains why.
    #[test]
    fn sqlite_is_thread_safe_and_each_connection_has_its_own_page_cache() {
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
