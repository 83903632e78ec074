//! From people's comments to keywords and themes.
//!
//! A theme is never a hidden model: it's a visible list of terms in a versioned codebook, and the set of comments that
//! they match.
//!
//! The submodules, in dependency order:
//!
//! - `text` reads one comment: its language, words, stems, and whether it has content.
//! - `engine` counts and matches many comments: vocabulary, postings, rules, codebooks, and tables of words.
//! - `suggestion` proposes themes from terms that appear together in comments.
//! - `learning` derives rules from comments that people coded.
//! - `protection` finds comments about somebody's safety, and words that may identify somebody.
//! - `store` keeps the versions of each round's codebook.
//! - `coding` applies a codebook to a round's comments: the index that follows the ledger, and what a page selects.
//! - `files` does the same for files, for the command line.
//! - `pages` shows all of it to staff.
//!
//! `text`, `engine`, `suggestion`, `learning`, and `protection` are pure: no database, no requests, no clock.

pub mod coding;
pub mod engine;
pub mod files;
pub mod learning;
mod pages;
pub mod protection;
mod store;
pub mod suggestion;
pub mod text;

pub use coding::{Coded, Coding, Index, Live};
pub use engine::codebook::{Codebook, RuleText, Theme};
pub use engine::keywords;
pub use engine::matcher::{Rule, Terms};
pub use engine::postings::Postings;
pub use engine::suppressed::Suppressed;
pub use files::parse_codebook;
pub use pages::{routes, samples};
pub use protection::watch::Watch;
pub use store::{
    CodebookId, SavedCodebook, codebook_version, latest_codebook, save_codebook, versions,
};
pub use suggestion::{Grain, suggest};
pub use text::Language;
pub use text::marks::segments;
pub use text::vote::Candidates;
