//! Analyzes a comment: its language, its words, their stems, and whether it has any content.

pub mod fold;
pub mod language;
pub mod lexicon;
pub mod listed;
pub mod marks;
pub mod non_answers;
pub mod normalize;
pub mod spellings;
pub mod stems;
pub mod tokens;
pub mod vote;
mod words;

pub use language::Language;
