//! The suite: each test starts the real program on a socket, with a database of its own, and talks to it as a browser does.
//!
//! Without anything installed it runs on SQLite. With `CHORUS_TEST_DATABASE_URL`, the address of a PostgreSQL server
//! where databases may be created, the very same tests run there.
#![cfg(test)]

mod support;

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
mod sign_in;
mod surveys;
mod tally;
mod team;
mod themes;
mod themes_flags;
mod themes_words;
mod voices;
mod words;
mod writer;
