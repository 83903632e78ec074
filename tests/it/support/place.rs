//! Where one test's data lives: a folder that goes away, and on PostgreSQL a database that goes away.
//!
//! Migrating takes longer than most tests, so it is done once and kept as a template under the digest of the
//! migrations: a file that is copied, or a database that the server copies. Every runner may start each test in a
//! process of its own and many at once, so making the template is safe against that.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use chorus::config::Config;
use chorus::db::{Address, Database};
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};
use tempfile::TempDir;

/// How every database of ours on the server begins; then come its age, its kind and what tells it apart.
const PREFIX: &str = "chorus_test_";
/// The key of the server's lock under which templates are made: any number that nobody else takes.
const LOCK: i64 = 0x4348_4f52_5553;

/// The folder and the database of one test.
pub(crate) struct Place {
    folder: TempDir,
    database: Option<Copy>,
}

/// A database on the server, and how to take it away.
struct Copy {
    server: String,
    name: String,
}

impl Place {
    /// A place with the schema of today and no rows.
    pub(crate) fn migrated() -> Self {
        Self::with(copy_of_template, |file| {
            std::fs::copy(template_file(), file).unwrap();
        })
    }

    /// A place where nothing has been migrated yet.
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

    /// The address of the database, where it is not a file inside the folder.
    pub(crate) fn database_url(&self) -> Option<String> {
        self.database
            .as_ref()
            .map(|copy| address_of(&copy.server, &copy.name))
    }

    /// A configuration that puts a program here.
    pub(crate) fn config(&self) -> Config {
        Config {
            data: self.folder().to_owned(),
            database_url: self.database_url(),
            readers: 4,
            ..Config::default()
        }
    }

    /// A program's connections to this place, beside those of a running program.
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
    reason = "which engine to test is the runner's word, not the program's"
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

/// The migrated file, made by whichever process comes first; a rename puts it in place whole.
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

/// A copy of the migrated database, which is made first if it is not there.
fn copy_of_template(server: &str) -> String {
    let mut connection = connect(server);
    let digest = schema_digest();
    // Held until this connection closes, so that nobody copies a template that is half made or about to be swept.
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

/// What is in the name of a database of ours.
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

/// Makes a database under a name that nobody has, and returns the name.
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

/// Takes away what runs that were killed left behind an hour ago, and templates of a day ago.
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
    // FORCE ends what is still connected, such as a pool whose last thread has not gone yet.
    sql_query(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .execute(connection)
        .unwrap();
}

/// A digest of every migration, so that a template made from others is never taken.
fn schema_digest() -> String {
    let mut texts = String::new();
    for (path, text) in super::files_below("migrations", "sql") {
        texts.push_str(&path.to_string_lossy());
        texts.push_str(&text);
    }
    chorus::secret::digest(texts)[..12].to_owned()
}
