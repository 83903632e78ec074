//! `chorus doctor`

use std::path::Path;
use std::sync::Arc;

use chrono::{NaiveDateTime, TimeZone};
use clap::Args;
use diesel::sql_types::{Text, Timestamp};
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use super::Location;
use super::console::{counted, one_line, say};
use crate::accounts;
use crate::audit;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Address, Database, Db, Schema, schema_state};
use crate::district;
use crate::error::{Error, Result};
use crate::files::private;
use crate::mail::{self, Mailer};
use crate::secret::Secret;
use crate::web::Renderer;
use crate::web::assets::Assets;
use crate::web::languages::Languages;

/// Check the installation and say what to fix
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus doctor --data /var/lib/chorus

Each line says ok or what to fix. The command fails if something is wrong.")]
pub(super) struct Doctor {}

/// The result of a check: a confirmation or what to do.
type Finding = std::result::Result<String, String>;

impl Doctor {
    #[expect(clippy::unused_self, reason = "as every command")]
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let config = match location.config() {
            Ok(config) => config,
            Err(error) => {
                tell("configuration", &Err(error.to_string()))?;
                return Err(ill(1));
            }
        };
        let mut findings = vec![
            ("configuration", configuration(&config)),
            ("data folder", folder(&config.data)),
            ("secret", secret(&config)),
        ];
        match open(&config) {
            Ok(database) => {
                let schema = schema(&database);
                let has_tables = schema.is_ok();
                findings.push(("database", schema));
                // These checks need the tables.
                if has_tables {
                    findings.push(("writing", writing(&database)));
                    findings.push(("district", in_words(database.read(whose))));
                    findings.push(("accounts", in_words(database.read(somebody))));
                    findings.push(("clock", in_words(database.read(clock))));
                    findings.push(("outbox", in_words(database.read(outbox))));
                }
            }
            Err(reason) => findings.push(("database", Err(reason))),
        }
        findings.push(("mail", sending(&config)));
        findings.push(("pages", in_words(pages())));
        for (what, finding) in &findings {
            tell(what, finding)?;
        }
        match findings
            .iter()
            .filter(|(_, finding)| finding.is_err())
            .count()
        {
            0 => Ok(()),
            wrong => Err(ill(wrong)),
        }
    }
}

fn tell(what: &str, finding: &Finding) -> Result<()> {
    match finding {
        Ok(words) => say(format_args!("ok     {what}: {words}")),
        Err(words) => say(format_args!("wrong  {what}: {}", one_line(words))),
    }
}

fn ill(wrong: usize) -> Error {
    Error::Invalid(match wrong {
        1 => "found 1 problem".to_owned(),
        many => format!("found {many} problems"),
    })
}

fn in_words(finding: Result<Finding>) -> Finding {
    finding.unwrap_or_else(|error| Err(error.to_string()))
}

fn configuration(config: &Config) -> Finding {
    let plain: Vec<&str> = config
        .base_url
        .iter()
        .map(String::as_str)
        .filter(|address| address.starts_with("http://") && !is_this_machine(address))
        .collect();
    if plain.is_empty() {
        return Ok(format!(
            "people reach Chorus at {}",
            config.base_url.join(", ")
        ));
    }
    Err(format!(
        "base_url {} is not encrypted: put an https proxy in front of Chorus and use its address",
        plain.join(", ")
    ))
}

fn is_this_machine(address: &str) -> bool {
    let host = url::Url::parse(address)
        .ok()
        .and_then(|url| url.host().map(|host| host.to_owned()));
    match host {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn folder(path: &Path) -> Finding {
    if !path.is_dir() {
        return Err(format!(
            "{} does not exist: `chorus serve` creates it, or choose another with --data",
            path.display()
        ));
    }
    if let Err(error) = tempfile_in(path) {
        return Err(format!("cannot write to {}: {error}", path.display()));
    }
    match private::close_to_others(path) {
        Ok(closed) if closed.is_empty() => Ok(format!(
            "{} is writable, and closed to other users",
            path.display()
        )),
        Ok(closed) => Ok(format!(
            "{} is writable; other users could read {}, which is closed to them now",
            path.display(),
            counted(
                closed.len() as u64,
                "file or folder in it",
                "files and folders in it"
            )
        )),
        Err(error) => Err(format!(
            "other users may be able to read what is in {}: {error}",
            path.display()
        )),
    }
}

/// Creates a file and removes it again.
fn tempfile_in(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    std::fs::write(&path, b"")?;
    std::fs::remove_file(path)
}

fn secret(config: &Config) -> Finding {
    if config.secret.is_none() && !config.data.join("secret.key").is_file() {
        return Err("there is none yet: `chorus serve` creates it when it first starts".to_owned());
    }
    Secret::load(config.secret.as_deref(), &config.data).map_err(|error| error.to_string())?;
    if config.secret.is_some() {
        return Ok("it is configured; use the same one on every node".to_owned());
    }
    Ok(format!(
        "{}; keep a copy of it separate from the backups",
        config.data.join("secret.key").display()
    ))
}

fn open(config: &Config) -> std::result::Result<Database, String> {
    let address = config.address().map_err(|error| error.to_string())?;
    if let Address::Sqlite(path) = &address
        && !path.is_file()
    {
        return Err(format!(
            "there is none at {}: `chorus serve` creates it",
            path.display()
        ));
    }
    Database::connect(&address, 1).map_err(|error| match error {
        Error::Internal(cause) => format!("{cause:#}"),
        other => other.to_string(),
    })
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

fn schema(database: &Database) -> Finding {
    match database.read(schema_state) {
        Err(error) => return Err(error.to_string()),
        Ok(behind @ Schema::Behind(_)) => {
            return Err(format!("its schema is {behind}: run `chorus migrate`"));
        }
        Ok(Schema::Current) => {}
    }
    in_words(database.read(|db| {
        let (query, kind) = match db {
            Db::Sqlite(_) => (
                "SELECT journal_mode AS word FROM pragma_journal_mode",
                "SQLite",
            ),
            Db::Postgres(_) => (
                "SELECT current_setting('server_version') AS word",
                "PostgreSQL",
            ),
        };
        let word: Word = sql_query(query).get_result(db)?;
        if kind == "SQLite" && word.word != "wal" {
            return Ok(Err(format!(
                "its journal mode is {}, not WAL: if it is on a network drive, move it to a local one",
                word.word
            )));
        }
        Ok(Ok(format!(
            "{} ({kind}, {}); its schema is up to date",
            database.address(),
            word.word
        )))
    }))
}

fn writing(database: &Database) -> Finding {
    let written =
        database.write(|db| Ok(sql_query("UPDATE change_counter SET last = last").execute(db)?));
    match written {
        Ok(_) => Ok("a test transaction was committed".to_owned()),
        Err(Error::Busy) => Err("it is busy: another program holds its lock".to_owned()),
        Err(error) => Err(match error {
            Error::Internal(cause) => format!("{cause:#}"),
            other => other.to_string(),
        }),
    }
}

fn whose(db: &mut Db) -> Result<Finding> {
    let Some(district) = district::current(db)? else {
        return Ok(Err(
            "there is none yet: run `chorus import district FILE`".to_owned()
        ));
    };
    let rounds = district::rounds(db)?.len();
    if rounds == 0 {
        return Ok(Err(
            "it has no rounds yet: add [[rounds]] to its file and import it again".to_owned(),
        ));
    }
    Ok(Ok(format!("{}, rounds: {rounds}", district.slug)))
}

fn somebody(db: &mut Db) -> Result<Finding> {
    let accounts = accounts::list(db)?;
    let admins = accounts.iter().filter(|account| {
        !account.disabled
            && account
                .grants
                .iter()
                .any(|grant| grant.role == accounts::Role::Admin)
    });
    Ok(match admins.count() {
        0 => Err(
            "there is no admin: run `chorus user add EMAIL --role admin --password-stdin`"
                .to_owned(),
        ),
        admins => Ok(format!("{}, admins: {admins}", accounts.len())),
    })
}

#[derive(QueryableByName)]
struct Moment {
    #[diesel(sql_type = Timestamp)]
    moment: NaiveDateTime,
}

/// The maximum difference between two machines' clocks.
const APART: chrono::TimeDelta = chrono::TimeDelta::seconds(5);

fn clock(db: &mut Db) -> Result<Finding> {
    let now = Clock::system().now();
    let zone = district::current(db)?.map(|district| district.zone());
    let there = zone.map_or_else(String::new, |zone| {
        let local = zone.from_utc_datetime(&now);
        format!(
            ", in the district {} ({zone})",
            local.format("%A %Y-%m-%d %H:%M")
        )
    });
    if let Db::Postgres(_) = db {
        let server: Moment =
            sql_query("SELECT date_trunc('second', now() AT TIME ZONE 'UTC') AS moment")
                .get_result(db)?;
        let apart = (server.moment - now).abs();
        if apart > APART {
            return Ok(Err(format!(
                "the clocks of this computer and the database differ by {} seconds: sync both with NTP",
                apart.num_seconds()
            )));
        }
    }
    if let Some(last) = audit::last(db)?.filter(|last| *last > now + APART) {
        return Ok(Err(format!(
            "the clock says {now} UTC, but the audit log has an entry at {last} UTC: sync the clock with NTP"
        )));
    }
    Ok(Ok(format!("{now} UTC{there}")))
}

fn outbox(db: &mut Db) -> Result<Finding> {
    let (count, latest) = mail::given_up(db, Clock::system().now())?;
    let emails = match count {
        0 => {
            return Ok(Ok(
                "no email was given up on in the last two weeks".to_owned()
            ));
        }
        1 => "1 email was".to_owned(),
        many => format!("{many} emails were"),
    };
    let latest = latest.unwrap_or_default();
    Ok(Err(format!(
        "{emails} given up on after almost three days: {latest}"
    )))
}

fn sending(config: &Config) -> Finding {
    if config.smtp_url.is_none() && !config.data.is_dir() {
        // Creating the mailer would create the folder, and a check shouldn't create anything.
        return Ok(
            "email is saved as files in the data folder; set smtp_url to send it".to_owned(),
        );
    }
    let mailer = Mailer::of(config).map_err(|error| error.to_string())?;
    mailer
        .answers()
        .map_err(|error| format!("{error}: check smtp_url"))?;
    Ok(match config.smtp_url {
        Some(_) => "the mail server answers".to_owned(),
        None => "email is saved as files in the data folder; set smtp_url to send it".to_owned(),
    })
}

fn pages() -> Result<Finding> {
    let languages = Arc::new(Languages::load()?);
    let spoken = languages.complete().collect::<Vec<_>>().join(", ");
    Renderer::load(&languages, Arc::new(Assets::load()))?;
    Ok(Ok(format!(
        "every template can be read; languages: {spoken}"
    )))
}
