//! The command line: a file of rows or a codebook goes in, a file or a table comes out. Each `chorus themes` command
//! has a file with the same name. They need no database and no server.

pub mod agree;
pub mod code;
mod codebook;
pub mod compare;
pub mod correct;
pub mod exchange;
pub mod keywords;
pub mod languages;
pub mod learn;
pub mod rows;
mod said_rows;
pub mod spellings;
pub mod suggest;

pub use codebook::parse_codebook;
