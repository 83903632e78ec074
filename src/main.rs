//! The program `chorus`: reads the command line and runs what it names.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    chorus::cli::CommandLine::parse().run()
}
