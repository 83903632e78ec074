//! The program as people run it: a process of its own, for what only a process shows.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::process::{Child, Command, Stdio};

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
    /// Runs a command to its end, with something typed into it.
    pub(crate) fn of(command: &mut Command, input: &str) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        // A command that ends without reading its input is no fault of the test.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Self {
            code: output.status.code(),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The outcome itself, if the command succeeded.
    #[track_caller]
    pub(crate) fn expect_success(self) -> Self {
        assert_eq!(self.code, Some(0), "{}{}", self.output, self.errors);
        self
    }

    /// The one line that says why the command failed, without the program's name; progress may stand before it.
    #[track_caller]
    pub(crate) fn expect_failure(&self) -> &str {
        assert_eq!(self.code, Some(1), "{}{}", self.output, self.errors);
        let told = ["checking: ", "loading: ", "loading ", "writing "];
        let mut lines = self
            .errors
            .lines()
            .filter(|line| !told.iter().any(|told| line.starts_with(told)));
        let reason = lines.next().and_then(|line| line.strip_prefix("chorus: "));
        assert_eq!(lines.next(), None, "{}", self.errors);
        reason.unwrap_or_else(|| panic!("no reason is given: {}", self.errors))
    }
}

/// The program with these arguments. Nothing of the machine's configuration reaches it.
pub(crate) fn chorus(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chorus"));
    command.env_clear().args(arguments);
    command
}

impl Place {
    /// Runs `chorus` with these arguments on this place.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with_input(arguments, "")
    }

    /// As [`Place::run`], with something typed into it.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Outcome {
        Outcome::of(&mut self.command(arguments), input)
    }

    /// The program with these arguments on this place.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = chorus(arguments);
        command.arg("--data").arg(self.folder());
        if let Some(url) = self.database_url() {
            command.arg("--database-url").arg(url);
        }
        command
    }

    /// Writes a file beside the data, and returns its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder().join(name);
        std::fs::write(&path, content).unwrap();
        path.into_os_string().into_string().unwrap()
    }
}

/// A command under way, which can be read and killed.
pub(crate) struct Running {
    child: Child,
    lines: Lines<BufReader<Box<dyn Read + Send>>>,
}

impl Running {
    /// Starts a command of which the result is read, line by line; everything beside it goes somewhere.
    pub(crate) fn reading_output(command: &mut Command, errors: Stdio) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .unwrap();
        let output: Box<dyn Read + Send> = Box::new(child.stdout.take().unwrap());
        let lines = BufReader::new(output).lines();
        Self { child, lines }
    }

    /// Starts a command of which everything beside the result is read, line by line.
    pub(crate) fn reading_errors(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let errors: Box<dyn Read + Send> = Box::new(child.stderr.take().unwrap());
        let lines = BufReader::new(errors).lines();
        Self { child, lines }
    }

    /// Reads on until a line begins so, and returns the rest of that line.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, beginning: &str) -> String {
        let mut read = Vec::new();
        for line in self.lines.by_ref().map(Result::unwrap) {
            if let Some(rest) = line.strip_prefix(beginning) {
                return rest.to_owned();
            }
            read.push(line);
        }
        panic!("it ended without “{beginning}”; it said {read:?}");
    }

    /// Ends it as a power cut would (SIGKILL), and waits until it is gone.
    pub(crate) fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// `chorus serve` as a process that can be killed. It goes by the machine's clock.
pub(crate) struct Program {
    running: Running,
    address: String,
}

impl Program {
    /// Starts it on a place and waits until it says where it is.
    pub(crate) fn serve(place: &Place) -> Self {
        Self::serve_with(place, &[], Stdio::inherit())
    }

    /// As [`Program::serve`], with more arguments, and with what it logs going somewhere.
    pub(crate) fn serve_with(place: &Place, arguments: &[&str], log: Stdio) -> Self {
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        Self::start(&mut place.command(&[&serve[..], arguments].concat()), log)
    }

    /// Starts a command that serves, and waits until it says where it is.
    pub(crate) fn start(command: &mut Command, log: Stdio) -> Self {
        let mut running = Running::reading_output(command, log);
        let address = running.wait_for("Chorus is at ");
        Self { running, address }
    }

    /// Where it is, without a slash at the end.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Reads on in what it printed until a line begins so, and returns the rest of that line.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, beginning: &str) -> String {
        self.running.wait_for(beginning)
    }

    /// Somebody's browser in front of it.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.address.clone())
    }

    /// Ends it as a power cut would (SIGKILL), and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        self.running.end();
    }
}
