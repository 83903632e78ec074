//! A running Chorus.

use std::net::TcpListener;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use chorus::accounts::{self, AccountId, Role, Scope, sessions};
use chorus::app::App;
use chorus::audit::Actor;
use chorus::clock::Clock;
use chorus::config::Config;
use chorus::db::{Database, Db};
use chorus::district::{self, DistrictFile};
use chorus::error::Result;
use chorus::mail::{Mail, Mailer};
use chorus::server::{self, Program};
use chorus::themes::Live;
use chorus::worker;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::{Browser, Place, Reply};

/// The password of every account that [`TestApp::add_account`] adds.
pub(crate) const PASSWORD: &str = "seven quiet river stones";

/// The program itself, serving on a socket of this machine, with a fixed clock.
pub(crate) struct TestApp {
    program: Program,
    port: u16,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
    place: Arc<Place>,
}

impl TestApp {
    /// A program on a fresh database: Monday, October 5, 2026, 15:00 UTC.
    pub(crate) fn start() -> Self {
        Self::start_with(|_| {})
    }

    /// Like [`TestApp::start`], with other settings.
    pub(crate) fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_in(Arc::new(Place::migrated()), monday(), change)
    }

    /// Like [`TestApp::start`], with the made-up district.
    pub(crate) fn riverside() -> Self {
        let app = Self::start();
        app.import_district_riverside();
        app
    }

    /// Like [`TestApp::start`], on a database that commands have already filled; every row is counted.
    pub(crate) fn start_on(place: Place) -> Self {
        let app = Self::start_in(Arc::new(place), monday(), |_| {});
        while !app.live().is_ready() {
            std::thread::yield_now();
        }
        app
    }

    /// A second program on the same database, with the same clock.
    pub(crate) fn start_another_node(&self) -> Self {
        Self::start_in(
            Arc::clone(&self.place),
            self.program.app.clock.clone(),
            |_| {},
        )
    }

    fn start_in(place: Arc<Place>, clock: Clock, change: impl FnOnce(&mut Config)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut config = place.config();
        config.base_url = vec![format!("http://127.0.0.1:{port}")];
        change(&mut config);
        let mut app = App::start(config, clock).unwrap();
        if app.config.smtp_url.is_none() {
            app.mailer = Mailer::memory(&app.config).unwrap();
        }
        let program = Program::of(app).unwrap();
        // Until the index is built, pages that count say so. Tests expect the page after that.
        while !program.live.is_ready() {
            std::thread::yield_now();
        }
        let (sender, receiver) = mpsc::channel();
        let served = program.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = served.serve(listener, 1).unwrap();
                sender.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let handle = receiver.recv().unwrap();
        Self {
            program,
            port,
            handle,
            thread: Some(thread),
            place,
        }
    }

    /// The address the program serves on, without a slash at the end.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The program's parts, for checks from inside.
    pub(crate) fn program(&self) -> &App {
        &self.program.app
    }

    /// The sets behind every count.
    pub(crate) fn live(&self) -> &Live {
        &self.program.live
    }

    /// Lets the worker do what is due once, and returns how many emails it sent.
    pub(crate) fn work(&self) -> usize {
        worker::run_once(self.program(), &server::jobs()).unwrap()
    }

    /// Where its data is.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    // --- time

    /// The program's time.
    pub(crate) fn now(&self) -> NaiveDateTime {
        self.program.app.clock.now()
    }

    /// Lets time pass.
    pub(crate) fn advance(&self, by: TimeDelta) {
        self.program.app.clock.advance(by);
    }

    /// Lets the worker do what is due. Returns all emails sent so far.
    pub(crate) fn emails(&self) -> Vec<Mail> {
        while self.work() > 0 {}
        self.program.app.mailer.kept()
    }

    // --- the browser

    /// A browser without cookies that keeps those it gets.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.address())
    }

    /// What a visitor sees at a path.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.browser().get(path)
    }

    /// The answer to a form that a visitor sends.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.browser().post(path, fields)
    }

    /// The browser of somebody who has this role in the whole district and has signed in.
    pub(crate) fn sign_in_as(&self, role: Role) -> Browser {
        self.sign_in_within(role, Scope::District)
    }

    /// The browser of somebody who has this role within this scope and has signed in.
    pub(crate) fn sign_in_within(&self, role: Role, scope: Scope) -> Browser {
        let account = self.add_account(
            &format!("{role}-{}@riverside.example", AccountId::new()),
            role,
            scope,
        );
        self.signed_in(account)
    }

    /// The browser of somebody who has several roles in the whole district and has signed in.
    pub(crate) fn sign_in_with(&self, roles: &[Role]) -> Browser {
        let (first, others) = roles.split_first().unwrap();
        let email = format!("several-{}@riverside.example", AccountId::new());
        let account = self.add_account(&email, *first, Scope::District);
        let (actor, others) = (self.operator(), others.to_vec());
        let granted = account.clone();
        self.write(move |db| {
            for role in others {
                accounts::grant(db, &actor, &granted, role, &Scope::District)?;
            }
            Ok(())
        });
        self.signed_in(account)
    }

    fn signed_in(&self, account: AccountId) -> Browser {
        let now = self.now();
        let token = self.write(move |db| sessions::start(db, &account, now));
        let browser = self.browser();
        browser.set_cookie(
            sessions::cookie(&self.program.app.config, None).name(),
            &token,
        );
        browser
    }

    // --- the database

    /// The program's database, for checks that no page shows.
    pub(crate) fn database(&self) -> &Database {
        &self.program.app.database
    }

    /// Runs queries that must succeed.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Db) -> Result<T>) -> T {
        self.database().read(work).unwrap()
    }

    /// Runs a transaction that must succeed.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> T {
        self.database().write(work).unwrap()
    }

    /// Somebody at the machine's command line, now.
    pub(crate) fn operator(&self) -> Actor {
        Actor {
            account: None,
            at: self.now(),
        }
    }

    /// Adds an account with one grant and the password [`PASSWORD`].
    pub(crate) fn add_account(&self, email: &str, role: Role, scope: Scope) -> AccountId {
        let (actor, email) = (self.operator(), email.to_owned());
        self.write(move |db| {
            // The hash of PASSWORD, made once: hashing takes longer than most tests.
            let id = accounts::add(db, &actor, &email, "Ana Reyes", &password_hash())?;
            accounts::grant(db, &actor, &id, role, &scope)?;
            Ok(id)
        })
    }

    /// Imports the made-up district with its groups, schools and rounds.
    pub(crate) fn import_district_riverside(&self) {
        let file = DistrictFile::parse(&fixture("riverside/district.toml")).unwrap();
        let actor = self.operator();
        self.write(move |db| district::import(db, &actor, &file));
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        let served = self.thread.take().map(JoinHandle::join);
        // A failed test is already panicking, and a second panic would hide the reason.
        assert!(
            std::thread::panicking() || matches!(served, Some(Ok(()))),
            "the server stopped by itself"
        );
    }
}

fn monday() -> Clock {
    let day = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();
    Clock::fixed(day.and_hms_opt(15, 0, 0).unwrap())
}

/// The text of a file in `fixtures/`.
pub(crate) fn fixture(path: &str) -> String {
    let file = fixture_path(path);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The path of a file in `fixtures/`, for commands that read it.
pub(crate) fn fixture_path(path: &str) -> String {
    format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))
}

fn password_hash() -> String {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| accounts::hash_password(PASSWORD).unwrap())
        .clone()
}
