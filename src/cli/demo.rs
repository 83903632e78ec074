//! `chorus demo`

use std::net::ToSocketAddrs;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::Location;
use super::console::note;
use super::location::actor;
use super::serve::{bind, serve};
use crate::accounts;
use crate::app;
use crate::config::Config;
use crate::db::Database;
use crate::demo::{self, EMAIL, Folder, PASSWORD};
use crate::error::{Error, Result};
use crate::secret::random_token;
use crate::telemetry;

/// Try Chorus with two sample rounds in their own folder, on this computer
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chorus demo
  chorus demo --data /tmp/look-around --listen 127.0.0.1:9000

The demo keeps your changes in its folder. Delete the folder to start over. Everyone knows the password of its account, so
only this computer can reach it. If --listen allows other computers, the demo makes a new password and prints it.")]
pub(super) struct Demo {
    /// The address and port to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: String,
}

impl Demo {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let mut config = self.config(location)?;
        let listener = bind(&mut config)?;
        telemetry::start(&config);
        let folder = demo::prepare(&config.data)?;
        let database = app::open_database(&config)?;
        if folder == Folder::Fresh {
            let began = Instant::now();
            demo::load(&database, &config.data, actor(), |what| {
                note(format_args!("loading {what}"));
            })?;
            Folder::finish(&config.data)?;
            note(format_args!(
                "loaded in {:.1} s",
                began.elapsed().as_secs_f64()
            ));
        }
        let password = password(&config)?;
        set_password(&database, &password)?;
        drop(database);
        let words = words(&config, &password);
        serve(config, listener, &words)
    }

    /// The demo's configuration. It always has its own database.
    fn config(&self, location: &Location) -> Result<Config> {
        if location.database_url.is_some() {
            return Err(Error::Invalid(
                "the demo uses its own database: remove --database-url".to_owned(),
            ));
        }
        let data = location
            .data
            .clone()
            .unwrap_or_else(|| PathBuf::from("chorus-demo"));
        let location = Location {
            data: Some(data),
            ..location.clone()
        };
        let mut config = location.config()?;
        config.listen.clone_from(&self.listen);
        Ok(config)
    }
}

/// The public password if the server is reachable only from this computer, or else a new random one.
fn password(config: &Config) -> Result<String> {
    let mut addresses = config
        .listen
        .to_socket_addrs()
        .map_err(|error| Error::Invalid(format!("{}: {error}", config.listen)))?;
    if addresses.all(|address| address.ip().is_loopback()) {
        return Ok(PASSWORD.to_owned());
    }
    let token = random_token()?;
    Ok(token.get(..20).unwrap_or(&token).to_owned())
}

fn set_password(database: &Database, password: &str) -> Result<()> {
    let hash = accounts::hash_password(password)?;
    database.write(move |db| match accounts::by_email(db, EMAIL)? {
        Some((account, ..)) => Ok(accounts::set_password(db, &actor(), &account, &hash)?),
        None => Ok(()),
    })
}

fn words(config: &Config, password: &str) -> Vec<String> {
    let base = config.link_base();
    vec![
        String::new(),
        format!("  What families see      {base}/"),
        format!("  A survey on a phone    {base}/s/family"),
        format!("  What was heard         {base}/heard"),
        format!("  The plan               {base}/plan"),
        format!("  The planners' desk     {base}/desk"),
        String::new(),
        format!("  Sign in as {EMAIL} with the password: {password}"),
        "  Riverside is made up. Bowling Green 2018 is a real conversation, but its codebook, priorities, and plan are samples.".to_owned(),
        format!("  Data is in {}. Press Ctrl+C to stop.", config.data.display()),
    ]
}
