//! The database address: a SQLite file or a PostgreSQL URL.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The name of the database file in a data folder.
const FILE_NAME: &str = "chorus.sqlite";

/// The address of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// The path of the SQLite file.
    Sqlite(PathBuf),
    /// A `postgres://` URL. It may contain a password, so it's never printed as is.
    Postgres(String),
}

impl Address {
    /// The database file in a data folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self::Sqlite(folder.join(FILE_NAME))
    }

    /// Parses `postgres://…` or `sqlite://path`. A bare path is an error, so that a typo doesn't create an empty
    /// database.
    pub fn parse(text: &str) -> Result<Self> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(Error::Invalid(
                "the database's address starts with postgres:// or sqlite://".to_owned(),
            ));
        }
        let asks_for_tls = ["sslmode=require", "sslmode=verify"]
            .iter()
            .any(|word| text.contains(word));
        if asks_for_tls && !cfg!(feature = "postgres-tls") {
            return Err(Error::Invalid(
                "the database's address asks for TLS, and this program was built without it: build with --features postgres-tls".to_owned(),
            ));
        }
        Ok(Self::Postgres(text.to_owned()))
    }

    /// A message from the database driver with the password removed.
    pub fn without_password(&self, message: &str) -> String {
        match self.password() {
            Some(password) if !password.is_empty() => message.replace(&password, "…"),
            _ => message.to_owned(),
        }
    }

    fn password(&self) -> Option<String> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(text) => url::Url::parse(text).ok()?.password().map(str::to_owned),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(formatter, "{}", path.display()),
            Self::Postgres(text) => formatter.write_str(&self.without_password(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_address_hides_the_password() {
        let address = Address::parse("postgres://planner:tops3cret@db/chorus").unwrap();
        assert_eq!(address.to_string(), "postgres://planner:…@db/chorus");
    }

    #[test]
    fn a_bare_path_is_refused() {
        assert!(Address::parse("chorus.sqlite").is_err());
    }

    #[cfg(not(feature = "postgres-tls"))]
    #[test]
    fn tls_without_the_feature_is_refused_with_instructions() {
        let error = Address::parse("postgres://db/chorus?sslmode=require").unwrap_err();
        assert!(error.to_string().contains("--features postgres-tls"));
    }
}
