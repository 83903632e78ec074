//! What the tests stand on: a running Chorus, a browser without a window, and pages to read.

mod app;
mod browser;
mod place;
mod program;
mod reader;
mod reply;

pub(crate) use app::{PASSWORD, TestApp};
pub(crate) use browser::Browser;
pub(crate) use place::{Place, is_postgres};
pub(crate) use program::{Outcome, Program};
pub(crate) use reader::Reader;
pub(crate) use reply::Reply;
