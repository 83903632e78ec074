//! The engine: which comments hold which words, what a rule matches, and which words a table tells. It is pure: texts go in, sets
//! and tables come out.
//!
//! Read in this order: `vocabulary` gives words numbers, `postings` keeps the comments of each, `rule` reads a term, `matcher` makes terms
//! ready for texts, `codebook` holds the rules of all themes. `keywords`, `keyness`, `phrases`, `negated` and `same` are tables of words;
//! `corpus` and `suppressed` are what suggestion and learning look at.

pub mod codebook;
pub mod corpus;
pub mod keyness;
pub mod keywords;
pub mod matcher;
pub mod negated;
pub mod phrases;
pub mod postings;
pub mod rule;
pub mod same;
pub mod suppressed;
pub mod vocabulary;
