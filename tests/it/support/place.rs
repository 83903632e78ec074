//! Where one test's data is: a folder, and on PostgreSQL a database, both removed at the end.
//!
//! Migrating takes longer than most tests. So it is done once and kept as a template under the migrations' digest: a
//! file to copy, or a database that the server copies. A runner may start every test in a process of its own, many at
//! once; making the template is safe then too.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use chorus::config::Config;
use chorus::db::{Address, Database};
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};
use tempfile::TempDir;

/// How the name of every test database starts; its age, its kind and something unique follow.
const PREFIX: &str = "chorus_test_";
/// The key of the server's lock for making templates: any number that nobody else uses.
const LOCK: i64 = 0x4348_4f52_5553;

/// The folder and the database of one test.
pub(crate) struct Place {
    folder: TempDir,
    database: Option<Copy>,
}

/// A database on the server, and how to remove it.
struct Copy {
    server: String,
    name: String,
}

impl Place {
    /// A place with today's schema and no rows.
    pub(crate) fn migrated() -> Self {
        Self::with(copy_of_template, |file| {
            std::fs::copy(template_file(), file).unwrap();
        })
    }

    /// A place without any migration.
    pub(crate) fn empty() -> Self {
        Self::with(|server| create(&mut connect(server), "empty", None), |_| {})
    }

    fn with(on_server: impl FnOnce(&str) -> String, in_file: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("chorus-")
            .tempdir()
            .unwrap();
        let database = server().map(|server| Copy {
            name: on_server(&server),
            server,
        });
        if let (None, Address::Sqlite(file)) = (&database, Address::in_folder(folder.path())) {
            in_file(&file);
        }
        Self { folder, database }
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address of the database, if it is not a file in the folder.
    pub(crate) fn database_url(&self) -> Option<String> {
        self.database
            .as_ref()
            .map(|copy| address_of(&copy.server, &copy.name))
    }

    /// A configuration for a program here.
    pub(crate) fn config(&self) -> Config {
        Config {
            data: self.folder().to_owned(),
            database_url: self.database_url(),
            readers: 4,
            ..Config::default()
        }
    }

    /// A second set of connections to this place, apart from a running program's.
    pub(crate) fn connect(&self) -> Database {
        let config = self.config();
        Database::connect(&config.address().unwrap(), config.readers).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(Copy { server, name }) = &self.database {
            drop_database(&mut connect(server), name);
        }
    }
}

/// The PostgreSQL server of this run, if there is one.
#[expect(
    clippy::disallowed_methods,
    reason = "the test runner chooses the engine, not the program's configuration"
)]
fn server() -> Option<String> {
    std::env::var("CHORUS_TEST_DATABASE_URL")
        .ok()
        .filter(|url| !url.is_empty())
}

/// Whether this run is on PostgreSQL.
pub(crate) fn is_postgres() -> bool {
    server().is_some()
}

fn connect(server: &str) -> PgConnection {
    PgConnection::establish(server).expect("CHORUS_TEST_DATABASE_URL should lead to a server")
}

fn address_of(server: &str, name: &str) -> String {
    let mut address = url::Url::parse(server).unwrap();
    address.set_path(name);
    address.into()
}

/// The migrated file. Whichever process comes first makes it and renames it into place.
fn template_file() -> PathBuf {
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let template = kept.join(format!("template-{}.sqlite", schema_digest()));
    if !template.exists() {
        let folder = tempfile::tempdir_in(kept).unwrap();
        let whole = folder.path().join("whole.sqlite");
        let Address::Sqlite(file) = Address::in_folder(folder.path()) else {
            unreachable!()
        };
        let database = Database::connect(&Address::Sqlite(file.clone()), 1).unwrap();
        database.migrate().unwrap();
        let mut connection = SqliteConnection::establish(&file.to_string_lossy()).unwrap();
        sql_query(format!("VACUUM INTO '{}'", whole.display()))
            .execute(&mut connection)
            .unwrap();
        std::fs::rename(whole, &template).unwrap();
    }
    template
}

/// A copy of the migrated database, which is made first if it is missing.
fn copy_of_template(server: &str) -> String {
    let mut connection = connect(server);
    let digest = schema_digest();
    // Held until this connection closes, so that nobody copies a half-made template or one about to be removed.
    sql_query(format!("SELECT pg_advisory_lock({LOCK})"))
        .execute(&mut connection)
        .unwrap();
    let kept = databases(&mut connection)
        .into_iter()
        .find(|database| database.kind == digest);
    let template = kept.map_or_else(
        || make_template(server, &mut connection, &digest),
        |found| found.name,
    );
    sql_query(format!("SELECT pg_advisory_unlock({LOCK})"))
        .execute(&mut connection)
        .unwrap();
    create(&mut connection, "copy", Some(&template))
}

fn make_template(server: &str, connection: &mut PgConnection, digest: &str) -> String {
    sweep(connection);
    let unfinished = create(connection, "unfinished", None);
    Database::connect(&Address::Postgres(address_of(server, &unfinished)), 1)
        .unwrap()
        .migrate()
        .unwrap();
    sql_query(format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{unfinished}'"
    ))
    .execute(connection)
    .unwrap();
    let finished = unfinished.replace("unfinished", digest);
    sql_query(format!("ALTER DATABASE {unfinished} RENAME TO {finished}"))
        .execute(connection)
        .unwrap();
    finished
}

/// What the name of a test database says.
struct Found {
    name: String,
    /// When it was made, in seconds of the server's clock.
    made: i64,
    /// `copy`, `empty`, or the digest of a template.
    kind: String,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
}

fn names(connection: &mut PgConnection, query: &str) -> Vec<String> {
    let rows: Vec<Name> = sql_query(query).load(connection).unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

fn databases(connection: &mut PgConnection) -> Vec<Found> {
    let names = names(
        connection,
        &format!("SELECT datname::text AS name FROM pg_database WHERE datname LIKE '{PREFIX}%'"),
    );
    let found = names.into_iter().filter_map(|name| {
        let mut parts = name.strip_prefix(PREFIX)?.splitn(3, '_');
        let made = parts.next()?.parse().ok()?;
        let kind = parts.next()?.to_owned();
        Some(Found { name, made, kind })
    });
    found.collect()
}

fn now(connection: &mut PgConnection) -> i64 {
    let seconds = names(
        connection,
        "SELECT extract(epoch FROM now())::bigint::text AS name",
    );
    seconds[0].parse().unwrap()
}

/// Makes a database under an unused name and returns the name.
fn create(connection: &mut PgConnection, kind: &str, template: Option<&str>) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!(
        "{PREFIX}{}_{kind}_{}_{count}",
        now(connection),
        std::process::id()
    );
    let template = template.unwrap_or("template0");
    sql_query(format!("CREATE DATABASE {name} TEMPLATE {template}"))
        .execute(connection)
        .unwrap();
    name
}

/// Removes what killed runs left behind more than an hour ago, and templates older than a day.
fn sweep(connection: &mut PgConnection) {
    let now = now(connection);
    for database in databases(connection) {
        let hours = if matches!(database.kind.as_str(), "copy" | "empty" | "unfinished") {
            1
        } else {
            24
        };
        if now - database.made > hours * 3600 {
            drop_database(connection, &database.name);
        }
    }
}

fn drop_database(connection: &mut PgConnection, name: &str) {
    // FORCE disconnects whatever is still connected, such as a pool whose last thread is not done yet.
    sql_query(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .execute(connection)
        .unwrap();
}

/// A digest of all migrations, so that a template made from other migrations is never used.
fn schema_digest() -> String {
    let mut texts = String::new();
    for (path, text) in super::files_below("migrations", "sql") {
        texts.push_str(&path.to_string_lossy());
        texts.push_str(&text);
    }
    chorus::secret::digest(texts)[..12].to_owned()
}
