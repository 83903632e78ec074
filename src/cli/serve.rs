//! `chorus serve`

use std::net::TcpListener;

use clap::Args;

use super::Location;
use super::console::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::server::{self, Program};
use crate::{telemetry, worker};

/// Run the web server
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus serve --data /var/lib/chorus --listen 127.0.0.1:8080

On SQLite, the server updates the schema when it starts. On PostgreSQL, run `chorus migrate` first.
SIGTERM stops the server after it answers the requests in progress.")]
pub(super) struct Serve {
    /// The address and port to listen on
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
}

impl Serve {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let mut config = location.config()?;
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        let listener = bind(&mut config)?;
        telemetry::start(&config);
        serve(config, listener, &[])
    }
}

/// Binds the port before doing anything else. On a loopback address, links point to it unless the configuration sets
/// base URLs.
pub(super) fn bind(config: &mut Config) -> Result<TcpListener> {
    let listener = TcpListener::bind(&config.listen).map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "another program uses that port: choose another with --listen".to_owned()
            }
            _ => error.to_string(),
        };
        Error::Invalid(format!("cannot listen on {}: {reason}", config.listen))
    })?;
    let address = listener.local_addr().map_err(Error::internal)?;
    if config.base_url == Config::default().base_url && address.ip().is_loopback() {
        config.base_url = vec![
            format!("http://{address}"),
            format!("http://localhost:{}", address.port()),
        ];
    }
    Ok(listener)
}

/// Serves until a signal stops it. First prints the address and then `words`.
pub(super) fn serve(config: Config, listener: TcpListener, words: &[String]) -> Result<()> {
    let address = config.link_base().to_owned();
    let program = Program::start(config, Clock::system())?;
    say(format_args!("Chorus is at {address}"))?;
    for line in words {
        say(line)?;
    }
    worker::spawn(&program.app, server::jobs())?;
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    actix_web::rt::System::new()
        .block_on(async { program.serve(listener, workers)?.await })
        .map_err(Error::internal)
}
