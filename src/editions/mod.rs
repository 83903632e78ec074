//! Editions: results that a named person released at one moment, frozen as one document for one audience.
//!
//! A feature decides what an edition holds and how its small counts are protected. This place stores it, checks that
//! nobody changed it, and takes it back.

mod model;
mod store;

pub use model::{Audience, Edition, EditionId};
pub use store::{content, contents, current, insert, name_of, of_round, rounds_with, take_back};
