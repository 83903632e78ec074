//! Integration tests: each one starts the real program on a socket with its own database and talks to it like a
//! browser.
//!
//! By default they run on SQLite and need nothing installed. Set `CHORUS_TEST_DATABASE_URL` to the address of a
//! PostgreSQL server that allows creating databases, and the same tests run there.
#![cfg(test)]

mod support;

#[path = "../attacks/mod.rs"]
mod attacks;

mod answering;
mod backups;
mod bowling_green;
mod codebook_files;
mod coded_files;
mod command_line;
mod comments;
mod compression;
mod configuration;
mod database_page;
mod demo;
mod desk;
mod disclosure;
mod doctor;
mod documents;
mod durability;
mod errors;
mod exports;
mod followers;
mod forums;
mod headers;
mod imports;
mod keywords;
mod language;
mod languages;
mod logs;
mod mail;
mod moved;
mod never_say;
mod notes;
mod order;
mod origin;
mod paper;
mod plan;
mod priorities;
mod program;
mod publishing;
mod rendering;
mod results;
mod schema;
mod school_results;
mod sign_in;
mod surveys;
mod tally;
mod team;
mod themes;
mod themes_flags;
mod themes_words;
mod users;
mod voices;
mod words;
mod writer;
