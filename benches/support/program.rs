//! The program as a district runs it, and its peer, each in a process of its own, apart from the client and its memory.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

use super::Result;

/// A fresh database on a real disk, with the survey open.
pub(crate) struct Place {
    folder: TempDir,
    database_url: Option<String>,
}

impl Place {
    /// SQLite in a folder of its own, or an empty database on a server.
    pub(crate) fn with_survey(database_url: Option<String>) -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR"))?;
        let place = Self {
            folder,
            database_url,
        };
        place.run(&["migrate"])?;
        let file = |name: &str| root.join(name).to_string_lossy().into_owned();
        place.run(&[
            "import",
            "district",
            &file("fixtures/riverside/district.toml"),
        ])?;
        let survey = file("benches/survey.toml");
        place.run(&[
            "import",
            "survey",
            &survey,
            "--round",
            "vision-2031",
            "--publish",
        ])?;
        Ok(place)
    }

    /// The path of a file in the folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Result<()> {
        let output = self.command(arguments).output()?;
        if output.status.success() {
            return Ok(());
        }
        let reason = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(format!("chorus {}: {reason}", arguments.join(" ")).into())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chorus"));
        // All phones have the same address here, and a bench is faster than any school.
        command
            .env_clear()
            .env("CHORUS_ADDRESS_LIMIT", "1000000000")
            .args(arguments)
            .arg("--data")
            .arg(self.folder.path());
        if let Some(url) = &self.database_url {
            command.arg("--database-url").arg(url);
        }
        command
    }
}

/// A server that runs until it is dropped.
pub(crate) struct Program {
    child: Child,
    /// The port of this machine it serves on.
    pub(crate) port: u16,
    // Kept open, so that whatever it still prints has somewhere to go.
    _output: BufReader<ChildStdout>,
}

impl Program {
    /// Chorus, as `chorus serve` starts it.
    pub(crate) fn chorus(place: &Place) -> Result<Self> {
        Self::start(place.command(&["serve", "--listen", "127.0.0.1:0"]))
    }

    /// Its bare peer, sending this file.
    pub(crate) fn bare(page: &Path) -> Result<Self> {
        Self::start(super::bare::command(page)?)
    }

    /// Starts a server whose first line of output ends with its address.
    fn start(mut command: Command) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().ok_or("no output")?;
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let port = line.trim().rsplit(':').next().unwrap_or_default();
        let port = port
            .parse()
            .map_err(|_| format!("the server said “{}”", line.trim()))?;
        Ok(Self {
            child,
            port,
            _output: output,
        })
    }

    /// Its memory in megabytes (resident set, according to the kernel).
    pub(crate) fn memory(&self) -> Result<f64> {
        super::memory::megabytes(&self.child.id().to_string(), "VmRSS")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
