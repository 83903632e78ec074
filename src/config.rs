//! Configuration: defaults, then a file, then `CHORUS_*` environment variables. Everything is checked at startup.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use crate::db::Address;
use crate::error::{Error, Result};
use crate::files;

/// The prefix of Chorus's environment variables.
const PREFIX: &str = "CHORUS_";

/// The smallest limit with room for a response with several long comments, in bytes.
const SMALLEST_FORM_LIMIT: usize = 16 * 1024;

/// The settings. Each field is a key of the file; its environment variable is `CHORUS_` plus the name in capitals.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The address and port to serve on.
    pub listen: String,
    /// The public addresses of this site, as `https://host`. Links in emails use the first one; forms are accepted from
    /// any of them.
    pub base_url: Vec<String>,
    /// The folder for the SQLite database, the secret, and emails that are written as files.
    pub data: PathBuf,
    /// `postgres://…` or `sqlite://path`. The default is SQLite in the data folder.
    pub database_url: Option<String>,
    /// The number of reader connections.
    pub readers: u32,
    /// The key for links, receipts, and cookies, as 64 hexadecimal digits. The default is a file in the data folder.
    pub secret: Option<String>,
    /// `smtp://user:password@host:port` or `smtps://…`. Without it, emails are written as files to the data folder.
    pub smtp_url: Option<String>,
    /// The sender of our emails.
    pub mail_from: String,
    /// Whether to read the client's address from the last entry of `X-Forwarded-For`, which the district's own proxy
    /// adds.
    pub behind_proxy: bool,
    /// `text` for a terminal or `json` for a log collector.
    pub log_format: String,
    /// The log filter, such as `chorus=info` or `debug`.
    pub log: String,
    /// The largest form body, in bytes.
    pub form_limit: usize,
    /// How many seconds the head of a request may take, and then its body. A phone with a bad connection needs time for
    /// a long response.
    pub request_seconds: u32,
    /// How many submissions without our cookie one IP address may send in ten minutes. The default suits a school that
    /// shares one address.
    pub address_limit: u32,
    /// How many submissions one device, identified by our cookie, may send in ten minutes.
    pub device_limit: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            base_url: vec!["http://127.0.0.1:8080".to_owned()],
            data: PathBuf::from("chorus-data"),
            database_url: None,
            readers: 8,
            secret: None,
            smtp_url: None,
            mail_from: "Chorus <chorus@localhost>".to_owned(),
            behind_proxy: false,
            log_format: "text".to_owned(),
            log: "warn,chorus=info".to_owned(),
            form_limit: 256 * 1024,
            request_seconds: 60,
            address_limit: 3_000,
            device_limit: 30,
        }
    }
}

impl Config {
    /// Reads the file, if there is one, then applies the `CHORUS_*` variables.
    pub fn load(file: Option<&Path>) -> Result<Self> {
        let table = match file {
            Some(path) => files::read_as(path, read_file)?,
            None => toml::Table::new(),
        };
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            let value = value.into_string();
            name.starts_with(PREFIX).then_some((name, value))
        });
        let variables = variables.map(|(name, value)| match value {
            Ok(value) => Ok((name, value)),
            Err(_) => Err(Error::Invalid(format!("{name} is not UTF-8 text"))),
        });
        Self::build(table, &variables.collect::<Result<Vec<_>>>()?)
    }

    /// Reads a file's text, then applies the variables that start with `CHORUS_`.
    pub fn read(text: &str, variables: &[(String, String)]) -> Result<Self> {
        Self::build(read_file(text)?, variables)
    }

    fn build(mut table: toml::Table, variables: &[(String, String)]) -> Result<Self> {
        for (name, value) in variables {
            if let Some(key) = name.strip_prefix(PREFIX) {
                let (key, value) = (key.to_ascii_lowercase(), from_variable(key, value));
                let alone = toml::Table::from_iter([(key.clone(), value.clone())]);
                alone
                    .try_into::<Self>()
                    .map_err(|error| wrong(&format!("{name}: "), error.message()))?;
                table.insert(key, value);
            }
        }
        let config: Self = table
            .try_into()
            .map_err(|error: toml::de::Error| wrong("", error.message()))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<()> {
        if self.base_url.is_empty() {
            return Err(Error::Invalid(
                "base_url needs at least one address such as https://chorus.district.example"
                    .to_owned(),
            ));
        }
        for address in &self.base_url {
            if !is_web_address(address) {
                return Err(Error::Invalid(format!(
                    "base_url “{address}” is not an address: use http:// or https:// and a host, without a path"
                )));
            }
        }
        let with_https = |address: &&String| address.starts_with("https://");
        let encrypted = self.base_url.iter().filter(with_https).count();
        if encrypted > 0 && encrypted < self.base_url.len() {
            return Err(Error::Invalid(
                "base_url mixes http:// and https://: use https:// for all, or cookies are sent unencrypted"
                    .to_owned(),
            ));
        }
        if !is_listen_address(&self.listen) {
            return Err(Error::Invalid(format!(
                "listen “{}” is not an address and a port, such as 127.0.0.1:8080",
                self.listen
            )));
        }
        if self.readers == 0 {
            return Err(Error::Invalid("readers must be at least 1".to_owned()));
        }
        if self.request_seconds == 0 {
            return Err(Error::Invalid(
                "request_seconds must be at least 1".to_owned(),
            ));
        }
        if self.form_limit < SMALLEST_FORM_LIMIT {
            return Err(Error::Invalid(format!(
                "form_limit must be at least {SMALLEST_FORM_LIMIT} bytes, or no survey could be submitted"
            )));
        }
        if !is_log_filter(&self.log) {
            return Err(Error::Invalid(format!(
                "log “{}” is not a filter: use a level such as info, or chorus=debug",
                self.log
            )));
        }
        if !matches!(self.log_format.as_str(), "text" | "json") {
            return Err(Error::Invalid("log_format must be text or json".to_owned()));
        }
        self.address().map(drop)
    }

    /// The address of the database.
    pub fn address(&self) -> Result<Address> {
        self.database_url
            .as_deref()
            .map_or_else(|| Ok(Address::in_folder(&self.data)), Address::parse)
    }

    /// How long a client may take to send the head of a request, and then its body.
    pub fn request_deadline(&self) -> Duration {
        Duration::from_secs(u64::from(self.request_seconds))
    }

    /// The base of links in emails, without a trailing slash.
    pub fn link_base(&self) -> &str {
        self.base_url
            .first()
            .map_or("", |address| address.trim_end_matches('/'))
    }

    /// Whether every public address uses https, so cookies can be marked `Secure`.
    pub fn is_https(&self) -> bool {
        self.base_url
            .iter()
            .all(|address| address.starts_with("https://"))
    }
}

/// Parses a file into keys and values. An unknown key or a bad value is an error.
fn read_file(text: &str) -> Result<toml::Table> {
    let _: Config = files::parse_toml(text)?;
    files::parse_toml(text)
}

/// Whether a text is `http://host` or `https://host`, with or without a port, and nothing else.
fn is_web_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|address| {
        matches!(address.scheme(), "http" | "https")
            && address.host().is_some()
            && address.path() == "/"
            && address.query().is_none()
            && address.fragment().is_none()
            && address.username().is_empty()
    })
}

/// Whether a text is a list of levels, each for everything or for one part: `info`, `chorus=debug,warn`.
fn is_log_filter(text: &str) -> bool {
    let is_level = |part: &str| part.trim().parse::<LevelFilter>().is_ok();
    let level = |directive: &str| {
        let level = directive
            .rsplit_once('=')
            .map_or(directive, |(_, level)| level);
        is_level(level)
    };
    EnvFilter::try_new(text).is_ok() && text.split(',').all(level)
}

/// Whether a text is `host:port`. Whether the host exists is only known when the server starts.
fn is_listen_address(text: &str) -> bool {
    text.rsplit_once(':')
        .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
}

fn wrong(place: &str, reason: &str) -> Error {
    Error::Invalid(format!("{place}{}", files::plain(reason)))
}

/// Converts a variable's text to the type of its key. Lists are separated by commas.
fn from_variable(key: &str, value: &str) -> toml::Value {
    match key {
        "BASE_URL" => toml::Value::Array(
            value
                .split(',')
                .map(|part| toml::Value::String(part.trim().to_owned()))
                .collect(),
        ),
        "READERS" | "FORM_LIMIT" | "REQUEST_SECONDS" | "ADDRESS_LIMIT" | "DEVICE_LIMIT" => {
            value.parse().map_or_else(
                |_| toml::Value::String(value.to_owned()),
                toml::Value::Integer,
            )
        }
        "BEHIND_PROXY" => value.parse().map_or_else(
            |_| toml::Value::String(value.to_owned()),
            toml::Value::Boolean,
        ),
        _ => toml::Value::String(value.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn environment_variables_override_the_file() {
        let config = Config::read(
            "listen = '0.0.0.0:1'\nreaders = 2",
            &[
                variable("CHORUS_LISTEN", "0.0.0.0:9"),
                variable("PATH", "x"),
            ],
        )
        .unwrap();
        assert_eq!((config.listen.as_str(), config.readers), ("0.0.0.0:9", 2));
    }

    #[test]
    fn an_unknown_key_in_the_file_or_a_variable_is_an_error() {
        assert!(
            Config::read("lisen = 'x'", &[])
                .unwrap_err()
                .to_string()
                .contains("lisen")
        );
        assert!(
            Config::read("", &[variable("CHORUS_LISEN", "x")])
                .unwrap_err()
                .to_string()
                .contains("lisen")
        );
    }

    #[test]
    fn errors_name_their_line_or_variable() {
        let fault = |text: &str, variables: &[(String, String)]| {
            Config::read(text, variables).unwrap_err().to_string()
        };
        assert!(fault("log = 'x'\nreaders = 'many'", &[]).starts_with("line 2: "));
        assert!(fault("log = 'x", &[]).starts_with("line 1: "));
        let found = fault("", &[variable("CHORUS_READERS", "many")]);
        assert!(
            found.starts_with("CHORUS_READERS: use a whole number"),
            "{found}"
        );
    }

    #[test]
    fn base_url_needs_at_least_one_web_address() {
        assert!(Config::read("base_url = ['ftp://x']", &[]).is_err());
        assert!(Config::read("base_url = []", &[]).is_err());
        assert!(Config::read("", &[variable("CHORUS_BASE_URL", "")]).is_err());
    }

    #[test]
    fn settings_that_no_server_could_use_are_refused() {
        for text in [
            "listen = 'foo'",
            "listen = ':80'",
            "listen = '127.0.0.1:99999'",
            "readers = 0",
            "form_limit = 0",
            "log = 'loud'",
            "log = 'chorus=shout'",
            "base_url = ['https://chorus.example/survey']",
            "base_url = ['https://chorus.example?x=1']",
            "base_url = ['https://chorus.example', 'http://chorus.example']",
        ] {
            let error = Config::read(text, &[]).unwrap_err().to_string();
            let name = text.split_once(" =").unwrap().0;
            assert!(error.starts_with(name), "{error}");
        }
        for text in [
            "listen = '[::1]:0'",
            "log = 'warn,chorus=debug'",
            "base_url = ['https://chorus.example/', 'https://voices.example:8443']",
        ] {
            assert!(Config::read(text, &[]).is_ok(), "{text}");
        }
    }
}
