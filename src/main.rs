//! The `chorus` program: parses the command line and runs the command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    chorus::cli::CommandLine::parse().run()
}
