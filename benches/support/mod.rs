//! What benches of the running program share: the program and its bare peer as processes, a client that loads either,
//! and a report that prints each number with its limit.

pub(crate) mod bare;
pub(crate) mod both;
pub(crate) mod client;
pub(crate) mod memory;
pub(crate) mod program;
pub(crate) mod report;

use std::error::Error;

/// Anything that stops a bench.
pub(crate) type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;
