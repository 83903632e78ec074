//! From the words that people wrote to keywords and themes.
//!
//! A theme is never a hidden model: it is a visible list of terms, kept in a codebook under a version, and the set of
//! comments that they match. Everything from `text/` to `keywords` is pure: text goes in, tokens, tables and sets come
//! out. `index` and `live` follow the ledger of comments, `store` keeps codebooks.

pub mod agree_file;
pub mod code_file;
pub mod codebook;
mod coding;
pub mod compare_file;
mod corpus;
pub mod correct_file;
pub mod exchange;
mod file;
pub mod file_rows;
pub mod identity;
mod index;
pub mod keyness;
pub mod keywords;
pub mod keywords_file;
pub mod languages_file;
pub mod learn;
pub mod learn_file;
mod live;
pub mod marks;
pub mod matcher;
pub mod moves;
pub mod negated;
mod pages;
pub mod phrases;
pub mod postings;
pub mod rule;
pub mod safety;
mod said_rows;
pub mod same;
mod selection;
pub mod spellings;
pub mod spellings_file;
mod store;
pub mod suggest;
pub mod suggest_file;
pub mod suppressed;
pub mod text;
pub mod vocabulary;
pub mod watch;

pub use coding::{Coded, Coding};
pub use file::parse_codebook;
pub use index::Index;
pub use live::Live;
pub use pages::{routes, samples};
pub use store::{
    CodebookId, SavedCodebook, codebook_version, latest_codebook, save_codebook, versions,
};
