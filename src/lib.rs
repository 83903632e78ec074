//! Chorus: a school district asks its families, students, staff, and neighbors what matters, listens to every response,
//! and shows how the responses shape the vision and goals of its strategic plan.
//!
//! See ARCHITECTURE.md for an overview.

pub mod accounts;
pub mod app;
pub mod audit;
pub mod backup;
pub mod cli;
pub mod clock;
pub mod comments;
pub mod config;
pub mod db;
pub mod demo;
pub mod desk;
pub mod district;
pub mod editions;
pub mod error;
pub mod files;
pub mod followers;
pub mod forums;
pub mod keys;
pub mod localized;
pub mod mail;
pub mod plan;
pub mod priorities;
pub mod responses;
pub mod results;
pub mod schema;
pub mod school_results;
pub mod secret;
pub mod server;
pub mod sheet;
pub mod statistics;
pub mod surveys;
pub mod tally;
pub mod team;
pub mod telemetry;
pub mod themes;
pub mod version;
pub mod voices;
pub mod web;
pub mod worker;
