//! The mailer: sends over SMTP, writes files to the data folder, or keeps emails in memory for tests.

use std::net::Ipv4Addr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use chrono::NaiveDateTime;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::{FileTransport, SmtpTransport, Transport};

use super::outbox::MailId;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::private;

/// The timeout for mail servers.
const PATIENCE: Duration = Duration::from_secs(30);
/// The port that mail servers listen on unless they say otherwise.
const SMTP_PORT: u16 = 25;
/// The folder for emails written as files, inside the data folder.
const FOLDER: &str = "mail";

/// An email.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The recipient's name.
    pub name: String,
    /// The recipient's address.
    pub address: String,
    /// The subject line.
    pub subject: String,
    /// The plain-text body.
    pub text: String,
}

/// Why an email wasn't sent. The reason is logged and stored, so it contains no personal data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotSent(String);

/// Sends emails.
pub struct Mailer {
    from: Mailbox,
    host: String,
    way: Way,
}

enum Way {
    Smtp(Box<SmtpTransport>),
    Files(FileTransport),
    Memory(Mutex<Vec<Mail>>),
}

impl Mailer {
    /// The configured mailer: SMTP if there is a mail server, or else files in the data folder.
    pub fn of(config: &Config) -> Result<Self> {
        let way = if let Some(url) = &config.smtp_url {
            Way::Smtp(Box::new(smtp(url)?))
        } else {
            let folder = config.data.join(FOLDER);
            private::make_folder(&folder)
                .map_err(|error| Error::Invalid(format!("{}: {error}", folder.display())))?;
            Way::Files(FileTransport::new(folder))
        };
        Self::with(config, way)
    }

    /// A mailer that keeps emails in memory.
    pub fn memory(config: &Config) -> Result<Self> {
        Self::with(config, Way::Memory(Mutex::default()))
    }

    fn with(config: &Config, way: Way) -> Result<Self> {
        let from = config.mail_from.parse().map_err(|_| {
            Error::Invalid(
                "mail_from is not a sender: use one such as Chorus <chorus@district.example>"
                    .to_owned(),
            )
        })?;
        let base = url::Url::parse(config.link_base()).ok();
        let host = base
            .as_ref()
            .and_then(url::Url::host_str)
            .unwrap_or("localhost")
            .to_owned();
        Ok(Self { from, host, way })
    }

    /// Sends an email. `id` becomes its `Message-ID`, so that duplicates can be recognized.
    pub fn send(&self, id: &MailId, mail: &Mail, at: NaiveDateTime) -> Result<(), NotSent> {
        let message = self.message(id, mail, at)?;
        match &self.way {
            Way::Smtp(transport) => transport
                .send(&message)
                .map(drop)
                .map_err(|error| refused(&error)),
            Way::Files(transport) => transport
                .send(&message)
                .map(drop)
                .map_err(|_| NotSent("the file could not be written".to_owned())),
            Way::Memory(kept) => {
                kept.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(mail.clone());
                Ok(())
            }
        }
    }

    /// The emails kept in memory, in order.
    pub fn kept(&self) -> Vec<Mail> {
        match &self.way {
            Way::Memory(kept) => kept.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Way::Smtp(_) | Way::Files(_) => Vec::new(),
        }
    }

    /// Whether the mail server responds. Always succeeds for files and memory.
    pub fn answers(&self) -> Result<(), NotSent> {
        match &self.way {
            Way::Smtp(transport) => match transport.test_connection() {
                Ok(true) => Ok(()),
                Ok(false) => Err(NotSent("the mail server hung up".to_owned())),
                Err(error) => Err(refused(&error)),
            },
            Way::Files(_) | Way::Memory(_) => Ok(()),
        }
    }

    fn message(&self, id: &MailId, mail: &Mail, at: NaiveDateTime) -> Result<Message, NotSent> {
        let address = mail
            .address
            .parse()
            .map_err(|_| NotSent("the address is not an email address".to_owned()))?;
        let seconds = u64::try_from(at.and_utc().timestamp()).unwrap_or_default();
        Message::builder()
            .message_id(Some(format!("<{id}@{}>", self.host)))
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
            .from(self.from.clone())
            .to(Mailbox::new(Some(one_line(&mail.name)), address))
            .subject(one_line(&mail.subject))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.clone())
            .map_err(|_| NotSent("the email could not be composed".to_owned()))
    }
}

/// Keeps a header on one line by replacing control characters with spaces.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn smtp(url: &str) -> Result<SmtpTransport> {
    // The library's error message may contain the password.
    let builder = SmtpTransport::from_url(&with_starttls(url)).map_err(|_| {
        Error::Invalid(
            "smtp_url cannot be read: it looks like smtps://user:password@host:465".to_owned(),
        )
    })?;
    Ok(builder.timeout(Some(PATIENCE)).build())
}

/// Encrypts the connection whenever the mail server offers it, unless the address says otherwise (`?tls=required`) or the
/// server is this machine, whose certificate nobody else could have signed.
fn with_starttls(url: &str) -> String {
    let Ok(mut parsed) = url::Url::parse(url) else {
        return url.to_owned();
    };
    let is_here = match parsed.host() {
        Some(url::Host::Domain(name)) => {
            name == "localhost" || name.parse() == Ok(Ipv4Addr::LOCALHOST)
        }
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => true,
    };
    let says = parsed.query_pairs().any(|(name, _)| name == "tls");
    if parsed.scheme() != "smtp" || is_here || says {
        return url.to_owned();
    }
    if parsed.port().is_none() && parsed.set_port(Some(SMTP_PORT)).is_err() {
        return url.to_owned();
    }
    parsed.query_pairs_mut().append_pair("tls", "opportunistic");
    parsed.into()
}

/// Mail server responses often repeat the address, so keep only the status code.
fn refused(error: &lettre::transport::smtp::Error) -> NotSent {
    let reason = match error.status() {
        Some(code) => format!("the mail server refused it with {code}"),
        None if error.is_timeout() => "the mail server took too long".to_owned(),
        None if error.is_tls() => "the mail server could not be trusted (TLS)".to_owned(),
        None => "the mail server could not be reached".to_owned(),
    };
    NotSent(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail {
            name: "María Peña".into(),
            address: "maria@example.org".into(),
            subject: "Su lugar".into(),
            text: "Hola".into(),
        }
    }

    fn at() -> NaiveDateTime {
        "2026-10-05T15:00:00".parse().unwrap()
    }

    #[test]
    fn an_email_has_our_message_id_and_the_clock_s_date() {
        let config = Config {
            base_url: vec!["https://chorus.riverside.example".into()],
            ..Config::default()
        };
        let id = MailId::from("7f0c".to_owned());
        let message = Mailer::memory(&config)
            .unwrap()
            .message(&id, &mail(), at())
            .unwrap();
        let written = String::from_utf8(message.formatted()).unwrap();
        assert!(
            written.contains("Message-ID: <7f0c@chorus.riverside.example>"),
            "{written}"
        );
        assert!(
            written.contains("Date: Mon, 05 Oct 2026 15:00:00 +0000"),
            "{written}"
        );
        assert!(
            written.contains("From: Chorus <chorus@localhost>"),
            "{written}"
        );
    }

    #[test]
    fn a_line_break_in_a_name_does_not_add_a_header() {
        let mail = Mail {
            name: "Ana\r\nBcc: all@example.org".into(),
            ..mail()
        };
        let mailer = Mailer::memory(&Config::default()).unwrap();
        let written = mailer
            .message(&MailId::new(), &mail, at())
            .map(|message| String::from_utf8(message.formatted()).unwrap())
            .unwrap();
        assert!(!written.lines().any(|line| line.starts_with("Bcc:")));
    }

    #[test]
    fn email_is_encrypted_whenever_it_can_be() {
        for (given, used) in [
            (
                "smtp://ana:p%40ss@mail.district.example",
                "smtp://ana:p%40ss@mail.district.example:25?tls=opportunistic",
            ),
            (
                "smtp://mail.district.example:587",
                "smtp://mail.district.example:587?tls=opportunistic",
            ),
            (
                "smtp://mail.district.example?tls=required",
                "smtp://mail.district.example?tls=required",
            ),
            (
                "smtps://mail.district.example",
                "smtps://mail.district.example",
            ),
            ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
            ("smtp://localhost", "smtp://localhost"),
        ] {
            assert_eq!(with_starttls(given), used);
            assert!(smtp(given).is_ok(), "{given}");
        }
    }

    #[test]
    fn an_invalid_mail_server_is_reported_without_its_password() {
        let config = Config {
            smtp_url: Some("smtpx://ana:tops3cret@host".into()),
            ..Config::default()
        };
        let Err(error) = Mailer::of(&config) else {
            panic!("smtpx should be refused")
        };
        assert!(error.to_string().contains("smtp_url") && !error.to_string().contains("tops3cret"));
    }

    #[test]
    fn an_unreachable_mail_server_is_reported_without_its_address() {
        let config = Config {
            smtp_url: Some("smtp://127.0.0.1:1".into()),
            ..Config::default()
        };
        let error = Mailer::of(&config)
            .unwrap()
            .send(&MailId::new(), &mail(), at())
            .unwrap_err();
        assert_eq!(error.to_string(), "the mail server could not be reached");
    }
}
