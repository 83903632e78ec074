//! The program in a process of its own, for what only a process shows.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::process::{Child, Command, Stdio};

use super::{Browser, PASSWORD, Place, fixture_path};

/// What a command printed and how it ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) output: String,
    /// Standard error.
    pub(crate) errors: String,
}

impl Outcome {
    /// Runs a command to its end, with this input.
    pub(crate) fn of(command: &mut Command, input: &str) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        // A command may end without reading its input.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Self {
            code: output.status.code(),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// This outcome, if the command succeeded.
    #[track_caller]
    pub(crate) fn expect_success(self) -> Self {
        assert_eq!(self.code, Some(0), "{}{}", self.output, self.errors);
        self
    }

    /// The line that says why the command failed, without the program's name. Progress may come before it.
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

/// The program with these arguments and nothing from the machine's configuration.
pub(crate) fn chorus(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chorus"));
    command.env_clear().args(arguments);
    command
}

impl Place {
    /// A place with the made-up district, imported by the program's own command.
    pub(crate) fn riverside() -> Self {
        let place = Self::migrated();
        let district = fixture_path("riverside/district.toml");
        place
            .run(&["import", "district", &district])
            .expect_success();
        place
    }

    /// Imports a survey's file into Riverside's round and publishes it.
    pub(crate) fn publish_survey(&self, file: &str) {
        let round = ["--round", "vision-2031", "--publish"];
        self.run(&[&["import", "survey", file], &round[..]].concat())
            .expect_success();
    }

    /// Adds an admin with the password [`PASSWORD`].
    pub(crate) fn add_admin(&self, email: &str) {
        let add = ["user", "add", email, "--role", "admin", "--password-stdin"];
        self.run_with_input(&add, PASSWORD).expect_success();
    }

    /// Runs `chorus` with these arguments on this place.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with_input(arguments, "")
    }

    /// Like [`Place::run`], with this input.
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

    /// Writes a file next to the data and returns its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder().join(name);
        std::fs::write(&path, content).unwrap();
        path.into_os_string().into_string().unwrap()
    }
}

/// A running command that can be read and killed.
pub(crate) struct Running {
    child: Child,
    lines: Lines<BufReader<Box<dyn Read + Send>>>,
}

impl Running {
    /// Starts a command to read its standard output line by line; its standard error goes to this place.
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

    /// Starts a command to read its standard error line by line.
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

    /// Reads until a line starts like this, and returns the rest of that line.
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

    /// Kills it as a power cut would (SIGKILL), and waits until it is gone.
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

/// `chorus serve` as a process that can be killed. It uses the machine's clock.
pub(crate) struct Program {
    running: Running,
    address: String,
}

impl Program {
    /// Starts it on a place and waits until it prints its address.
    pub(crate) fn serve(place: &Place) -> Self {
        Self::serve_with(place, &[], Stdio::inherit())
    }

    /// Like [`Program::serve`], with more arguments, and its log goes to this place.
    pub(crate) fn serve_with(place: &Place, arguments: &[&str], log: Stdio) -> Self {
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        Self::start(&mut place.command(&[&serve[..], arguments].concat()), log)
    }

    /// Starts a command that serves, and waits until it prints its address.
    pub(crate) fn start(command: &mut Command, log: Stdio) -> Self {
        let mut running = Running::reading_output(command, log);
        let address = running.wait_for("Chorus is at ");
        Self { running, address }
    }

    /// Its address, without a slash at the end.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Reads its output until a line starts like this, and returns the rest of that line.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, beginning: &str) -> String {
        self.running.wait_for(beginning)
    }

    /// A browser in front of it.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.address.clone())
    }

    /// Kills it as a power cut would (SIGKILL), and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        self.running.end();
    }
}
