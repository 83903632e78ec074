//! The program as people run it: a process of its own, for what only a process shows.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use super::{Browser, Place};

/// What a command printed and how it ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
    /// What it printed for its caller.
    pub(crate) output: String,
    /// What it said beside that.
    pub(crate) errors: String,
}

impl Outcome {
    /// The outcome itself, if the command succeeded.
    #[track_caller]
    pub(crate) fn expect_success(self) -> Self {
        assert_eq!(self.code, Some(0), "{}{}", self.output, self.errors);
        self
    }
}

impl Place {
    /// Runs `chorus` with these arguments on this place.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with_input(arguments, "")
    }

    /// As [`Place::run`], with something typed into it.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Outcome {
        let mut child = self
            .command(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that ends without reading its input is no fault of the test.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Outcome {
            code: output.status.code(),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chorus"));
        // Nothing of the machine's configuration may reach it.
        command
            .env_clear()
            .args(arguments)
            .arg("--data")
            .arg(self.folder());
        if let Some(url) = self.database_url() {
            command.arg("--database-url").arg(url);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }
}

/// `chorus serve` as a process that can be killed. It goes by the machine's clock.
pub(crate) struct Program {
    child: Child,
    address: String,
    // Kept open: what it still wants to print must go somewhere.
    _output: BufReader<ChildStdout>,
}

impl Program {
    /// Starts it on a place and waits until it says where it is.
    pub(crate) fn serve(place: &Place) -> Self {
        Self::serve_with(place, &[], Stdio::inherit())
    }

    /// As [`Program::serve`], with more arguments, and with what it logs going somewhere.
    pub(crate) fn serve_with(place: &Place, arguments: &[&str], log: Stdio) -> Self {
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        let mut child = place
            .command(&[&serve[..], arguments].concat())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let address = line
            .trim()
            .strip_prefix("Chorus is at ")
            .unwrap_or_else(|| panic!("it said “{line}”"));
        Self {
            child,
            address: address.to_owned(),
            _output: output,
        }
    }

    /// Somebody's browser in front of it.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.address.clone())
    }

    /// Ends it as a power cut would (SIGKILL), and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
