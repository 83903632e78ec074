//! The suite: each test starts the real program on a socket, with a database of its own, and talks to it as a browser does.
//!
//! Without anything installed it runs on SQLite. With `CHORUS_TEST_DATABASE_URL`, the address of a PostgreSQL server
//! where databases may be created, the very same tests run there.

#[cfg(test)]
mod support;

#[cfg(test)]
mod answering;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod durability;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod forums;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod origin;
#[cfg(test)]
mod program;
#[cfg(test)]
mod rendering;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod team;
#[cfg(test)]
mod themes_words;
#[cfg(test)]
mod words;
#[cfg(test)]
mod writer;
